import NIOCore

/// A TCP listener, on the loopback interface by default.
public struct Listener: Sendable {
    private let acceptor: Acceptor
    private let limits: TransportLimits

    /// The port that the system assigned.
    public var port: Int { acceptor.port }

    /// The address that it listens on.
    public var host: String? { acceptor.channel.channel.localAddress?.ipAddress }

    /// Binds a port; port 0 picks a free one.
    public static func bind(
        host: String = "127.0.0.1", port: Int = 0, limits: TransportLimits = .default
    ) async throws(TransportError) -> Listener {
        Listener(acceptor: try await Acceptor.bind(host: host, port: port, limits: limits), limits: limits)
    }

    /// Closes the port; only for a listener that never runs.
    public func close() async { await acceptor.close() }

    /// Serves connections until the task is cancelled, each in its own child task.
    public func run(_ serve: @escaping @Sendable (Link) async -> Void) async {
        let limits = limits
        await acceptor.run {
            try LinkSetup.wrap($0, limits: limits)
        } serve: { channel, connection in
            try? await connection.executeThenClose { inbound, outbound in
                try await Acceptor.beginReading(channel)
                await serve(
                    Link(
                        inbound: inbound, outbound: outbound, channel: channel,
                        localHost: channel.localAddress?.ipAddress, remoteHost: channel.remoteAddress?.ipAddress))
            }
        }
    }
}
