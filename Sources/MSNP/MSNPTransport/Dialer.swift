import NIOCore
import NIOPosix

/// Opens TCP connections, bare or inside TLS.
public enum Dialer {
    /// Connects, runs the body with the link, and closes the connection when the body ends, however it ends.
    public static func withLink<Result: Sendable>(
        host: String, port: Int, tls: Bool = false, limits: TransportLimits = .default,
        _ body: @escaping @Sendable (Link) async throws -> Result
    ) async throws -> Result {
        let channel = try await connect(host: host, port: port, tls: tls, limits: limits)
        let allocator = channel.channel.allocator
        return try await channel.executeThenClose { inbound, outbound in
            try await body(Link(inbound: inbound, outbound: outbound, allocator: allocator))
        }
    }

    /// Makes the connection, with the library's own connect timeout.
    private static func connect(
        host: String, port: Int, tls: Bool, limits: TransportLimits
    ) async throws(TransportError) -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            let security = tls ? try TransportSecurity(host: host) : nil
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture { try security?.secure(channel) }
                        .flatMap { LinkSetup.prepare(channel, limits: limits) }
                }
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError.connectFailed(host: host, port: port, reason: "\(error)")
        }
    }
}
