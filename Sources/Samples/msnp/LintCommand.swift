#if Network
// Shows: a recorded conversation, replayed through the grammar and the generated session rules.
import ArgumentParser
import SessionLint
import WireProtocol

/// Replays recorded conversations.
struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Replays recorded conversations and reports what violates the protocol.",
        discussion: """
            A recording is a tab-separated table. The first row is 'connection direction wire'. Each other row holds \
            bytes in the order they were sent: a connection such as NS1 (DS, NS, SB or FT and a number), C>S or S>C, \
            and the bytes with the escapes \\r \\n \\t \\\\ \\xHH. Rows that start with # are comments.

            Captures (pcap and pcapng) are read with tshark; findings then name the number of the packet.

            The exit status is 1 if there are errors.
            """)

    @Argument(help: "The recordings.")
    var files: [String]

    @Option(help: "The version of switchboard connections whose notification connection is not recorded.")
    var version: VersionArgument?

    @Option(help: "Report on one end only; the other is replayed but not counted.")
    var sender: SenderArgument?

    @Flag(help: "Count known deviations of programs as errors.")
    var strict = false

    func run() async throws {
        var lint = RecordingLint(
            options: RecordingLint.Options(
                version: version?.version, sender: sender.flatMap { Sender(rawValue: $0.rawValue) },
                isStrict: strict))
        for file in files {
            let recording = try RecordingSource(file).recording
            for report in lint.lint(recording, file: file) { try StandardStreams.print(report.description) }
        }
        try StandardStreams.print(lint.totals.description)
        if lint.totals.errors > 0 { throw ExitCode.failure }
    }
}
#endif
