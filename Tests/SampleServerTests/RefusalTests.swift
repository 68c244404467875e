import Logging
import MSNPSession
import SampleServer
import SessionLint
import TestSupport
import Testing

/// What cannot be read is answered, told to the operator, and costs only itself.
@Suite(.timeLimit(.minutes(30)))
struct RefusalTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let version: Int
        let line: String
        let answer: [String]

        init(_ version: Int, _ line: String, _ answer: String...) {
            (self.version, self.line, self.answer) = (version, line, answer)
        }

        var testDescription: String { "MSNP\(version): \(line)" }
    }

    @Test(arguments: [
        Sample(18, "ZZZ 9", "200 9"), Sample(2, "ZZZ 0009 more", "200 0009"), Sample(8, "QQQ 9", "200 9"),
        Sample(18, "BLP 9 XX", "201 9"), Sample(12, "SYN 9 0", "200 9"), Sample(18, "SYN 9 0 0", "502 9"),
        Sample(12, "PRP 9 XXX a", "715 9"), Sample(12, "CHG 9 XYZ 0", "201 9"), Sample(8, "CHG 9 NLN x", "201 9"),
        Sample(2, "XFR 9 XX", "201 9"), Sample(9, "LST 9 RL", "502 9"), Sample(18, "CAL 9 bob@example.com", "502 9"),
        Sample(7, "CVR 9", "200 9"), Sample(12, "GCF 9", "200 9"), Sample(12, "\u{7F} 9", "200 9"),
    ])
    func anUnreadableCommandGetsAnErrorAndTheSessionGoesOn(_ sample: Sample) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, sample.version)
            _ = try await alice.settled()
            await alice.send(sample.line)
            #expect(try await alice.settled() == sample.answer)
        }
    }

    @Test(arguments: [
        Sample(18, "ZZZ"), Sample(18, "BLP AL"), Sample(12, "PNG 5"), Sample(8, "CHG x NLN 0"),
        Sample(18, "ZZZ 99999999999"),
    ])
    func anUnreadableCommandWithoutATransactionIDGetsNoAnswer(_ sample: Sample) async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.signIn(.alice, sample.version)
            _ = try await alice.settled()
            await alice.send(sample.line)
            #expect(try await alice.settled() == [])
        }
    }

    @Test func anUnreadableCommandClosesWhereTheRulesCloseOnStrangers() async throws {
        try await RawScripts.run { scripts in
            let early = Peer(scripts.server.notificationPort)
            await early.send("VER 1 MSNP8")
            try await early.expect("VER 1")
            await early.send("ZZZ 2")
            #expect(await early.rest() == [])
            let alice = try await scripts.online(.alice, 12)
            let bob = try await scripts.online(.bob, 12)
            let (caller, callee) = try await scripts.chat(alice, .alice, 12, bob, .bob, 12)
            await caller.send("ZZZ 9")
            #expect(await caller.rest() == [])
            await callee.send("CAL 9")
            #expect(await callee.rest() == ["BYE alice@example.com"])
            await alice.send("VER 9")
            #expect(await alice.rest() == [])
            await bob.send("OUT of order")
            #expect(await bob.rest().contains { $0.hasPrefix("FLN") } == true)
        }
    }

    @Test func aFloodOfUnreadableCommandsIsClosed() async throws {
        let clock = ManualClock()
        var configuration = RawScripts.young
        configuration.limits.unreadableBurst = 3
        try await RawScripts.run(configuration, clock: clock) { scripts in
            let alice = try await scripts.signIn(.alice, 8)
            for _ in 0..<3 { await alice.send("ZZZ 9") }
            #expect(try await alice.settled() == ["200 9", "200 9", "200 9"])
            clock.advance(by: .seconds(1))
            await alice.send("ZZZ 10")
            #expect(try await alice.settled() == ["200 10"])
            await alice.send("ZZZ 11")
            await alice.send("PNG")
            #expect(await alice.rest() == ["200 11"])
        }
    }

    @Test func theLogSaysWhatWasRefusedAndShowsNoWordOfTheClient() async throws {
        let lines = LogLines()
        var configuration = RawScripts.young
        configuration.logger = Logger(label: "test") { _ in lines }
        configuration.logger.logLevel = .info
        try await RawScripts.run(configuration) { scripts in
            let alice = try await scripts.signIn(.alice, 12)
            await alice.send("CHG 9 NLN hunter2 1 2")
            await alice.send("ZZZ 10 hunter2")
            await alice.send("hunter2 11")
            await alice.send("VAS")
            await alice.send("ADC 12 FL N=nobody@example.com F=hunter2")
            await alice.send("VER 13 hunter2")
            #expect(await alice.rest().count == 4)
        }
        let told = lines.all
        #expect(told.first == "info NS1 alice@example.com - signed in with MSNP12")
        #expect(told.contains { $0.hasPrefix("notice NS1 alice@example.com CHG.change answered with 201 ") })
        #expect(told.contains { $0.hasPrefix("notice NS1 alice@example.com ZZZ answered with 200 syntaxError: ZZZ: ") })
        #expect(told.contains { $0.hasPrefix("notice NS1 alice@example.com ??? answered with 200 syntaxError: ") })
        #expect(told.contains { $0.hasPrefix("notice NS1 alice@example.com VAS not answered: ") })
        #expect(told.contains("info NS1 alice@example.com ADC.addContact answered with 208 invalidUserHandle"))
        #expect(told.contains { $0.hasPrefix("notice NS1 alice@example.com VER.offer closed: VER: parameter ") })
        #expect(!told.contains { $0.contains("hunter2") || $0.contains(SampleAccount.alice.password) })
    }
}
