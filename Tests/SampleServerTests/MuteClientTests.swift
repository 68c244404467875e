import Foundation
import Logging
import MSNPSession
import MSNPTransport
import Synchronization
import TestSupport
import Testing

@testable import SampleServer

/// Clients that never read: what waits for them is bounded, they are closed in time, and others are served on.
@Suite(.timeLimit(.minutes(30)))
struct MuteClientTests {
    /// A server with little room in its sockets and no limit of rates or silence.
    struct Stage: Sendable {
        let scripts: RawScripts
        let clock: ManualClock
        let log: LogLines
        let rows: Rows

        /// Moves the time until a connection is closed; returns whether that is because its client reads nothing.
        ///
        /// - Parameter settle: has the others read what is written to them, which may not take long either.
        func isClosedUnread(_ connection: String, _ settle: () async throws -> Void) async throws -> Bool {
            while true {
                let lines = log.all.filter { $0.contains(" \(connection) ") }
                if lines.contains(where: { $0.hasSuffix(" closed: the client has read nothing for too long") }) {
                    return true
                }
                if lines.contains(where: { $0.hasSuffix(" closed") }) { return false }
                clock.advance(by: .seconds(31))
                try await settle()
            }
        }

        /// What the server has said on a connection, in bytes.
        func said(_ connection: String) -> Int {
            let start = connection + "\tS>C\t"
            return rows.all.filter { $0.hasPrefix(start) }.reduce(0) { $0 + $1.utf8.count - start.utf8.count }
        }
    }

    private static let narrow = TransportLimits(connections: 100, sendBuffer: 4096)

    private static func run(
        accounts: [SampleAccount]? = nil, _ change: (inout ServerLimits) -> Void = { _ in },
        _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let (clock, log, rows) = (ManualClock(), LogLines(), Rows())
        var configuration = SampleConfiguration()
        if let accounts { configuration.accounts = accounts }
        configuration.logger = Logger(label: "test") { _ in log }
        configuration.logger.logLevel = .debug
        configuration.recorder = SessionRecorder { rows.add($0) }
        let ever = Duration.seconds(1_000_000_000)
        (configuration.limits.commandBurst, configuration.limits.byteBurst) = (1 << 30, 1 << 40)
        (configuration.limits.idleTime, configuration.limits.challengeTime) = (ever, ever)
        change(&configuration.limits)
        try await RawScripts.run(configuration, limits: narrow, clock: clock) { scripts in
            // A farewell waits for this clock, so nobody may be left to wait for.
            defer { clock.advance(by: ever + ever) }
            try await body(Stage(scripts: scripts, clock: clock, log: log, rows: rows))
        }
    }

    /// Many small answers, or few long ones.
    struct Request: CustomTestStringConvertible, Sendable {
        let version: Int
        let line: String
        var payload: String?
        let count: Int

        var testDescription: String { "MSNP\(version): \(line)" }
    }

    private static let query =
        "<ml l=\"2\"><d n=\"x\">" + String(repeating: "<c n=\"abcdefgh\"/>", count: 400) + "</d></ml>"

    /// What a client does not read keeps it from being read, too: a small part of what it asks for is answered.
    @Test(arguments: [
        Request(version: 12, line: "PNG", count: 100_000), Request(version: 8, line: "REM 9 FL x@y.z", count: 100_000),
        Request(version: 12, line: "SYN 9 0 0", count: 4000), Request(version: 2, line: "SYN 9 0", count: 1000),
        Request(version: 5, line: "LST 9 FL", count: 2000),
        Request(version: 14, line: "FQY 9", payload: query, count: 40),
    ])
    func answersThatAreNotReadWait(_ request: Request) async throws {
        try await Self.run { stage in
            let bob = try await stage.scripts.online(.bob, 12)
            let mute = try await stage.scripts.narrow.signIn(.alice, request.version)
            _ = try await mute.settled()
            await mute.stopReading()
            let text = request.payload.map { request.line + " \($0.utf8.count)\r\n" + $0 } ?? request.line + "\r\n"
            await mute.sendRaw(String(repeating: text, count: request.count))
            for _ in 0..<20 { _ = try await bob.settled() }
            #expect(try await stage.isClosedUnread("NS2") { _ = try await bob.settled() })
            #expect(stage.said("NS2") < 200_000)
            _ = try await bob.settled()
            await mute.goOnReading()
            _ = await mute.rest()
        }
    }

    /// The answer with a large list is in memory in parts only.
    @Test(arguments: [2, 8, 12])
    func aLongListIsSentInParts(_ version: Int) async throws {
        let name = String(repeating: "n", count: 380)
        let others = (0..<600).map {
            SampleAccount(userHandle: "u\($0)@example.com", password: "secret", friendlyName: name)
        }
        let owner = SampleAccount(
            userHandle: "owner@example.com", password: "secret", friendlyName: "Owner",
            acquaintances: others.map(\.userHandle))
        try await Self.run(accounts: [owner, .bob] + others) { stage in
            let bob = try await stage.scripts.online(.bob, 12)
            let reader = try await stage.scripts.signIn(owner, version)
            let line = version < 10 ? "SYN 9 0" : "SYN 9 0 0"
            await reader.send(line)
            #expect(try await reader.settled().count { $0.hasPrefix("LST") && $0.contains(name) } >= 600)
            #expect(stage.said("NS2") > 230_000)
            await reader.send("OUT")
            _ = await reader.rest()
            let mute = try await stage.scripts.narrow.signIn(owner, version)
            _ = try await mute.settled()
            await mute.stopReading()
            await mute.send(line)
            #expect(try await stage.isClosedUnread("NS3") { _ = try await bob.settled() })
            #expect(stage.said("NS3") < 200_000)
            _ = try await bob.settled()
            await mute.goOnReading()
            _ = await mute.rest()
        }
    }

    /// Messages to a chat reach all who read; the sender hears that one does not, who is closed in time.
    @Test func aChatGoesOnWithoutAMemberWhoDoesNotRead() async throws {
        try await Self.run { stage in
            let alice = try await stage.scripts.online(.alice, 2)
            let bob = try await stage.scripts.online(.bob, 2)
            let dave = try await stage.scripts.online(.dave, 2)
            let (caller, mute) = try await stage.scripts.chat(alice, .alice, 2, bob, .bob, 2)
            await caller.send("CAL 3 dave@example.com")
            let ring = try await dave.expect("RNG ").split(separator: " ")
            let third = Peer(stage.scripts.server.switchboardPort)
            await third.send("ANS 1 dave@example.com \(ring[4]) \(ring[1])")
            try await third.expect("ANS 1 OK")
            try await caller.expect("JOI dave@example.com")
            await mute.stopReading()
            let text = "\r\n\r\n" + String(repeating: "x", count: 1600)
            var (answer, count) = ("", 0)
            while !answer.hasPrefix("NAK"), count < 10_000 {
                count += 1
                await caller.send("MSG \(count + 10) A", payload: text)
                answer = try await caller.expect("")
                try await third.expect("MSG alice@example.com")
            }
            #expect(answer == "NAK \(count + 10)")
            #expect(stage.said("SB2") < 400_000)
            let isUnread = try await stage.isClosedUnread("SB2") {
                for peer in [alice, bob, dave] { _ = try await peer.settled() }
                await caller.send("MSG 5 A", payload: "\r\n\r\n")
                try await caller.expect("")
                try await third.expect("MSG alice@example.com")
                await third.send("MSG 5 A", payload: "\r\n\r\n")
                try await third.expect("")
            }
            #expect(isUnread)
            while await !third.log.contains("BYE bob@example.com") { try await third.expect("") }
            await caller.send("MSG 9 A", payload: text)
            try await caller.expect("ACK 9")
            #expect(await caller.log.contains("BYE bob@example.com"))
            await mute.goOnReading()
            _ = await mute.rest()
        }
    }

    /// A flood of news about one user costs another who does not read no more than the latest, until time is over.
    @Test func newsThatIsNotReadIsReplaced() async throws {
        try await Self.run { stage in
            let alice = try await stage.scripts.online(.alice, 12)
            let bob = try await stage.scripts.narrow.online(.bob, 12)
            await bob.stopReading()
            let text = String(repeating: "x", count: 8000)
            for number in 0..<400 {
                await alice.send("UUX \(number)", payload: "<Data><PSM>\(text)\(number)</PSM></Data>")
                try await alice.expect("UUX \(number) 0")
            }
            #expect(try await stage.isClosedUnread("NS2") { _ = try await alice.settled() })
            #expect(stage.said("NS2") < 400_000)
            while await !alice.log.contains("FLN bob@example.com") { _ = try await alice.settled() }
            await bob.goOnReading()
            _ = await bob.rest()
        }
    }

    /// How a session ends of which nothing is read.
    enum End: CaseIterable { case challenge, elsewhere, outOfOrder, tooManyUnreadable }

    /// A goodbye that nobody reads waits no longer than anything else.
    @Test(arguments: End.allCases)
    func aGoodbyeThatIsNotReadEndsInTime(_ end: End) async throws {
        try await Self.run { limits in
            if end == .challenge { limits.challengeTime = .seconds(60) }
        } _: { stage in
            let bob = try await stage.scripts.online(.bob, 5)
            let mute = try await stage.scripts.narrow.online(.alice, 12)
            await mute.stopReading()
            await mute.sendRaw(String(repeating: "SYN 9 0 0\r\n", count: 4000))
            switch end {
            case .challenge: break
            case .elsewhere:
                let second = try await stage.scripts.signIn(.alice, 5)
                _ = try await second.settled()
                await second.send("OUT")
                _ = await second.rest()
            case .outOfOrder: await mute.send("VER 1 MSNP8")
            case .tooManyUnreadable: await mute.sendRaw(String(repeating: "ZZZ\r\n", count: 1000))
            }
            let isUnread = try await stage.isClosedUnread("NS2") { _ = try await bob.settled() }
            // The challenge may end the session before anything has to wait.
            #expect(isUnread || end == .challenge)
            _ = try await bob.settled()
            await mute.goOnReading()
            _ = await mute.rest()
        }
    }

    /// The login service answers others while one does not read, and gives that one up.
    @Test func aLoginAnswerThatIsNotReadEndsInTime() async throws {
        try await Self.run { stage in
            let body = SOAPPeer.request(
                .alice, [String](repeating: String(repeating: ">", count: 1000), count: 16))
            let question = [
                "POST /RST.srf HTTP/1.1", "Host: x", "Content-Length: \(body.utf8.count)", "", body,
            ].joined(separator: "\r\n")
            let reader = Peer(stage.scripts.server.loginPort)
            await reader.sendRaw(question)
            let whole = await reader.everything().utf8.count
            #expect(whole > 60_000)
            // Nobody else is here, so the only sleeper is the time limit of the request.
            while stage.clock.sleepers > 0 { await Task.yield() }
            let mute = Peer(stage.scripts.server.loginPort, limits: RawConnection.narrow)
            await mute.stopReading()
            await mute.sendRaw(question)
            while stage.clock.sleepers < 1 { await Task.yield() }
            let nexus = await LoginTests.ask(stage.scripts, ["GET /rdr/pprdr.asp HTTP/1.1"])
            #expect(nexus.first == "HTTP/1.1 200 OK")
            stage.clock.advance(by: .seconds(30))
            await mute.goOnReading()
            #expect(await mute.everything().utf8.count < whole)
            _ = try await stage.scripts.online(.alice, 8)
        }
    }

    /// A server that stops says goodbye to those who read, and waits for the others no longer than it says.
    @Test func aServerStopsAlthoughNobodyReads() async throws {
        let clock = ManualClock()
        var configuration = SampleConfiguration()
        configuration.limits.commandBurst = 1 << 30
        // Nothing else ends a session.
        let ever = Duration.seconds(1_000_000_000)
        (configuration.limits.idleTime, configuration.limits.challengeTime) = (ever, ever)
        configuration.limits.writeTime = ever
        let peers = Mutex<[Peer]>([])
        let (end, over) = AsyncStream.makeStream(of: Void.self)
        let server = Task { [configuration] in
            defer { over.finish() }
            try await RawScripts.run(configuration, limits: Self.narrow, clock: clock) { scripts in
                let alice = try await scripts.narrow.online(.alice, 12)
                let bob = try await scripts.online(.bob, 12)
                let (caller, callee) = try await scripts.chat(alice, .alice, 12, bob, .bob, 12)
                for peer in [alice, caller] { await peer.stopReading() }
                await alice.sendRaw(String(repeating: "SYN 9 0 0\r\n", count: 4000))
                peers.withLock { $0 = [bob, alice, caller, callee] }
            }
        }
        while peers.withLock({ $0.isEmpty }) { await Task.yield() }
        #expect(await peers.withLock({ $0[0] }).rest().last == "OUT SSD")
        let mover = Task {
            while !Task.isCancelled {
                clock.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        for await _ in end {}
        mover.cancel()
        try await server.value
        for peer in peers.withLock({ $0 }) {
            await peer.goOnReading()
            _ = await peer.rest()
        }
    }
}
