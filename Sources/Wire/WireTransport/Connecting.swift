#if Network
import NIOCore
import NIOPosix
import Synchronization

/// Opens connections of clients.
package enum Connecting {
    /// Connects and wraps the channel, which does not read yet; a cancelled task waits for no answer of the network.
    ///
    /// Without `time`, the caller bounds it. `prepare` is called before the channel is connected, `wrap` before it hears
    /// anything of its peer. The caller has to run the wrapped channel: one that is freed before it is closed would trap.
    package static func open<Inbound: Sendable, Outbound: Sendable>(
        host: String, port: Int, tls: Bool, trust: TrustedCertificates? = nil, time: Duration? = nil,
        prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in },
        wrap: @escaping @Sendable (any Channel) throws -> NIOAsyncChannel<Inbound, Outbound>
    ) async throws(TransportError) -> NIOAsyncChannel<Inbound, Outbound> {
        do {
            let security = tls ? try TransportSecurity(host: host, trust: trust) : nil
            let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false)
                .connectTimeout(time.map { TimeAmount($0) } ?? .hours(24))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try prepare(channel)
                        try security?.secure(channel)
                    }
                }
            let attempt = Attempt<Inbound, Outbound>()
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { waiter in
                    guard attempt.begin(waiter) else { return }
                    bootstrap.connect(host: host, port: port).flatMapThrowing { channel in
                        do {
                            return try wrap(channel)
                        } catch {
                            channel.close(promise: nil)
                            throw error
                        }
                    }.whenComplete(attempt.end)
                }
            } onCancel: {
                attempt.end(.failure(TransportError.cancelled))
            }
        } catch let error as TransportError {
            throw error
        } catch {
            throw .connectFailed(host: host, port: port, reason: "\(error)")
        }
    }
}

/// An attempt to connect: it ends once, and what comes later is closed.
private final class Attempt<Inbound: Sendable, Outbound: Sendable>: Sendable {
    typealias Connection = NIOAsyncChannel<Inbound, Outbound>

    private enum State {
        case waiting
        case begun(CheckedContinuation<Connection, any Error>)
        case ended
    }

    private let state = Mutex(State.waiting)

    /// Notes who waits; false, and nobody waits any more, if it has ended already.
    func begin(_ waiter: CheckedContinuation<Connection, any Error>) -> Bool {
        let isOver = state.withLock { state in
            guard case .waiting = state else { return true }
            state = .begun(waiter)
            return false
        }
        if isOver { waiter.resume(throwing: TransportError.cancelled) }
        return !isOver
    }

    /// Ends it.
    func end(_ result: Result<Connection, any Error>) {
        let last = state.withLock { state in
            defer { state = .ended }
            return state
        }
        if case .begun(let waiter) = last {
            waiter.resume(with: result)
        } else if case .success(let connection) = result {
            connection.drop()
        }
    }
}
#endif
