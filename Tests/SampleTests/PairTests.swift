import MSNP
import MSNPSession
import MSNPTickets
import MSNPTransport
import SampleClient
import SampleServer
import SessionLint
import TestSupport
import Testing
import WireProtocol

/// The chat client at the sample server, over TCP: the same version at both ends, and mixed ones.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct PairTests {
    /// A user at a keyboard.
    struct User: Sendable {
        let screen = Screen()
        let rows = Mutexed()
        let lines: AsyncStream<String>
        let keyboard: AsyncStream<String>.Continuation
        let account: SampleAccount

        init(_ account: SampleAccount) {
            self.account = account
            (lines, keyboard) = AsyncStream.makeStream()
        }

        /// Signs in and stays until the user leaves; true if that was well.
        ///
        /// - Parameter port: where to sign in, if not at the dispatch server.
        func run(
            _ version: ProtocolVersion, _ server: SampleServer, contacts: String = "", port: Int? = nil
        ) async throws -> Bool {
            let login = "http://127.0.0.1:\(server.loginPort)"
            let rows = rows
            var settings = ChatSettings(
                server: ServerAddress(host: server.host, port: port ?? server.dispatchPort),
                credentials: Credentials(userHandle: account.userHandle, password: account.password),
                versions: [version],
                tickets: try WebTickets(
                    nexus: login + "/rdr/pprdr.asp", service: login + "/RST2.srf", clock: PatientClock()),
                contactList: try ContactListFile(contacts), connector: TCPConnector(),
                recorder: SessionRecorder { row in rows.add(row) })
            (settings.clock, settings.quiet) = (PatientClock(), .milliseconds(50))
            return await ChatClient(settings) { [screen] in screen.show($0) }.run(lines)
        }

        /// Types a line and waits until it is done.
        func command(_ line: String) async {
            keyboard.yield(line)
            await screen.see("Done.")
        }
    }

    static let mixed: [(UInt8, UInt8)] = {
        let versions: [UInt8] = [2, 7, 8, 12, 15, 18]
        return versions.flatMap { first in versions.filter { $0 != first }.map { (first, $0) } }
    }()

    @Test(arguments: SignInKind.completeVersions)
    func twoOfOneVersionTalk(_ version: ProtocolVersion) async throws {
        try await talk(version, version)
    }

    @Test(arguments: mixed)
    func twoVersionsTalk(_ first: UInt8, _ second: UInt8) async throws {
        try await talk(ProtocolVersion(first), ProtocolVersion(second))
    }

    /// Alice and Dave find each other, talk, and part.
    private func talk(_ first: ProtocolVersion, _ second: ProtocolVersion) async throws {
        let alice = User(.alice)
        let dave = User(.dave)
        try await SampleServer.withRunning(.patient) { server in
            async let isAliceWell = alice.run(first, server)
            async let isDaveWell = dave.run(second, server)
            await alice.screen.see("Type /help")
            await dave.screen.see("Type /help")
            await alice.command("/add dave@example.com")
            await dave.command("/add alice@example.com")
            await dave.command("/status busy")
            await alice.screen.see(words: "is busy.")
            if ADG.Create.versions.contains(first) {
                await alice.command("/group add Family")
                await alice.command("/group put dave@example.com Family")
            }
            alice.keyboard.yield("/chat dave@example.com")
            alice.keyboard.yield("Grüß dich, Dave")
            await dave.screen.see(words: ": Grüß dich, Dave")
            dave.keyboard.yield("/typing")
            await alice.screen.see(words: "is typing ...")
            dave.keyboard.yield("Hello, Alice")
            await alice.screen.see(words: ": Hello, Alice")
            dave.keyboard.yield("/nudge")
            await alice.screen.see(words: "sent you a nudge!")
            alice.keyboard.yield("/close")
            await dave.screen.see(words: "has left.")
            await alice.command("/block dave@example.com")
            await dave.screen.see(words: "is offline.")
            alice.keyboard.yield("/quit")
            dave.keyboard.yield("/quit")
            let areWell = try await [isAliceWell, isDaveWell]
            #expect(areWell == [true, true])
        }
        for user in [alice, dave] {
            #expect(!user.screen.all.contains { $0.contains("delivered") })
            #expect(!user.rows.text.contains(user.account.password))
            var lint = RecordingLint()
            let reports = lint.lint(Array(user.rows.text.utf8), file: user.account.userHandle)
            #expect(reports.filter { $0.severity == .error }.map(\.description) == [])
        }
    }

    @Test(arguments: [ProtocolVersion(7), ProtocolVersion(12), ProtocolVersion(18)])
    func aSecondSignInEndsTheFirst(_ version: ProtocolVersion) async throws {
        let first = User(.dave)
        let second = User(.dave)
        try await SampleServer.withRunning(.patient) { server in
            async let isFirstWell = first.run(version, server)
            await first.screen.see("Type /help")
            async let isSecondWell = second.run(version, server)
            let wasFirstWell = try await isFirstWell
            #expect(!wasFirstWell)
            await second.screen.see("Type /help")
            second.keyboard.yield("/quit")
            let wasSecondWell = try await isSecondWell
            #expect(wasSecondWell)
        }
        #expect(first.screen.all.last == "You were signed out: the account signed in on another machine.")
    }

    @Test func aServerThatStopsSaysSo() async throws {
        let user = User(.dave)
        let stay = try await SampleServer.withRunning(.patient) { server in
            let stay = Task { try await user.run(ProtocolVersion(12), server) }
            await user.screen.see("Type /help")
            return stay
        }
        let isWell = try await stay.value
        #expect(isWell == false)
        #expect(user.screen.all.last == "You were signed out: the server is going down.")
    }

    @Test(arguments: [ProtocolVersion(7), ProtocolVersion(12), ProtocolVersion(18)])
    func aWrongPasswordIsSaidSo(_ version: ProtocolVersion) async throws {
        let dave = SampleAccount.dave
        let user = User(
            SampleAccount(userHandle: dave.userHandle, password: "wrong", friendlyName: dave.friendlyName))
        let isWell = try await SampleServer.withRunning(.patient) { server in try await user.run(version, server) }
        #expect(!isWell)
        #expect(user.screen.all.last?.hasPrefix("Wrong account or password") == true)
    }
}
