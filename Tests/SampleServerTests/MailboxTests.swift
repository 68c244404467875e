import MSNP
import TestSupport
import Testing

@testable import SampleServer
@testable import WireProtocol

/// What may wait for a client, from whom, and what it costs.
@Suite(.timeLimit(.minutes(30)))
struct MailboxTests {
    private static func limits(count: Int = 4096, bytes: Int = 1 << 20) -> ServerLimits {
        var limits = ServerLimits()
        (limits.notices, limits.noticeBytes) = (count, bytes)
        return limits
    }

    private static func message(from sender: String, _ size: Int = 1000) -> Notice {
        .message(from: sender, name: "", payload: WireBytes([UInt8](repeating: 0x78, count: size)))
    }

    /// Posts messages until one is refused, and gives back how many were not.
    private static func fill(_ mailbox: Mailbox, from sender: String, _ size: Int = 1000) -> Int {
        var count = 0
        while mailbox.post(message(from: sender, size)) == .posted { count += 1 }
        return count
    }

    @Test(arguments: [(4096, 100_000), (80, 1 << 20)])
    func messagesOfOneSenderGetHalfAndManySendersNeverFillIt(_ sample: (count: Int, bytes: Int)) {
        let limits = Self.limits(count: sample.count, bytes: sample.bytes)
        let mailbox = Mailbox(limits: limits, budget: Budget(1 << 30))
        // Three quarters are for messages, and each takes 1261 bytes.
        #expect(Self.fill(mailbox, from: "a@b.c") == 30)
        #expect(Self.fill(mailbox, from: "A@B.C") == 0)
        #expect(Self.fill(mailbox, from: "d@b.c") == 15)
        for number in 0..<100 { _ = Self.fill(mailbox, from: "\(number)@b.c") }
        #expect(mailbox.post(Self.message(from: "z@b.c", 100_000)) == .refused)
        #expect(mailbox.post(.offline("a@b.c")) == .posted)
    }

    /// A flood of news about one user costs as much as the latest, and the latest is what arrives.
    @Test func ofNewsTheLatestWaitsOnceTheMailboxFills() async throws {
        let budget = Budget(1 << 30)
        let mailbox = Mailbox(limits: Self.limits(count: 100), budget: budget)
        for number in 0..<10000 {
            let presence = Presence(userHandle: "a@b.c", friendlyName: "\(number)", status: .online)
            #expect(mailbox.post(number % 3 == 0 ? .offline("a@b.c") : .presence(presence)) == .posted)
            let property = Notice.property(of: "a@b.c", name: "PHH", value: "\(number)", changes: 1)
            #expect(mailbox.post(property) == .posted)
        }
        var names: [String] = []
        var values: [String?] = []
        while names.last != "offline" || values.last != "9999" {
            let (notice, size) = try #require(await mailbox.next())
            switch notice {
            case .presence(let presence): names.append(presence.friendlyName)
            case .offline: names.append("offline")
            case .property(_, _, let value, _): values.append(value)
            default: Issue.record("\(notice)")
            }
            mailbox.taken(size)
        }
        #expect(names.count + values.count <= 30)
        #expect(budget.left == 1 << 30)
    }

    /// A mailbox that runs over takes nothing more, whether by number, by bytes, or by what all together may use.
    @Test(arguments: [(3, 1 << 20, 1 << 20), (100, 800, 1 << 20), (100, 1 << 20, 800)])
    func aFullMailboxTakesNothingMore(_ sizes: (count: Int, bytes: Int, total: Int)) {
        let limits = Self.limits(count: sizes.count, bytes: sizes.bytes)
        let mailbox = Mailbox(limits: limits, budget: Budget(sizes.total))
        let outcomes = (0..<4).map { mailbox.post(.offline("\($0)@b.c")) }
        #expect(outcomes == [.posted, .posted, .posted, .closed])
        #expect(mailbox.post(.offline("z@b.c")) == .closed)
    }

    /// What others wait for costs nobody their session who has nothing waiting.
    @Test func aSpentBudgetLeavesThoseAloneWhoRead() async throws {
        let budget = Budget(100_000)
        let mute = Mailbox(limits: Self.limits(), budget: budget)
        var number = 0
        while mute.post(.added(by: "\(number)@b.c", name: "", changes: 1)) == .posted { number += 1 }
        let reader = Mailbox(limits: Self.limits(), budget: budget)
        for _ in 0..<3 {
            #expect(reader.post(.offline("a@b.c")) == .posted)
            reader.taken(try #require(await reader.next()).size)
        }
        #expect(reader.post(Self.message(from: "a@b.c")) == .refused)
    }

    /// A notice counts for all that it keeps.
    @Test func aNoticeCountsForWhatItKeeps() throws {
        let long = String(repeating: "n", count: 4000)
        let bytes = WireBytes(long)
        let picture = MSNObject(checked: bytes)
        let participant = Participant(userHandle: "a@b.c", name: long, capabilities: .unstated, endpoint: nil)
        let presence = Presence(
            userHandle: "a@b.c", friendlyName: long, status: .online, capabilities: .unstated, picture: picture)
        let notices: [(Notice, Int)] = [
            (.presence(presence), 2), (.offline(long), 1), (.personal(long, bytes), 2),
            (.added(by: long, name: long, changes: 1), 2), (.removed(by: long, changes: 1), 1),
            (.property(of: long, name: "PHH", value: long, changes: 1), 2),
            (.ring(room: long, cookie: long, userHandle: long, name: long), 4),
            (.relay(from: long, kind: .document, payload: bytes), 2),
            (.page(from: long, to: long, kind: .text, payload: bytes), 3), (.joined(participant), 1),
            (.left(participant, isInactive: false), 1), (.message(from: long, name: long, payload: bytes), 3),
        ]
        for (notice, count) in notices {
            #expect((count * 4000..<count * 4000 + 1000).contains(notice.size), "\(notice)")
        }
    }

    /// Values that wait or are kept have bytes of their own: 10,000 of them keep none of the bytes they were read from.
    @Test func whatIsStoredKeepsNothingElseAlive() async throws {
        var limits = Self.limits(count: 1 << 20, bytes: 1 << 30)
        limits.cookies = 1 << 20
        let mailbox = Mailbox(limits: limits, budget: Budget(1 << 30))
        let configuration = SampleConfiguration()
        let exchange = try await Exchange(
            configuration: configuration, accounts: Accounts(configuration.accounts, servesDigest: true),
            journal: Journal())
        let alice = try #require(
            await exchange.enter("alice@example.com", mailbox: mailbox, version: .msnp18, endpoint: nil))
        let rest = String(repeating: "UUN 1 a@example.com 3 4\r\nrest", count: 300)
        let object = "%3Cmsnobj%20Creator%3D%22alice%40example.com%22%2F%3E"
        for number in 0..<2000 {
            var decoder = MessageDecoder<ClientMessage>(service: .notification, version: .msnp18)
            let data = "<Data><PSM>\(number)</PSM></Data>"
            decoder.append(
                Array(
                    ("UUN 1 b@example.com 99 4\r\n\(number + 1000)UUM 2 b@example.com 1 77 4\r\n\(number + 1000)"
                        + "UUX 3 \(data.utf8.count)\r\n\(data)CHG 4 BSY 32:0 \(object)\r\n" + rest).utf8))
            for _ in 0..<4 {
                switch try #require(try decoder.next()).message {
                case .uun(.message(let message)):
                    mailbox.post(.relay(from: "\(number)", kind: message.kind, payload: message.payload))
                    mailbox.post(.message(from: "\(number)", name: "", payload: message.payload))
                case .uum(.message(let message)):
                    mailbox.post(.page(from: "\(number)", to: "b", kind: message.kind, payload: message.payload))
                case .uux(.publish(let message)):
                    mailbox.post(.personal("\(number)", message.payload))
                    await exchange.publish(message.payload, by: alice)
                case .chg(.change(let change)):
                    _ = await exchange.set(
                        change.status, capabilities: .unstated, picture: change.msnObject, by: alice)
                    let member = try #require(await exchange.member(alice))
                    #expect(Self.isAlone(member.picture?.wire) && Self.isAlone(member.personal))
                    mailbox.post(
                        .presence(
                            Presence(
                                userHandle: "\(number)", friendlyName: "", status: member.status ?? .online,
                                capabilities: member.capabilities, picture: member.picture)))
                case let other: Issue.record("\(other)")
                }
            }
        }
        for _ in 0..<10000 {
            switch try #require(await mailbox.next()).notice {
            case .relay(_, let kind, let payload):
                #expect(kind.other != nil && Self.isAlone(kind.other?.wire) && Self.isAlone(payload))
            case .page(_, _, let kind, let payload):
                #expect(kind.other != nil && Self.isAlone(kind.other?.wire) && Self.isAlone(payload))
            case .message(_, _, let payload), .personal(_, let payload): #expect(Self.isAlone(payload))
            case .presence(let presence): #expect(Self.isAlone(presence.picture?.wire))
            case let other: Issue.record("\(other)")
            }
        }
    }

    /// Whether bytes are all that their memory holds.
    private static func isAlone(_ bytes: WireBytes?) -> Bool {
        guard let bytes else { return false }
        return bytes.chunk.count == bytes.count && bytes.chunk.capacity <= bytes.count + 64
    }
}
