import TestSupport
import Testing
import WireProtocol
import WireSession

/// Sessions of the reference grammar: what is generic needs nothing of MSNP.
struct SessionTests {
    @Test func aServerAnswersWhatAClientAsks() throws {
        var (client, server) = try Self.agreed()
        let (key, bytes) = try client.ask(SIT.Open(password: Password("swordfish")))
        server.append(bytes)
        guard case .request(let envelope, _) = server.next(), case .sit(.open(let form)) = envelope.message else {
            Issue.record("no request")
            return
        }
        #expect(form.password.string == "swordfish")
        let address = try Address(host: "host", port: PortNumber(80))
        let welcome = SIT.Welcome(address: address, lists: [], isAdult: true, places: [1])
        client.append(try server.send(welcome, transaction: envelope.transaction))
        guard case .answer(let answered, .sit(.welcome(let answer)), isLast: true) = client.next() else {
            Issue.record("no answer")
            return
        }
        #expect(answered == key)
        #expect(answer.address == address)
        #expect(client.openRequests == 0)
    }

    @Test func anErrorFailsItsRequestAndEndsWhatTheRulesSay() throws {
        var (client, server) = try Self.agreed()
        let (key, bytes) = try client.ask(SIT.Open(password: Password("wrong")))
        server.append(bytes)
        guard case .request(let envelope, _) = server.next() else {
            Issue.record("no request")
            return
        }
        client.append(try server.fail(.refused, transaction: envelope.transaction))
        guard case .failure(let failed, .refused(let reply)) = client.next() else {
            Issue.record("no failure")
            return
        }
        #expect(failed == key)
        #expect(reply.code == .refused)
        #expect(client.isEnded)
        #expect(client.state == .desk(.closed))
        #expect(server.state == client.state)
    }

    @Test func theRulesRefuseOnBothSides() throws {
        var client = ClientStateMachine<ServerMessage>(service: .desk, version: .demo3)
        let refusal = SessionError<ServerMessage>.notAllowed(command: "SIT", form: "open", state: "greeting")
        #expect(throws: refusal) { try client.ask(SIT.Open(password: Password("early"))) }
        #expect(refusal.description == "SIT.open is not allowed in state greeting")

        var server = ServerConnection<ClientMessage>(service: .desk, version: .demo3)
        server.append(Array("SIT 1 CLR early\r\n".utf8))
        guard case .refuse(let code, transaction: 1, closes: true, _) = server.next() else {
            Issue.record("not refused")
            return
        }
        #expect(code == .refused)
        #expect(server.isClosed)
    }

    @Test func anAgreedVersionCountsFromTheNextCommandOn() throws {
        var client = ClientStateMachine<ServerMessage>(service: .desk, version: .demo1)
        _ = try client.ask(HEY.Offer(dialects: [Dialect("DEMO3"), Dialect("DEMO1")]))
        client.append(Array("HEY 0 OK DEMO3\r\nSIT 1 host:80 0 N 7\r\n".utf8))
        #expect(client.version == .demo1)
        guard case .answer = client.next() else {
            Issue.record("no answer")
            return
        }
        #expect(client.version == .demo3)
        guard case .notice(let envelope) = client.next(), case .sit(.welcome(let form)) = envelope.message else {
            Issue.record("no notice")
            return
        }
        #expect(form.places == [7])
    }

    @Test func aSessionRunsOverALink() async throws {
        let link = MemoryLink()
        let setup = SessionSetup<ServerMessage>(service: .desk, version: .demo2, clock: ManualClock())
        try await ClientSession.run(over: link, setup) { session in
            let reply = try await session.begin(HEY.Offer(dialects: [Dialect("DEMO2")]))
            #expect(await link.hear() == "HEY 0 DEMO2")
            link.say("HEY 0 OK DEMO2 44bfd5a4-7450-4bda-ba3a-c51b3031126d")
            guard case .heyAgreed(let agreed) = try await reply.value else { return }
            #expect(agreed.dialect.text == "DEMO2")

            link.say("911")
            var notices: [SessionNotice<ServerMessage>] = []
            for await notice in session.notices { notices.append(notice) }
            let error = ServerMessage.error(ErrorReply(code: .refused))
            guard case .message(let envelope) = notices.first, case .ended(let end) = notices.last else {
                Issue.record("\(notices)")
                return
            }
            #expect(envelope.message == error)
            #expect(end == .ended(by: error))
            await #expect(throws: SessionError<ServerMessage>.ended(by: error)) { try await session.post(BYE.Leave()) }
        }
    }

    @Test func servicesWithoutRulesAllowEverything() throws {
        let text = try #require(try emitted(commands: ["TOY": command("transaction: none")])["Sessions.swift"])
        #expect(text.contains("    case unruled(UnruledSession)\n"))
        #expect(text.contains("        case .main: self = .unruled(.initial)\n"))
        let id = FormID(CommandCode("A"), from: .client, number: 0)
        #expect(UnruledSession.initial.step(for: id, in: .demo1) == .go(.open))
        #expect(UnruledSession.closed.step(for: id, in: .demo1) == .close)
    }

    /// Both ends after the greeting.
    private static func agreed() throws -> (ClientStateMachine<ServerMessage>, ServerConnection<ClientMessage>) {
        var client = ClientStateMachine<ServerMessage>(service: .desk, version: .demo3)
        var server = ServerConnection<ClientMessage>(service: .desk, version: .demo3)
        server.append(try client.ask(HEY.Offer(dialects: [Dialect("DEMO3")])).bytes)
        guard case .request(let envelope, _) = server.next() else { return (client, server) }
        let agreed = HEY.Agreed(
            dialect: try Dialect("DEMO3"), session: try Plain("44bfd5a4-7450-4bda-ba3a-c51b3031126d"))
        client.append(try server.send(agreed, transaction: envelope.transaction))
        guard case .answer = client.next() else { return (client, server) }
        #expect(client.state == .desk(.open))
        return (client, server)
    }
}

extension ServerMessage {
    /// The version that the server takes.
    public var agreedVersion: ProtocolVersion? {
        guard case .hey(.agreed(let form)) = self else { return nil }
        return ProtocolVersion(name: form.dialect.text)
    }
}
