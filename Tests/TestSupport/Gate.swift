import Synchronization

/// Where somebody waits until the test lets them go on.
package final class Gate: Sendable {
    private struct State {
        var isShut = false
        var waiters: [AsyncStream<Void>.Continuation] = []
    }

    private let state: Mutex<State>

    package init(isShut: Bool = false) {
        state = Mutex(State(isShut: isShut))
    }

    package func shut() { state.withLock { $0.isShut = true } }

    package func open() {
        let waiters = state.withLock { state in
            defer { state = State() }
            return state.waiters
        }
        for waiter in waiters { waiter.finish() }
    }

    /// Returns once the gate is open, or the task is cancelled.
    package func pass() async {
        let (opening, waiter) = AsyncStream.makeStream(of: Void.self)
        let isShut = state.withLock { state in
            if state.isShut { state.waiters.append(waiter) }
            return state.isShut
        }
        guard isShut else { return }
        for await _ in opening {}
    }
}
