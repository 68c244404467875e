import MSNP
import TestSupport
import Testing
import WireProtocol

@testable import SampleServer

/// Who comes to a chat and goes is told to all in it, however full their queues are.
@Suite(.timeLimit(.minutes(30)))
struct ChatMembershipTests {
    private static let alice = UserKey("alice@example.com")
    private static let bob = UserKey("bob@example.com")

    /// An exchange with little room for notices, and a chat with Alice in it.
    private struct Stage {
        let exchange: Exchange
        /// Alice's, whom nobody reads to.
        let mailbox: Mailbox
        let room: String
        let budget: Budget
        let limits: ServerLimits

        init(count: Int = 4096, bytes: Int = 1 << 20, total: Int = 1 << 30) async throws {
            var configuration = SampleConfiguration()
            (configuration.limits.notices, configuration.limits.noticeBytes) = (count, bytes)
            (limits, budget) = (configuration.limits, Budget(total))
            exchange = try await Exchange(
                configuration: configuration, accounts: Accounts(configuration.accounts, servesDigest: true),
                journal: Journal())
            mailbox = Mailbox(limits: limits, budget: budget)
            let claim = ChatClaim(key: ChatMembershipTests.alice, version: .msnp2, room: nil)
            room = try await exchange.enterChat(claim, endpoint: nil, mailbox: mailbox).membership.room
        }

        func enter(_ key: UserKey) async throws(Refusal) -> Exchange.ChatMembership {
            let claim = ChatClaim(key: key, version: .msnp2, room: room)
            return try await exchange.enterChat(
                claim, endpoint: nil, mailbox: Mailbox(limits: limits, budget: budget)
            ).membership
        }

        /// Takes all that waits for Alice.
        func takeAll() async -> [String] {
            mailbox.post(.ended(nil))
            var taken: [String] = []
            while let (notice, size) = await mailbox.next() {
                mailbox.taken(size)
                switch notice {
                case .joined(let who): taken.append("JOI \(who.userHandle)")
                case .left(let who, _): taken.append("BYE \(who.userHandle)")
                case .message: taken.append("MSG")
                default: return taken
                }
            }
            return taken
        }
    }

    @Test func whoComesAndGoesTooOftenStaysOutAndCostsNobodyElse() async throws {
        let stage = try await Stage(bytes: 40_000)
        var visits = 0
        await #expect(throws: Refusal(.switchboardFailed)) {
            while visits < 1000 {
                await stage.exchange.leaveChat(try await stage.enter(Self.bob), isInactive: false)
                visits += 1
            }
        }
        #expect(visits > 20)
        // Others come and go, and messages of others arrive.
        let dave = try await stage.enter(UserKey("dave@example.com"))
        #expect(await stage.exchange.say(WireBytes("hello"), from: dave))
        await stage.exchange.leaveChat(dave, isInactive: false)
        let visit = ["JOI bob@example.com", "BYE bob@example.com"]
        let last = ["JOI dave@example.com", "MSG", "BYE dave@example.com"]
        #expect(await stage.takeAll() == (0..<visits).flatMap { _ in visit } + last)
        // There is room again.
        _ = try await stage.enter(Self.bob)
        #expect(await stage.takeAll() == ["JOI bob@example.com"])
    }

    /// Nobody can be kept from leaving, and there is room for everybody to leave although messages have filled the rest.
    @Test(arguments: [(160, 1 << 20), (4096, 50_000)])
    func everybodyCanLeaveAFullQueue(_ sizes: (count: Int, bytes: Int)) async throws {
        let stage = try await Stage(count: sizes.count, bytes: sizes.bytes)
        var others: [Exchange.ChatMembership] = []
        for number in 0..<30 { others.append(try await stage.enter(UserKey("u\(number)@example.com"))) }
        for _ in 0..<500 {
            for other in others { _ = await stage.exchange.say(WireBytes("hello"), from: other) }
        }
        for other in others { await stage.exchange.leaveChat(other, isInactive: false) }
        let told = await stage.takeAll()
        #expect(told.count { $0.hasPrefix("JOI") } == 30 && told.contains("MSG"))
        #expect(told.suffix(30) == others.map { "BYE \($0.participant.userHandle)" }[...])
    }

    /// Where there is no room even for that, because all memory is spent, the member who does not read is closed.
    @Test func withoutMemoryTheMemberWhoDoesNotReadIsClosed() async throws {
        let stage = try await Stage(total: 1000)
        let bob = try await stage.enter(Self.bob)
        #expect(stage.budget.take(1000, evenIfSpent: true))
        await stage.exchange.leaveChat(bob, isInactive: false)
        #expect(stage.mailbox.post(.ended(nil)) == .closed)
        for await _ in stage.mailbox.overflow {}
    }

    @Test func whoStaysOutIsToldSo() async throws {
        var configuration = RawScripts.young
        // Enough for an invitation, and not for the name of the one who comes.
        configuration.limits.noticeBytes = 600
        configuration.accounts = [
            .alice,
            SampleAccount(
                userHandle: "bob@example.com", password: "battery-staple",
                friendlyName: String(repeating: "b", count: 300), acquaintances: ["alice@example.com"]),
        ]
        try await RawScripts.run(configuration) { scripts in
            let alice = try await scripts.online(.alice, 2)
            let bob = try await scripts.online(.bob, 2)
            await alice.send("XFR 20 SB")
            let cookie = try await alice.expect("XFR 20 SB ").split(separator: " ")[5]
            let caller = Peer(scripts.server.switchboardPort)
            await caller.send("USR 1 alice@example.com \(cookie)")
            try await caller.expect("USR 1 OK")
            await caller.send("CAL 2 bob@example.com")
            try await caller.expect("CAL 2 RINGING")
            let ring = try await bob.expect("RNG ").split(separator: " ")
            let callee = Peer(scripts.server.switchboardPort)
            await callee.send("ANS 1 bob@example.com \(ring[4]) \(ring[1])")
            #expect(await callee.rest() == ["280 1"])
            await caller.send("CAL 3 bob@example.com")
            try await caller.expect("CAL 3 RINGING")
        }
    }
}
