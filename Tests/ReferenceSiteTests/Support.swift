import Foundation
import ProtocolGrammar
import ReferenceSite
import TestSupport
import Testing
import YAMLTree

/// Reads and checks a grammar; records its diagnostics as issues.
func readGrammar(_ files: [SourceFile]) throws -> Grammar {
    let (grammar, diagnostics) = GrammarReader.read(files)
    try #require(!diagnostics.hasErrors, "\(diagnostics.rendered(sources: files))")
    return grammar
}

/// The files of the site of a grammar by their paths.
func site(of files: [SourceFile]) throws -> [String: String] {
    let site = ReferenceSite.emit(try readGrammar(files), files: files)
    return Dictionary(site.map { ($0.name, $0.text) }) { first, _ in first }
}

/// The site of a small grammar with something of every kind in it.
func toySite() throws -> [String: String] {
    try site(of: ToyGrammar.texts.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) })
}

/// The site of the whole grammar, which is made once.
enum WholeSite {
    static let files: [String: String] = {
        let folder = Repository.folder.appending(path: "Grammar")
        let files = (try? Repository.files(in: folder, ending: ".yaml")) ?? []
        return (try? site(of: files)) ?? [:]
    }()
}

extension [String: String] {
    /// The pages among the files.
    var pages: [(path: String, page: ReadPage)] {
        filter { $0.key.hasSuffix(".html") }.sorted { $0.key < $1.key }.map { ($0.key, ReadPage($0.value)) }
    }
}

/// Records an issue when the page does not contain the text.
func expect(_ page: String?, contains snippet: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    let page = page ?? ""
    if page.contains(snippet) { return }
    let first = snippet.prefix { $0 != ">" }
    let start = page.range(of: first)?.lowerBound ?? page.startIndex
    Issue.record("not found:\n\(snippet)\n--- in\n\(page[start...].prefix(1500))", sourceLocation: sourceLocation)
}
