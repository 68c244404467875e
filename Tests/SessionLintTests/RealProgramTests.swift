import Foundation
import SessionLint
import TestSupport
import Testing
import WireProtocol
import YAMLTree

/// A recording with a real program at one end or both.
struct RealRecording: CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    var testDescription: String { name }

    /// The end that is a real program; `nil` for both.
    var realEnd: Sender? {
        if name.contains("-client_") { return nil }
        return name.hasPrefix("sample-server") ? .client : .server
    }

    static func all() throws -> [RealRecording] {
        try Repository.files(in: Repository.folder.appending(path: "Tests/Recordings"), ending: ".tsv")
            .map { RealRecording(name: $0.path, bytes: $0.bytes) }
    }
}

struct RealProgramTests {
    @Test func thereAreRecordingsOfEachProgram() throws {
        let names = try RealRecording.all().map(\.name)
        #expect(names.count == 57)
        for program in ["escargot", "libpurple", "msnpecan", "bitlbee18", "pidgin18", "pecan12", "twisted8"] {
            #expect(names.contains { $0.contains(program) }, "\(program)")
        }
    }

    @Test(arguments: try RealRecording.all())
    func whatARealProgramSaysIsRightOrAKnownDeviation(recording: RealRecording) {
        var lint = RecordingLint(options: RecordingLint.Options(sender: recording.realEnd))
        let errors = lint.lint(recording.bytes, file: recording.name).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
        #expect(lint.totals.commands > 0 && lint.totals.unknown == 0)
    }

    @Test(arguments: [
        ("escargot-msnp18-client_libpurple_chat.tsv", "known deviation of Pidgin 2.10, BitlBee 3.2: the braces"),
        ("sample-server-bitlbee18-unshimmed.tsv", "no extended capabilities are two zeros"),
        ("sample-server-pecan12-unshimmed.tsv", "known deviation of msn-pecan: the padding of older versions"),
        ("escargot-msnp05-login.tsv", "known deviation of Escargot: the answer to SYN"),
        ("escargot-msnp08-login.tsv", "known deviation of Escargot: groups are also sent"),
    ])
    func aDeviationIsNamedAndAnErrorOnDemand(name: String, text: String) throws {
        let recording = try #require(try RealRecording.all().first { $0.name == name })
        for (isStrict, severity) in [(false, LintReport.Severity.warning), (true, .error)] {
            var lint = RecordingLint(
                options: RecordingLint.Options(sender: recording.realEnd, isStrict: isStrict))
            let found = lint.lint(recording.bytes, file: name).filter { $0.text.contains(text) }
            #expect(!found.isEmpty && found.allSatisfy { $0.severity == severity })
        }
    }
}
