import Synchronization
import TestSupport
import Testing

@testable import SampleServer

/// A test on a clock by hand fails at once where it fails.
@Suite(.timeLimit(.minutes(30)))
struct ManualClockTests {
    private struct Failure: Error {}

    /// The farewell waits for clients that stay, and for a clock that nobody moves any more.
    @Test func aTestThatFailsDoesNotWaitForTheFarewell() async {
        let peers = Mutex<[Peer]>([])
        await #expect(throws: Failure.self) {
            try await RawScripts.run(SampleConfiguration(), clock: ManualClock()) { scripts in
                let alice = try await scripts.narrow.online(.alice, 12)
                await alice.stopReading()
                await alice.sendRaw(String(repeating: "SYN 9 0 0\r\n", count: 1000))
                peers.withLock { $0 = [alice] }
                throw Failure()
            }
        }
        #expect(peers.withLock { $0.count } == 1)
    }

    @Test func whoWaitsForSleepersThatNeverComeIsEndedByTheTimeLimit() async throws {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(1)) }
        while clock.sleepers == 0 { await Task.yield() }
        let waiting = Task { await clock.advance(by: .seconds(1), whenAsleep: 2) }
        waiting.cancel()
        await waiting.value
        try await sleeper.value
        #expect(clock.now.offset == .zero)
        try await clock.sleep(for: .seconds(1))
    }
}
