// Shows: the typed API reads a line in each context, and the grammar in words tells what it found.
import ArgumentParser
import MSNP
import MSNPDescription
import ProtocolDescription
import WireProtocol

/// What one line means.
struct ExplainCommand: AsyncParsableCommand {
    /// Name and summary.
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells what a line means, in every context that the options leave open.",
        discussion: """
            Payload bytes need not be given; what stands behind a line break is taken for them. A line that reads in no
            context is explained on standard error; the exit status is then 1.
            """)

    /// The line.
    @Argument(help: "The line without its line end, for example 'USR 4 OK alice@example.com Alice 1 0'.")
    var line: String

    /// The version spoken.
    @Option(help: "The version of the protocol; all of them if left out.")
    var version: VersionArgument?

    /// The service connected to.
    @Option(help: "The service; all of them if left out.")
    var service: ServiceArgument?

    /// The end that sends.
    @Option(help: "Who sends the line; both if left out.")
    var sender: SenderArgument?

    /// Explains the line.
    func run() async throws {
        let description = try ProtocolDescription.msnp()
        let scope = LineExplainer.Scope(
            version: version.map { Int($0.version.number) }, service: service?.service.rawValue,
            sender: sender.map { $0 == .client ? .client : .server })
        let given = GivenLine(line)
        let explanation = LineExplainer(description).explain(given.line, in: scope) { given.read(in: $0) }
        guard explanation.isRead else {
            try StandardStreams.diagnose(explanation.text.trimmingSuffix("\n"))
            throw ExitCode(1)
        }
        try StandardStreams.write(Array(explanation.text.utf8))
    }
}

extension String {
    /// The text without a suffix that it may have.
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
