import Foundation
import ProtocolGrammar
import TestSupport
import Testing

/// Where the links of pages lead.
struct LinkTests {
    @Test func everyLinkOfASmallGrammarLeadsToAPageAndAPlace() throws {
        try expectLinks(in: pages(toyGrammar()), atLeast: 100)
    }

    @Test func everyLinkOfTheGrammarLeadsToAPageAndAPlace() throws {
        try expectLinks(in: WholeReference.pages, atLeast: 1000)
    }

    @Test func everyLineOfAnExampleNamesAFormThatExists() {
        var count = 0
        for (page, text) in WholeReference.pages where page.hasPrefix("commands/") {
            let examples = text.split(separator: "\n## Examples\n").dropFirst().joined()
            count += examples.matches(of: /\n- \[[A-Z]{3}\.\w+\]\(/).count
            let names = examples.matches(of: /\n- `([A-Z]{3}\.\w+)`/).map { String($0.1) }
            #expect(names.isEmpty, "\(page)")
        }
        #expect(count >= 100)
    }

    @Test func everyPageIsReachedFromTheIndex() throws {
        let pages = try pages(toyGrammar())
        var reached: Set<String> = ["README.md"]
        var rest = ["README.md"]
        while let page = rest.popLast() {
            for link in links(in: pages[page] ?? "") {
                let path = resolve(link.path, from: page)
                if pages[path] != nil, reached.insert(path).inserted { rest.append(path) }
            }
        }
        #expect(Set(pages.keys).subtracting(reached).isEmpty)
    }

    private func expectLinks(in pages: [String: String], atLeast least: Int) throws {
        let places = pages.mapValues(anchors)
        var count = 0
        for (page, text) in pages {
            for link in links(in: text) {
                count += 1
                let path = resolve(link.path, from: page)
                guard let known = places[path] else {
                    Issue.record("\(page): no page \(path)")
                    continue
                }
                if let anchor = link.anchor, !known.contains(anchor) {
                    Issue.record("\(page): no place \(path)#\(anchor)")
                }
            }
        }
        #expect(count >= least)
    }

    // MARK: - What GitHub makes of a page

    private func resolve(_ path: String, from page: String) -> String {
        if path.isEmpty { return page }
        var folders = page.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") {
            if part == ".." { _ = folders.popLast() } else { folders.append(String(part)) }
        }
        return folders.joined(separator: "/")
    }

    private func proseLines(_ text: String) -> [Substring] {
        var fence: Substring?
        return text.split(separator: "\n").filter { line in
            if let open = fence {
                if line == open { fence = nil }
                return false
            }
            guard line.hasPrefix("```") else { return true }
            fence = line.prefix { $0 == "`" }
            return false
        }
    }

    private func links(in text: String) -> [(path: String, anchor: String?)] {
        proseLines(text).flatMap { line in
            line.matches(of: /\]\(([^)\s]+)\)/).map { match in
                let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
            }
        }
    }

    private func anchors(of text: String) -> Set<String> {
        var result: Set<String> = []
        for line in proseLines(text) {
            for match in line.matches(of: /<a id="([^"]+)"><\/a>/) { result.insert(String(match.1)) }
            guard let heading = line.wholeMatch(of: /#+ (.*)/) else { continue }
            let slug = heading.1.lowercased().replacing(" ", with: "-").replacing(/[^\p{L}\p{N}_-]/, with: "")
            var name = slug
            var number = 0
            while !result.insert(name).inserted {
                number += 1
                name = "\(slug)-\(number)"
            }
        }
        return result
    }
}
