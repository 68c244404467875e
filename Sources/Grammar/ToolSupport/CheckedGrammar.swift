import ProtocolGrammar
import YAMLTree

/// How the tools read a grammar: it is checked, and all diagnostics are printed.
package enum CheckedGrammar {
    /// The grammar in some files; nil if it has errors. The tool's own checks follow those that every grammar passes.
    package static func read(_ files: [SourceFile], also checks: [(Grammar) -> DiagnosticList] = []) -> Grammar? {
        let read = GrammarReader.read(files)
        var diagnostics = read.diagnostics
        for check in [GrammarChecker.check] + checks where !diagnostics.hasErrors {
            for diagnostic in check(read.grammar).all { diagnostics.append(diagnostic) }
        }
        if !diagnostics.isEmpty { FileSystem.print(diagnostics.rendered(sources: files), toError: true) }
        return diagnostics.hasErrors ? nil : read.grammar
    }
}
