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
                let fault = Self.fault(in: page.text)
                #expect(fault == nil, "\(spot): \(poison) in \(page.name): \(fault ?? "")")
            }
        }
        #expect(accepted > 0)
    }

    /// A line with HTML, a link out of the reference, a heading of its own or a row of another width; nil if none.
    private static func fault(in page: String) -> String? {
        var fence: Substring?
        var width: Int?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = fence {
                if line == open { fence = nil }
                continue
            }
            if line.hasPrefix("```") {
                fence = line.prefix { $0 == "`" }
                continue
            }
            let text = plain(line)
            if text.hasPrefix("# evil") { return String(line) }
            if text.contains(/<[A-Za-z!\/]/) || text.contains("`") { return String(line) }
            for link in text.matches(of: /\]\(([^)]*)\)/) where link.1.contains(/[^A-Za-z0-9.\/#_-]/) {
                return String(line)
            }
            let cells = text.hasPrefix("|") ? text.count { $0 == "|" } : nil
            if let width, let cells, cells != width { return String(line) }
            width = cells
        }
        return fence == nil ? nil : "a code block does not end"
    }

    /// A line without its escapes, its code spans and the anchors that the emitter writes.
    private static func plain(_ line: Substring) -> String {
        var result = ""
        var rest = line.replacing(/<a id="[A-Za-z0-9.-]+"><\/a>/, with: "").replacing(/<\/?code>/, with: "")[...]
        while let first = rest.first {
            if first == "\\" {
                rest = rest.dropFirst(2)
            } else if first == "`" {
                let run = rest.prefix { $0 == "`" }
                rest = rest.dropFirst(run.count)
                var span = rest
                while !span.isEmpty {
                    let next = span.prefix { $0 == "`" }
                    if next.count == run.count { break }
                    span = span.dropFirst(max(1, next.count))
                }
                guard !span.isEmpty else {
                    result += run
                    continue
                }
                rest = span.dropFirst(run.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
