import NIOCore
import NIOPosix

/// Opens TCP connections.
public enum Dialer {
    /// Connects, runs the body with the link, and closes the connection when the body ends, however it ends.
    public static func withLink<Result: Sendable>(
        host: String, port: Int, limits: TransportLimits = .default,
        _ body: @escaping @Sendable (Link) async throws -> Result
    ) async throws -> Result {
        let channel = try await connect(host: host, port: port, limits: limits)
        let allocator = channel.channel.allocator
        return try await channel.executeThenClose { inbound, outbound in
            try await body(Link(inbound: inbound, outbound: outbound, allocator: allocator))
        }
    }

    /// Makes the connection, with the library's own connect timeout.
    private static func connect(
        host: String, port: Int, limits: TransportLimits
    ) async throws(TransportError) -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: host, port: port) { channel in
                    LinkSetup.prepare(channel, limits: limits)
                }
        } catch {
            throw TransportError.connectFailed(host: host, port: port, reason: "\(error)")
        }
    }
}
