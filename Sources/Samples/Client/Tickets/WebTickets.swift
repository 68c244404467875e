// Shows: both kinds of tickets behind one protocol; the server's challenge decides which one the sign-in requests.
import MSNP
import MSNPSession
import WireProtocol

/// Tickets from web services, for the versions that sign in with one.
public struct WebTickets: TicketSource {
    /// Tickets of the older service.
    private let passport: PassportTickets
    /// Tokens of the newer one.
    private let tokens: SecurityTokens

    /// Creates a source for both services; nil means the original addresses. The clock is for timeouts.
    public init(
        nexus: String? = nil, service: String? = nil, clock: any Clock<Duration> = ContinuousClock()
    ) throws(TicketError) {
        passport = PassportTickets(nexus: try WebAddress(nexus ?? PassportTickets.nexus), clock: clock)
        tokens = SecurityTokens(address: try WebAddress(service ?? SecurityTokens.service), clock: clock)
    }

    /// Requests a ticket from the older service.
    public func ticket(
        for credentials: Credentials, challenge: String
    ) async throws(TicketError) -> Secret<WireToken> {
        try await passport.ticket(for: credentials, challenge: challenge)
    }

    /// Requests a token from the newer service.
    public func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken {
        try await tokens.token(for: credentials, policy: policy)
    }
}
