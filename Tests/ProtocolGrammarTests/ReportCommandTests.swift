import Foundation
import Testing

/// What the tool answers to questions about a grammar, and where it prints that.
struct ReportCommandTests {
    private static let versions = (2...10).map { "T\($0)" }.joined(separator: ", ")

    /// Runs the tool on the base grammar, which comes behind the subcommand.
    private func run(_ subcommand: String, _ arguments: [String]) throws -> GrammarTool.Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Base.write(to: folder)
        return try GrammarTool.run([subcommand, folder.path] + arguments)
    }

    @Test(arguments: [
        (
            "explain", ["BAS 1 a", "--version", "t3", "--sender", "client"],
            "from a client on main, side in T3\nBAS.ask"
        ),
        ("explain", ["BAS 1 a", "--version", "3", "--service", "side"], "from a server on side in T3\nBAS.reply"),
        ("diff", ["T4", "t5"], "T4 to T5\n\nValues\n  + Status.away = AWY\n\nErrors\n  + 201 invalidParameter\n"),
        ("check", ["--version", "t6"], "Ends at T5: 0\nWithout an example in T6: 0\n"),
        ("diff", ["2", "2"], "T2 to T2\nNo differences.\n"),
    ])
    func answersGoToStandardOutput(_ subcommand: String, _ arguments: [String], _ snippet: String) throws {
        let result = try run(subcommand, arguments)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
        #expect(result.output.contains(snippet), "\(result.output)")
    }

    @Test(arguments: [
        ("explain", ["BAS 1 a", "--version", "T1"], "no version is named 'T1'; the versions are \(versions)\n"),
        ("explain", ["BAS 1 a", "--service", "x"], "no service is named 'x'; the services are main, side\n"),
        ("explain", ["BAS 1 a", "--sender", "x"], "'--sender' must be client or server\n"),
        ("explain", ["BAS"], "This is not a line of BAS (tried: all versions, all services, both senders).\n"),
        ("check", ["--version", "T1"], "no version is named 'T1'; the versions are \(versions)\n"),
        ("diff", ["T1", "T2"], "no version is named 'T1'; the versions are \(versions)\n"),
        ("diff", ["T2", "T11"], "no version is named 'T11'; the versions are \(versions)\n"),
    ])
    func whatIsWrongGoesToStandardError(_ subcommand: String, _ arguments: [String], _ start: String) throws {
        let result = try run(subcommand, arguments)
        #expect(result.status == 1 && result.output.isEmpty, "\(result)")
        #expect(result.errors.hasPrefix(start), "\(result.errors)")
    }

    @Test(arguments: [
        ("diff", ["T2", "T3", "T4"]), ("diff", ["T2", "T3", "--version", "T3"]), ("explain", []),
    ])
    func tooFewOrTooManyWordsShowTheUsage(_ subcommand: String, _ arguments: [String]) throws {
        let result = try run(subcommand, arguments)
        #expect(result.status == 2)
        #expect(result.errors.hasPrefix("usage: "))
    }
}
