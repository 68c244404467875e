import MSNP
import WireProtocol

/// An account and its password.
public struct Credentials: Sendable, Equatable {
    /// The address of the account.
    public let userHandle: String
    /// The password; descriptions do not show it.
    public let password: Secret<WireToken>

    /// Creates credentials.
    public init(userHandle: String, password: String) {
        self.userHandle = userHandle
        self.password = Secret(WireToken(password))
    }
}

/// A ticket with the secret that proves who holds it.
public struct SecurityToken: Sendable, Equatable {
    /// The ticket, with or without the prefix `t=`.
    public let ticket: Secret<WireToken>
    /// The secret in base64; nil if the service issued none.
    public let secret: Secret<WireToken>?

    /// Creates a token.
    public init(ticket: String, secret: String?) {
        self.ticket = Secret(WireToken(ticket))
        self.secret = secret.map { Secret(WireToken($0)) }
    }
}

/// Where a client gets its tickets: a web service or a substitute for one.
public protocol TicketSource: Sendable {
    /// Requests a ticket for the challenge that the notification server sent with `USR TWN S`.
    func ticket(for credentials: Credentials, challenge: String) async throws(TicketError) -> Secret<WireToken>
    /// Requests a ticket for a session of a version; by default, tickets of all versions are the same.
    func ticket(
        for credentials: Credentials, challenge: String, version: ProtocolVersion
    ) async throws(TicketError) -> Secret<WireToken>
    /// Requests a token for the policy that the notification server sent with `USR SSO S`.
    func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken
}

extension TicketSource {
    /// Requests a ticket as for any version.
    public func ticket(
        for credentials: Credentials, challenge: String, version: ProtocolVersion
    ) async throws(TicketError) -> Secret<WireToken> {
        try await ticket(for: credentials, challenge: challenge)
    }
}

/// Why no ticket was issued.
public enum TicketError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The service rejected the password or does not know the account; the text is its own explanation.
    case wrongPassword(String)
    /// The service could not be reached.
    case unreachable(String)
    /// The password would cross the network unencrypted.
    case insecure(String)
    /// The service redirected too often.
    case redirectedTooOften
    /// The service's answer was not understood.
    case unexpectedAnswer(String)
    /// No service is configured.
    case noService

    /// A description on one line.
    public var description: String {
        switch self {
        case .wrongPassword(let text):
            "the login service refuses the password" + (text.isEmpty ? "" : ": \(Self.excerpt(text))")
        case .unreachable(let reason): "the login service cannot be reached: \(Self.excerpt(reason))"
        case .insecure(let address):
            "\(Self.excerpt(address)) is not safe for a password: only https, or http on this machine"
        case .redirectedTooOften: "the login service names one address after the other"
        case .unexpectedAnswer(let what):
            "the login service gave an answer that is not understood: \(Self.excerpt(what))"
        case .noService: "this version signs in with a ticket, and no login service is set"
        }
    }

    /// What a service says may be long and have many lines.
    private static func excerpt(_ text: String) -> String {
        let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(excerptLimit)))
        let words = start.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.unicodeScalars.dropFirst(excerptLimit).isEmpty ? words : words + "…"
    }

    private static let excerptLimit = 200
}

/// A source without tickets, for the versions that prove the password itself.
public struct NoTickets: TicketSource {
    /// Creates the source.
    public init() {}

    /// Always throws `TicketError.noService`.
    public func ticket(for credentials: Credentials, challenge: String) throws(TicketError) -> Secret<WireToken> {
        throw .noService
    }

    /// Always throws `TicketError.noService`.
    public func token(for credentials: Credentials, policy: String) throws(TicketError) -> SecurityToken {
        throw .noService
    }
}
