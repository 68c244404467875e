import ProtocolGrammar
import ReferenceEmitter
import SwiftEmitter
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
        usage: grammar-tool check FOLDER
               grammar-tool swift FOLDER --output FOLDER [--options FILE]
               grammar-tool reference FOLDER --output FOLDER
               grammar-tool explain FOLDER [--version V] [--service S] [--sender client|server] LINE
               grammar-tool diff FOLDER VERSION VERSION

        check      prints the errors of a grammar, or nothing if there are none
        swift      writes the Swift API of a grammar, one file per command; unchanged files stay untouched
        reference  writes the reference of a grammar as Markdown; unchanged files stay untouched
        explain    prints what a line means in every context that the options leave open; text after a line
                   break is the payload, which may be left out
        diff       prints the difference between two versions, the older one first

        """

    static func run(_ arguments: [String]) -> Int32 {
        guard let arguments = Arguments(arguments) else { return refuse(usage, status: 2) }
        let words = arguments.words
        switch words.first {
        case "check" where arguments.fit(1):
            return grammar(in: words[1]) == nil ? 1 : 0
        case "swift" where arguments.fit(1, ["--output", "--options"]):
            guard let output = arguments.options["--output"] else { break }
            guard let grammar = grammar(in: words[1]),
                let options = generationOptions(arguments.options["--options"], for: grammar)
            else { return 1 }
            return write(SwiftEmitter.emit(grammar, options: options).map { ($0.name, $0.text) }, to: output)
        case "reference" where arguments.fit(1, ["--output"]):
            guard let output = arguments.options["--output"] else { break }
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return write(ReferenceEmitter.emit(grammar).map { ($0.name, $0.text) }, to: output)
        case "explain" where arguments.fit(2, ["--version", "--service", "--sender"]):
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return explain(words[2], arguments.options, in: grammar)
        case "diff" where arguments.fit(3):
            guard let grammar = grammar(in: words[1]) else { return 1 }
            return compare(words[2], words[3], in: grammar)
        case "--help", "help":
            FileSystem.print(usage, toError: false)
            return 0
        default: break
        }
        return refuse(usage, status: 2)
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
    private static func grammar(in folder: String) -> Grammar? {
        let files: [SourceFile]
        do throws(FileSystem.Failure) {
            files = try FileSystem.grammarFiles(in: folder)
        } catch {
            FileSystem.print(error.text, toError: true)
            return nil
        }
        let read = GrammarReader.read(files)
        var diagnostics = read.diagnostics
        if !diagnostics.hasErrors {
            for diagnostic in GrammarChecker.check(read.grammar).all { diagnostics.append(diagnostic) }
        }
        if !diagnostics.hasErrors {
            for diagnostic in SwiftChecker.check(read.grammar).all { diagnostics.append(diagnostic) }
        }
        if !diagnostics.isEmpty { FileSystem.print(diagnostics.rendered(sources: files), toError: true) }
        return diagnostics.hasErrors ? nil : read.grammar
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
