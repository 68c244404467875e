import MSNP
import MSNPTransport
import TestSupport
import Testing
import WireProtocol

@testable import SampleServer

/// What clients may use, with a clock that the tests move.
@Suite(.timeLimit(.minutes(30)))
struct LimitTests {
    private static func run(
        _ change: (inout ServerLimits) -> Void = { _ in },
        _ body: @escaping @Sendable (RawScripts, ManualClock) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        var configuration = SampleConfiguration()
        change(&configuration.limits)
        // A farewell waits for this clock, so nobody may be left to wait for.
        try await RawScripts.run(configuration, clock: clock) { scripts in
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

    /// Who does not read costs the sender, who is refused, and in the end only themselves.
    @Test func aClientThatDoesNotReadIsGivenUpAfterAWhile() async throws {
        try await Self.run { limits in
            (limits.commandRate, limits.commandBurst, limits.byteBurst) = (1_000_000, 1_000_000, 1 << 30)
        } _: { scripts, clock in
            let alice = try await scripts.online(.alice, 2)
            let bob = try await scripts.online(.bob, 2)
            let (caller, callee) = try await scripts.chat(alice, .alice, 2, bob, .bob, 2)
            await callee.stopReading()
            let text = "\r\n\r\n" + String(repeating: "x", count: 1600)
            var answer = "ACK"
            for round in 0..<1000 where answer.hasPrefix("ACK") {
                for number in 1...50 { await caller.send("MSG \(round * 50 + number) A", payload: text) }
                for _ in 1...50 where answer.hasPrefix("ACK") { answer = try await caller.expect("") }
            }
            #expect(answer.hasPrefix("NAK"))
            clock.advance(by: .seconds(61))
            try await caller.expect("BYE bob@example.com")
            await callee.goOnReading()
            _ = await callee.rest()
        }
    }

    /// One user sends another more than they read: the sender is refused, and the receiver stays and gets the rest.
    @Test func oneUserCannotSignOutAnother() async throws {
        var configuration = RawScripts.young
        (configuration.limits.commandBurst, configuration.limits.byteBurst) = (1_000_000, 1 << 30)
        try await RawScripts.run(configuration) { scripts in
            let alice = try await scripts.online(.alice, 18)
            let bob = try await scripts.online(.bob, 18)
            _ = try await bob.settled()
            _ = try await alice.settled()
            await bob.stopReading()
            let text = String(repeating: "x", count: 60000)
            var (number, accepted, answer) = (100, 0, "")
            while number < 2000 {
                await alice.send("UUN \(number) bob@example.com 3", payload: text)
                answer = try await alice.expect("")
                if answer.hasPrefix("217") { break }
                if answer == "UUN \(number) OK" { accepted += 1 }
                number += 1
            }
            #expect(answer == "217 \(number)")
            // News still comes.
            try await scripts.goOnline(alice, 18, "BSY", number: 20)
            await bob.goOnReading()
            try await bob.expect("NLN BSY 1:alice@example.com")
            #expect(await bob.log.count { $0.hasPrefix("UBN") } == accepted)
            await alice.send("UUN 9 bob@example.com 3", payload: text)
            try await alice.expect("UUN 9 OK")
        }
    }

    /// Bytes cost as commands do: a client that sends too many is read more slowly.
    @Test func aClientThatSendsTooManyBytesIsReadMoreSlowly() async throws {
        try await Self.run { limits in
            (limits.byteRate, limits.byteBurst) = (1000, 10000)
        } _: { scripts, clock in
            let alice = try await scripts.online(.alice, 18)
            _ = try await alice.settled()
            let before = clock.sleepers
            await alice.send("UUN 9 dave@example.com 3", payload: String(repeating: "x", count: 20000))
            await alice.send("PNG")
            while clock.sleepers <= before { await Task.yield() }
            #expect(await alice.log.contains { $0.hasPrefix("217") } == false)
            for _ in 0..<10 { await clock.advance(by: .seconds(5), whenAsleep: 1) }
            try await alice.expect("217 9")
        }
    }

    @Test func unitsAfterABurstWaitForTheRate() {
        var rate = Rate(perSecond: 10, burst: 3, now: .seconds(5))
        #expect((0..<3).map { _ in rate.take(now: .seconds(5)) } == [nil, nil, nil])
        #expect(rate.take(now: .seconds(5)) == .milliseconds(100))
        #expect(rate.take(now: .milliseconds(5100)) == .milliseconds(100))
        #expect(rate.take(now: .seconds(60)) == nil)
        #expect(rate.take(12, now: .seconds(60)) == .seconds(1))
    }

    @Test func oldTokensMakeRoomAndEachIsGoodOnce() {
        var tokens = SingleUseTokenStore<Int>(limit: 10, share: 2, lifetime: .seconds(10))
        let cookies = (0..<3).map { tokens.issue($0, to: UserKey("a@b.c"), now: .zero) }
        #expect(Set(cookies).count == 3)
        #expect(tokens.redeem(cookies[0], now: .zero) == nil)
        #expect(tokens.redeem(cookies[1], now: .seconds(10)) == 1)
        #expect(tokens.redeem(cookies[1], now: .seconds(10)) == nil)
        #expect(tokens.redeem(cookies[2], now: .seconds(11)) == nil)
    }

    /// Who has many tokens loses their own: neither a share nor the whole store is at the cost of others.
    @Test func nobodyDrivesOutTheTokensOfOthers() {
        var tokens = SingleUseTokenStore<Int>(limit: 8, share: 4, lifetime: .seconds(10))
        let mine = tokens.issue(7, to: UserKey("a@b.c"), now: .zero)
        for number in 0..<1000 { _ = tokens.issue(number, to: UserKey("m@b.c"), now: .zero) }
        for number in 0..<6 { _ = tokens.issue(number, to: UserKey("\(number)@b.c"), now: .zero) }
        for number in 0..<1000 { _ = tokens.issue(number, to: UserKey("m@b.c"), now: .zero) }
        #expect(tokens.redeem(mine, now: .seconds(1)) == 7)
    }

    /// Tokens that nobody used make room once they have expired.
    @Test func expiredTokensMakeRoomFirst() {
        var tokens = SingleUseTokenStore<Int>(limit: 4, share: 4, lifetime: .seconds(10))
        for number in 0..<3 { _ = tokens.issue(number, to: UserKey("a@b.c"), now: .zero) }
        let fresh = (0..<3).map { tokens.issue($0, to: UserKey("b@b.c"), now: .seconds(11)) }
        #expect(fresh.map { tokens.redeem($0, now: .seconds(12)) } == [0, 1, 2])
    }
}
