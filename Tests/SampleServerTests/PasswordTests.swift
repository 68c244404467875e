import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import SampleServer

/// How often passwords may be guessed, and what a guess costs.
@Suite(.timeLimit(.minutes(30)))
struct PasswordTests {
    /// Counts hashes and their iterations; the hash is the password itself.
    private final class Counter: Sendable {
        let iterations = Mutex<[Int]>([])

        var derivation: PasswordHash.Derivation {
            { password, salt, iterations in
                self.iterations.withLock { $0.append(iterations) }
                return PasswordHash.derive(password: password, salt: salt, iterations: 1)
            }
        }
    }

    /// An account whose password is "right", as a hash of so many iterations, all but the first of them only claimed.
    private static func hashed(_ name: String, iterations: Int) -> SampleAccount {
        let hash = PasswordHash(password: "right", iterations: 1).text
        return SampleAccount(
            userHandle: name + "@example.com",
            password: hash.replacing("sha256$1$", with: "sha256$\(iterations)$"), friendlyName: name)
    }

    private static func checker(
        _ clock: ManualClock, counter: Counter? = nil, _ change: (inout ServerLimits) -> Void = { _ in }
    ) -> PasswordChecker {
        var limits = ServerLimits()
        (limits.guesses, limits.guessTime) = (3, .seconds(10))
        change(&limits)
        let accounts =
            counter.map { counter in
                Accounts([hashed("zoe", iterations: 9)], servesDigest: true, derivation: counter.derivation)
            } ?? Accounts([.alice, .bob], servesDigest: true)
        return PasswordChecker(accounts: accounts, limits: limits, clock: clock.serverClock)
    }

    /// A check costs the same iterations for every account, with a hash or without, and for none.
    @Test(arguments: ["zoe", "ann", "alice", "nobody"], ["right", "wrong", "correct-horse"])
    func everyCheckIsTheSameWork(_ name: String, _ password: String) {
        let counter = Counter()
        let accounts = Accounts(
            [Self.hashed("zoe", iterations: 500), Self.hashed("ann", iterations: 20), .alice], servesDigest: true,
            derivation: counter.derivation)
        let isRight = accounts.proves(password, of: name + "@example.com")
        #expect(isRight == (name == "alice" ? password == "correct-horse" : name != "nobody" && password == "right"))
        #expect(counter.iterations.withLock { $0.reduce(0, +) } == 500)
    }

    @Test func withoutHashesNothingIsHashed() {
        let counter = Counter()
        let accounts = Accounts([.alice], servesDigest: true, derivation: counter.derivation)
        #expect(accounts.proves("correct-horse", of: "alice@example.com"))
        #expect(!accounts.proves("correct-horse", of: "nobody@example.com"))
        #expect(counter.iterations.withLock { $0.isEmpty })
    }

    /// Too many wrong guesses from one address, at any accounts, and nothing more is looked at from there for a while.
    @Test func anAddressHasFewGuesses() async {
        let clock = ManualClock()
        let checker = Self.checker(clock)
        func check(_ name: String, _ password: String, _ address: String) async -> PasswordChecker.Verdict {
            await checker.check(password, of: name + "@example.com", from: address)
        }
        for _ in 0..<100 { #expect(await check("alice", "correct-horse", "10.0.0.1") == .right) }
        for name in ["alice", "bob", "nobody"] { #expect(await check(name, "wrong", "10.0.0.1") == .wrong) }
        #expect(await check("alice", "correct-horse", "10.0.0.1") == .tooManyGuesses)
        #expect(await check("alice", "correct-horse", "10.0.0.2") == .right)
        clock.advance(by: .seconds(10))
        #expect(await check("alice", "correct-horse", "10.0.0.1") == .right)
        #expect(await check("alice", "wrong", "10.0.0.1") == .wrong)
        #expect(await check("alice", "wrong", "10.0.0.1") == .tooManyGuesses)
    }

    /// An account has few guesses from anywhere; where its user was before, guesses from elsewhere change nothing.
    @Test(arguments: ["alice", "nobody"])
    func anAccountHasFewGuesses(_ name: String) async {
        let clock = ManualClock()
        let checker = Self.checker(clock)
        func check(_ password: String, _ address: Int) async -> PasswordChecker.Verdict {
            await checker.check(password, of: name + "@example.com", from: "10.0.0.\(address)")
        }
        if name == "alice" { #expect(await check("correct-horse", 99) == .right) }
        for address in 0..<3 { #expect(await check("wrong", address) == .wrong) }
        for address in 4..<50 { #expect(await check("correct-horse", address) == .tooManyGuesses) }
        if name == "alice" { #expect(await check("correct-horse", 99) == .right) }
        clock.advance(by: .seconds(10))
        #expect(await check("correct-horse", 60) == (name == "alice" ? .right : .wrong))
    }

    /// Names that no account has are remembered as one.
    @Test func longNamesCountTogether() async {
        let checker = Self.checker(ManualClock())
        for number in 0..<4 {
            let name = String(repeating: "\(number)", count: 60000) + "@example.com"
            let verdict = await checker.check("wrong", of: name, from: "10.0.0.\(number)")
            #expect(verdict == (number < 3 ? .wrong : .tooManyGuesses))
        }
    }

    /// Hashes wait in a queue of their own, which takes only so many; others are told so, and lose no guess.
    @Test func theQueueOfHashesIsBounded() async throws {
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        let accounts = Accounts([Self.hashed("zoe", iterations: 2)], servesDigest: true) { password, salt, iterations in
            start.yield()
            gate.wait()
            return PasswordHash.derive(password: password, salt: salt, iterations: 1)
        }
        var limits = ServerLimits()
        (limits.passwordHashes, limits.guesses) = (1, 2)
        let checker = PasswordChecker(accounts: accounts, limits: limits, clock: ManualClock().serverClock)
        async let first = checker.check("right", of: "zoe@example.com", from: "10.0.0.1")
        for await _ in started { break }
        for _ in 0..<10 {
            #expect(await checker.check("wrong", of: "zoe@example.com", from: "10.0.0.2") == .busy)
        }
        gate.signal()
        #expect(await first == .right)
        gate.signal()
        #expect(await checker.check("right", of: "zoe@example.com", from: "10.0.0.2") == .right)
    }

    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"), ("2001:db8::1", "2001:db8:0:0"),
        ("::1", "0:0:0:0"), ("fe80::1%eth0", "fe80:0:0:0"), ("::ffff:10.0.0.1", "::ffff:10.0.0.1"),
        ("2001:db8:1:2:3:4:5::", "2001:db8:1:2"), ("::", "0:0:0:0"), ("", ""),
    ])
    func addressesOfOnePeerCountTogether(_ sample: (address: String, network: String)) {
        #expect(PasswordChecker.network(of: sample.address) == sample.network)
    }

    @Test func guessersAreForgottenInTime() {
        var limit = GuessLimit(burst: 1, every: .seconds(10), limit: 8)
        func begin(_ key: Int, at second: Int) -> Bool { limit.begin("\(key)", now: .seconds(second)) }
        #expect((0..<8).map { begin($0, at: $0) } == Array(repeating: true, count: 8))
        #expect(!begin(0, at: 9))
        #expect(begin(8, at: 9))
        #expect(!begin(7, at: 9))
        #expect((100..<200).map { begin($0, at: 1000) } == Array(repeating: true, count: 100))
    }

    /// A request for many tokens checks the password once.
    @Test func oneRequestHashesOnce() async throws {
        let counter = Counter()
        var configuration = SampleConfiguration(accounts: [Self.hashed("zoe", iterations: 7)], contact: nil)
        configuration.servesDigest = false
        configuration.derivation = counter.derivation
        try await RawScripts.run(configuration) { scripts in
            for (password, answer) in [("right", "200 OK"), ("wrong", "500 Internal Server Error")] {
                let zoe = SampleAccount(userHandle: "zoe@example.com", password: password, friendlyName: "Zoe")
                let lines = await LoginTests.ask(
                    scripts, ["POST /RST.srf HTTP/1.1"],
                    body: SOAPPeer.request(zoe, [String](repeating: "x", count: 16)))
                #expect(lines.first == "HTTP/1.1 " + answer)
            }
        }
        #expect(counter.iterations.withLock { $0 } == [7, 7])
    }

    /// Over every way to sign in with a password, the guesses of an address count together.
    @Test func everyWayToSignInHasTheLimit() async throws {
        var configuration = SampleConfiguration()
        let clock = configuration.clock
        configuration.clock = ServerClock(now: { .zero }, sleep: clock.sleep, unixTime: clock.unixTime)
        configuration.limits.guesses = 3
        try await RawScripts.run(configuration) { scripts in
            let header = "Authorization: Passport1.4 sign-in=dave%40example.com,pwd="
            func sign(in password: String) async throws -> [String] {
                let peer = Peer(scripts.server.notificationPort)
                try await scripts.begin(peer, .alice, 7, password: password)
                let digest = try await peer.expect("")
                let login = await LoginTests.ask(scripts, ["GET /login2.srf HTTP/1.1", header + password])
                let bob = SampleAccount(userHandle: "bob@example.com", password: password, friendlyName: "Bob")
                let request = await SOAPPeer.tokens(scripts, bob, ["x"])
                return [digest, login.first ?? "", request]
            }
            let first = try await sign(in: "wrong")
            #expect(first[0] == "911 4" && first[1] == "HTTP/1.1 401 Unauthorized")
            #expect(first[2].contains("<faultcode>wsse:FailedAuthentication</faultcode>"))
            let second = try await sign(in: "wrong")
            #expect(second[0] == "910 4" && second[1] == "HTTP/1.1 429 Too Many Requests")
            #expect(second[2].contains("<faultcode>wst:RequestFailed</faultcode>"))
            // Who is signed in stays, and tickets that were issued are good.
            _ = try await scripts.online(.alice, 8)
        }
    }
}
