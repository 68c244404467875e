import ProtocolGrammar
import SwiftEmitter
import YAMLTree

/// The whole tool on one page: read, check, emit, write.
enum Tool {
    static let usage = """
        usage: grammar-tool check FOLDER
               grammar-tool swift FOLDER --output FOLDER

        check   reads a grammar and prints what is wrong with it; prints nothing if it is sound
        swift   writes the Swift API of a grammar, one file a command, only what changed

        """

    static func run(_ arguments: [String]) -> Int32 {
        switch arguments.first {
        case "check" where arguments.count == 2:
            return grammar(in: arguments[1]) == nil ? 1 : 0
        case "swift" where arguments.count == 4 && arguments[2] == "--output":
            guard let grammar = grammar(in: arguments[1]) else { return 1 }
            return write(SwiftEmitter.emit(grammar), to: arguments[3])
        case "--help", "help":
            FileSystem.print(usage, toError: false)
            return 0
        default:
            FileSystem.print(usage, toError: true)
            return 2
        }
    }

    /// Reads and checks a grammar; prints its diagnostics. Nil if it has errors.
    private static func grammar(in folder: String) -> Grammar? {
        let files: [SourceFile]
        do throws(FileSystem.Failure) {
            files = try FileSystem.grammarFiles(in: folder)
        } catch {
            FileSystem.print("\(error.path):1:1: error: \(error.reason)\n", toError: true)
            return nil
        }
        let read = GrammarReader.read(files)
        var diagnostics = read.diagnostics
        if !diagnostics.hasErrors {
            for diagnostic in GrammarChecker.check(read.grammar).all { diagnostics.append(diagnostic) }
        }
        if !diagnostics.isEmpty { FileSystem.print(diagnostics.rendered(sources: files), toError: true) }
        return diagnostics.hasErrors ? nil : read.grammar
    }

    private static func write(_ files: [GeneratedFile], to folder: String) -> Int32 {
        for file in files {
            do throws(FileSystem.Failure) {
                try FileSystem.replace("\(folder)/\(file.name)", with: file.text, creating: folder)
            } catch {
                FileSystem.print("\(error.path):1:1: error: \(error.reason)\n", toError: true)
                return 1
            }
        }
        return 0
    }
}
