import Foundation
import MSNP
import MSNPTransport
import TestSupport
import Testing

@testable import SampleServer

/// Many clients at once, with hostile ones beside them, on a clock that stands still.
@Suite(.timeLimit(.minutes(30)))
struct LoadTests {
    /// Two thousand signed-in clients see each other come, change and go, and chat two by two, beside a thousand hostile
    /// connections: everything arrives once and in order, and all ends well.
    @Test func everythingArrivesOnceAndInOrderBesideHostileConnections() async throws {
        let size = Size.fitting(descriptors: DescriptorLimit.raised(to: Size.full.descriptors))
        let clock = ManualClock()
        let configuration = SampleConfiguration(accounts: size.accounts, contact: nil)
        let transport = TransportLimits(connections: configuration.limits.connections, backlog: 1024)
        try await RawScripts.run(configuration, limits: transport, clock: clock) { scripts in
            let server = scripts.server
            // The farewell waits for this clock, so nobody may be left to wait for.
            defer { clock.advance(by: .seconds(100_000)) }
            let hostile = try await Self.each(size.hostile) { try await HostilePeer($0, server) }
            let pairs = try await Self.each(size.pairs) { try await Pair($0, scripts) }
            for round in 0..<Pair.rounds {
                for peer in hostile { await peer.goOn(round) }
                _ = try await Self.each(pairs.count, atOnce: pairs.count) { try await pairs[$0].talk(round) }
            }
            for pair in pairs { try await pair.showStatus() }
            let ends = try await Self.each(pairs.count) { try await pairs[$0].end() }
            #expect(ends.count == size.pairs)
            for end in ends { #expect(end.heard == end.wanted) }
            for peer in hostile { #expect(await peer.gotNothing()) }
        }
    }

    /// Does something for each number, a few at once so that the system's queue of connections suffices.
    private static func each<Value: Sendable>(
        _ count: Int, atOnce: Int = 64, _ work: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            var values: [Value] = []
            for number in 0..<count {
                if number >= atOnce, let value = try await group.next() { values.append(value) }
                group.addTask { try await work(number) }
            }
            for try await value in group { values.append(value) }
            return values
        }
    }
}

/// How much is done.
private struct Size {
    /// Pairs of clients.
    var pairs: Int
    /// Hostile connections.
    var hostile: Int

    /// As much as is promised.
    static let full = Size(pairs: 1000, hostile: 1000)

    /// Both ends of all connections, two a client, and some for the rest of the process.
    var descriptors: Int { pairs * 8 + hostile * 2 + 1000 }

    /// The accounts; the two of a pair know each other.
    var accounts: [SampleAccount] { (0..<pairs).flatMap { [Pair.caller($0), Pair.callee($0)] } }

    /// As much as the system allows, in equal parts.
    static func fitting(descriptors: Int) -> Size {
        let part = max(1, min(full.pairs, (descriptors - 1000) / 10))
        return Size(pairs: part, hostile: part)
    }
}

/// The number of descriptors that the process may have.
private enum DescriptorLimit {
    /// Raises it if the system lets it; gives back what it is then.
    static func raised(to wanted: Int) -> Int {
        #if os(Linux)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 1024 }
        if limit.rlim_cur < wanted {
            var higher = limit
            higher.rlim_cur = min(limit.rlim_max, rlim_t(wanted))
            if setrlimit(resource, &higher) == 0 { limit = higher }
        }
        return Int(clamping: limit.rlim_cur)
    }
}

/// Two clients who know each other and chat.
private struct Pair: Sendable {
    /// What was heard by somebody, and what should have been.
    struct End: Sendable {
        var heard: [String]
        var wanted: [String]
    }

    /// How often both talk.
    static let rounds = 3
    /// What each says in a round, without waiting between.
    static let burst = 2
    /// The versions of the clients, in all combinations.
    private static let versions = [2, 8, 12]

    /// At the notification server.
    private let first: Peer
    private let second: Peer
    /// In the chat.
    private let caller: Peer
    private let callee: Peer
    private let number: Int

    /// Signs both in, sees that they see each other, and opens a chat.
    init(_ number: Int, _ scripts: RawScripts) async throws {
        self.number = number
        let one = Self.versions[number % 3]
        let two = Self.versions[number / 3 % 3]
        let (firstAccount, secondAccount) = (Self.caller(number), Self.callee(number))
        first = try await scripts.online(firstAccount, one)
        second = try await scripts.online(secondAccount, two)
        try await first.expect("NLN NLN \(secondAccount.userHandle) ")
        (caller, callee) = try await scripts.chat(first, firstAccount, one, second, secondAccount, two)
    }

    /// Who calls.
    static func caller(_ number: Int) -> SampleAccount { account("caller", "callee", number) }
    /// Who is called.
    static func callee(_ number: Int) -> SampleAccount { account("callee", "caller", number) }

    private static func account(_ name: String, _ other: String, _ number: Int) -> SampleAccount {
        SampleAccount(
            userHandle: "\(name)\(number)@example.com", password: "password", friendlyName: name,
            acquaintances: ["\(other)\(number)@example.com"])
    }

    /// The numbers of what is said in a round.
    private static func numbers(_ round: Int) -> Range<Int> { round * burst..<(round + 1) * burst }

    /// Both talk at once and listen.
    func talk(_ round: Int) async throws {
        for message in Self.numbers(round) {
            await caller.send("MSG \(message + 10) A", payload: text(message))
            await callee.send("MSG \(message + 10) A", payload: text(message))
        }
        for peer in [caller, callee] {
            // Acknowledgements and messages come in either order: all are counted at the end.
            while await peer.log.count(where: { $0.hasPrefix("MSG ") }) < (round + 1) * Self.burst {
                try await peer.expect("MSG ")
            }
        }
    }

    /// One changes the status and the other sees it.
    func showStatus() async throws {
        await second.send("CHG 30 BSY")
        try await first.expect("NLN BSY \(Self.callee(number).userHandle) ")
    }

    /// Ends the chat and signs out; gives back what was heard in all.
    func end() async throws -> End {
        await caller.send("OUT")
        _ = await caller.rest()
        try await callee.expect("BYE \(Self.caller(number).userHandle)")
        await callee.send("OUT")
        _ = await callee.rest()
        await first.send("OUT")
        _ = await first.rest()
        try await second.expect("FLN \(Self.caller(number).userHandle)")
        await second.send("OUT")
        _ = await second.rest()
        let messages = Self.numbers(0).lowerBound..<Self.numbers(Self.rounds - 1).upperBound
        let (one, two) = (Self.caller(number), Self.callee(number))
        var wanted = messages.map { Self.message($0, from: two, text($0)) } + messages.map { "ACK \($0 + 10)" }
        wanted += messages.map { Self.message($0, from: one, text($0)) } + messages.map { "ACK \($0 + 10)" }
        wanted += ["NLN NLN \(two.userHandle)", "NLN BSY \(two.userHandle)"]
        wanted += ["ILN NLN \(one.userHandle)", "FLN \(one.userHandle)"]
        var heard: [String] = []
        for peer in [caller, callee] { heard += await Self.lines(peer, "MSG") + Self.lines(peer, "ACK") }
        for peer in [first, second] { heard += await Self.presences(peer) }
        return End(heard: heard, wanted: wanted)
    }

    /// What is said.
    private func text(_ message: Int) -> String { "\r\n\r\n\(number) says \(message)" }

    /// A message as it arrives.
    private static func message(_ number: Int, from account: SampleAccount, _ text: String) -> String {
        "MSG \(account.userHandle) \(account.friendlyName) \(text.utf8.count)|\(text)"
    }

    /// The lines of a command that somebody heard.
    private static func lines(_ peer: Peer, _ command: String) async -> [String] {
        await peer.log.filter { $0.hasPrefix(command + " ") }
    }

    /// What somebody heard of others, without what depends on the version.
    private static func presences(_ peer: Peer) async -> [String] {
        await peer.log.compactMap { line in
            let words = line.split(separator: " ")
            switch words.first {
            case "NLN": return words.prefix(3).joined(separator: " ")
            case "ILN": return (words.prefix(1) + words.dropFirst(2).prefix(2)).joined(separator: " ")
            case "FLN": return words.prefix(2).joined(separator: " ")
            default: return nil
            }
        }
    }
}

/// A connection that means no good, and never ends by itself.
private struct HostilePeer: Sendable {
    private let peer: Peer
    private let kind: Int

    /// Connects to one of the services and begins.
    init(_ number: Int, _ server: SampleServer) async throws {
        kind = number % 6
        let service = number / 6 % 3
        peer = Peer([server.notificationPort, server.dispatchPort, server.switchboardPort][service])
        if service < 2 {
            await peer.send("VER 1 MSNP8 CVR0")
            try await peer.expect("VER 1 MSNP8")
        }
        switch kind {
        case 0: break
        case 1: await peer.sendRaw("\u{0}\u{1}\u{7F}\u{FFFD}\r\n\u{2028} \u{0}\n")
        case 2: await peer.sendRaw(String(repeating: "A", count: 20_000))
        case 3: await peer.sendRaw("MSG 1 N 4294967295\r\n")
        case 4: await peer.sendRaw("USR 3 MD5 I nobody@example.com\r\nUSR 4 MD5 S x\r\nMSG 5 N 1000\r\nMIME")
        default: await peer.sendRaw("U")
        }
    }

    /// Goes on, whatever the server thinks of it: nothing, garbage, more of the same line or payload, one byte.
    func goOn(_ round: Int) async {
        switch kind {
        case 0: break
        case 1: await peer.sendRaw("\u{0}\r\n\r\nQQQ \(round)\r\n")
        case 2: await peer.sendRaw(String(repeating: "A", count: 2000))
        case 3, 4: await peer.sendRaw(String(repeating: "\r\n", count: 500))
        default: await peer.sendRaw("SR 3 MD5 I".utf8.dropFirst(round).first.map { String(UnicodeScalar($0)) } ?? "x")
        }
    }

    /// Whether nobody's presence or message came here.
    func gotNothing() async -> Bool {
        await !peer.log.contains { $0.hasPrefix("MSG") || $0.hasPrefix("NLN") || $0.contains(" OK") }
    }
}
