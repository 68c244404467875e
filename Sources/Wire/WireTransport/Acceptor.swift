#if Network
import NIOCore
import NIOPosix
import Synchronization

/// A bound socket and its incoming connections.
///
/// Each connection is wrapped for async code as it arrives, since NIO reads what a peer sent before it finished even if
/// nobody asked for it, and drops it where nobody listens.
package struct Acceptor<Inbound: Sendable, Outbound: Sendable>: Sendable {
    /// A connection, wrapped.
    package typealias Connection = NIOAsyncChannel<Inbound, Outbound>

    package let port: Int
    package let channel: NIOAsyncChannel<Connection?, Never>
    private let lobby: Lobby<Inbound, Outbound>
    /// The most connections to serve at a time.
    private let limit: Int

    /// Binds a port; port 0 picks a free one.
    ///
    /// - Parameter wrap: is called on the event loop of each connection; one for which it throws is closed.
    package static func bind(
        host: String, port: Int, limits: TransportLimits,
        wrap: @escaping @Sendable (any Channel) throws -> Connection
    ) async throws(TransportError) -> Acceptor {
        let lobby = Lobby<Inbound, Outbound>()
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: limits.backlog)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptPause())
                    }
                }
                .childChannelOption(.autoRead, value: false)
                .bind(host: host, port: port) { channel -> EventLoopFuture<Connection?> in
                    // Fails for connections that are gone already, which must not end the listener.
                    guard (try? LinkSetup.bound(channel, limits: limits)) != nil, let connection = try? wrap(channel)
                    else {
                        channel.close(promise: nil)
                        return channel.eventLoop.makeSucceededFuture(nil)
                    }
                    lobby.enter(connection)
                    return channel.eventLoop.makeSucceededFuture(connection)
                }
            return Acceptor(
                port: channel.channel.localAddress?.port ?? port, channel: channel, lobby: lobby,
                limit: limits.connections)
        } catch {
            throw TransportError.bindFailed(port: port, reason: "\(error)")
        }
    }

    /// Serves connections until the task is cancelled, each in its own child task.
    package func run(_ serve: @escaping @Sendable (Connection) async -> Void) async {
        let open = OpenCount(limit: limit)
        do {
            try await channel.executeThenClose { accepted in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await case let connection? in accepted {
                        lobby.leave(connection)
                        guard open.enter() else {
                            open.leave()
                            connection.drop()
                            continue
                        }
                        group.addTask {
                            await serve(connection)
                            open.leave()
                        }
                    }
                }
            }
        } catch {
            lobby.close()
            return
        }
        lobby.close()
    }

    /// Closes the port, if nothing has run on it.
    package func close() async {
        try? await channel.executeThenClose { _ in }
        lobby.close()
    }
}

extension Channel {
    /// Starts reading, once there is a task to consume the bytes.
    package func beginReading() async {
        // Fails for a connection that is closed already; what had come is served all the same.
        try? await setOption(.autoRead, value: true).get()
    }
}

extension NIOAsyncChannel {
    /// Closes a connection that nobody serves; one that is freed before it is closed would trap.
    func drop() {
        channel.closeFuture.whenComplete { _ in withExtendedLifetime(self) {} }
        channel.close(promise: nil)
    }
}

/// Accepted connections that no task serves yet.
private final class Lobby<Inbound: Sendable, Outbound: Sendable>: Sendable {
    typealias Connection = NIOAsyncChannel<Inbound, Outbound>

    /// The connections; nil once the listener has ended.
    private let waiting = Mutex<[ObjectIdentifier: Connection]?>([:])

    /// Adds a connection; drops it if the listener has ended.
    func enter(_ connection: Connection) {
        let isOpen = waiting.withLock { waiting in
            waiting?[ObjectIdentifier(connection.channel)] = connection
            return waiting != nil
        }
        if !isOpen { connection.drop() }
    }

    /// Removes a connection that a task serves.
    func leave(_ connection: Connection) {
        waiting.withLock { $0?[ObjectIdentifier(connection.channel)] = nil }
    }

    /// Drops the remaining connections and all later ones.
    func close() {
        let left = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? [:]
        }
        for connection in left.values { connection.drop() }
    }
}

/// Counts the open connections of a listener.
private final class OpenCount: Sendable {
    private let count = Mutex(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds a connection; false if that exceeds the limit.
    func enter() -> Bool {
        count.withLock { count in
            count += 1
            return count <= limit
        }
    }

    func leave() {
        count.withLock { $0 -= 1 }
    }
}
#endif
