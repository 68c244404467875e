#if Network
// Shows: framing, decoding and encoding for any version, service and sender, chosen at run time.
import ArgumentParser
import Foundation
import MSNP
import MSNPSession
import SessionLint
import WireProtocol

/// Checks files of real wire lines against the grammar.
struct VectorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Checks wire lines: valid ones decode and encode to the same bytes, invalid ones are refused.",
        discussion: """
            With --from, the commands of a recording or a capture become such rows, one for each different command. \
            See 'msnp record --anonymise' before you share them.

            A file whose rows have other columns is skipped. The exit status is 1 if a row fails, or if there is nothing \
            to check.
            """)

    @Argument(help: "Tab-separated files: versions, server, direction, validity, wire, source.")
    var files: [String] = []

    @Option(
        help: "Print rows instead, for the commands of a recording or a capture that decode; secrets become zeros.")
    var from: String?

    @Option(help: "With --from, the version of switchboard connections whose notification connection is not recorded.")
    var version: VersionArgument?

    func validate() throws {
        guard files.isEmpty == (from != nil) else { throw ValidationError("name files to check, or one with --from") }
    }

    /// Prints a row for each command of a recording.
    private func printRows(of file: String) throws {
        let source = URL(filePath: file).deletingPathExtension().lastPathComponent
        var (rows, known, left) = ([String](), Set<String>(), 0)
        let recording = try RecordingSource(file).recording
        try recording.visitCommands(version: version?.version) { row, part, _ in
            guard let line = part.line else { return left += 1 }
            let row = [
                "\(line.version.number)", row.service.shortName, row.sender.direction, "valid",
                SessionRecorder.column(line.redacted), source,
            ].joined(separator: "\t")
            guard known.insert(row).inserted else { return }
            // What programs are known to spell otherwise is no vector of the protocol.
            guard let vector = try? VectorRow(row), VectorCheck.check(vector).isEmpty else { return left += 1 }
            rows.append(row)
        }
        for row in rows { try StandardStreams.print(row) }
        if left > 0 {
            let what = left == 1 ? "command is" : "commands are"
            try StandardStreams.diagnose("\(left) \(what) left out: not decoded, or not in the usual spelling")
        }
    }

    func run() async throws {
        if let from { return try printRows(of: from) }
        var report = VectorReport()
        // A shell pattern also matches the list of exceptions.
        for file in files where URL(filePath: file).lastPathComponent != VectorExceptions.fileName {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw ValidationError("cannot read '\(file)'")
            }
            let exceptions = VectorExceptions(beside: file)
            for line in report.check(text, file: file, exceptions) { try StandardStreams.print(line) }
        }
        try StandardStreams.print(report.totals)
        if !report.isClean { throw ExitCode.failure }
    }
}
#endif
