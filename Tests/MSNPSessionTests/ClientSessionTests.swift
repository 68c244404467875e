import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol

/// Requests and their answers, over a link in memory and a clock that the test moves.
@Suite(.timeLimit(.minutes(30)))
struct ClientSessionTests {
    @Test func anAnswerIsATypedReply() async throws {
        try await Stage.signedIn { session, link in
            async let reply = session.send(BLP.Choose(privacy: .block))
            #expect(await link.hear() == "BLP 5 BL")
            link.say("BLP 5 BL")
            let answer = try await reply
            #expect(answer == .blpChosen(BLP.Chosen(privacy: .block)))
            #expect(answer.place == .final)
        }
    }

    @Test func anErrorReplyIsThrown() async throws {
        try await Stage.signedIn { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            link.say("218 5")
            await #expect(throws: SessionError.refused(ErrorReply(code: ErrorCode(218)))) { _ = try await reply.value }
        }
    }

    @Test func repliesThatCrossFindTheirRequests() async throws {
        try await Stage.signedIn { session, link in
            let first = try await session.begin(BLP.Choose(privacy: .block))
            let second = try await session.begin(GTC.Choose(prompt: .silent))
            #expect(await link.hear() == "BLP 5 BL")
            #expect(await link.hear() == "GTC 6 N")
            link.say("GTC 6 N", "NLN AWY bob@example.com Bob 0", "BLP 5 BL")
            #expect(try await second.value == .gtcChosen(GTC.Chosen(prompt: .silent)))
            #expect(try await first.value == .blpChosen(BLP.Chosen(privacy: .block)))
            guard case .message(let envelope) = await Stage.next(session), case .nln = envelope.message else {
                Issue.record("the presence is a notice")
                return
            }
        }
    }

    @Test func twoEqualRequestsGetTheAnswersOfTheirNumbers() async throws {
        try await Stage.signedIn { session, link in
            let first = try await session.begin(BLP.Choose(privacy: .block))
            let second = try await session.begin(BLP.Choose(privacy: .block))
            link.say("800 6")
            await #expect(throws: SessionError.refused(ErrorReply(code: ErrorCode(800)))) { _ = try await second.value }
            link.say("217 5")
            await #expect(throws: SessionError.refused(ErrorReply(code: ErrorCode(217)))) { _ = try await first.value }
        }
    }

    @Test func anAnswerWithoutANumberGoesToTheOldestRequestThatAllowsIt() async throws {
        try await Stage.signedIn { session, link in
            let first = try await session.begin(PNG.Ping())
            let second = try await session.begin(PNG.Ping())
            link.say("QNG 50", "QNG 40")
            #expect(try await first.value.form.fields.map(\.description) == ["seconds=50"])
            #expect(try await second.value.form.fields.map(\.description) == ["seconds=40"])
        }
    }

    @Test func noAnswerInTimeIsAnErrorAndALateOneANotice() async throws {
        let clock = ManualClock()
        try await Stage.signedIn(clock: clock) { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            await clock.advance(by: .seconds(31), whenAsleep: 1)
            await #expect(throws: SessionError.timedOut(command: "BLP", form: "choose")) { _ = try await reply.value }
            #expect(await session.openRequests == 0)
            link.say("BLP 5 BL")
            guard case .message(let envelope) = await Stage.next(session), case .blp = envelope.message else {
                Issue.record("the late answer is a notice")
                return
            }
        }
    }

    @Test func aCancelledRequestIsGivenUp() async throws {
        try await Stage.signedIn { session, link in
            let task = Task { _ = try await session.send(BLP.Choose(privacy: .block)) }
            #expect(await link.hear() == "BLP 5 BL")
            task.cancel()
            await #expect(throws: SessionError.cancelled) { try await task.value }
            while await session.openRequests > 0 { await Task.yield() }
            let other = try await session.begin(GTC.Choose(prompt: .ask))
            link.say("BLP 5 BL", "GTC 6 A")
            guard case .message(let envelope) = await Stage.next(session), case .blp = envelope.message else {
                Issue.record("the answer nobody wants is a notice")
                return
            }
            _ = try await other.value
        }
    }

    @Test func theEndOfTheConnectionFailsEveryOpenRequest() async throws {
        try await Stage.signedIn { session, link in
            let first = try await session.begin(BLP.Choose(privacy: .block))
            let second = try await session.begin(PNG.Ping())
            link.hangUp()
            await #expect(throws: SessionError.closed) { _ = try await first.value }
            await #expect(throws: SessionError.closed) { _ = try await second.value }
            await #expect(throws: SessionError.closed) { _ = try await session.send(PNG.Ping()) }
            guard case .ended(.closed) = await Stage.next(session) else {
                Issue.record("the last notice is the end")
                return
            }
            #expect(await Stage.next(session) == nil)
        }
    }

    @Test func aConnectionCutInAPayloadIsToldFromOneThatEnds() async throws {
        try await Stage.signedIn { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            link.saySlice("MSG Hotmail Hotmail 100\r\nMIME-Version: 1.0\r\n")
            link.hangUp()
            await #expect(throws: SessionError.cut(bytes: 44)) { _ = try await reply.value }
        }
    }

    @Test func aBrokenConnectionTellsWhy() async throws {
        try await Stage.signedIn { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            link.breakDown()
            await #expect(throws: SessionError.broken(reason: "broken")) { _ = try await reply.value }
        }
    }

    @Test(arguments: [true, false])
    func theServersReasonForTheEndIsKept(hangsUp: Bool) async throws {
        try await Stage.signedIn { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            link.say("OUT OTH")
            if hangsUp { link.hangUp() }
            let reason = ServerMessage.out(.ended(OUT.Ended(reason: .signedInElsewhere)))
            await #expect(throws: SessionError.ended(by: reason)) { _ = try await reply.value }
        }
    }

    @Test func anUnreadableAnswerFailsItsRequestAndTheNextLineIsIntact() async throws {
        try await Stage.signedIn { session, link in
            let first = try await session.begin(BLP.Choose(privacy: .block))
            let second = try await session.begin(GTC.Choose(prompt: .ask))
            link.say("BLP 5 ZZ", "GTC 6 A")
            let error = await #expect(throws: SessionError.self) { _ = try await first.value }
            guard case .decoding(let problem) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(problem.parameter == "privacy")
            _ = try await second.value
            guard case .unreadable = await Stage.next(session) else {
                Issue.record("it is told")
                return
            }
        }
    }

    @Test func anAnswerOfAnotherFormFailsTheRequestAndIsNotLost() async throws {
        try await Stage.signedIn { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            link.say("GTC 5 A")
            let message = ServerMessage.gtc(.chosen(GTC.Chosen(prompt: .ask)))
            await #expect(throws: SessionError.unexpected(message)) { _ = try await reply.value }
            guard case .message(let envelope) = await Stage.next(session), envelope.message == message else {
                Issue.record("it is a notice, too")
                return
            }
        }
    }

    @Test func bytesThatAreNoCommandsEndTheSession() async throws {
        try await Stage.signedIn { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            link.saySlice(String(repeating: "A", count: 70_000))
            let error = await #expect(throws: SessionError.self) { _ = try await reply.value }
            guard case .framing = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func whatTheRulesForbidIsNotSent() async throws {
        try await Stage.signedIn { session, link in
            let refusal = SessionError.notAllowed(command: "VER", form: "offer", state: "signedIn")
            await #expect(throws: refusal) { try await session.post(VER.Offer(versions: [.msnp12])) }
            async let pong = session.send(PNG.Ping())
            #expect(await link.hear() == "PNG")
            link.say("QNG 50")
            _ = try await pong
        }
    }

    @Test func noticesThatNobodyTakesEndTheSession() async throws {
        try await Stage.signedIn(unread: 3) { session, link in
            let reply = try await session.begin(BLP.Choose(privacy: .block))
            for _ in 0..<4 { link.say("NLN AWY bob@example.com Bob 0") }
            await #expect(throws: SessionError.overrun) { _ = try await reply.value }
        }
    }

    @Test func bytesThatThePeerDoesNotReadAreLimited() async throws {
        let setup = SessionSetup(
            service: .notification, version: ProtocolVersion(12), unsentBytes: 30, clock: ManualClock())
        let link = MemoryLink(reads: false)
        await #expect(throws: SessionError.overrun) {
            try await ClientSession.run(over: link, setup) { session in
                let far = try Dialect(String(repeating: "A", count: 30))
                _ = try await session.begin(VER.Offer(dialects: [far]))
            }
        }
    }
}
