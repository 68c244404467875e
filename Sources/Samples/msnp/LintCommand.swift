// Shows: a recorded conversation replayed by the grammar and by the generated rules of the sessions.
import ArgumentParser
import Foundation
import SessionLint
import WireProtocol

/// Replays recorded conversations.
struct LintCommand: AsyncParsableCommand {
    /// Name and summary.
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Replays recorded conversations and says what in them does not fit the protocol.",
        discussion: """
            A recording is a table with tabs between its columns. The first row is 'connection direction wire'; the \
            others are bytes as they came: a connection such as NS1 (DS, NS, SB or FT and a number), C>S or S>C, and \
            the bytes with the escapes \\r \\n \\t \\\\ \\xHH. Rows that start with # are remarks.

            The exit status is 1 if there is an error.
            """)

    /// The files.
    @Argument(help: "Recordings.")
    var files: [String]

    /// The version where none is agreed on.
    @Option(help: "The version of a switchboard whose notification server is not in the recording.")
    var version: VersionArgument?

    /// The end to report on.
    @Option(help: "Report only on one end, client or server; the other one is replayed, and not counted.")
    var sender: SenderArgument?

    /// Prints what there is to say, and the totals.
    func run() async throws {
        var lint = RecordingLint(
            options: RecordingLint.Options(
                version: version?.version, sender: sender.flatMap { Sender(rawValue: $0.rawValue) }))
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ValidationError("cannot read '\(file)'")
            }
            for report in lint.lint(Array(data), file: file) { try StandardStreams.print(report.description) }
        }
        try StandardStreams.print(lint.totals.description)
        if lint.totals.errors > 0 { throw ExitCode(1) }
    }
}
