#if Network
import NIOCore

/// A TCP listener, on the loopback interface by default.
public struct Listener: Sendable {
    let acceptor: Acceptor<ByteBuffer, ByteBuffer>

    /// The port that the system assigned.
    public var port: Int { acceptor.port }

    /// The address that it listens on.
    public var host: String? { acceptor.channel.channel.localAddress?.ipAddress }

    /// Binds a port; port 0 picks a free one.
    public static func bind(
        host: String = "127.0.0.1", port: Int = 0, limits: TransportLimits = .default
    ) async throws(TransportError) -> Listener {
        let acceptor = try await Acceptor.bind(host: host, port: port, limits: limits) {
            try LinkSetup.wrap($0, limits: limits)
        }
        return Listener(acceptor: acceptor)
    }

    /// Closes the port; only for a listener that never runs.
    public func close() async { await acceptor.close() }

    /// Serves connections until the task is cancelled, each in its own child task.
    public func run(_ serve: @escaping @Sendable (Link) async -> Void) async {
        await acceptor.run { connection in
            let channel = connection.channel
            try? await connection.executeThenClose { inbound, outbound in
                await channel.beginReading()
                await serve(
                    Link(
                        inbound: inbound, outbound: outbound, channel: channel,
                        localHost: channel.localAddress?.ipAddress, remoteHost: channel.remoteAddress?.ipAddress))
            }
        }
    }
}
#endif
