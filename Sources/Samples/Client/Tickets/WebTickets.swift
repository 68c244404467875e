// Shows: both kinds of tickets behind one protocol; the sign-in asks for the one that the server's challenge wants.
import MSNP
import MSNPSession
import WireProtocol

/// Tickets from the web, for the versions that sign in with one.
public struct WebTickets: TicketSource {
    /// Tickets of the older service.
    private let passport: PassportTickets
    /// Tokens of the newer one.
    private let tokens: SecurityTokens

    /// Takes the addresses of both services; nil stands for the original ones.
    public init(nexus: String? = nil, service: String? = nil) throws(TicketError) {
        passport = PassportTickets(nexus: try WebAddress(nexus ?? PassportTickets.nexus))
        tokens = SecurityTokens(address: try WebAddress(service ?? SecurityTokens.service))
    }

    /// Asks the older service.
    public func ticket(
        for credentials: Credentials, challenge: String
    ) async throws(TicketError) -> Secret<WireToken> {
        try await passport.ticket(for: credentials, challenge: challenge)
    }

    /// Asks the newer service.
    public func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken {
        try await tokens.token(for: credentials, policy: policy)
    }
}
