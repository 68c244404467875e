import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol

/// A peer that never reads: what waits for it is limited, and nobody waits for it longer than for an answer.
@Suite(.timeLimit(.minutes(30)))
struct MutePeerTests {
    /// A way of sending.
    enum Way: CaseIterable {
        case post, begin, replies, payload

        /// Sends something and keeps what waits for the answer.
        func send(_ session: ClientSession) async throws -> any Sendable {
            let change = CHG.Change(status: .busy, capabilities: Capabilities(client: []))
            switch self {
            case .post: return try await session.post(change)
            case .begin: return try await session.begin(BLP.Choose(privacy: .block))
            case .replies: return try await session.replies(to: change)
            case .payload:
                var data = Payload.UserData()
                data.personalMessage = "hello"
                return try await session.begin(UUX.Publish(payload: data))
            }
        }
    }

    @Test(arguments: Way.allCases)
    func whatItDoesNotReadIsLimitedAndWhatIsRefusedWasNeverSent(_ way: Way) async throws {
        try await Stage.signedIn(unsent: 1000) { session, link in
            link.stopReading()
            var sent: [any Sendable] = []
            let error = await #expect(throws: SessionError.self) {
                while sent.count < 1000 { sent.append(try await way.send(session)) }
            }
            #expect(error == .overrun)
            #expect((5..<100).contains(sent.count))
            #expect(await session.openRequests == (way == .post ? 0 : sent.count))
            link.goOnReading()
            var heard: [String] = []
            for _ in sent { heard.append(await link.hear()) }
            let last = try #require(heard.last?.split(separator: " ").dropFirst().first.flatMap { UInt32($0) })
            while true {
                // There is room again once the session knows that everything is written.
                do throws(SessionError) {
                    _ = try await session.begin(GTC.Choose(prompt: .ask))
                    break
                } catch {
                    #expect(error == .overrun)
                    await Task.yield()
                }
            }
            #expect(await link.hear() == "GTC \(last + 1) A")
        }
    }

    @Test(arguments: Way.allCases.filter { $0 != .post })
    func aRequestThatItDoesNotReadIsGivenUpInTime(_ way: Way) async throws {
        let clock = ManualClock()
        try await Stage.signedIn(clock: clock) { session, link in
            link.stopReading()
            let sent = try await way.send(session)
            #expect(await session.openRequests == 1)
            await clock.advance(by: .seconds(31), whenAsleep: 1)
            while await session.openRequests > 0 { await Task.yield() }
            withExtendedLifetime(sent) {}
            link.goOnReading()
        }
    }

    @Test func aCancelledRequestIsGivenUpAtOnce() async throws {
        try await Stage.signedIn { session, link in
            link.stopReading()
            let task = Task { try await session.send(BLP.Choose(privacy: .block)) }
            while await session.openRequests == 0 { await Task.yield() }
            task.cancel()
            await #expect(throws: SessionError.cancelled) { try await task.value }
            while await session.openRequests > 0 { await Task.yield() }
            link.goOnReading()
        }
    }

    @Test func closingWaitsForItNoLongerThanForAnAnswer() async throws {
        let clock = ManualClock()
        try await Stage.signedIn(clock: clock) { session, link in
            link.stopReading()
            try await session.post(OUT.SignOut())
            async let closed: Void = session.close()
            await clock.advance(by: .seconds(31), whenAsleep: 1)
            await closed
            await #expect(throws: SessionError.closed) { try await session.post(OUT.SignOut()) }
        }
    }

    /// What was written is lost if the connection is closed before the system has taken it.
    @Test(arguments: [true, false])
    func theEndOfASessionWaitsUntilNothingCanBeLostAndNoLongerThanForAnAnswer(isMute: Bool) async throws {
        let clock = ManualClock()
        let (links, sink) = AsyncStream.makeStream(of: MemoryLink.self)
        let run = Task {
            try await Stage.signedIn(clock: clock) { _, link in
                link.hold()
                sink.yield(link)
                sink.finish()
                return 7
            }
        }
        for await link in links {
            if isMute {
                await clock.advance(by: .seconds(31), whenAsleep: 1)
            } else {
                while clock.sleepers == 0 { await Task.yield() }
                link.release()
            }
        }
        #expect(try await run.value == 7)
    }

    /// A session whose work is done writes what is left, for as long as an answer may take or until it is cancelled.
    @Test(arguments: [true, false])
    func theEndOfASessionWaitsNoLongerEither(isCancelled: Bool) async throws {
        let clock = ManualClock()
        let (done, sink) = AsyncStream.makeStream(of: Void.self)
        let run = Task {
            try await Stage.signedIn(clock: clock) { session, link in
                link.stopReading()
                try await session.post(OUT.SignOut())
                sink.finish()
                return 7
            }
        }
        for await _ in done {}
        if isCancelled { run.cancel() } else { await clock.advance(by: .seconds(31), whenAsleep: 1) }
        #expect(try await run.value == 7)
    }
}
