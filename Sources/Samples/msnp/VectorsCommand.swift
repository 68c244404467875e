// Shows: framing, decoding and encoding for any version, service and sender, chosen at run time.
import ArgumentParser
import Foundation

/// Checks files of real wire lines against the grammar.
struct VectorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Checks wire lines: valid ones decode and encode to the same bytes, invalid ones are refused.",
        discussion: """
            A file whose rows have other columns is skipped. The exit status is 1 if a row fails, or if there is nothing \
            to check.
            """)

    @Argument(help: "Tab-separated files: versions, server, direction, validity, wire, source.")
    var files: [String]

    func run() async throws {
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
