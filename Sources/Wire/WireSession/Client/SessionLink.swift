import WireProtocol

/// A connection to the other end: a socket, or two queues in memory.
public protocol SessionLink: Sendable {
    /// A sequence of received bytes, split anywhere.
    associatedtype Pieces: AsyncSequence & Sendable where Pieces.Element == [UInt8]

    /// The received bytes; iterate once.
    var pieces: Pieces { get }
    /// Writes all bytes; waits while the peer is not reading.
    func write(_ bytes: [UInt8]) async throws
    /// Waits until nothing that was written can be lost by closing; by default, nothing can.
    func flush() async throws
}

extension SessionLink {
    /// Returns at once.
    public func flush() async throws {}
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

    /// The address as web addresses have it: without the port if the scheme implies it.
    public func authority(tls: Bool) -> String { port == (tls ? 443 : 80) ? urlHost : description }

    /// Whether the host is this machine: `localhost`, an address of 127.0.0.0/8, or ::1.
    public var isLoopback: Bool {
        if ["localhost", "::1"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }
}

/// Opens connections for sessions.
public protocol Connector: Sendable {
    /// Connects, runs the body with the session, and closes the connection when the body returns or throws.
    func withSession<Message: SessionMessage, Result: Sendable>(
        at address: ServerAddress, _ setup: SessionSetup<Message>,
        _ body: @escaping @Sendable (ClientSession<Message>) async throws -> Result
    ) async throws -> Result
}
