import NIOCore

/// A TCP listener, on the loopback interface unless told otherwise.
public struct Listener: Sendable {
    /// The bound socket.
    private let acceptor: Acceptor
    /// What the connections may use.
    private let limits: TransportLimits

    /// The port the system gave.
    public var port: Int { acceptor.port }

    /// Binds a port; port 0 takes any free one.
    public static func bind(
        host: String = "127.0.0.1", port: Int = 0, limits: TransportLimits = .default
    ) async throws(TransportError) -> Listener {
        Listener(acceptor: try await Acceptor.bind(host: host, port: port, limits: limits), limits: limits)
    }

    /// Serves connections until the task is cancelled; every connection has a child task of its own.
    public func run(_ serve: @escaping @Sendable (Link) async -> Void) async {
        let limits = limits
        await acceptor.run {
            try LinkSetup.wrap($0, limits: limits)
        } serve: { channel, connection in
            try? await connection.executeThenClose { inbound, outbound in
                try await Acceptor.beginReading(channel)
                await serve(
                    Link(
                        inbound: inbound, outbound: outbound, allocator: channel.allocator,
                        localHost: channel.localAddress?.ipAddress))
            }
        }
    }
}
