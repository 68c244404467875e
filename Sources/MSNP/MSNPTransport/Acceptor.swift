import NIOCore
import NIOPosix
import Synchronization

/// A bound socket and the connections that come to it.
///
/// A connection is wrapped for async code only by the task that serves it: one that is wrapped and then dropped, because
/// it came while the listener ended, would stop the whole process.
struct Acceptor: Sendable {
    /// The port the system gave.
    let port: Int
    /// The bound socket.
    private let channel: NIOAsyncChannel<any Channel, Never>
    /// The connections that nobody serves yet.
    private let lobby: Lobby
    /// Connections served at a time.
    private let limit: Int

    /// Binds a port; port 0 takes any free one.
    static func bind(host: String, port: Int, limits: TransportLimits) async throws(TransportError) -> Acceptor {
        let lobby = Lobby()
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: limits.backlog)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.autoRead, value: false)
                .bind(host: host, port: port) { channel in
                    lobby.enter(channel)
                    return channel.eventLoop.makeSucceededFuture(channel)
                }
            return Acceptor(
                port: channel.channel.localAddress?.port ?? port, channel: channel, lobby: lobby,
                limit: limits.connections)
        } catch {
            throw TransportError.bindFailed(port: port, reason: "\(error)")
        }
    }

    /// Serves connections until the task is cancelled; every connection has a child task of its own.
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

    /// Lets bytes come, once somebody is there to take them.
    static func beginReading(_ channel: any Channel) async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }
}

/// Accepted connections that nobody serves yet.
private final class Lobby: Sendable {
    /// The connections; nil once the listener has ended.
    private let waiting = Mutex<[ObjectIdentifier: any Channel]?>([:])

    /// Notes a connection; closes it where nobody will come for it.
    func enter(_ channel: any Channel) {
        let isOpen = waiting.withLock { waiting in
            waiting?[ObjectIdentifier(channel)] = channel
            return waiting != nil
        }
        if !isOpen { channel.close(promise: nil) }
    }

    /// Somebody serves it.
    func leave(_ channel: any Channel) {
        waiting.withLock { $0?[ObjectIdentifier(channel)] = nil }
    }

    /// Closes all that are left, and those that still come.
    func close() {
        let left = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? [:]
        }
        for channel in left.values { channel.close(promise: nil) }
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
