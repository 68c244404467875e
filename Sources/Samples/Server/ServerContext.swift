// Shows: nothing of the wire; what the sessions of a server share.
import MSNP
import MSNPSession

/// What all sessions of a server share.
struct ServerContext: Sendable {
    /// Settings.
    let configuration: SampleConfiguration
    /// The users.
    let accounts: Accounts
    /// Who is there, and the chats.
    let exchange: Exchange
    /// Where tickets are redeemed.
    let tickets: TicketIssuer
    /// Bytes that may wait for all clients together.
    let budget: Budget
    /// The port of the dispatch server.
    let dispatchPort: Int
    /// The port of the notification server.
    let notificationPort: Int
    /// The port of the switchboard server.
    let switchboardPort: Int
    /// The port of the login service.
    let loginPort: Int

    /// What clients may use.
    var limits: ServerLimits { configuration.limits }
    /// The time.
    var clock: ServerClock { configuration.clock }

    /// The versions served, oldest first.
    var versions: [ProtocolVersion] {
        SignInKind.completeVersions.filter {
            configuration.servesDigest || SignInKind(version: $0) != .digest
        }
    }
}
