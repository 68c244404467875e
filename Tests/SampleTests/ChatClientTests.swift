import MSNP
import MSNPSession
import SampleClient
import SessionLint
import TestSupport
import Testing
import WireProtocol

/// The chat client, driven line by line.
@Suite(.timeLimit(.minutes(30)))
struct ChatClientTests {
    private static let friends = "45aaff9a-5ffd-408d-a12a-ce3c522fd327"
    private static let bob = "78da23a8-d5dc-483d-aabf-098fc487880d"

    /// A server of version 8 with Bob among the friends and Carol blocked.
    private func oldScript() -> Script {
        var script = Script(8)
        script.answers["SYN"] = [
            "SYN TRID 12 2 1", "GTC A", "BLP AL", "LSG 3 Friends 0", "LST bob@example.com Bob%20B 11 3",
            "LST carol@example.com Carol 4",
        ]
        script.greeting = ["ILN TRID AWY bob@example.com Bob%20B 0"]
        script.answers["XFR"] = ["XFR TRID SB sb.example:1863 CKI 123.456"]
        script.answers["REM"] = ["REM TRID AL 13 bob@example.com"]
        script.answers["ADD"] = ["ADD TRID BL 14 bob@example.com bob@example.com"]
        return script
    }

    /// A server of version 12 with Bob among the friends.
    private func newScript() -> Script {
        var script = Script(12)
        script.answers["SYN"] = [
            "SYN TRID 2005-04-23T18:57:44.8130000-07:00 2005-04-23T18:57:54.2070000-07:00 1 1",
            "LSG Friends \(Self.friends)", "LST N=bob@example.com F=Bob C=\(Self.bob) 11 1 \(Self.friends)",
        ]
        return script
    }

    @Test func theListIsShownByGroupWithPresence() async throws {
        let stage = ChatStage()
        let isWell = try await stage.run(oldScript()) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/quit")
        }
        #expect(isWell)
        let list = stage.screen.all.drop { $0 != "Friends:" }
        #expect(list.prefix(2) == ["Friends:", "  Bob B <bob@example.com> - away"])
        #expect(stage.screen.all.last == "Signed out.")
        #expect(stage.heard.lines.last == "OUT")
    }

    @Test func anOddLineOfTheListCostsOnlyItself() async throws {
        var script = oldScript()
        script.answers["SYN"] = [
            "SYN TRID 12 3 1", "GTC A", "BLP AL", "LSG 3 Friends 0", "LST bob@example.com Bob%20B 11 3", "LST odd@x",
            "LST carol@example.com Carol 4",
        ]
        let stage = ChatStage()
        let isWell = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/oddities")
            await screen.see("  LST odd@x (LST: ")
            keyboard.yield("/oddities")
            await screen.see("Everything the server said was understood.")
            keyboard.yield("/quit")
        }
        #expect(isWell)
        #expect(
            stage.screen.all.filter { $0.hasPrefix("(") } == [
                "(1 line from the server could not be understood; see /oddities.)"
            ])
        #expect(stage.screen.all.contains("  Bob B <bob@example.com> - away"))
    }

    @Test(arguments: [8, 9] as [UInt8])
    func aGroupOfSomebodyWhoIsOnNoForwardListCostsNothing(_ version: UInt8) async throws {
        var script = Script(version)
        script.answers["SYN"] = [
            "SYN TRID 12 2 1", "GTC A", "BLP AL", "LSG 0 ~ 0", "LST bob@example.com Bob 11 0",
            #"LST dave@live.com Dave%20"D"%20&%20co 12 0"#,
        ]
        let stage = ChatStage()
        let isWell = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/oddities")
            await screen.see("Everything the server said was understood.")
            keyboard.yield("/quit")
        }
        #expect(isWell)
        #expect(stage.screen.all.contains { $0.hasPrefix("  Bob <bob@example.com>") })
        #expect(!stage.screen.all.contains { $0.hasPrefix("(") })
    }

    @Test(arguments: 5...7)
    func propertiesWithoutATransactionIDOrAnAccountCostNothing(_ version: UInt8) async throws {
        var script = Script(version)
        let group = version < 7 ? "" : " 0"
        script.answers["SYN"] =
            ["SYN TRID 1", "GTC TRID 1 A", "BLP TRID 1 AL", "PRP 1 PHH 555%200100", "PRP 1 MOB N"]
            + (version < 7 ? [] : ["LSG TRID 1 1 1 0 Other%20Contacts 0"])
            + ["LST TRID FL 1 1 1 bob@example.com Bob\(group)", "BPR 1 PHH 555%200100", "BPR 1 MOB N"]
            + ["AL", "BL", "RL"].map { "LST TRID \($0) 1 0 0" }
        let stage = ChatStage()
        let isWell = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/oddities")
            await screen.see("Everything the server said was understood.")
            keyboard.yield("/quit")
        }
        #expect(isWell)
        #expect(!stage.screen.all.contains { $0.hasPrefix("(") })
    }

    @Test(arguments: [12, 18] as [UInt8])
    func aPersonalMessageWithAnOddMachineIsShown(_ version: UInt8) async throws {
        var script = Script(version)
        let text = "<Data><PSM>hi there</PSM><CurrentMedia></CurrentMedia><MachineGuid>odd</MachineGuid></Data>"
        let user = version < 18 ? "bob@example.com" : "1:bob@example.com"
        script.greeting = ["NLN NLN \(user) Bob \(version < 16 ? "0" : "0:0") 0"]
        script.answers["UUX"] = ["UUX TRID 0", "UBX \(user) \(text.utf8.count)\r\n\(text)"]
        let stage = ChatStage()
        let isWell = try await stage.run(script, contacts: "bob@example.com ; Bob ; Friends") { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/message Hello")
            await screen.see(#"* Bob: "hi there""#)
            keyboard.yield("/oddities")
            await screen.see(words: "(UBX: 'MachineGuid' is not a GUID in braces)")
            keyboard.yield("/quit")
        }
        #expect(isWell)
    }

    @Test(arguments: 5...7)
    func manyOddLinesAreToldInOneLine(_ version: UInt8) async throws {
        var script = Script(version)
        let odd = (1...17).map { "PRP TRID 12 XXX \($0) x" }
        script.answers["SYN"] =
            ["SYN TRID 12", "GTC TRID 12 A", "BLP TRID 12 AL"] + odd
            + ["FL", "AL", "BL", "RL"].map { "LST TRID \($0) 12 0 0" }
        let stage = ChatStage()
        let isWell = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/oddities")
            await screen.see(words: "XXX 17")
            keyboard.yield("/quit")
        }
        #expect(isWell)
        #expect(
            stage.screen.all.filter { $0.hasPrefix("(") } == [
                "(17 lines from the server could not be understood; see /oddities.)"
            ])
    }

    @Test func presenceIsTold() async throws {
        var script = Script(18)
        script.greeting = ["NLN NLN 1:bob@example.com Bob 0:0 0"]
        script.answers["UUX"] = ["UUX TRID 0", "NLN AWY 1:bob@example.com Bob 0:0 0", "FLN 1:bob@example.com 0:0"]
        let stage = ChatStage()
        _ = try await stage.run(script, contacts: "bob@example.com ; Bob ; Friends") { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/message Hello & <good> day")
            await screen.see("* Bob is away.")
            await screen.see("* Bob is offline.")
            keyboard.yield("/quit")
        }
        #expect(stage.screen.all.contains("  Bob <bob@example.com> - online"))
        #expect(stage.heard.of("UUX").first?.contains("<PSM>Hello &amp; &lt;good&gt; day</PSM>") == true)
        #expect(
            stage.heard.of("ADL").first?.hasSuffix(
                #"<ml l="1"><d n="example.com"><c n="bob" l="3" t="1"/></d></ml>"#) == true)
    }

    @Test func aNewNameOfAContactIsTold() async throws {
        var script = Script(18)
        script.greeting = ["NLN NLN 1:bob@example.com Bob 0:0 0", "NLN NLN 1:carol@example.com Carol 0:0 0"]
        script.answers["UUX"] = [
            "UUX TRID 0", "NLN NLN 1:bob@example.com Bobby 0:0 0", "NLN NLN 1:carol@example.com Caroline 0:0 0",
            "NLN AWY 1:carol@example.com Caroline 0:0 0", "NLN BSY 1:bob@example.com Bobby 0:0 0",
        ]
        let stage = ChatStage()
        _ = try await stage.run(script, contacts: "bob@example.com\ncarol@example.com ; Caz") { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/message x")
            await screen.see("* Bobby is busy.")
            keyboard.yield("/quit")
        }
        let list = ["  Bob <bob@example.com> - online", "  Caz <carol@example.com> - online"]
        let told = ["* Bob is now called Bobby.", "* Caz is away.", "* Bobby is busy."]
        #expect(stage.screen.all.filter { list.contains($0) || $0.hasPrefix("*") } == list + told)
    }

    @Test func thePromptSaysFromTheStartThatThereIsNoConnection() async throws {
        let prompts = Screen()
        let connector = MemoryConnector { _, link in link.hangUp() }
        let settings = ChatSettings(
            server: ServerAddress(host: "ns.example", port: 1863), credentials: Stage.credentials, connector: connector,
            clock: PatientClock())
        let client = ChatClient(settings, prompt: prompts.show) { _ in }
        #expect(await !client.run(AsyncStream { $0.finish() }))
        #expect(prompts.all == ["(not connected) > "])
    }

    @Test func aServerWithoutTransactionIDsTellsWhoAddedTheUser() async throws {
        var script = Script(18)
        let notice = { (person: String) in "<ml><d n=\"example.com\">\(person)</d></ml>" }
        let people = [
            "<c n=\"dave\" t=\"1\" l=\"8\" f=\"Dave%20D\"/>", "<c n=\"erin\" t=\"1\" l=\"8\" f=\"100% Erin\"/>",
        ]
        script.answers["UUX"] =
            ["UUX TRID 0"]
            + (people + ["<c n=\"\" t=\"1\" l=\"8\"/>", "<c n=\"frank\" t=\"1\" l=\"8\"/>"]).map { person in
                "ADL 0 \(notice(person).utf8.count)\r\n\(notice(person))"
            }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/message x")
            await screen.see("* frank@example.com added you")
            keyboard.yield("/quit")
        }
        #expect(
            stage.screen.all.filter { $0.contains("added you") } == [
                "* Dave D <dave@example.com> added you to their list; /add or /block them.",
                "* 100% Erin <erin@example.com> added you to their list; /add or /block them.",
                "* frank@example.com added you to their list; /add or /block them.",
            ])
    }

    @Test func aStatusIsChosen() async throws {
        let stage = ChatStage()
        _ = try await stage.run(oldScript()) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/status Busy")
            await screen.see("Done.")
            keyboard.yield("/status sleeping")
            await screen.see("There is no status 'sleeping'")
            keyboard.yield("/quit")
        }
        #expect(stage.heard.of("CHG").last == "CHG 7 BSY 0")
    }

    @Test func whatIsSaidWaitsUntilSomebodyIsThere() async throws {
        var script = oldScript()
        let said = Heard()
        script.switchboard = { link in
            said.add(await link.hear())
            link.say("USR 1 OK alice@example.com Alice")
            said.add(await link.hear())
            link.say("CAL 2 RINGING 17", "JOI bob@example.com Bob")
            said.add(await link.hear())
            link.say("ACK 3")
            let typing =
                "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\nTypingUser: bob@example.com\r\n\r\n\r\n"
            link.saySlice("MSG bob@example.com Bob \(typing.utf8.count)\r\n\(typing)")
            let text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nHi!\u{1B}[2J"
            link.saySlice("MSG bob@example.com Bob \(text.utf8.count)\r\n\(text)")
            let nudge = "MIME-Version: 1.0\r\nContent-Type: text/x-msnmsgr-datacast\r\n\r\nID: 1\r\n\r\n"
            link.saySlice("MSG bob@example.com Bob \(nudge.utf8.count)\r\n\(nudge)")
            said.add(await link.hear())
            link.say("NAK 4", "BYE bob@example.com")
            link.hangUp()
        }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("hello?")
            await screen.see("Open a conversation first")
            keyboard.yield("/chat \"Bob B\"")
            keyboard.yield("Hello, Bob")
            await screen.see("[1] Bob is here.")
            await screen.see("[1] Bob is typing ...")
            await screen.see("[1] Bob: Hi!\u{FFFD}[2J")
            await screen.see("[1] Bob sent you a nudge!")
            keyboard.yield("/nudge")
            await screen.see("[1] The conversation is over.")
            keyboard.yield("/quit")
        }
        #expect(stage.screen.all.contains("[1] That was not delivered."))
        #expect(stage.screen.all.contains("[1] Bob has left."))
        #expect(said.lines.prefix(2) == ["USR 1 alice@example.com 123.456", "CAL 2 bob@example.com"])
        #expect(said.lines.dropFirst(2).first?.hasSuffix("charset=UTF-8\r\n\r\nHello, Bob") == true)
        #expect(said.lines.last?.contains("ID: 1") == true)
    }

    @Test(arguments: [8, 18])
    func anInvitationOpensAConversation(_ version: UInt8) async throws {
        var script = Script(version)
        let isNew = script.version.has(.endpoints)
        script.greeting = [
            "RNG 17 sb.example:1863 CKI 987.6 bob@example.com Bob" + (isNew ? " U messenger.msn.com 1" : "")
        ]
        let said = Heard()
        script.switchboard = { link in
            said.add(await link.hear())
            let end = isNew ? " 0:0" : ""
            link.say("IRO 1 1 1 bob@example.com Bob" + (isNew ? end : version > 11 ? " 0" : ""), "ANS 1 OK")
            if isNew {
                link.say("JOI bob@example.com;{11111111-2222-3333-4444-555555555555} Bob 0:0")
            }
            let text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nOne\r\nTwo"
            link.saySlice("MSG bob@example.com Bob \(text.utf8.count)\r\n\(text)")
            said.add(await link.hear())
            link.say("ACK 2")
            said.add(await link.hear())
        }
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("[1] Bob: Two")
            keyboard.yield("Three")
            keyboard.yield("/conversations")
            await screen.see("[1] Bob *")
            keyboard.yield("/close")
            await screen.see("[1] The conversation is over.")
            keyboard.yield("/quit")
        }
        #expect(said.lines.first?.hasPrefix("ANS 1 alice@example.com") == true)
        #expect(said.lines.first?.hasSuffix(" 987.6 17") == true)
        #expect(said.lines.last == "OUT")
    }

    @Test func blockingMovesFromOneListToTheOther() async throws {
        let old = ChatStage()
        _ = try await old.run(oldScript()) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/block bob@example.com")
            await screen.see("Done.")
            keyboard.yield("/contacts")
            await screen.see("  Bob B <bob@example.com> - away, blocked")
            keyboard.yield("/quit")
        }
        #expect(old.heard.lines.contains("REM 7 AL bob@example.com"))
        #expect(old.heard.lines.contains("ADD 8 BL bob@example.com bob@example.com"))

        let new = ChatStage()
        _ = try await new.run(newScript()) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/block Bob")
            await screen.see("Done.")
            keyboard.yield("/quit")
        }
        #expect(new.heard.lines.contains("REM 7 AL bob@example.com"))
        #expect(new.heard.lines.contains("ADC 8 BL N=bob@example.com"))

        let document = ChatStage()
        _ = try await document.run(Script(15), contacts: "bob@example.com;Bob") { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/block Bob")
            await screen.see("Done.")
            keyboard.yield("/quit")
        }
        #expect(document.heard.of("RML").first?.contains(#"<c n="bob" l="2" t="1"/>"#) == true)
        #expect(document.heard.of("ADL").last?.contains(#"<c n="bob" l="4" t="1"/>"#) == true)
    }

    @Test func groupsAndNamesChangeInTheWayOfTheVersion() async throws {
        var script = newScript()
        let family = "fb14a0c1-3e95-4c32-8d2b-d0e3a3a9d6ab"
        script.answers["ADG"] = ["ADG TRID Family \(family)"]
        let stage = ChatStage()
        _ = try await stage.run(script) { keyboard, screen in
            await screen.see("Type /help")
            for line in [
                "/group add Family", "/group put Bob Family", "/group take Bob Friends", "/rename Bob \"Bob at work\"",
                "/group remove Friends", "/name Alice L.",
            ] {
                keyboard.yield(line)
                await screen.see("Done.")
            }
            keyboard.yield("/group remove Nowhere")
            await screen.see("There is no group 'Nowhere'.")
            keyboard.yield("/contacts")
            await screen.see("  Bob at work <bob@example.com> - offline")
            keyboard.yield("/quit")
        }
        #expect(
            stage.heard.lines.dropFirst(2).prefix(6) == [
                "ADG 7 Family", "ADC 8 FL C=\(Self.bob) \(family)", "REM 9 FL \(Self.bob) \(Self.friends)",
                "SBP 10 \(Self.bob) MFN Bob%20at%20work", "RMG 11 \(Self.friends)", "PRP 12 MFN Alice%20L.",
            ])
    }

    @Test func theReasonForTheEndIsASentence() async throws {
        for (line, sentence) in [
            ("OUT OTH", "You were signed out: the account signed in on another machine."),
            ("OUT SSD", "You were signed out: the server is going down."),
        ] {
            var script = oldScript()
            script.answers["BLP"] = []
            script.answers["PRP"] = []
            script.answers["REA"] = [line]
            let server = script
            let stage = ChatStage()
            let connector = MemoryConnector { address, link in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await server.serve(address, link, stage.heard) }
                    group.addTask {
                        while !stage.heard.lines.contains(where: { $0.hasPrefix("REA") }) { await Task.yield() }
                        while !stage.screen.all.contains(where: { $0.hasPrefix("Type /help") }) { await Task.yield() }
                        link.hangUp()
                    }
                }
            }
            var settings = ChatSettings(
                server: ServerAddress(host: "ns.example", port: 1863), credentials: Stage.credentials,
                versions: [script.version], tickets: FixedTickets(), connector: connector,
                clock: PatientClock())
            settings.quiet = .milliseconds(20)
            let client = ChatClient(settings) { stage.screen.show($0) }
            let (lines, keyboard) = AsyncStream<String>.makeStream()
            async let isWell = client.run(lines)
            await stage.screen.see("Type /help")
            keyboard.yield("/name Alice")
            #expect(await isWell == false)
            #expect(stage.screen.all.contains(sentence))
        }
    }

    @Test func anInterruptionGivesTheSignInUp() async throws {
        let connector = MemoryConnector { _, link in
            while await !link.hear().isEmpty {}
        }
        let screen = Screen()
        let client = ChatClient(
            ChatSettings(
                server: ServerAddress(host: "ns.example", port: 1863), credentials: Stage.credentials,
                connector: connector, clock: PatientClock())
        ) { screen.show($0) }
        async let isWell = client.run(AsyncStream { _ in })
        await screen.see("Connecting to ns.example:1863")
        client.interrupt()
        #expect(await isWell)
    }

    @Test func theServerMaySendTheClientElsewhereAtAnyTime() async throws {
        var script = oldScript()
        script.greeting = ["XFR 0 NS other.example:1863 0 ns.example:1863"]
        let first = script
        let second = oldScript()
        let stage = ChatStage()
        let connector = MemoryConnector { address, link in
            await (address.host == "other.example" ? second : first).serve(address, link, stage.heard)
        }
        var settings = ChatSettings(
            server: ServerAddress(host: "ns.example", port: 1863), credentials: Stage.credentials,
            versions: [script.version], tickets: FixedTickets(), connector: connector,
            clock: PatientClock())
        settings.quiet = .milliseconds(20)
        let client = ChatClient(settings) { stage.screen.show($0) }
        let (lines, keyboard) = AsyncStream<String>.makeStream()
        async let isWell = client.run(lines)
        await stage.screen.see("Connecting to other.example:1863")
        await stage.screen.see("Type /help")
        keyboard.yield("/quit")
        #expect(await isWell)
    }

    @Test func aRecordingLintsAndHoldsNoSecret() async throws {
        var script = oldScript()
        script.switchboard = { link in
            _ = await link.hear()
            link.say("USR 1 OK alice@example.com Alice")
            _ = await link.hear()
            link.say("CAL 2 RINGING 17", "JOI bob@example.com Bob")
            _ = await link.hear()
            link.say("ACK 3")
            _ = await link.hear()
        }
        let profile =
            "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsprofile; charset=UTF-8\r\nsid: 507\r\nMSPAuth: 2AAAsecret\r\n\r\n"
        script.greeting.append("MSG Hotmail Hotmail \(profile.utf8.count)\r\n\(profile)")
        let stage = ChatStage()
        _ = try await stage.run(script, records: true) { keyboard, screen in
            await screen.see("Type /help")
            keyboard.yield("/chat bob@example.com")
            await screen.see("[1] Bob is here.")
            keyboard.yield("Hello")
            keyboard.yield("/quit")
        }
        let text = stage.rows.text
        #expect(text.hasPrefix("connection\tdirection\twire\nNS1\tC>S\tVER 1 MSNP8 CVR0\\r\\n\n"))
        #expect(text.contains("SB1\tC>S\tUSR 1 alice@example.com 000.000\\r\\n"))
        #expect(text.contains("USR 4 TWN S 0=000000&0=0000000"))
        for secret in ["123.456", "ticket", "2AAAsecret"] { #expect(!text.contains(secret)) }
        var lint = RecordingLint()
        let reports = lint.lint(Array(text.utf8), file: "recording")
        #expect(reports.filter { $0.severity == .error }.map(\.description) == [])
    }
}
