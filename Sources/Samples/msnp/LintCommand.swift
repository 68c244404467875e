// Shows: a recorded conversation, replayed through the grammar and the generated session rules.
import ArgumentParser
import Foundation
import SessionLint
import WireProtocol

/// Replays recorded conversations.
struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Replays recorded conversations and says what in them does not fit the protocol.",
        discussion: """
            A recording is a table with tabs between its columns. The first row is 'connection direction wire'; the \
            others are bytes as they came: a connection such as NS1 (DS, NS, SB or FT and a number), C>S or S>C, and \
            the bytes with the escapes \\r \\n \\t \\\\ \\xHH. Rows that start with # are remarks.

            The exit status is 1 if there is an error.
            """)

    @Argument(help: "Recordings.")
    var files: [String]

    @Option(help: "The version of a switchboard whose notification server is not in the recording.")
    var version: VersionArgument?

    @Option(help: "Report only on one end, client or server; the other one is replayed, and not counted.")
    var sender: SenderArgument?

    /// Prints the findings and the totals.
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
