import MSNPSession
import SampleServer
import SessionLint
import Synchronization
import Testing

/// What the server says is held against the grammar by `msnp lint`.
@Suite(.timeLimit(.minutes(2)))
struct RecordingTests {
    @Test(arguments: RawScripts.all)
    func aWholeEveningLintsWithoutErrorsAndWarnings(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            let bob = try await scripts.signIn(.bob, version)
            try await Self.list(bob, version)
            try await scripts.goOnline(bob, version)
            let alice = try await scripts.signIn(.alice, version)
            try await Self.list(alice, version)
            try await scripts.goOnline(alice, version)
            _ = try await alice.settled()
            try await scripts.goOnline(bob, version, "BSY", number: 11)
            if version >= 11 {
                await bob.send("UUX 12", payload: "<Data><PSM>busy</PSM><CurrentMedia></CurrentMedia></Data>")
                try await bob.expect("UUX 12 0")
            }
            let (caller, callee) = try await scripts.chat(alice, .alice, version, bob, .bob, version)
            let text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nhello"
            await caller.send("MSG 3 A", payload: text)
            try await caller.expect("ACK 3")
            try await callee.expect("MSG alice@example.com")
            await callee.send("MSG 4 N", payload: text)
            try await caller.expect("MSG bob@example.com")
            await callee.send("OUT")
            try await caller.expect("BYE bob@example.com")
            if version >= 16 { try await caller.expect("BYE bob@example.com") }
            await bob.send("OUT")
            try await alice.expect("FLN ")
            _ = try await alice.settled()
            for (main, chat) in [(alice, caller), (bob, callee)] {
                let rows = await ["connection\tdirection\twire"] + main.rows("NS1") + chat.rows("SB1")
                var lint = RecordingLint()
                let reports = lint.lint(Array((rows.joined(separator: "\n") + "\n").utf8), file: "MSNP\(version)")
                #expect(reports.filter { $0.severity != .note } == [])
                #expect(lint.totals.commands > 20 && lint.totals.unknown == 0)
            }
        }
    }

    /// Brings the lists, as the version does.
    private static func list(_ peer: Peer, _ version: Int) async throws {
        if version < 13 {
            await peer.send(version < 10 ? "SYN 5 0" : "SYN 5 0 0")
        } else {
            await peer.send("BLP 5 AL")
            await peer.send(
                "ADL 6", payload: "<ml l=\"1\"><d n=\"example.com\"><c n=\"dave\" l=\"3\" t=\"1\"/></d></ml>")
            await peer.send("PRP 7 MFN Somebody")
        }
        _ = try await peer.settled()
    }

    /// The server's own recording of two users lints as well, and has no password, ticket or cookie in it.
    @Test(arguments: [7, 12, 18])
    func recordsItself(_ version: Int) async throws {
        let rows = Rows()
        var configuration = RawScripts.young
        configuration.recorder = SessionRecorder { rows.add($0) }
        let secrets = Rows()
        try await RawScripts.run(configuration) { scripts in
            let bob = try await scripts.online(.bob, version)
            let alice = try await scripts.online(.alice, version)
            let (caller, callee) = try await scripts.chat(alice, .alice, version, bob, .bob, version)
            await caller.send("MSG 3 A", payload: "\r\n\r\nhello")
            try await callee.expect("MSG alice@example.com")
            await caller.send("OUT")
            try await callee.expect("BYE alice@example.com")
            for line in await alice.log + bob.log where line.hasPrefix("XFR 20 SB") || line.hasPrefix("RNG") {
                secrets.add(String(line.split(separator: " ")[line.hasPrefix("RNG") ? 4 : 5]))
            }
            await alice.send("USR hunter2")
            _ = try await alice.settled()
            for peer in [alice, bob] {
                await peer.send("OUT")
                _ = await peer.rest()
            }
        }
        let text = rows.all.joined(separator: "\n") + "\n"
        var lint = RecordingLint()
        let errors = lint.lint(Array(text.utf8), file: "server").filter { $0.severity == .error }
        #expect(errors.map(\.line) == [rows.all.firstIndex { $0.hasSuffix("USR 0000000\\r\\n") }.map { $0 + 1 }])
        #expect(lint.totals.commands > 30)
        #expect(secrets.all.count == 2)
        #expect(!text.contains("hunter2") && !secrets.all.contains { text.contains($0) })
        #expect(!rows.all.contains { $0.contains("t=") && $0.contains("C>S") && !$0.contains("t=00000000") })
    }
}

/// Lines that several tasks add to.
private final class Rows: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
