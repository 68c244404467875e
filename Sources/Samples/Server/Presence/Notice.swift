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

    /// The size of the notice in a mailbox: roughly its bytes on the wire.
    var size: Int {
        switch self {
        case .personal(_, let payload), .relay(_, _, let payload), .page(_, _, _, let payload),
            .message(_, _, let payload):
            256 + payload.count
        default: 256
        }
    }
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

extension Capabilities {
    /// Those of a client that names none.
    static var unstated: Capabilities { Capabilities(client: [], extended: []) }

    /// With both numbers, as newer versions expect them.
    var complete: Capabilities { Capabilities(client: client, extended: extended ?? []) }
}
