/// The system's clock, for tests on machines of any speed: what would sleep for a second or longer, as a time limit
/// does, sleeps until it is cancelled.
package struct PatientClock: Clock {
    private let clock = ContinuousClock()

    package init() {}

    package var now: ContinuousClock.Instant { clock.now }
    package var minimumResolution: Duration { clock.minimumResolution }

    package func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        guard deadline - now >= .seconds(1) else { return try await clock.sleep(until: deadline, tolerance: tolerance) }
        // A stream without end ends when the task is cancelled.
        let (never, end) = AsyncStream.makeStream(of: Never.self)
        for await _ in never {}
        end.finish()
        throw CancellationError()
    }
}
