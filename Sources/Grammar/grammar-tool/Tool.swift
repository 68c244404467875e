import DissectorEmitter
import GrammarReport
import ModelEmitter
import ProtocolGrammar
import SwiftEmitter
import ToolSupport
import YAMLTree

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Not top-level code, because builds for fuzzing compile every program as a library.
@main
enum EntryPoint {
    static func main() {
        exit(Tool.run(Array(CommandLine.arguments.dropFirst())))
    }
}

/// The tool: read, check, emit, write.
enum Tool {
    static let usage = """
        usage: grammar-tool check FOLDER [--version V]
               grammar-tool swift FOLDER --output FOLDER [--options FILE] [--files many|few]
               grammar-tool dissector FOLDER [--output FILE]
               grammar-tool export json FOLDER [--output FILE]
               grammar-tool recordings FOLDER --output FOLDER
               grammar-tool schema --output FOLDER
               grammar-tool explain FOLDER [--version V] [--service S] [--sender client|server] LINE
               grammar-tool explain FOLDER --rows FILE
               grammar-tool diff FOLDER VERSION VERSION [--format text|json]
               grammar-tool diff FOLDER FOLDER [--version V] [--format text|json]
               grammar-tool diff FOLDER --revision R [--version V] [--format text|json]
               grammar-tool new version NAME [--based-on V] [--number N] [--grammar FOLDER]
               grammar-tool new command|payload NAME [--grammar FOLDER]

        check      prints the errors of a grammar, or nothing if there are none; with a version also what goes on in
                   it because of its base, what ends there, and which of its forms have no example
        swift      writes the Swift API of a grammar, one file per command, or in few files whose names are the same
                   for every grammar; unchanged files stay untouched
        dissector  writes a dissector for Wireshark in Lua, to standard output unless there is a file
        export     writes the whole grammar as one JSON document, for programs in any language, to standard output
                   unless there is a file
        recordings writes each conversation in each of its versions as a recording
        schema     writes a JSON Schema of each kind of grammar file, for editors
        explain    prints what a line means in every context that the options leave open; text after a line
                   break is the payload, which may be left out. With rows of a version, a service, a sender and the
                   bytes in hexadecimal digits, with tabs between them, prints one JSON object for each
        diff       prints everything that is different between two versions or two grammars, the older one first,
                   or between the folder in a revision of its git repository and the folder as it is
        new        adds a version, a command or a payload that is right as it stands, with comments that say what to
                   fill in; nothing that exists is written over. The folder is Grammar unless there is another

        """

    static func run(_ arguments: [String]) -> Int32 {
        guard let arguments = Arguments(arguments) else { return refuse(usage, status: 2) }
        let words = arguments.words
        switch words.first {
        case "check" where arguments.fit(1, ["--version"]):
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return arguments.options["--version"].map { review($0, in: grammar) } ?? 0
        case "swift" where arguments.fit(1, ["--output", "--options", "--files"]):
            let files = arguments.options["--files"] ?? "many"
            guard let output = arguments.options["--output"], ["many", "few"].contains(files) else { break }
            guard let grammar = grammar(in: words[1]),
                let options = generationOptions(arguments.options["--options"], for: grammar)
            else { return 1 }
            let emitted = SwiftEmitter.emit(grammar, options: options)
            let written = files == "few" ? SwiftEmitter.joined(emitted) : emitted
            return write(written.map { ($0.name, $0.text) }, to: output)
        case "dissector" where arguments.fit(1, ["--output"]):
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return write(DissectorEmitter.emit(grammar), toFileOrScreen: arguments.options["--output"])
        case "recordings" where arguments.fit(1, ["--output"]):
            guard let output = arguments.options["--output"] else { break }
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return write(ConversationRecording.all(of: grammar).map { ($0.name, $0.text) }, to: output)
        case "export" where arguments.fit(2, ["--output"]):
            guard words[1] == "json" else { break }
            guard let grammar = grammar(in: words[2]) else { return 1 }
            return write(ModelEmitter.emit(grammar), toFileOrScreen: arguments.options["--output"])
        case "schema" where arguments.fit(0, ["--output"]):
            guard let output = arguments.options["--output"] else { break }
            return write(GrammarSchema.all.map { ($0.name, $0.text) }, to: output)
        case "explain" where arguments.fit(2, ["--version", "--service", "--sender"]):
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return explain(words[2], arguments.options, in: grammar)
        case "explain" where arguments.fit(1, ["--rows"]):
            guard let path = arguments.options["--rows"] else { break }
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return explain(rowsOf: path, in: grammar)
        case "diff" where ["text", "json"].contains(arguments.options["--format"] ?? "text"):
            return difference(arguments) ?? refuse(usage, status: 2)
        case "new" where arguments.fit(2, ["--based-on", "--number", "--grammar"]):
            return add(words[1], named: words[2], arguments.options) ?? refuse(usage, status: 2)
        case "--help", "help":
            FileSystem.print(usage, toError: false)
            return 0
        default: break
        }
        return refuse(usage, status: 2)
    }

    /// Compares two versions or two grammars; nil if the arguments ask for neither.
    private static func difference(_ arguments: Arguments) -> Int32? {
        let (words, options) = (arguments.words, arguments.options)
        let asJSON = options["--format"] == "json"
        if arguments.fit(3, ["--format"]) {
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return compare(words[2], words[3], in: grammar, asJSON: asJSON)
        }
        if let revision = options["--revision"], arguments.fit(1, ["--format", "--version", "--revision"]) {
            do throws(FileSystem.Failure) {
                let old = try GitRevision.grammarFiles(in: words[1], at: revision)
                let new = try FileSystem.grammarFiles(in: words[1])
                let names = ("\(words[1]) at \(revision)", words[1])
                return compare((names.0, old), (names.1, new), in: options["--version"], asJSON: asJSON)
            } catch {
                return refuse(error.text)
            }
        }
        guard arguments.fit(2, ["--format", "--version"]) else { return nil }
        guard let old = files(in: words[1]), let new = files(in: words[2]) else { return 1 }
        return compare((words[1], old), (words[2], new), in: options["--version"], asJSON: asJSON)
    }

    static func refuse(_ reason: String, status: Int32 = 1) -> Int32 {
        FileSystem.print(reason, toError: true)
        return status
    }

    /// Reads a file of options and prints its diagnostics. Nil if it has errors.
    private static func generationOptions(_ path: String?, for grammar: Grammar) -> GenerationOptions? {
        guard let path else { return GenerationOptions() }
        do throws(FileSystem.Failure) {
            let file = try FileSystem.file(path)
            let read = GenerationOptions.read(file, for: grammar)
            if !read.diagnostics.isEmpty {
                FileSystem.print(read.diagnostics.rendered(sources: [file]), toError: true)
            }
            return read.diagnostics.hasErrors ? nil : read.options
        } catch {
            FileSystem.print(error.text, toError: true)
            return nil
        }
    }

    /// Reads and checks a grammar and prints its diagnostics. Nil if it has errors.
    private static func grammar(in folder: String) -> Grammar? { files(in: folder).flatMap { grammar(of: $0) } }

    /// Reads the files of a grammar. Nil if there is a reason to print.
    static func files(in folder: String) -> [SourceFile]? {
        do throws(FileSystem.Failure) {
            return try FileSystem.grammarFiles(in: folder)
        } catch {
            FileSystem.print(error.text, toError: true)
            return nil
        }
    }

    /// Checks the files of a grammar, and that its Swift compiles, and prints the diagnostics. Nil if there are errors.
    static func grammar(of files: [SourceFile]) -> Grammar? { CheckedGrammar.read(files, also: [SwiftChecker.check]) }

    /// Writes one file, or standard output without one; an unchanged file stays untouched.
    private static func write(_ text: String, toFileOrScreen path: String?) -> Int32 {
        guard let path else {
            FileSystem.print(text, toError: false)
            return 0
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, !name.isEmpty else { return refuse("'\(path)' is not a file\n") }
        let folder = parts.dropLast().joined(separator: "/")
        let isAbsolute = path.hasPrefix("/") && folder.isEmpty
        return write([(String(name), text)], to: isAbsolute ? "/" : folder.isEmpty ? "." : folder)
    }

    /// Writes files, whose names may contain folders.
    private static func write(_ files: [(name: String, text: String)], to folder: String) -> Int32 {
        do throws(FileSystem.Failure) {
            let output = try OutputFolder(folder)
            for file in files { try output.write(file.text, to: file.name) }
            return 0
        } catch {
            return refuse(error.text)
        }
    }
}
