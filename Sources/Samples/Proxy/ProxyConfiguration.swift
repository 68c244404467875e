#if Network
import MSNPSession

/// What a proxy listens on, and where it leads.
public struct ProxyConfiguration: Sendable {
    /// The interface to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 picks a free one.
    public var port = 1863
    /// The server behind the proxy.
    public var upstream: ServerAddress
    /// The host that clients are told to connect to; nil for the address that they came in on.
    public var publicHost: String?
    /// The login service and address book behind the proxy, whose bytes pass unread; nil for none.
    public var login: ServerAddress?
    /// The port for `login`; 0 picks a free one.
    public var loginPort = 0
    /// Whether addresses in `XFR` and `RNG` are replaced, so that clients stay in the proxy. Without it, all bytes pass
    /// as they are.
    public var rewritesAddresses = true
    /// The most addresses that are replaced; later ones pass as they are.
    public var addresses = 64
    /// How long one end may take to read a piece; then both are closed.
    public var writeTime: Duration = .seconds(60)
    /// How long an end may go on after the other has finished.
    public var lingerTime: Duration = .seconds(10)
    /// The clock of these times.
    public var clock: any Clock<Duration> = ContinuousClock()

    /// Creates a configuration for a server.
    public init(upstream: ServerAddress) {
        self.upstream = upstream
    }
}

/// What happens in a proxy.
public enum ProxyEvent: Sendable {
    /// A connection to a server is open.
    case opened(ProxiedConnection)
    /// One end sent something.
    case part(ProxiedConnection, ProxiedPart)
    /// A connection is over; with the reason, unless one end closed it.
    case closed(ProxiedConnection, reason: String?)
}

/// A connection of a client, and where it leads.
public struct ProxiedConnection: Sendable {
    /// Its name, such as `NS1`; a connection to the login service is `HTTP1`.
    public let name: String
    /// The server.
    public let server: ServerAddress
    /// The IP address of the client.
    public let clientHost: String
    /// The IP address of the server; nil if there is no connection to it.
    public let serverHost: String?
}
#endif
