#if Network
// Shows: both kinds of tickets behind one protocol; the server's challenge decides which one the sign-in requests.
import MSNP
import MSNPSession
import WireProtocol

/// Tickets from web services, for the versions that sign in with one.
public struct WebTickets: TicketSource {
    /// Tickets of the older service.
    private let passport: PassportTickets?
    /// Tokens of the newer one.
    package let tokens: SecurityTokens?

    /// Creates a source for the services at these addresses; `nil` means that there is none. The clock is for timeouts.
    ///
    /// There is no address by default: a password belongs to the server that the account is on, and nobody else gets
    /// to see it unasked.
    public init(
        nexus: String?, service: String?, clock: any Clock<Duration> = ContinuousClock()
    ) throws(TicketError) {
        if let nexus {
            passport = PassportTickets(nexus: try WebAddress(nexus), clock: clock)
        } else {
            passport = nil
        }
        if let service {
            tokens = SecurityTokens(address: try WebAddress(service), clock: clock)
        } else {
            tokens = nil
        }
    }

    /// Requests a ticket from the older service.
    public func ticket(
        for credentials: Credentials, challenge: String
    ) async throws(TicketError) -> Secret<WireToken> {
        guard let passport else { throw .noService }
        return try await passport.ticket(for: credentials, challenge: challenge)
    }

    /// Requests a ticket; where lists are in the address book, from the newer service with one for that, if it can.
    public func ticket(
        for credentials: Credentials, challenge: String, version: ProtocolVersion
    ) async throws(TicketError) -> Secret<WireToken> {
        guard !version.has(.serverLists), let tokens else {
            return try await ticket(for: credentials, challenge: challenge)
        }
        do throws(TicketError) {
            return try await tokens.ticket(for: credentials, challenge: challenge)
        } catch {
            if case .wrongPassword = error { throw error }
            guard passport != nil else { throw error }
            return try await ticket(for: credentials, challenge: challenge)
        }
    }

    /// Requests a token from the newer service.
    public func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken {
        guard let tokens else { throw .noService }
        return try await tokens.token(for: credentials, policy: policy)
    }
}
#else
/// Exists with the trait `Network` or `TLS`, as the rest of the module.
@available(*, unavailable, message: "MSNPTickets needs the trait Network or TLS of the package msnp-grammar")
public struct WebTickets {
    /// Says what is missing.
    public init() {}
}
#endif
