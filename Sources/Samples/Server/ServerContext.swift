#if Network
import MSNP
import MSNPSession

/// What all sessions of a server share.
struct ServerContext: Sendable {
    let configuration: SampleConfiguration
    let accounts: Accounts
    let exchange: Exchange
    let tickets: TicketIssuer
    let passwords: PasswordChecker
    /// The budget of bytes that may wait for all clients together.
    let budget: Budget
    /// The names of connections in logs and recordings.
    let names = ConnectionNames()
    /// The port of the dispatch server.
    let dispatchPort: Int
    /// The port of the notification server.
    let notificationPort: Int
    /// The port of the switchboard server.
    let switchboardPort: Int
    /// The port of the login service.
    let loginPort: Int
    /// The port of the login service over TLS; nil without a certificate.
    let secureLoginPort: Int?

    /// The start page of the login service on a host.
    func startPage(of host: String) -> String {
        let isSecure = secureLoginPort != nil
        let address = ServerAddress(host: host, port: secureLoginPort ?? loginPort)
        return (isSecure ? "https://" : "http://") + address.authority(tls: isSecure) + "/"
    }

    var limits: ServerLimits { configuration.limits }
    var clock: ServerClock { configuration.clock }

    /// The versions that the server speaks, oldest first.
    var versions: [ProtocolVersion] {
        SignInKind.completeVersions.filter {
            configuration.servesDigest || SignInKind(version: $0) != .digest
        }
    }
}
#endif
