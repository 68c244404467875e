import MSNP
import MSNPTransport
import TestSupport
import Testing
import WireProtocol

@testable import SampleServer

/// What clients may use, with a clock that the tests move.
@Suite(.timeLimit(.minutes(2)))
struct LimitTests {
    private static func run(
        _ change: (inout ServerLimits) -> Void = { _ in },
        _ body: @escaping @Sendable (RawScripts, ManualClock) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        var configuration = SampleConfiguration()
        configuration.clock = clock.serverClock
        change(&configuration.limits)
        // A farewell waits for this clock, so nobody may be left to wait for.
        try await RawScripts.run(configuration) { scripts in
            try await body(scripts, clock)
            clock.advance(by: .seconds(100_000))
        }
    }

    @Test(arguments: [Service.dispatch, .notification, .switchboard])
    func aClientThatDoesNotSignInInTimeIsShutOut(of service: Service) async throws {
        try await Self.run { scripts, clock in
            let server = scripts.server
            switch service {
            case .switchboard:
                let peer = Peer(server.switchboardPort)
                await clock.advance(by: .seconds(61), whenAsleep: 1)
                #expect(await peer.rest() == [])
            default:
                let peer = Peer(service == .dispatch ? server.dispatchPort : server.notificationPort)
                await peer.send("VER 1 MSNP8")
                try await peer.expect("VER 1")
                clock.advance(by: .seconds(61))
                #expect(await peer.rest() == [])
            }
        }
    }

    @Test func aSilentClientIsGivenUpAndItsContactsSeeIt() async throws {
        try await Self.run { scripts, clock in
            let alice = try await scripts.online(.alice, 2)
            let bob = try await scripts.online(.bob, 2)
            clock.advance(by: .seconds(1000))
            _ = try await bob.settled()
            clock.advance(by: .seconds(801))
            #expect(await alice.rest().contains { $0.hasPrefix("NLN NLN bob@") })
            try await bob.expect("FLN alice@example.com")
        }
    }

    @Test func anIdleChatEndsWithTheReason() async throws {
        try await Self.run { scripts, clock in
            let alice = try await scripts.online(.alice, 2)
            let bob = try await scripts.online(.bob, 2)
            let (caller, callee) = try await scripts.chat(alice, .alice, 2, bob, .bob, 2)
            clock.advance(by: .seconds(1000))
            await caller.send("MSG 4 A", payload: "\r\n\r\nhi")
            try await caller.expect("ACK 4")
            clock.advance(by: .seconds(801))
            #expect(try await caller.expect("BYE") == "BYE bob@example.com 1")
            #expect(await callee.rest().count == 1)
        }
    }

    @Test func anUnansweredChallengeEndsTheSession() async throws {
        try await Self.run { scripts, clock in
            let alice = try await scripts.online(.alice, 8)
            try await alice.expect("CHL 0 ")
            clock.advance(by: .seconds(61))
            #expect(await alice.rest() == ["OUT"])
        }
    }

    @Test func anOldCookieIsRefused() async throws {
        try await Self.run { scripts, clock in
            let alice = try await scripts.online(.alice, 2)
            await alice.send("XFR 20 SB")
            let cookie = try await alice.expect("XFR 20 SB ").split(separator: " ")[5]
            clock.advance(by: .seconds(121))
            let late = Peer(scripts.server.switchboardPort)
            await late.send("USR 1 alice@example.com \(cookie)")
            #expect(await late.rest() == ["911 1"])
        }
    }

    @Test func connectionsOverTheLimitAreClosedAtOnce() async throws {
        try await Self.run { limits in
            limits.connections = 1
        } _: { scripts, _ in
            let alice = try await scripts.online(.alice, 2)
            let other = Peer(scripts.server.notificationPort)
            #expect(await other.rest() == [])
            _ = try await alice.settled()
        }
    }

    @Test func hostileConnectionsDoNotDisturbAChat() async throws {
        try await RawScripts.run { scripts in
            let alice = try await scripts.online(.alice, 12)
            let bob = try await scripts.online(.bob, 12)
            let (caller, callee) = try await scripts.chat(alice, .alice, 12, bob, .bob, 12)
            var hostile: [Peer] = []
            for index in 0..<120 {
                let port = [
                    scripts.server.dispatchPort, scripts.server.notificationPort, scripts.server.switchboardPort,
                ]
                let peer = Peer(port[index % 3])
                switch index % 4 {
                case 0: await peer.sendRaw(String(repeating: "A", count: 100_000))
                case 1: await peer.sendRaw("VER 1 MSNP8\r\nMSG 1 N 4294967296\r\n")
                case 2: await peer.sendRaw(String(repeating: "\r\n", count: 1000))
                default: await peer.sendRaw("VE")
                }
                hostile.append(peer)
            }
            for number in 1...100 { await caller.send("MSG \(number) A", payload: "\r\n\r\n\(number)") }
            for number in 1...100 {
                #expect(try await callee.expect("MSG ").hasSuffix("|\r\n\r\n\(number)"))
                #expect(try await caller.expect("ACK ") == "ACK \(number)")
            }
            // Lines and payloads over the limits end their connections, and nobody is signed in by them.
            for index in hostile.indices where index % 4 < 2 {
                #expect(await hostile[index].rest().allSatisfy { $0.hasPrefix("VER") }, "connection \(index)")
            }
        }
    }

    /// Who does not read is given up once too much waits for them, and the others are told.
    @Test func aClientThatDoesNotReadIsGivenUp() async throws {
        var configuration = RawScripts.young
        configuration.limits.commandRate = 1_000_000
        configuration.limits.commandBurst = 1_000_000
        try await RawScripts.run(configuration) { scripts in
            let alice = try await scripts.online(.alice, 8)
            let bob = try await scripts.online(.bob, 8)
            let (caller, callee) = try await scripts.chat(alice, .alice, 8, bob, .bob, 8)
            await callee.close()
            try await caller.expect("BYE")
            await caller.send("CAL 3 bob@example.com")
            try await caller.expect("CAL 3")
            let ring = try await bob.expect("RNG ").split(separator: " ")
            try await Dialer.withLink(
                host: "127.0.0.1", port: scripts.server.switchboardPort,
                limits: TransportLimits(readSize: 512, lowWatermark: 1, highWatermark: 1)
            ) { link in
                try await link.outbound.write(Array("ANS 1 bob@example.com \(ring[4]) \(ring[1])\r\n".utf8))
                try await caller.expect("JOI bob@example.com")
                let text = "\r\n\r\n" + String(repeating: "x", count: 1600)
                var answer = "ACK"
                var number = 10
                while answer.hasPrefix("ACK"), number < 50000 {
                    for offset in 0..<50 { await caller.send("MSG \(number + offset) A", payload: text) }
                    for _ in 0..<50 where answer.hasPrefix("ACK") { answer = try await caller.expect("") }
                    number += 50
                }
                #expect(answer.hasPrefix("NAK") || answer.hasPrefix("BYE"))
                if !answer.hasPrefix("BYE") { try await caller.expect("BYE bob@example.com") }
            }
        }
    }

    @Test func commandsAfterABurstWaitForTheRate() {
        var rate = CommandRate(perSecond: 10, burst: 3, now: .seconds(5))
        #expect((0..<3).map { _ in rate.take(now: .seconds(5)) } == [nil, nil, nil])
        #expect(rate.take(now: .seconds(5)) == .milliseconds(100))
        #expect(rate.take(now: .milliseconds(5100)) == .milliseconds(100))
        #expect(rate.take(now: .seconds(60)) == nil)
    }

    @Test func oldTokensMakeRoomAndEachIsGoodOnce() {
        var tokens = SingleUseTokenStore<Int>(limit: 2, lifetime: .seconds(10))
        let cookies = (0..<3).map { tokens.issue($0, now: .zero) }
        #expect(Set(cookies).count == 3)
        #expect(tokens.redeem(cookies[0], now: .zero) == nil)
        #expect(tokens.redeem(cookies[1], now: .seconds(10)) == 1)
        #expect(tokens.redeem(cookies[1], now: .seconds(10)) == nil)
        #expect(tokens.redeem(cookies[2], now: .seconds(11)) == nil)
    }

    /// A mailbox that runs over takes nothing more, whether by number, by bytes, or by what all together may use.
    @Test(arguments: [(3, 1 << 20, 1 << 20), (100, 800, 1 << 20), (100, 1 << 20, 800)])
    func aFullMailboxTakesNothingMore(_ sizes: (count: Int, bytes: Int, total: Int)) {
        var limits = ServerLimits()
        limits.notices = sizes.count
        limits.noticeBytes = sizes.bytes
        let budget = Budget(sizes.total)
        let mailbox = Mailbox(limits: limits, budget: budget)
        #expect((0..<4).map { _ in mailbox.post(.offline("a@b.c")) } == [true, true, true, false])
        #expect(mailbox.post(.offline("a@b.c")) == false)
    }
}
