import Foundation
import ProtocolGrammar
import ReferenceSite
import TestSupport
import Testing
import YAMLTree

/// No text of a grammar becomes an element, an attribute or a link of a page.
struct PoisonedPageTests {
    private static let poisons = [
        "<script>evil()</script>", "\"><img src=x onerror=evil()>", "' onclick='evil", "javascript:evil()",
        "</p></main>", "<!-- evil", "&lt;evil", "</script><script>evil()", "]]>", "x\n\n<h1>evil</h1>",
    ]

    private static func files() throws -> [SourceFile] {
        let folder = Repository.folder.appending(path: "Tests/SwiftEmitterTests/Reference/Grammar")
        return try Repository.files(in: folder, ending: ".yaml")
    }

    static let indices = 0..<((try? files().count) ?? 0)

    @Test(arguments: indices) func everyScalarIsRefusedOrStaysText(_ file: Int) throws {
        let files = try Self.files()
        let poisoned = PoisonedGrammar(files)
        let sound = ReferenceSite.emit(GrammarReader.read(files).grammar, files: files)
        let oldPages = Dictionary(uniqueKeysWithValues: sound.map { ($0.name, $0.text) })
        var accepted = 0
        for (index, spot) in poisoned.spots.enumerated() where spot.file == file {
            let poison = Self.poisons[index % Self.poisons.count]
            let wrong = poisoned.files(spot, poison)
            let (grammar, read) = GrammarReader.read(wrong)
            if read.hasErrors || GrammarChecker.check(grammar).hasErrors { continue }
            accepted += 1
            let pages = ReferenceSite.emit(grammar, files: wrong)
            #expect(pages.map(\.name) == sound.map(\.name), "\(spot): \(poison)")
            for page in pages where page.name.hasSuffix(".html") && page.text != oldPages[page.name] {
                let fault = Self.fault(in: ReadPage(page.text))
                #expect(fault == nil, "\(spot): \(poison) in \(page.name): \(fault ?? "")")
            }
        }
        #expect(accepted > 0)
    }

    private static func fault(in page: ReadPage) -> String? {
        if let fault = page.fault { return fault }
        for element in page.elements {
            if element.name == "img" || element.name == "h1" && element.attributes["onclick"] != nil {
                return "an element of the grammar's own"
            }
            if element.attributes.keys.contains(where: { $0.hasPrefix("on") }) { return "an attribute that runs code" }
            if element.attributes["href"]?.lowercased().contains("javascript:") == true {
                return "a link that runs code"
            }
        }
        // One in the head that chooses the colours, and the files of the site.
        let scripts = page.elements.filter { $0.name == "script" && $0.attributes["src"] == nil }
        return scripts.count == 1 ? nil : "\(scripts.count) scripts inside the page"
    }
}
