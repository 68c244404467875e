// Shows: nothing of the wire; time is passed in, so that tests need not wait.
import Foundation

/// Where the server takes the time from.
public struct ServerClock: Sendable {
    /// The time since some moment that does not change while the server runs.
    public let now: @Sendable () -> Duration
    /// Waits; throws when the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void
    /// The seconds since 1970, for what is shown to people.
    public let unixTime: @Sendable () -> Int

    /// Makes a clock of its functions.
    public init(
        now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
        unixTime: @escaping @Sendable () -> Int
    ) {
        self.now = now
        self.sleep = sleep
        self.unixTime = unixTime
    }

    /// The clock of the machine.
    public static var system: ServerClock {
        let start = ContinuousClock.now
        return ServerClock(
            now: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0) },
            unixTime: { Int(Date().timeIntervalSince1970) })
    }
}
