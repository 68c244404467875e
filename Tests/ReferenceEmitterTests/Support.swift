import Foundation
import ProtocolGrammar
import ReferenceEmitter
import TestSupport
import Testing
import YAMLTree

/// Reads and checks a grammar; records its diagnostics as issues.
func readGrammar(_ files: [SourceFile]) throws -> Grammar {
    let (grammar, diagnostics) = GrammarReader.read(files)
    try #require(!diagnostics.hasErrors, "\(diagnostics.rendered(sources: files))")
    return grammar
}

/// A small grammar with something of every kind in it.
func toyGrammar() throws -> Grammar {
    try readGrammar(ToyGrammar.texts.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) })
}

/// The pages of a grammar by their paths.
func pages(_ grammar: Grammar) -> [String: String] {
    Dictionary(ReferenceEmitter.emit(grammar).map { ($0.name, $0.text) }) { first, _ in first }
}

/// The reference of the whole grammar, which is made once.
enum WholeReference {
    static let pages = ReferenceEmitterTests.pages(Repository.grammar)
}

/// Records an issue when the page does not contain the lines one after another.
func expect(_ page: String?, contains snippet: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    let page = page ?? ""
    if page.contains(snippet) { return }
    let first = snippet.split(separator: "\n").first.map(String.init) ?? ""
    let start = page.range(of: first)?.lowerBound ?? page.startIndex
    Issue.record("not found:\n\(snippet)\n--- in\n\(page[start...].prefix(1500))", sourceLocation: sourceLocation)
}
