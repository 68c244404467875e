/// A connection to the other end: a socket, or two queues in memory.
public protocol SessionLink: Sendable {
    /// A sequence of received bytes, split anywhere.
    associatedtype Pieces: AsyncSequence & Sendable where Pieces.Element == [UInt8]

    /// The received bytes; iterate once.
    var pieces: Pieces { get }
    /// Writes all bytes; waits while the peer is not reading.
    func write(_ bytes: [UInt8]) async throws
}

/// The address of a server.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// A host name or IP address.
    public var host: String
    /// The TCP port.
    public var port: Int

    /// Creates an address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The host as URLs have it: an IPv6 address stands in brackets.
    public var urlHost: String { host.contains(":") ? "[\(host)]" : host }

    /// The address as `host:port`.
    public var description: String { "\(urlHost):\(port)" }
}

/// Opens connections for sessions.
public protocol Connector: Sendable {
    /// Connects, runs the body with the session, and closes the connection when the body returns or throws.
    func withSession<Result: Sendable>(
        at address: ServerAddress, _ setup: SessionSetup,
        _ body: @escaping @Sendable (ClientSession) async throws -> Result
    ) async throws -> Result
}
