import MSNP
import WireProtocol

/// Who signs in.
public struct Credentials: Sendable, Equatable {
    /// The address of the account.
    public let userHandle: String
    /// The password, which no description shows.
    public let password: Secret<WireToken>

    /// Takes an account and its password.
    public init(userHandle: String, password: String) {
        self.userHandle = userHandle
        self.password = Secret(WireToken(password))
    }
}

/// A ticket with the secret that proves who holds it.
public struct SecurityToken: Sendable, Equatable {
    /// The ticket, with or without `t=` in front.
    public let ticket: Secret<WireToken>
    /// The secret in base64; nil if the service gave none.
    public let secret: Secret<WireToken>?

    /// Takes the two texts.
    public init(ticket: String, secret: String?) {
        self.ticket = Secret(WireToken(ticket))
        self.secret = secret.map { Secret(WireToken($0)) }
    }
}

/// Where a client gets its tickets: a web service, or something in its place.
public protocol TicketSource: Sendable {
    /// A ticket for the text that the notification server sent with `USR TWN S`.
    func ticket(for credentials: Credentials, challenge: String) async throws(TicketError) -> Secret<WireToken>
    /// A token for the policy that the notification server sent with `USR SSO S`.
    func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken
}

/// Why there is no ticket.
public enum TicketError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The service does not take the password, or does not know the account; it may say more.
    case wrongPassword(String)
    /// The service cannot be reached.
    case unreachable(String)
    /// A password would go over the network in the clear.
    case insecure(String)
    /// The service named one address after the other.
    case redirectedTooOften
    /// The service answered in a way that is not understood.
    case unexpectedAnswer(String)
    /// There is no service.
    case noService

    /// One line for people.
    public var description: String {
        switch self {
        case .wrongPassword(let text):
            "the login service refuses the password" + (text.isEmpty ? "" : ": \(text)")
        case .unreachable(let reason): "the login service cannot be reached: \(reason)"
        case .insecure(let address): "\(address) is not safe for a password: only https, or http on this machine"
        case .redirectedTooOften: "the login service names one address after the other"
        case .unexpectedAnswer(let what): "the login service gave an answer that is not understood: \(what)"
        case .noService: "this version signs in with a ticket, and no login service is set"
        }
    }
}

/// Gives no tickets: for the versions that prove the password itself.
public struct NoTickets: TicketSource {
    /// Makes one.
    public init() {}

    /// Throws.
    public func ticket(for credentials: Credentials, challenge: String) throws(TicketError) -> Secret<WireToken> {
        throw .noService
    }

    /// Throws.
    public func token(for credentials: Credentials, policy: String) throws(TicketError) -> SecurityToken {
        throw .noService
    }
}
