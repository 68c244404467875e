import Foundation
import TestSupport
import Testing
import YAMLTree

/// What the sources may not have, because it would take away what the compiler proves.
struct SourceRulesTests {
    /// Each is allowed below a comment that begins with `Proof:` alone.
    private static let forbidden = [
        "@unchecked Sendable", "nonisolated(unsafe)", "fatalError(", "try!", "@preconcurrency",
    ]

    @Test(arguments: ["Sources", "Plugins"])
    func nothingIsTakenFromTheCompilerWithoutAProof(_ folder: String) throws {
        let files = try Repository.files(in: Repository.folder.appending(path: folder), ending: ".swift")
        #expect(files.count > 1)
        for file in files {
            var proof = false
            for (index, line) in String(decoding: file.bytes, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false
            ).enumerated() {
                let text = line.trimmingCharacters(in: .whitespaces)
                if text.hasPrefix("//") {
                    proof = proof || text.contains("Proof:")
                    continue
                }
                for word in Self.forbidden where text.contains(word) && !proof {
                    Issue.record("\(folder)/\(file.path):\(index + 1): \(word)")
                }
                proof = false
            }
        }
    }

    /// What comes from the network reaches a terminal only through the one function that makes it safe.
    @Test(arguments: [
        ("Sources/Samples/msnp", "StandardStreams.swift"), ("Sources/Samples/Client", ""), ("Sources/MSNP", ""),
        ("Sources/Wire", ""), ("Sources/Grammar/grammar-tool", "FileSystem.swift"),
    ])
    func onlyOneFilePrints(_ folder: String, _ printer: String) throws {
        let files = try Repository.files(in: Repository.folder.appending(path: folder), ending: ".swift")
        #expect(files.count > 1)
        let ways = [
            "standardOutput", "standardError", "fputs(", "fwrite(", " print(", " debugPrint(", "stdout", "stderr",
        ]
        for file in files where file.path != printer {
            for (index, line) in String(decoding: file.bytes, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false
            ).enumerated() {
                let text = " " + line.trimmingCharacters(in: .whitespaces)
                // What another program prints comes from a pipe.
                guard !text.hasPrefix(" //"), !text.contains("func print("), !text.contains("try print("),
                    !text.contains("process.standard")
                else { continue }
                for way in ways where text.contains(way) && !text.contains("StreamLogHandler.standardError") {
                    Issue.record("\(folder)/\(file.path):\(index + 1): \(way)")
                }
            }
        }
    }
}
