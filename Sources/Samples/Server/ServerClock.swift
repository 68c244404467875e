#if Network
import Foundation

/// The server's clock; injected, so that tests need not wait.
public struct ServerClock: Sendable {
    /// The time since a fixed moment.
    public let now: @Sendable () -> Duration
    /// Sleeps; throws if the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void
    /// The seconds since 1970, for people to read.
    public let unixTime: @Sendable () -> Int

    /// Creates a clock from functions.
    public init(
        now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
        unixTime: @escaping @Sendable () -> Int
    ) {
        self.now = now
        self.sleep = sleep
        self.unixTime = unixTime
    }

    /// The system clock.
    public static var system: ServerClock {
        let start = ContinuousClock.now
        return ServerClock(
            now: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0) },
            unixTime: { Int(Date().timeIntervalSince1970) })
    }
}
#endif
