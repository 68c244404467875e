#if Network
// Shows: a notice has no version; each session sends it in its own (see NoticeDelivery.swift).
import MSNP
import WireProtocol

/// What the exchange tells a session unasked.
enum Notice: Sendable {
    /// Somebody's presence changed.
    case presence(Presence)
    /// Somebody went offline or hid.
    case offline(String)
    /// Somebody's personal message and more, in the document that they sent.
    case personal(String, WireBytes)
    /// Somebody added the user to their list.
    case added(by: String, name: String, changes: UInt32)
    /// Somebody removed the user from their list.
    case removed(by: String, changes: UInt32)
    /// The address book has removed a contact of the user.
    case unlisted(String, id: String, changes: UInt32)
    /// Somebody's property changed.
    case property(of: String, name: String, value: String?, changes: UInt32)
    /// Somebody invites the user to a chat.
    case ring(room: String, cookie: String, userHandle: String, name: String)
    /// A message for the user's client.
    case relay(from: String, kind: PeerMessageKind, payload: WireBytes)
    /// A message outside of a chat.
    case page(from: String, to: String, kind: RemoteMessageKind, payload: WireBytes)
    /// Somebody joined the chat.
    case joined(Participant)
    /// Somebody left the chat.
    case left(Participant, isInactive: Bool)
    /// Somebody sent a message to the chat.
    case message(from: String, name: String, payload: WireBytes)
    /// The session is over.
    case ended(OutReason?)

    /// What news is about; the latest replaces what waits.
    enum Subject: Hashable {
        case presence(String)
        case personal(String)
        case lists(String)
        case ownList(String)
        case property(String, String)
    }

    /// What the notice is news about; nil for notices that each count.
    var subject: Subject? {
        switch self {
        case .presence(let presence): .presence(presence.userHandle)
        case .offline(let userHandle): .presence(userHandle)
        case .personal(let userHandle, _): .personal(userHandle)
        case .added(let userHandle, _, _), .removed(let userHandle, _): .lists(userHandle)
        case .unlisted(let userHandle, _, _): .ownList(userHandle)
        case .property(let userHandle, let name, _, _): .property(userHandle, name)
        default: nil
        }
    }

    /// Whose share of a mailbox the notice takes; nil for news.
    var sender: UserKey? {
        switch self {
        case .ring(_, _, let sender, _), .relay(let sender, _, _), .page(let sender, _, _, _),
            .message(let sender, _, _):
            UserKey(sender)
        case .joined(let participant), .left(let participant, _): UserKey(participant.userHandle)
        default: nil
        }
    }

    /// Whether the sender can be told that there is no room. Nobody can be kept from leaving a chat; at most as many
    /// leave as it has participants, for which there is room beside the messages.
    var canBeRefused: Bool {
        if case .left = self { false } else { true }
    }

    /// The bytes that the notice keeps in memory.
    var size: Int {
        let content =
            switch self {
            case .presence(let presence):
                presence.userHandle.utf8.count + presence.friendlyName.utf8.count + (presence.picture?.wire.count ?? 0)
            case .offline(let userHandle): userHandle.utf8.count
            case .personal(let userHandle, let payload): userHandle.utf8.count + payload.count
            case .added(let userHandle, let name, _): userHandle.utf8.count + name.utf8.count
            case .removed(let userHandle, _): userHandle.utf8.count
            case .unlisted(let userHandle, let id, _): userHandle.utf8.count + id.utf8.count
            case .property(let userHandle, let name, let value, _):
                userHandle.utf8.count + name.utf8.count + (value?.utf8.count ?? 0)
            case .ring(let room, let cookie, let userHandle, let name):
                room.utf8.count + cookie.utf8.count + userHandle.utf8.count + name.utf8.count
            case .relay(let sender, _, let payload): sender.utf8.count + payload.count
            case .page(let sender, let receiver, _, let payload):
                sender.utf8.count + receiver.utf8.count + payload.count
            case .joined(let participant), .left(let participant, _):
                participant.userHandle.utf8.count + participant.name.utf8.count
            case .message(let sender, let name, let payload):
                sender.utf8.count + name.utf8.count + payload.count
            case .ended: 0
            }
        return Self.overhead + content
    }

    /// The notice without the rest of the bytes that were read with it.
    func detached() -> Notice {
        switch self {
        case .personal(let userHandle, let payload): .personal(userHandle, payload.detached())
        case .relay(let sender, let kind, let payload):
            .relay(from: sender, kind: kind.detached(), payload: payload.detached())
        case .page(let sender, let receiver, let kind, let payload):
            .page(from: sender, to: receiver, kind: kind.detached(), payload: payload.detached())
        case .message(let sender, let name, let payload):
            .message(from: sender, name: name, payload: payload.detached())
        // Texts are copies, and the exchange has detached what is of its members.
        default: self
        }
    }

    /// What a mailbox needs for each notice.
    private static let overhead = 256
}

/// A participant of a chat.
struct Participant: Sendable, Equatable {
    let userHandle: String
    /// The display name at the start of the chat.
    let name: String
    /// The capabilities of the client.
    let capabilities: Capabilities
    /// The endpoint, for clients that name one.
    let endpoint: GUID?
}

extension WireWord {
    /// The word in its own bytes.
    func detached() -> Self { Self(checked: wire.detached()) }
}

extension WireEnumeration {
    /// The value without the rest of the bytes that were read with it.
    func detached() -> Self { other.map { Self(other: WireToken(checked: $0.wire.detached())) } ?? self }
}

extension Capabilities {
    /// Those of a client that names none.
    static var unstated: Capabilities { Capabilities(client: [], extended: []) }

    /// With both numbers, as newer versions expect them.
    var complete: Capabilities { Capabilities(client: client, extended: extended ?? []) }
}
#endif
