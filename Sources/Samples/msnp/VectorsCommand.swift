// Shows: framing, decoding and encoding for any version, service and sender, chosen at run time.
import ArgumentParser
import Foundation

/// Checks files of real wire lines against the grammar.
struct VectorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Checks files of wire lines: valid ones decode and encode back, invalid ones are refused.")

    @Argument(help: "Tab-separated files: versions, server, direction, validity, wire, source.")
    var files: [String]

    /// Prints each failing row and the totals.
    func run() async throws {
        var count = Count()
        var lists: Set<String> = []
        // A shell pattern also matches the list of exceptions.
        for file in files where URL(filePath: file).lastPathComponent != VectorExceptions.fileName {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw ValidationError("cannot read '\(file)'")
            }
            let exceptions = VectorExceptions(beside: file)
            if lists.insert(exceptions.path).inserted {
                for problem in exceptions.problems { try fail(problem, &count) }
            }
            try check(text, file, exceptions, &count)
        }
        try StandardStreams.print("\(count.passed) passed, \(count.failed) failed, \(count.excepted) excepted")
        if count.failed > 0 { throw ExitCode(1) }
    }

    /// The results so far.
    private struct Count {
        /// Rows that pass.
        var passed = 0
        /// Rows that fail.
        var failed = 0
        /// Rows that fail as the list of exceptions expects.
        var excepted = 0
    }

    /// Checks the rows of a file, and that its exceptions are still needed.
    private func check(
        _ text: String, _ file: String, _ exceptions: VectorExceptions, _ count: inout Count
    ) throws {
        let excepted = exceptions.entries(for: file)
        var seen: Set<String> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let place = "\(file):\(index + 1)"
            let row: VectorRow
            do throws(VectorRow.Problem) {
                guard let read = try VectorRow(String(line)) else { continue }
                row = read
            } catch {
                try fail("\(place): \(error)", &count)
                continue
            }
            seen.insert(row.key)
            let failures = VectorCheck.check(row)
            let exception = excepted.first { $0.key == row.key }
            switch (failures.isEmpty, exception) {
            case (true, nil): count.passed += 1
            case (false, _?): count.excepted += 1
            case (true, let exception?):
                try fail("\(place): behaves as it says; \(exceptions.path):\(exception.line) is stale", &count)
            case (false, nil):
                let lines = failures.map { "\(place): \($0.version): \($0.reason)" }
                try fail(lines.joined(separator: "\n"), &count)
            }
        }
        for exception in excepted where !seen.contains(exception.key) {
            try fail("\(exceptions.path):\(exception.line): no such row in \(file)", &count)
        }
    }

    /// Prints a failure and counts it.
    private func fail(_ text: String, _ count: inout Count) throws {
        try StandardStreams.print(text)
        count.failed += 1
    }
}
