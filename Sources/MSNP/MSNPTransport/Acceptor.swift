import NIOCore
import NIOPosix
import Synchronization

/// A bound socket and its incoming connections.
///
/// Only the task that serves a connection wraps it for async code: a connection that is wrapped and then dropped,
/// because it arrived while the listener ended, would trap.
struct Acceptor: Sendable {
    let port: Int
    let channel: NIOAsyncChannel<any Channel, Never>
    private let lobby: Lobby
    /// The most connections to serve at a time.
    private let limit: Int

    /// Binds a port; port 0 picks a free one.
    static func bind(host: String, port: Int, limits: TransportLimits) async throws(TransportError) -> Acceptor {
        let lobby = Lobby()
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
                .bind(host: host, port: port) { channel in
                    lobby.enter(channel)
                    // Fails for connections that are gone already, which must not end the listener.
                    try? LinkSetup.bound(channel, limits: limits)
                    return channel.eventLoop.makeSucceededFuture(channel)
                }
            return Acceptor(
                port: channel.channel.localAddress?.port ?? port, channel: channel, lobby: lobby,
                limit: limits.connections)
        } catch {
            throw TransportError.bindFailed(port: port, reason: "\(error)")
        }
    }

    /// Serves connections until the task is cancelled, each in its own child task.
    func run<Inbound: Sendable, Outbound: Sendable>(
        wrap: @escaping @Sendable (any Channel) throws -> NIOAsyncChannel<Inbound, Outbound>,
        serve: @escaping @Sendable (any Channel, NIOAsyncChannel<Inbound, Outbound>) async -> Void
    ) async {
        let open = OpenCount(limit: limit)
        do {
            try await channel.executeThenClose { accepted in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in accepted {
                        lobby.leave(connection)
                        guard open.enter() else {
                            open.leave()
                            connection.close(promise: nil)
                            continue
                        }
                        group.addTask {
                            if let wrapped = try? await connection.eventLoop.submit({ try wrap(connection) }).get() {
                                await serve(connection, wrapped)
                            } else {
                                connection.close(promise: nil)
                            }
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
    func close() async {
        try? await channel.executeThenClose { _ in }
        lobby.close()
    }

    /// Starts reading, once there is a task to consume the bytes.
    static func beginReading(_ channel: any Channel) async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }
}

/// Accepted connections that no task serves yet.
private final class Lobby: Sendable {
    /// The connections; nil once the listener has ended.
    private let waiting = Mutex<[ObjectIdentifier: any Channel]?>([:])

    /// Adds a connection; closes it if the listener has ended.
    func enter(_ channel: any Channel) {
        let isOpen = waiting.withLock { waiting in
            waiting?[ObjectIdentifier(channel)] = channel
            return waiting != nil
        }
        if !isOpen { channel.close(promise: nil) }
    }

    /// Removes a connection that a task serves.
    func leave(_ channel: any Channel) {
        waiting.withLock { $0?[ObjectIdentifier(channel)] = nil }
    }

    /// Closes the remaining connections and all later ones.
    func close() {
        let left = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? [:]
        }
        for channel in left.values { channel.close(promise: nil) }
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
