import Foundation
import Testing
import YAMLTree

/// The tool writes nothing at all where a grammar is not sound: half of an API would be worse than the one of before.
struct SpoiledGrammarTests {
    @Test(arguments: ["grammar-tool", "reference-tool"])
    func nothingIsWrittenOfASpoiledGrammar(_ tool: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spoiled-\(tool)-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let commands = folder.appending(path: "Grammar/commands")
        try Base.write(to: folder.appending(path: "Grammar"))
        let output = folder.appending(path: "Output")
        let arguments =
            (tool == "grammar-tool" ? ["swift"] : [])
            + [folder.appending(path: "Grammar").path, "--output", output.path]
        #expect(try GrammarTool.run(arguments, tool: tool).status == 0)
        #expect(try !FileManager.default.contentsOfDirectory(atPath: output.path).isEmpty)
        try FileManager.default.removeItem(at: output)
        let spoiled = [
            "command: ABC\n", "command: ABC\nclient: {\n", "\u{0}",
            "command: ABC\nabout: x\nclient:\n  ask: { answers: [X.y] }\n",
            "- a\n", "command: BAS\n",
        ]
        for text in spoiled {
            try Data(text.utf8).write(to: commands.appending(path: "ABC.yaml"))
            let result = try GrammarTool.run(arguments, tool: tool)
            #expect(result.status == 1, "\(text)")
            #expect(result.errors.contains("ABC.yaml:"), "\(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: output.path), "\(text)")
        }
    }
}
