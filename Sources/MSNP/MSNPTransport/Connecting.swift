import NIOCore
import NIOPosix
import Synchronization

/// Opens connections of clients.
enum Connecting {
    /// Connects and wraps the channel, which does not read yet; a cancelled task waits for no answer of the network.
    ///
    /// The caller has to run the wrapped channel: one that is dropped would trap.
    static func open<Inbound: Sendable, Outbound: Sendable>(
        host: String, port: Int, tls: Bool, trust: TrustedCertificates? = nil,
        wrap: @escaping @Sendable (any Channel) throws -> NIOAsyncChannel<Inbound, Outbound>
    ) async throws(TransportError) -> NIOAsyncChannel<Inbound, Outbound> {
        do {
            let security = tls ? try TransportSecurity(host: host, trust: trust) : nil
            let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try security?.secure(channel) }
                }
            let attempt = Attempt()
            let channel = try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { waiter in
                    guard attempt.begin(waiter) else { return }
                    bootstrap.connect(host: host, port: port).whenComplete(attempt.end)
                }
            } onCancel: {
                attempt.end(.failure(TransportError.cancelled))
            }
            do {
                return try await channel.eventLoop.submit { try wrap(channel) }.get()
            } catch {
                channel.close(promise: nil)
                throw error
            }
        } catch let error as TransportError {
            throw error
        } catch {
            throw .connectFailed(host: host, port: port, reason: "\(error)")
        }
    }
}

/// An attempt to connect: it ends once, and what comes later is closed.
private final class Attempt: Sendable {
    private enum State {
        case waiting
        case begun(CheckedContinuation<any Channel, any Error>)
        case ended
    }

    private let state = Mutex(State.waiting)

    /// Notes who waits; false, and nobody waits any more, if it has ended already.
    func begin(_ waiter: CheckedContinuation<any Channel, any Error>) -> Bool {
        let isOver = state.withLock { state in
            guard case .waiting = state else { return true }
            state = .begun(waiter)
            return false
        }
        if isOver { waiter.resume(throwing: TransportError.cancelled) }
        return !isOver
    }

    /// Ends it.
    func end(_ result: Result<any Channel, any Error>) {
        let last = state.withLock { state in
            defer { state = .ended }
            return state
        }
        if case .begun(let waiter) = last {
            waiter.resume(with: result)
        } else if case .success(let channel) = result {
            channel.close(promise: nil)
        }
    }
}
