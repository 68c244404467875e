import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol

/// Requests with many answers.
@Suite(.timeLimit(.minutes(30)))
struct ReplySeriesTests {
    /// The forms of all answers, until they end.
    private func forms<Reply>(_ replies: ReplySequence<Reply>) async throws -> [String] {
        var forms: [String] = []
        for try await reply in replies {
            forms.append("\(type(of: reply.form).command).\(type(of: reply.form).form)")
        }
        return forms
    }

    @Test func aSynchronizationEndsWithTheAnnouncedNumbers() async throws {
        try await Stage.signedIn(12) { session, link in
            let replies = try await session.replies(
                to: SYN.Synchronize(listStamp: try ListStamp("0"), settingsStamp: try ListStamp("0")))
            #expect(await link.hear() == "SYN 5 0 0")
            link.say(
                "SYN 5 2005-04-23T18:57:44.8130000-07:00 2005-04-23T18:57:54.2070000-07:00 2 1", "GTC A", "BLP AL",
                "PRP MFN Alice", "LSG Friends 45aaff9a-5ffd-408d-a12a-ce3c522fd327",
                "LST N=bob@example.com F=Bob C=78da23a8-d5dc-483d-aabf-098fc487880d 11 1", "BPR MOB Y",
                "LST N=carol@example.com 4 1", "BPR HSB 1")
            let forms = try await forms(replies)
            #expect(
                forms == [
                    "SYN.announced", "GTC.synchronized", "BLP.synchronized", "PRP.synchronized", "LSG.synchronized",
                    "LST.synchronized", "BPR.synchronized", "LST.synchronized",
                ])
            guard case .message(let envelope) = await Stage.next(session), case .bpr = envelope.message else {
                Issue.record("what follows the last contact is a notice")
                return
            }
        }
    }

    @Test func aSynchronizationOfTheFirstVersionsEndsWithTheReverseList() async throws {
        try await Stage.signedIn(5) { session, link in
            let replies = try await session.replies(to: SYN.Synchronize(listVersion: 0))
            link.say(
                "SYN 5 12", "GTC 5 12 A", "BLP 5 12 AL", "PRP 5 12 PHH", "LST 5 FL 12 1 1 bob@example.com Bob",
                "BPR 12 bob@example.com PHH", "LST 5 AL 12 0 0", "LST 5 BL 12 0 0", "LST 5 RL 12 1 2 a@b.example A",
                "LST 5 RL 12 2 2 c@d.example C", "NLN NLN bob@example.com Bob")
            #expect(try await forms(replies).count == 10)
        }
    }

    @Test func aClientThatIsUpToDateGetsOneLine() async throws {
        try await Stage.signedIn(5) { session, link in
            let replies = try await session.replies(to: SYN.Synchronize(listVersion: 12))
            link.say("SYN 5 12")
            #expect(try await forms(replies) == ["SYN.current"])
        }
        try await Stage.signedIn(8) { session, link in
            let replies = try await session.replies(to: SYN.Synchronize(listVersion: 12))
            link.say("SYN 5 13")
            #expect(try await forms(replies) == ["SYN.current"])
        }
    }

    @Test func silenceEndsThePresenceAfterTheFirstStatus() async throws {
        let clock = ManualClock()
        try await Stage.signedIn(8, clock: clock) { session, link in
            let replies = try await session.replies(
                to: CHG.Change(status: .online, capabilities: Capabilities(client: [])))
            link.say("CHG 5 NLN 0", "ILN 5 AWY bob@example.com Bob 0", "ILN 5 NLN carol@example.com Carol 0")
            var iterator = replies.makeAsyncIterator()
            for _ in 0..<3 { _ = try await iterator.next() }
            await clock.advance(by: .seconds(3), whenAsleep: 1)
            #expect(try await iterator.next() == nil)
        }
    }

    @Test func sendTakesTheStatusAndLeavesThePresenceToTheNotices() async throws {
        try await Stage.signedIn(8) { session, link in
            async let reply = session.send(CHG.Change(status: .online, capabilities: Capabilities(client: [])))
            _ = await link.hear()
            link.say("CHG 5 NLN 0", "ILN 5 AWY bob@example.com Bob 0")
            guard case .chgChanged = try await reply else {
                Issue.record("not the status")
                return
            }
            guard case .message(let envelope) = await Stage.next(session), case .iln = envelope.message else {
                Issue.record("not the presence")
                return
            }
        }
    }

    @Test func anAnswerThatBreaksOffFailsHalfWay() async throws {
        try await Stage.signedIn(8) { session, link in
            let replies = try await session.replies(to: SYN.Synchronize(listVersion: 0))
            link.say("SYN 5 13 2 0", "LST bob@example.com Bob 11 0")
            link.hangUp()
            var count = 0
            await #expect(throws: SessionError.closed) {
                for try await _ in replies { count += 1 }
            }
            #expect(count == 2)
        }
    }

    @Test func aSynchronizationThatStopsTimesOut() async throws {
        let clock = ManualClock()
        try await Stage.signedIn(8, clock: clock) { session, link in
            let replies = try await session.replies(to: SYN.Synchronize(listVersion: 0))
            link.say("SYN 5 13 2 0")
            var iterator = replies.makeAsyncIterator()
            _ = try await iterator.next()
            await clock.advance(by: .seconds(31), whenAsleep: 1)
            await #expect(throws: SessionError.timedOut(command: "SYN", form: "synchronize")) {
                _ = try await iterator.next()
            }
        }
    }

    @Test func aNumberedSearchEndsWithItsLastHit() async throws {
        try await Stage.signedIn(5) { session, link in
            let form = FND.Search(
                firstName: "William", lastName: "Gates", city: "*", state: "*", country: try CountryCode("US"))
            let replies = try await session.replies(to: form)
            link.say(
                "FND 5 1 2 fname=William lname=Gates city=Seattle state=WA country=US",
                "FND 5 2 2 fname=William lname=Gates city=Stillwater state=OK country=US")
            #expect(try await forms(replies) == ["FND.hit", "FND.hit"])
        }
    }

    @Test func thoseWhoAreInAChatComeBeforeTheAnswer() async throws {
        let link = MemoryLink()
        let setup = SessionSetup(service: .switchboard, version: ProtocolVersion(8), clock: ManualClock())
        try await ClientSession.run(over: link, setup) { session in
            let replies = try await session.replies(
                to: try ANS.Answer(
                    user: EndpointHandle(userHandle: Account("alice@example.com")), cookie: Credential("1.2"),
                    sessionID: try SessionID("7")))
            #expect(await link.hear() == "ANS 1 alice@example.com 1.2 7")
            link.say(
                "IRO 1 1 2 bob@example.com Bob", "IRO 1 2 2 carol@example.com Carol", "ANS 1 OK",
                "JOI dave@example.com Dave")
            #expect(try await forms(replies) == ["IRO.participant", "IRO.participant", "ANS.joined"])
        }
    }

    @Test(arguments: [("ACK 2", "ACK.delivered"), ("NAK 2", "NAK.undelivered")])
    func aMessageIsAcknowledgedOrNot(_ line: String, _ form: String) async throws {
        let link = MemoryLink()
        let setup = SessionSetup(service: .switchboard, version: ProtocolVersion(8), clock: ManualClock())
        try await ClientSession.run(over: link, setup) { session in
            async let joined = session.send(
                try USR.Join(user: EndpointHandle(userHandle: Account("alice@example.com")), cookie: Credential("1.2")))
            _ = await link.hear()
            link.say("USR 1 OK alice@example.com Alice")
            _ = try await joined
            let reply = try await session.begin(MSG.Message(acknowledgement: .both, payload: WireBytes("hello")))
            link.say(line)
            let answer = try await reply.value.form
            #expect("\(type(of: answer).command).\(type(of: answer).form)" == form)
        }
    }

    /// A switchboard session in version 8 that has sent a message with this letter.
    private func machine(
        asking acknowledgement: MessageAcknowledgement
    ) throws -> ClientStateMachine {
        var machine = ClientStateMachine(service: .switchboard, version: ProtocolVersion(8))
        _ = try machine.ask(
            USR.Join(user: EndpointHandle(userHandle: Account("alice@example.com")), cookie: Credential("1.2")))
        machine.append(Array("USR 1 OK alice@example.com Alice\r\n".utf8))
        _ = machine.next()
        _ = try machine.ask(MSG.Message(acknowledgement: acknowledgement, payload: WireBytes("hello")))
        return machine
    }

    @Test(arguments: [
        (MessageAcknowledgement.negative, "NAK 2", true), (.negative, "ACK 2", false), (.both, "NAK 2", true),
        (.both, "ACK 2", true), (.positive, "NAK 2", false), (.positive, "ACK 2", true),
    ])
    func theLetterOfAMessageDecidesWhatAnswersIt(
        _ acknowledgement: MessageAcknowledgement, _ line: String, _ isAnswer: Bool
    ) throws {
        var machine = try machine(asking: acknowledgement)
        machine.append(Array("\(line)\r\n".utf8))
        switch machine.next() {
        case .answer(_, _, isLast: true): #expect(isAnswer)
        case .failure(_, .unexpected): #expect(!isAnswer)
        case let other: Issue.record("\(String(describing: other))")
        }
    }

    @Test func aMessageThatWantsNoAnswerCanOnlyBePosted() throws {
        #expect(throws: SessionError.unanswerable(command: "MSG", form: "message")) {
            _ = try machine(asking: .never)
        }
    }

    @Test func everySplitGivesTheSameEvents() throws {
        let text =
            "VER 1 MSNP8\r\nCVR 2 1 1 1 http://a http://b\r\nUSR 3 TWN S x\r\nMSG Hotmail Hotmail 3\r\nabc500 9\r\n"
        func events(_ pieces: [ArraySlice<UInt8>]) throws -> [String] {
            var machine = ClientStateMachine(service: .notification, version: ProtocolVersion(8))
            _ = try machine.ask(VER.Offer(dialects: [try Dialect("MSNP8")]))
            var found: [String] = []
            for piece in pieces {
                machine.append(Array(piece))
                while let event = machine.next() {
                    switch event {
                    case .answer(let key, let message, let isLast): found.append("\(key) \(message) \(isLast)")
                    case .failure(let key, let error): found.append("\(key) \(error)")
                    case .notice(let envelope): found.append("\(envelope.message)")
                    case .unreadable(let error, _): found.append("\(error)")
                    case .refused(let error, _): found.append("\(error)")
                    case .skipped(let key, let isLast): found.append("\(key) \(isLast)")
                    case .lost(let error): found.append("\(error)")
                    }
                }
            }
            return found
        }
        let bytes = Array(text.utf8)
        let whole = try events([bytes[...]])
        #expect(whole.count == 5)
        for cut in 1..<bytes.count { #expect(try events([bytes[..<cut], bytes[cut...]]) == whole) }
        #expect(try events(bytes.indices.map { bytes[$0...$0] }) == whole)
    }
}
