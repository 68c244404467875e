import GrammarReport
import ProtocolGrammar
import ToolSupport
import YAMLTree

/// The subcommand that adds to a grammar.
extension Tool {
    /// Adds a version, a command or a payload; nil if the words are none of these.
    static func add(_ what: String, named name: String, _ options: [String: String]) -> Int32? {
        let isVersion = what == "version"
        guard isVersion || (["command", "payload"].contains(what) && Set(options.keys).isSubset(of: ["--grammar"]))
        else { return nil }
        let folder = options["--grammar"] ?? "Grammar"
        guard let files = files(in: folder), let grammar = grammar(of: files) else { return 1 }
        do throws(GrammarAddition.Refusal) {
            let addition =
                switch what {
                case "version": try version(name, options, grammar, files)
                case "command": try GrammarAddition.command(name, in: grammar)
                default: try GrammarAddition.payload(name, in: grammar)
                }
            return write(addition, to: folder, files)
        } catch {
            return refuse("\(error.reason)\n")
        }
    }

    private static func version(
        _ name: String, _ options: [String: String], _ grammar: Grammar, _ files: [SourceFile]
    ) throws(GrammarAddition.Refusal) -> GrammarAddition {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(options["--number"] ?? String(digits.reversed())) else {
            throw GrammarAddition.Refusal(reason: "'\(name)' does not end with the version's number; add '--number N'")
        }
        var base: Version?
        if let text = options["--based-on"] {
            base = grammar.version(named: text)
            if base == nil { throw GrammarAddition.Refusal(reason: "no version is named '\(text)'") }
        }
        guard let file = files.first(where: { $0.path == "versions.yaml" || $0.path.hasSuffix("/versions.yaml") })
        else { throw GrammarAddition.Refusal(reason: "the grammar has no file 'versions.yaml'") }
        return try GrammarAddition.version(name, number: number, basedOn: base, in: grammar, file: file)
    }

    /// Writes what is added, unless the grammar would have errors then.
    private static func write(_ addition: GrammarAddition, to folder: String, _ files: [SourceFile]) -> Int32 {
        var addition = addition
        if let schema = addition.schema, FileSystem.exists("\(folder)/schema/\(schema)") {
            addition.text = "# yaml-language-server: $schema=../schema/\(schema)\n" + addition.text
        }
        let path = "\(folder)/\(addition.path)"
        let old = files.filter {
            addition.isNewFile || !($0.path == addition.path || $0.path.hasSuffix("/" + addition.path))
        }
        guard grammar(of: old + [SourceFile(path: path, bytes: Array(addition.text.utf8))]) != nil else { return 1 }
        do throws(FileSystem.Failure) {
            let output = try OutputFolder(folder)
            if addition.isNewFile {
                try output.create(addition.text, at: addition.path)
            } else {
                try output.write(addition.text, to: addition.path)
            }
            FileSystem.print("\(path)\n", toError: false)
            return 0
        } catch {
            return refuse(error.text)
        }
    }
}
