import MSNP
import MSNPSession
import TestSupport
import Synchronization
import Testing
import WireProtocol

/// Sign-ins with a scripted server.
@Suite(.timeLimit(.minutes(30)))
struct SignInTests {
    static let versions = (UInt8(2)...21).map { ProtocolVersion($0) }.filter { SignInKind(version: $0) != nil }

    private func setup(_ version: ProtocolVersion, _ observer: @escaping @Sendable (SessionLine) -> Void = { _ in })
        -> SessionSetup
    {
        SessionSetup(service: .notification, version: version, clock: ManualClock(), observer: observer)
    }

    /// Each version signs in, whether requests go out together or one by one, and the state says so.
    @Test(arguments: versions, [true, false])
    func everyVersionSignsInPipelinedOrNot(_ version: ProtocolVersion, _ pipelines: Bool) async throws {
        let sent = Mutex<[String]>([])
        let connector = MemoryConnector { _, link in await link.admitClient(proof: Stage.okay(version)) }
        let signIn = SignIn(
            credentials: Stage.credentials, versions: [version], tickets: FixedTickets(), pipelines: pipelines)
        let observer: @Sendable (SessionLine) -> Void = { line in
            sent.withLock { $0.append("\(line.sender == .client ? "C" : "S") \(line.command)") }
        }
        let setup = setup(version, observer)
        let isSignedIn = try await connector.withSession(at: ServerAddress(host: "a", port: 1), setup) { session in
            guard case .signedIn(let user) = try await signIn.perform(on: session) else { return false }
            #expect(user.userHandle.string == "alice@example.com")
            return await session.state.isSignedIn
        }
        #expect(isSignedIn)
        let first = sent.withLock { Array($0.prefix(4)) }
        if CVR.Describe.versions.contains(version), !INF.Request.versions.contains(version) {
            #expect(first == ["C VER", "S VER", "C CVR", pipelines ? "C USR" : "S CVR"])
        } else {
            #expect(first == ["C VER", "S VER", "C INF", pipelines ? "C USR" : "S INF"])
        }
    }

    @Test func theDigestIsThatOfTheChallenge() async throws {
        let digest = Mutex("")
        let connector = MemoryConnector { _, link in await link.admitClient(proof: Stage.okay(ProtocolVersion(7))) }
        let signIn = SignIn(credentials: Stage.credentials, versions: [ProtocolVersion(7)])
        let setup = setup(ProtocolVersion(7)) { line in
            guard line.form is USR.Digest else { return }
            digest.withLock { $0 = String(decoding: line.raw, as: UTF8.self) }
        }
        try await connector.withSession(at: ServerAddress(host: "a", port: 1), setup) { session in
            _ = try await signIn.perform(on: session)
        }
        let wanted = MD5Login.digest(challenge: "1013928519.693957190", password: "secret")
        #expect(digest.withLock { $0 } == "USR 4 MD5 S \(wanted)\r\n")
    }

    @Test(arguments: [7, 8, 15])
    func aWrongPasswordIsRefused(_ version: UInt8) async throws {
        let connector = MemoryConnector { _, link in
            await link.admitClient(proof: "911 TRID")
            link.hangUp()
        }
        let signIn = SignIn(
            credentials: Stage.credentials, versions: [ProtocolVersion(version)], tickets: FixedTickets())
        await #expect(throws: SignInError.session(.refused(ErrorReply(code: .authenticationFailed)))) {
            try await signIn.follow(
                from: ServerAddress(host: "a", port: 1), connector: connector,
                setup: { _ in setup(ProtocolVersion(version)) }, { _, _ in })
        }
    }

    @Test func aTicketServiceThatRefusesIsHeard() async throws {
        let connector = MemoryConnector { _, link in await link.admitClient() }
        let failure = TicketError.wrongPassword("no such account")
        let signIn = SignIn(
            credentials: Stage.credentials, versions: [ProtocolVersion(12)], tickets: FixedTickets(failure: failure))
        await #expect(throws: SignInError.ticket(failure)) {
            try await signIn.follow(
                from: ServerAddress(host: "a", port: 1), connector: connector,
                setup: { _ in setup(ProtocolVersion(12)) }, { _, _ in })
        }
    }

    @Test(arguments: ["VER 1 0", "VER 1 MSNP9"])
    func aVersionThatWasNotOfferedIsNotSpoken(_ answer: String) async throws {
        let connector = MemoryConnector { _, link in
            _ = await link.hear()
            link.say(answer)
        }
        let signIn = SignIn(credentials: Stage.credentials, versions: [ProtocolVersion(8), ProtocolVersion(7)])
        await #expect(throws: SignInError.noCommonVersion) {
            try await signIn.follow(
                from: ServerAddress(host: "a", port: 1), connector: connector,
                setup: { _ in setup(ProtocolVersion(8)) }, { _, _ in })
        }
    }

    @Test func theServerChoosesAmongWhatIsOffered() async throws {
        let connector = MemoryConnector { _, link in
            #expect(await link.hear() == "VER 1 MSNP8 MSNP7 CVR0")
            link.say("VER 1 MSNP7")
            await link.admitClient(proof: Stage.okay(ProtocolVersion(7)))
        }
        let signIn = SignIn(credentials: Stage.credentials, versions: [ProtocolVersion(8), ProtocolVersion(7)])
        let version = try await signIn.follow(
            from: ServerAddress(host: "a", port: 1), connector: connector,
            setup: { _ in setup(ProtocolVersion(8)) }, { session, _ in await session.version })
        #expect(version == ProtocolVersion(7))
    }

    @Test func referralsAreFollowedToTheServerOfTheAccount() async throws {
        let asked = Mutex<[String]>([])
        let connector = MemoryConnector { address, link in
            asked.withLock { $0.append("\(address)") }
            guard address.host != "ns.example" else { return await link.admitClient(proof: Stage.okay(.init(8))) }
            await Self.refer(link, to: "ns.example:1863 0 ds.example:1863")
        }
        let signIn = SignIn(credentials: Stage.credentials, versions: [ProtocolVersion(8)], tickets: FixedTickets())
        let name = try await signIn.follow(
            from: ServerAddress(host: "ds.example", port: 1863), connector: connector,
            setup: { _ in setup(ProtocolVersion(8)) }, { _, user in user.friendlyName?.string })
        #expect(name == "Alice")
        #expect(asked.withLock { $0 } == ["ds.example:1863", "ns.example:1863"])
    }

    @Test func aRingOfReferralsEnds() async throws {
        let connector = MemoryConnector { _, link in
            await Self.refer(link, to: "ds.example:1863 0 ds.example:1863")
        }
        let signIn = SignIn(credentials: Stage.credentials, versions: [ProtocolVersion(8)], tickets: FixedTickets())
        await #expect(throws: SignInError.referredTooOften(times: 4)) {
            try await signIn.follow(
                from: ServerAddress(host: "ds.example", port: 1863), connector: connector, limit: 3,
                setup: { _ in setup(ProtocolVersion(8)) }, { _, _ in })
        }
    }

    @Test func aReferralInsteadOfTheLastAnswerIsFollowed() async throws {
        let connector = MemoryConnector { address, link in
            await link.admitClient(
                proof: address.host == "ns.example"
                    ? Stage.okay(.init(8)) : "XFR TRID NS ns.example:1863 0 a.example:1863")
        }
        let signIn = SignIn(credentials: Stage.credentials, versions: [ProtocolVersion(8)], tickets: FixedTickets())
        let user = try await signIn.follow(
            from: ServerAddress(host: "a.example", port: 1863), connector: connector,
            setup: { _ in setup(ProtocolVersion(8)) }, { _, user in user.userHandle.string })
        #expect(user == "alice@example.com")
    }

    @Test func noDescriptionShowsAPassword() {
        let signIn = SignIn(credentials: Stage.credentials, versions: [ProtocolVersion(8)], tickets: FixedTickets())
        #expect(!"\(signIn)".contains("secret"))
        var dumped = ""
        dump(signIn, to: &dumped)
        #expect(!dumped.contains("secret"))
    }

    /// Answers the first steps, and then with another server.
    private static func refer(_ link: MemoryLink, to words: String) async {
        while true {
            let line = await link.hear().split(separator: " ").map(String.init)
            guard line.count > 1 else { return }
            switch line[0] {
            case "VER": link.say("VER \(line[1]) \(line[2])")
            case "CVR": link.say("CVR \(line[1]) 1 1 1 http://a http://b")
            default:
                link.say("XFR \(line[1]) NS \(words)")
                link.hangUp()
                return
            }
        }
    }
}
