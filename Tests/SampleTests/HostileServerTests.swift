import MSNP
import MSNPSession
import SampleClient
import Synchronization
import TestSupport
import Testing
import WireProtocol

/// What a hostile server can do to the chat client.
@Suite(.timeLimit(.minutes(30)))
struct HostileServerTests {
    private static let address = ServerAddress(host: "ns.example", port: 1863)

    @Test func onlyVersionsWithTicketsAreOfferedUnlessAskedFor() {
        let settings = ChatSettings(
            server: Self.address, credentials: Stage.credentials, connector: MemoryConnector { _, _ in })
        #expect(settings.versions == (8...18).reversed().map { ProtocolVersion($0) })
    }

    /// A server that picks an old version would get a digest of the password and its own challenge.
    @Test(arguments: ["MSNP7", "MSNP2", "CVR0"])
    func aVersionThatWasNotOfferedEndsTheSignIn(_ dialect: String) async throws {
        let heard = Mutex<[String]>([])
        let connector = MemoryConnector { _, link in
            while true {
                let line = await link.hear()
                guard !line.isEmpty else { return }
                heard.withLock { $0.append(line) }
                link.say("VER \(line.split(separator: " ")[1]) \(dialect)")
            }
        }
        let screen = Screen()
        let client = ChatClient(
            ChatSettings(
                server: Self.address, credentials: Stage.credentials, connector: connector, clock: ManualClock())
        ) { screen.show($0) }
        #expect(await client.run(AsyncStream { _ in }) == false)
        #expect(screen.all.last?.hasPrefix("The server supports none of the offered versions") == true)
        #expect(heard.withLock { $0.count } == 1)
    }

    @Test(arguments: [2, 7, 8, 18] as [UInt8])
    func anExposedPasswordIsSaid(_ version: UInt8) async throws {
        let stage = ChatStage()
        _ = try await stage.run(Script(version)) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/quit")
        }
        let sentence = "MSNP\(version) lets the server guess your password; use it with servers you trust."
        #expect(stage.screen.all.contains(sentence) == (version < 8))
    }

    /// A server that invites the user 500 times, and then says that Carol is away, when the user changes the name.
    private func invitingScript() -> Script {
        var script = Script(8)
        script.answers["REA"] =
            ["REA TRID 5 alice@example.com Alice"]
            + (0..<500).map { "RNG \($0) sb.example:1863 CKI 987.6 bob\($0)@example.com Bob" }
            + ["NLN AWY carol@example.com Carol 0"]
        return script
    }

    @Test func aFloodOfInvitationsOpensFewConnections() async throws {
        var script = invitingScript()
        let opened = Mutex(0)
        script.switchboard = { link in
            opened.withLock { $0 += 1 }
            while await !link.hear().isEmpty {}
        }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/name Alice")
            await screen.see("* Carol is away.")
            while opened.withLock({ $0 }) < 20 { await Task.yield() }
            keyboard.yield("/quit")
        }
        #expect(opened.withLock { $0 } == 20)
        #expect(stage.screen.all.filter { $0 == "* Too many invitations; some are ignored." }.count == 1)
    }

    @Test func conversationsThatEndAtOnceDoNotMakeRoomForMore() async throws {
        var script = invitingScript()
        let opened = Mutex(0)
        script.switchboard = { link in
            opened.withLock { $0 += 1 }
            link.hangUp()
        }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/name Alice")
            await screen.see("* Carol is away.")
            keyboard.yield("/quit")
        }
        #expect(opened.withLock { $0 } <= 60)
    }

    /// Each of these would move the cursor, command the terminal or reorder the text.
    @Test(arguments: ["%1B[2J", "%C2%9B2J", "%C2%9D0;x", "%E2%80%AE", "%E2%81%A6", "%0A", "%0D", "%7F", "%E2%80%A8"])
    func noTextOfOthersReachesTheTerminalAsACommand(_ poison: String) async throws {
        let raw = try WireText(wire: WireBytes(poison)).string
        var script = Script(8)
        script.answers["SYN"] = [
            "SYN TRID 12 1 1", "GTC A", "BLP AL", "LSG 3 Fri\(poison)ends 0",
            "LST bob@example.com B\(poison)ob 11 3",
        ]
        script.greeting = [
            "ILN TRID AWY bob@example.com B\(poison)ob 0"
        ]
        script.answers["REA"] = [
            "NLN BSY bob@example.com B\(poison)oc 0",
            "ADD 0 RL 13 dave@example.com D\(poison)ave",
            "RNG 17 sb.example:1863 CKI 987.6 bob@example.com B\(poison)ob",
            "ZZZ \(poison)", "REA TRID 5 alice@example.com Alice",
        ]
        script.switchboard = { link in
            let number = await link.hear().split(separator: " ")[1]
            link.say("IRO \(number) 1 1 bob@example.com B\(poison)ob", "ANS \(number) OK")
            let text = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\na\(raw)b"
            link.saySlice("MSG bob@example.com B\(poison)ob \(text.utf8.count)\r\n\(text)")
            link.say("BYE bob@example.com")
            while await !link.hear().isEmpty {}
        }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/name Alice")
            await screen.see { $0.hasPrefix("[1]") && $0.hasSuffix(" has left.") }
            keyboard.yield("/list")
            keyboard.yield("/oddities")
            await screen.see("  ZZZ")
            keyboard.yield("/quit")
        }
        for line in stage.screen.all {
            #expect(!line.unicodeScalars.contains(where: TerminalText.isUnsafe), "\(line.debugDescription)")
        }
        #expect(stage.screen.all.contains { $0.hasPrefix("* D\u{FFFD}") && $0.contains("added you") })
    }

    @Test func eachOfManyPresencesIsShownOnce() async throws {
        var script = Script(8)
        script.answers["REA"] =
            ["REA TRID 5 alice@example.com Alice"]
            + (0..<2000).flatMap { [Int](repeating: $0, count: 2) }.map { "NLN AWY u\($0)@example.com U\($0) 0" }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/name Alice")
            await screen.see("* U1999 is away.")
            keyboard.yield("/quit")
        }
        #expect(stage.screen.all.filter { $0.hasSuffix(" is away.") }.count == 2000)
    }
}
