import MSNP
import MSNPSession
import MSNPTickets
import MSNPTransport
import TestSupport
import Testing

@testable import SampleClient

/// Servers that never read, or never answer: the user hears of it, and everything else goes on.
@Suite(.timeLimit(.minutes(30)))
struct MuteServerTests {
    /// A switchboard that lets the client in, and then does something.
    private static func chatScript(_ then: @escaping @Sendable (MemoryLink) async -> Void) -> Script {
        var script = Script(8)
        script.answers["XFR"] = ["XFR TRID SB sb.example:1863 CKI 123.456"]
        script.switchboard = { link in
            _ = await link.hear()
            link.say("USR 1 OK alice@example.com Alice")
            _ = await link.hear()
            link.say("CAL 2 RINGING 17")
            await then(link)
        }
        return script
    }

    @Test func messagesThatAreNotReadAreLimited() async throws {
        let script = Self.chatScript { link in
            link.stopReading()
            link.say("JOI bob@example.com Bob")
            while await !link.hear().isEmpty {}
        }
        let stage = ChatStage()
        let isWell = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/chat bob@example.com")
            await screen.see("[1] Bob is here.")
            for _ in 0..<1000 { keyboard.yield(String(repeating: "x", count: 1300)) }
            await screen.see(
                "[1] That may not have been delivered. The server sends more than the client can handle, or does not")
            keyboard.yield("/status away")
            await screen.see("Done.")
            keyboard.yield("/quit")
        }
        #expect(isWell)
        #expect(stage.heard.of("CHG").count == 2)
    }

    @Test func messagesThatWaitForSomebodyAreLimited() async throws {
        let script = Self.chatScript { link in
            while await !link.hear().isEmpty {}
        }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/chat bob@example.com")
            for number in 0...100 { keyboard.yield("message \(number)") }
            await screen.see("Nobody is there yet, and too many messages wait; that one was not sent.")
            keyboard.yield("/quit")
        }
        #expect(stage.screen.all.count { $0.hasPrefix("Nobody is there yet") } == 1)
    }

    /// Being invited, and inviting somebody.
    @Test(arguments: [("/name Alice", "ANS"), ("/chat bob@example.com", "USR")])
    func aSwitchboardThatDoesNotReadIsGivenUp(_ sample: (line: String, command: String)) async throws {
        let (connected, connection) = AsyncStream.makeStream(of: Void.self)
        var script = Script(8)
        script.answers["XFR"] = ["XFR TRID SB sb.example:1863 CKI 123.456"]
        script.answers["REA"] = [
            "REA TRID 5 alice@example.com Alice", "RNG 17 sb.example:1863 CKI 987.6 bob@example.com Bob",
        ]
        let gate = Gate(isShut: true)
        script.switchboard = { link in
            link.stopReading()
            connection.finish()
            await gate.pass()
        }
        let (stage, clock) = (ChatStage(), ManualClock())
        let isWell = try await stage.run(script, clock: clock) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield(sample.line)
            for await _ in connected {}
            // The next ping, and the answer that does not come.
            await clock.advance(by: .seconds(31), whenAsleep: 2)
            await screen.see("[1] The server did not answer \(sample.command) in time.")
            await screen.see("[1] The conversation is over.")
            keyboard.yield("/status away")
            await screen.see("Done.")
            keyboard.yield("/quit")
        }
        #expect(isWell)
    }

    /// Each challenge wants an answer; those that are not read are limited.
    @Test func challengesWhoseAnswersAreNotReadEndTheSession() async throws {
        var script = Script(8)
        script.deafAfter = "REA"
        script.answers["REA"] = (0..<20_000).map { "CHL 0 \($0)" }
        let stage = ChatStage()
        let isWell = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/name Alice")
            await screen.see(
                "The server sends more than the client can handle, or does not read what the client sends.")
        }
        #expect(!isWell)
    }

    /// Control-C once signs out, and twice does not wait for a server that reads nothing.
    @Test func aSecondInterruptionEndsTheClientAtOnce() async throws {
        var script = Script(8)
        script.deafAfter = "CHG"
        let connector = MemoryConnector { [script] address, link in await script.serve(address, link, Heard()) }
        let screen = Screen()
        var settings = ChatSettings(
            server: ServerAddress(host: "ns.example", port: 1863), credentials: Stage.credentials,
            versions: [script.version], tickets: FixedTickets(), connector: connector, clock: ManualClock())
        settings.quiet = .zero
        let client = ChatClient(settings) { screen.show($0) }
        let (lines, keyboard) = AsyncStream<String>.makeStream()
        let run = Task { await client.run(lines) }
        await screen.see("Type /help")
        client.interrupt()
        await screen.see("Signed out.")
        client.interrupt()
        #expect(await run.value)
        keyboard.finish()
    }

    #if os(Linux)
    @Test func anInterruptionEndsTheAttemptToConnect() async throws {
        let silent = try SilentPort()
        let settings = ChatSettings(
            server: ServerAddress(host: "127.0.0.1", port: silent.port), credentials: Stage.credentials,
            connector: TCPConnector(limits: TransportLimits(connectTime: .seconds(600))), clock: PatientClock())
        let shown = Screen()
        let client = ChatClient(settings) { shown.show($0) }
        let (lines, keyboard) = AsyncStream<String>.makeStream()
        let run = Task { await client.run(lines) }
        try await silent.isTried()
        client.interrupt()
        #expect(await run.value)
        #expect(shown.all == ["Connecting to 127.0.0.1:\(silent.port) ..."])
        keyboard.finish()
    }
    #endif

    @Test func theUserCanLeaveAServerThatDoesNotRead() async throws {
        var script = Script(8)
        script.deafAfter = "REA"
        script.answers["REA"] = []
        let (stage, clock) = (ChatStage(), ManualClock())
        let client = Task { [script] in
            try await stage.run(script, clock: clock) { keyboard, screen in
                await screen.see("Type /help")
                keyboard.yield("/name Alice")
                // The next ping, and the answer that does not come.
                await clock.advance(by: .seconds(31), whenAsleep: 2)
                await screen.see("The server did not answer REA in time.")
                keyboard.yield("/quit")
                await screen.see("Signed out.")
            }
        }
        while !stage.screen.all.contains("Signed out.") { await Task.yield() }
        let mover = Task {
            while !Task.isCancelled {
                clock.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        #expect(try await client.value)
        mover.cancel()
    }

    /// How a request for a ticket ends.
    @Test(arguments: [true, false], [true, false])
    func aLoginServiceThatDoesNotAnswerIsGivenUp(isToken: Bool, isCancelled: Bool) async throws {
        let listener = try await Listener.bind()
        let gate = Gate(isShut: true)
        let server = Task { await listener.run { _ in await gate.pass() } }
        defer { server.cancel() }
        let clock = ManualClock()
        let address = "http://127.0.0.1:\(listener.port)/"
        let tickets = try WebTickets(nexus: address, service: address, clock: clock)
        let request = Task {
            do throws(TicketError) {
                if isToken {
                    _ = try await tickets.token(for: Stage.credentials, policy: "MBI")
                } else {
                    _ = try await tickets.ticket(for: Stage.credentials, challenge: "ct=1")
                }
            } catch {
                return error
            }
            throw CancellationError()
        }
        while clock.sleepers == 0 { await Task.yield() }
        if isCancelled { request.cancel() } else { clock.advance(by: .seconds(30)) }
        let reason = isCancelled ? "the request was given up" : "127.0.0.1:\(listener.port) did not answer in time"
        #expect(try await request.value == .unreachable(reason))
    }
}
