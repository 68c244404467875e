import Foundation

/// The tools that were built beside these tests.
enum GrammarTool {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs `grammar-tool`, or another tool of that name.
    static func run(_ arguments: [String], tool: String = "grammar-tool") throws -> Outcome {
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let process = Process()
        process.executableURL = tests.appending(path: tool)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // What is written here fits into the pipes, so reading them in turn cannot stall.
        let words = try output.fileHandleForReading.readToEnd() ?? Data()
        let reasons = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: words, as: UTF8.self),
            errors: String(decoding: reasons, as: UTF8.self))
    }
}
