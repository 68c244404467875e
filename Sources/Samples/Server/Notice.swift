// Shows: what users tell each other has no version; each session says it in its own (see NoticeDelivery.swift).
import MSNP
import WireProtocol

/// What the exchange tells a session without being asked.
enum Notice: Sendable {
    /// Somebody changed.
    case presence(Presence)
    /// Somebody left or hides.
    case offline(String)
    /// The personal message and more of somebody, as the document they sent.
    case personal(String, WireBytes)
    /// Somebody put the user on their list.
    case added(by: String, name: String, changes: UInt32)
    /// Somebody took the user off their list.
    case removed(by: String, changes: UInt32)
    /// A property of somebody.
    case property(of: String, name: String, value: String?, changes: UInt32)
    /// Somebody calls.
    case ring(room: String, cookie: String, userHandle: String, name: String)
    /// A message for the client of a user.
    case relay(from: String, kind: PeerMessageKind, payload: WireBytes)
    /// A message without a chat.
    case page(from: String, to: String, kind: RemoteMessageKind, payload: WireBytes)
    /// Somebody came into the chat.
    case joined(Participant)
    /// Somebody left the chat.
    case left(Participant, isInactive: Bool)
    /// Somebody said something in the chat.
    case message(from: String, name: String, payload: WireBytes)
    /// The session is over.
    case ended(OutReason?)

    /// What the notice counts for in a mailbox: about its bytes on the wire.
    var size: Int {
        switch self {
        case .personal(_, let payload), .relay(_, _, let payload), .page(_, _, _, let payload),
            .message(_, _, let payload):
            256 + payload.count
        default: 256
        }
    }
}

/// Somebody in a chat.
struct Participant: Sendable, Equatable {
    /// The account.
    let userHandle: String
    /// The name when the chat began.
    let name: String
    /// What the client can do.
    let abilities: Abilities
    /// The place where the user is signed in, with clients that tell it.
    let endpoint: GUID?
}

/// What a client can do.
struct Abilities: Sendable, Equatable {
    /// The capabilities of all versions that have any.
    var capabilities: UInt32 = 0
    /// The further ones of newer versions.
    var extended: UInt32 = 0

    /// Both in one word.
    var endpoint: EndpointCapabilities {
        EndpointCapabilities(capabilities: capabilities, extended: extended)
    }
}
