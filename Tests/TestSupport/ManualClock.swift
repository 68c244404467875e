import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: Clock {
    package struct Instant: InstantProtocol {
        package var offset: Duration
        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var next = 0
        var sleepers: [Int: (deadline: Instant, wake: AsyncStream<Void>.Continuation)] = [:]
        /// Whether the time is over: nobody sleeps any more.
        var isOver = false
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock { $0.now } }
    package var minimumResolution: Duration { .nanoseconds(1) }
    package var sleepers: Int { state.withLock { $0.sleepers.count } }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let (stream, wake) = AsyncStream<Void>.makeStream()
        let number = state.withLock { state -> Int? in
            guard state.now < deadline, !state.isOver else { return nil }
            state.next += 1
            state.sleepers[state.next] = (deadline, wake)
            return state.next
        }
        guard let number else { return }
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            // At once, so that a test does not take this one for a sleeper that it waits for.
            state.withLock { _ = $0.sleepers.removeValue(forKey: number) }
        }
        try Task.checkCancellation()
    }

    /// Moves the time, once so many sleep; a test that waits in vain is cancelled by its time limit, which ends the time.
    package func advance(by duration: Duration, whenAsleep count: Int) async {
        while sleepers < count {
            guard !Task.isCancelled else { return runOut() }
            await Task.yield()
        }
        advance(by: duration)
    }

    /// Runs a part of a test; if it throws, the time is over, so that nothing waits for a clock that nobody moves.
    package func guarding<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        do {
            return try await body()
        } catch {
            runOut()
            throw error
        }
    }

    /// Wakes all, for ever.
    private func runOut() {
        state.withLock { $0.isOver = true }
        for wake in takeSleepers({ _ in true }) { wake.finish() }
    }

    private func takeSleepers(_ isDue: (Instant) -> Bool) -> [AsyncStream<Void>.Continuation] {
        state.withLock { state in
            let due = state.sleepers.filter { isDue($0.value.deadline) }
            for number in due.keys { state.sleepers.removeValue(forKey: number) }
            return due.values.map(\.wake)
        }
    }

    /// Moves the time at once.
    package func advance(by duration: Duration) {
        let now = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            return state.now
        }
        for wake in takeSleepers({ $0 <= now }) { wake.finish() }
    }
}
