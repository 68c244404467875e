import DissectorEmitter
import ProtocolGrammar
import ReferenceSite
import SwiftEmitter
import ToolSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Writes the reference of a grammar. A tool of its own, so that builds of packages that use the generator do without it.
@main
enum ReferenceTool {
    static let usage = """
        usage: reference-tool FOLDER --output FOLDER

        Writes the reference of the grammar in a folder as a web site, with a dissector for Wireshark beside it. Open
        index.html. Unchanged files stay untouched; pages that an earlier run wrote and nobody needs go.

        """

    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    static func run(_ words: [String]) -> Int32 {
        if words == ["--help"] {
            FileSystem.print(usage, toError: false)
            return 0
        }
        // The first word of these arguments names a subcommand, which this tool does not have.
        guard let arguments = Arguments(["reference"] + words), arguments.fit(1, ["--output"]),
            let output = arguments.options["--output"]
        else {
            FileSystem.print(usage, toError: true)
            return 2
        }
        do throws(FileSystem.Failure) {
            let files = try FileSystem.grammarFiles(in: arguments.words[1])
            guard let grammar = CheckedGrammar.read(files) else { return 1 }
            let dissector = "\(grammar.name.lowercased()).lua"
            let folder = try OutputFolder(output)
            let code = ExampleCode(language: "Swift") { line, payload, version in
                SwiftExample(grammar, version: version).expression(for: line, payload: payload)
            }
            let pages = ReferenceSite.emit(grammar, files: files, dissector: dissector, code: code)
            try folder.replace(
                with: pages.map { ($0.name, $0.text) } + [(dissector, DissectorEmitter.emit(grammar))])
            return 0
        } catch {
            FileSystem.print(error.text, toError: true)
            return 1
        }
    }
}
