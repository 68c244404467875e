import MSNPSession
import SampleServer
import SessionLint
import Testing

/// What the server says is held against the grammar by `msnp lint`.
@Suite(.timeLimit(.minutes(30)))
struct RecordingTests {
    @Test(arguments: RawScripts.all)
    func aWholeEveningLintsWithoutErrorsAndWarnings(_ version: Int) async throws {
        try await RawScripts.run { scripts in
            for (main, chat) in try await Evening.play(scripts, version) {
                let rows = await ["connection\tdirection\twire"] + main.rows("NS1") + chat.rows("SB1")
                var lint = RecordingLint()
                let reports = lint.lint(Array((rows.joined(separator: "\n") + "\n").utf8), file: "MSNP\(version)")
                #expect(reports.filter { $0.severity != .note } == [])
                #expect(lint.totals.commands > 20 && lint.totals.unknown == 0)
            }
        }
    }

    @Test(arguments: [7, 12, 18])
    func theServersOwnRecordingLintsAndHasNoSecrets(_ version: Int) async throws {
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
