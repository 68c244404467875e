import Foundation
import Testing

/// What `grammar-tool diff` compares beside two versions of one grammar.
struct DifferenceCommandTests {
    /// A folder with the base grammar in two subfolders, of which one is changed.
    private struct Place: ~Copyable {
        let folder = FileManager.default.temporaryDirectory.appending(path: "difference-\(UUID().uuidString)")
        var old: String { folder.appending(path: "old").path }
        var new: String { folder.appending(path: "new").path }

        init() throws {
            try Base.write(to: folder.appending(path: "old"))
            try Base.write(Self.changed, to: folder.appending(path: "new"))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        static let changed = Base.texts.map { path, text in
            let isChanged = path == "protocol.yaml"
            return (path: path, text: isChanged ? text.replacing("parameters: 12", with: "parameters: 13") : text)
        }

        func git(_ words: String...) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments =
                ["git", "-C", folder.path, "-c", "user.name=A", "-c", "user.email=a@example.com"] + words
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
        }
    }

    private static let changes = "\nLimits\n  - parameters: 12\n  + parameters: 13\n"

    @Test func twoFoldersAreCompared() throws {
        let place = try Place()
        let text = try GrammarTool.run(["diff", place.old, place.new])
        #expect(text.status == 0 && text.output == "\(place.old) to \(place.new)\n\(Self.changes)", "\(text)")
        let json = try GrammarTool.run(["diff", place.old, place.new, "--version", "T3", "--format", "json"])
        let change = "{\"kind\": \"limit\", \"name\": \"parameters\", \"old\": \"12\", \"new\": \"13\"}"
        #expect(json.status == 0 && json.output.contains("  \"changes\": [\n    \(change)\n  ]\n"), "\(json)")
    }

    @Test func aFolderIsComparedWithARevisionOfIt() throws {
        let place = try Place()
        try place.git("init", "-q")
        try place.git("add", "old")
        try place.git("commit", "-q", "-m", "First")
        try Base.write(Place.changed, to: URL(filePath: place.old))
        let result = try GrammarTool.run(["diff", place.old, "--revision", "HEAD"])
        #expect(
            result.status == 0 && result.output == "\(place.old) at HEAD to \(place.old)\n\(Self.changes)", "\(result)")
        for revision in ["none", "--output=x", "HEAD:old"] {
            let refused = try GrammarTool.run(["diff", place.old, "--revision", revision])
            #expect(refused.status == 1 && refused.output.isEmpty, "\(refused)")
        }
        let empty = try GrammarTool.run(["diff", place.new, "--revision", "HEAD"])
        #expect(empty.status == 1 && empty.errors.contains("the revision 'HEAD' has no grammar in this folder"))
    }

    @Test func aVersionMustBeInBothFolders() throws {
        let place = try Place()
        let result = try GrammarTool.run(["diff", place.old, place.new, "--version", "T1"])
        #expect(result.status == 1 && result.errors.hasPrefix("no version is named 'T1'; "), "\(result)")
    }

    @Test(arguments: [["--format", "xml"], ["--revision", "HEAD", "T2"], []])
    func otherArgumentsShowTheUsage(_ words: [String]) throws {
        let result = try GrammarTool.run(["diff", "Grammar"] + words)
        #expect(result.status == 2 && result.errors.hasPrefix("usage: "), "\(result)")
    }
}
