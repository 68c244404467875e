import Foundation
import ProtocolGrammar
import ReferenceEmitter
import TestSupport
import Testing
import YAMLTree

/// No text of a grammar becomes HTML, a link or a table cell of a page.
struct PoisonedPageTests {
    private static let poisons = [
        "<script>evil()</script>", "[evil](javascript:evil)", "![x](evil)", "| evil |", "`evil`", "a\\|b`", "x\\",
        "    evil",
        "x\n\n# evil\n\n|a|b|\n|---|---|", "<!-- evil", "&lt;evil", "](evil)", "```\n<script>",
    ]

    private static func files() throws -> [SourceFile] {
        let folder = Repository.folder.appending(path: "Tests/SwiftEmitterTests/Reference/Grammar")
        return try Repository.files(in: folder, ending: ".yaml")
    }

    static let indices = 0..<((try? files().count) ?? 0)

    @Test(arguments: indices) func everyScalarIsRefusedOrStaysText(_ file: Int) throws {
        let files = try Self.files()
        let poisoned = PoisonedGrammar(files)
        let sound = ReferenceEmitter.emit(GrammarReader.read(files).grammar)
        var accepted = 0
        for (index, spot) in poisoned.spots.enumerated() where spot.file == file {
            let poison = Self.poisons[index % Self.poisons.count]
            let (grammar, read) = GrammarReader.read(poisoned.files(spot, poison))
            if read.hasErrors || GrammarChecker.check(grammar).hasErrors { continue }
            accepted += 1
            let pages = ReferenceEmitter.emit(grammar)
            #expect(pages.map(\.name) == sound.map(\.name), "\(spot): \(poison)")
            for (page, old) in zip(pages, sound) where page.text != old.text {
                let fault = PageFaults.first(in: page.text)
                #expect(fault == nil, "\(spot): \(poison) in \(page.name): \(fault ?? "")")
            }
        }
        #expect(accepted > 0)
    }
}
