import MSNP
import MSNPSession
import Synchronization
import WireProtocol

/// A link in memory: the test is the server.
package final class MemoryLink: SessionLink {
    package let pieces: AsyncThrowingStream<[UInt8], any Error>
    private let input: AsyncThrowingStream<[UInt8], any Error>.Continuation
    private let output: AsyncStream<String>
    private let outputSink: AsyncStream<String>.Continuation
    /// What the client wrote before it is taken.
    private let taken = Mutex("")
    /// Shut for a peer that does not read.
    private let gate: Gate
    /// Shut while the system has not taken what was written.
    private let flushGate = Gate()

    package struct Broken: Error, CustomStringConvertible {
        package var description: String { "broken" }
    }

    package init(reads: Bool = true) {
        gate = Gate(isShut: !reads)
        (pieces, input) = AsyncThrowingStream.makeStream()
        (output, outputSink) = AsyncStream.makeStream()
    }

    package func write(_ bytes: [UInt8]) async throws {
        await gate.pass()
        try Task.checkCancellation()
        outputSink.yield(String(decoding: bytes, as: UTF8.self))
    }

    package func flush() async throws {
        await flushGate.pass()
        try Task.checkCancellation()
    }

    /// Keeps what is written from being delivered.
    package func hold() { flushGate.shut() }

    /// Delivers it.
    package func release() { flushGate.open() }

    /// Takes nothing more of what the client writes.
    package func stopReading() { gate.shut() }

    /// Reads again.
    package func goOnReading() { gate.open() }

    /// Says lines to the client; line ends are added.
    package func say(_ lines: String...) {
        for line in lines { input.yield(Array((line + "\r\n").utf8)) }
    }

    /// Says bytes as they are.
    package func saySlice(_ text: String) { say(bytes: Array(text.utf8)) }

    /// Says bytes that may be no text.
    package func say(bytes: [UInt8]) { input.yield(bytes) }

    /// Closes the connection.
    package func hangUp() { input.finish() }

    /// Breaks it.
    package func breakDown() { input.finish(throwing: Broken()) }

    /// The next command of the client, without its line end.
    package func hear() async -> String {
        guard let text = await hearWhole() else { return "" }
        return text.hasSuffix("\r\n") ? String(text.dropLast()) : text
    }

    /// The next command of the client as it is; nil if nothing comes any more.
    package func hearWhole() async -> String? {
        for await text in output { return text }
        return nil
    }

    /// Answers a sign-in until it is done, in any version, as a scripted server.
    package func admitClient(proof answer: String? = nil) async {
        while true {
            let words = await hear().split(separator: " ").map(String.init)
            guard words.count > 1 else { return }
            let number = words[1]
            switch words[0] {
            case "VER": say("VER \(number) \(words[2])")
            case "INF": say("INF \(number) MD5")
            case "CVR": say("CVR \(number) 1.0.0000 1.0.0000 1.0.0000 http://a.example http://b.example")
            case "USR" where words[3] == "I":
                switch words[2] {
                case "MD5": say("USR \(number) MD5 S 1013928519.693957190")
                case "TWN": say("USR \(number) TWN S ct=1,rver=1")
                default: say("USR \(number) SSO S MBI_KEY_OLD " + String(repeating: "A", count: 64))
                }
            case "USR":
                say(answer?.replacing("TRID", with: number) ?? "USR \(number) OK alice@example.com 1 0")
                return
            default: return
            }
        }
    }
}

/// Tickets that are always the same.
package struct FixedTickets: TicketSource {
    package var failure: TicketError?

    package init(failure: TicketError? = nil) {
        self.failure = failure
    }

    package func ticket(for credentials: Credentials, challenge: String) async throws(TicketError) -> Secret<WireToken>
    {
        if let failure { throw failure }
        return "t=ticket&p=profile"
    }

    package func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken {
        if let failure { throw failure }
        return SecurityToken(ticket: "t=ticket&p=", secret: "j0gHFI5mHqLVUTA0djGPT5aUgqQMKtVl")
    }
}

/// What several tests do.
package enum Stage {
    package static let credentials = Credentials(userHandle: "alice@example.com", password: "secret")

    /// Runs a session that is signed in already.
    package static func signedIn<Result: Sendable>(
        _ version: UInt8 = 12, clock: ManualClock = ManualClock(), unread: Int = 100, unsent: Int = 1 << 20,
        _ body: @escaping @Sendable (ClientSession, MemoryLink) async throws -> Result
    ) async throws -> Result {
        let link = MemoryLink()
        let version = ProtocolVersion(version)
        let setup = SessionSetup(
            service: .notification, version: version, unreadMessages: unread, unsentBytes: unsent, clock: clock)
        return try await ClientSession.run(over: link, setup) { session in
            async let served: Void = link.admitClient(proof: okay(version))
            let signIn = SignIn(credentials: credentials, versions: [version], tickets: FixedTickets())
            _ = try await signIn.perform(on: session)
            await served
            return try await clock.guarding { try await body(session, link) }
        }
    }

    /// The answer to the proof as a version spells it.
    package static func okay(_ version: ProtocolVersion) -> String {
        var writer = LineWriter(version: version)
        guard let alice = try? Account("alice@example.com") else { return "" }
        let attempts = [
            USR.Authenticated(userHandle: alice, friendlyName: "Alice"),
            USR.Authenticated(userHandle: alice, friendlyName: "Alice", isVerified: true),
            USR.Authenticated(
                userHandle: alice, friendlyName: "Alice", isVerified: true, isRestricted: false),
            USR.Authenticated(userHandle: alice, isVerified: true, isRestricted: false),
        ]
        for form in attempts where writer.bytes.isEmpty { try? form.encode(into: &writer, transaction: 77) }
        return String(decoding: writer.bytes.dropLast(2), as: UTF8.self).replacing(" 77 ", with: " TRID ")
    }

    /// The next notice.
    package static func next(_ session: ClientSession) async -> SessionNotice? {
        for await notice in session.notices { return notice }
        return nil
    }
}
