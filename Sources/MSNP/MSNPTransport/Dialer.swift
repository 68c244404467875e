import NIOCore
import NIOPosix

/// Opens TCP connections, with or without TLS.
public enum Dialer {
    /// Connects, runs the body with the link, and closes the connection when the body returns or throws.
    public static func withLink<Result: Sendable>(
        host: String, port: Int, tls: Bool = false, limits: TransportLimits = .default,
        _ body: @escaping @Sendable (Link) async throws -> Result
    ) async throws -> Result {
        let channel = try await connect(host: host, port: port, tls: tls, limits: limits)
        let connection = channel.channel
        return try await channel.executeThenClose { inbound, outbound in
            try await body(Link(inbound: inbound, outbound: outbound, channel: connection))
        }
    }

    /// Connects, with the library's default timeout.
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
