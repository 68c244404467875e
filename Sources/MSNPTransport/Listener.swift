import NIOCore
import NIOPosix
import Synchronization

/// A TCP listener on the loopback interface.
public struct Listener: Sendable {
    /// What an accepted connection is before it is served.
    typealias Accepted = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// The port the system gave.
    public let port: Int
    /// The bound socket.
    let channel: NIOAsyncChannel<Accepted, Never>
    /// What the connections may use.
    let limits: TransportLimits

    /// Binds a port of 127.0.0.1; port 0 takes any free one.
    public static func bind(
        port: Int = 0, limits: TransportLimits = .default
    ) async throws(TransportError) -> Listener {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: limits.backlog)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: "127.0.0.1", port: port) { channel in
                    LinkSetup.prepare(channel, limits: limits)
                }
            return Listener(port: channel.channel.localAddress?.port ?? port, channel: channel, limits: limits)
        } catch {
            throw TransportError.bindFailed(port: port, reason: "\(error)")
        }
    }

    /// Serves connections until the task is cancelled; every connection has a child task of its own.
    public func run(_ serve: @escaping @Sendable (Link) async -> Void) async {
        let open = OpenCount(limit: limits.connections)
        do {
            try await channel.executeThenClose { accepted in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in accepted {
                        group.addTask {
                            await Self.serve(connection, admitted: open.enter(), serve)
                            open.leave()
                        }
                    }
                }
            }
        } catch {
            return
        }
    }

    /// Runs one connection to its end and closes it.
    private static func serve(
        _ connection: Accepted, admitted: Bool, _ body: @escaping @Sendable (Link) async -> Void
    ) async {
        do {
            let allocator = connection.channel.allocator
            try await connection.executeThenClose { inbound, outbound in
                guard admitted else { return }
                await body(Link(inbound: inbound, outbound: outbound, allocator: allocator))
            }
        } catch {
            return
        }
    }
}

/// Counts the connections of a listener.
private final class OpenCount: Sendable {
    /// How many are open now.
    private let count = Mutex(0)
    /// How many may be.
    private let limit: Int

    /// Starts at none.
    init(limit: Int) {
        self.limit = limit
    }

    /// Counts one in; false if that is one too many.
    func enter() -> Bool {
        count.withLock { count in
            count += 1
            return count <= limit
        }
    }

    /// Counts one out.
    func leave() {
        count.withLock { $0 -= 1 }
    }
}
