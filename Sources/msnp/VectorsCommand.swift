// Shows: the same framing, decoding and encoding for any version, service and sender, chosen by values.
import ArgumentParser
import Foundation

/// Holds files of real wire lines against the grammar.
struct VectorsCommand: AsyncParsableCommand {
    /// Name and summary.
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Checks files of wire lines: valid ones decode and encode back, invalid ones are refused.")

    /// The files.
    @Argument(help: "Tab-separated files: versions, server, direction, validity, wire, source.")
    var files: [String]

    /// Prints each failing row and the totals.
    func run() async throws {
        var passed = 0
        var failed = 0
        for file in files {
            let text: String
            do {
                text = try String(contentsOfFile: file, encoding: .utf8)
            } catch {
                throw ValidationError("cannot read '\(file)'")
            }
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                guard let failures = failures(String(line), file, index + 1) else { continue }
                for failure in failures { try StandardStreams.print(failure) }
                if failures.isEmpty { passed += 1 } else { failed += 1 }
            }
        }
        try StandardStreams.print("\(passed) passed, \(failed) failed")
        if failed > 0 { throw ExitCode(1) }
    }

    /// What is wrong with a row; nil for an empty line.
    private func failures(_ line: String, _ file: String, _ number: Int) -> [String]? {
        do throws(VectorRow.Problem) {
            guard let row = try VectorRow(line, file: file, line: number) else { return nil }
            return VectorCheck.check(row).map { "\(file):\(number): \($0.version): \($0.reason)" }
        } catch {
            return ["\(file):\(number): \(error)"]
        }
    }
}
