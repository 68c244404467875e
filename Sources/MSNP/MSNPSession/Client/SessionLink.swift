/// A way to the other end: pieces of bytes in, bytes out. A socket is one, two queues in memory are another.
public protocol SessionLink: Sendable {
    /// The pieces that arrive, cut anywhere.
    associatedtype Pieces: AsyncSequence & Sendable where Pieces.Element == [UInt8]

    /// What arrives; read once.
    var pieces: Pieces { get }
    /// Writes all of the bytes, and waits while the peer does not read.
    func write(_ bytes: [UInt8]) async throws
}

/// Where a server is.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or a number.
    public var host: String
    /// The TCP port.
    public var port: Int

    /// Names a place.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The place as people write it.
    public var description: String { "\(host):\(port)" }
}

/// Opens connections for sessions.
public protocol Connector: Sendable {
    /// Connects, runs the body with the session, and closes the connection when the body ends, however it ends.
    func withSession<Result: Sendable>(
        at address: ServerAddress, _ setup: SessionSetup,
        _ body: @escaping @Sendable (ClientSession) async throws -> Result
    ) async throws -> Result
}
