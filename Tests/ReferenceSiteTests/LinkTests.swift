import Foundation
import ProtocolGrammar
import TestSupport
import Testing

/// Whether pages are sound HTML, and where their links lead.
struct LinkTests {
    @Test func thePagesOfASmallGrammarAreSoundAndLinked() throws {
        try expectSound(toySite(), links: 500)
    }

    @Test func thePagesOfTheGrammarAreSoundAndLinked() throws {
        expectSound(WholeSite.files, links: 20_000)
    }

    @Test func everyPageIsReachedFromTheStart() throws {
        let pages = Dictionary(uniqueKeysWithValues: try toySite().pages.map { ($0.path, $0.page) })
        var reached: Set<String> = ["index.html"]
        var rest = ["index.html"]
        while let path = rest.popLast() {
            for link in pages[path]?.links ?? [] {
                let target = resolve(link.path, from: path)
                if pages[target] != nil, reached.insert(target).inserted { rest.append(target) }
            }
        }
        #expect(Set(pages.keys).subtracting(reached).isEmpty)
    }

    @Test func noPageIsLargerThanItMayBe() {
        for (path, text) in WholeSite.files where path.hasSuffix(".html") {
            #expect(text.utf8.count < 300_000, "\(path)")
        }
        #expect(WholeSite.files["index.html"].map { $0.utf8.count < 60_000 } == true)
    }

    private func expectSound(_ files: [String: String], links least: Int) {
        let pages = files.pages
        let places = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, Set($0.page.ids)) })
        var count = 0
        for (path, page) in pages {
            if let fault = page.fault { Issue.record("\(path): \(fault)") }
            let repeated = Dictionary(grouping: page.ids) { $0 }.filter { $0.value.count > 1 }.keys
            #expect(repeated.isEmpty, "\(path) has ids twice")
            for link in page.links {
                count += 1
                let target = resolve(link.path, from: path)
                guard files[target] != nil else {
                    Issue.record("\(path): no page \(target)")
                    continue
                }
                if let anchor = link.anchor, places[target]?.contains(anchor) != true {
                    Issue.record("\(path): no place \(target)#\(anchor)")
                }
            }
        }
        #expect(count >= least)
    }

    private func resolve(_ path: String, from page: String) -> String {
        if path.isEmpty { return page }
        var folders = page.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") {
            if part == ".." { _ = folders.popLast() } else { folders.append(String(part)) }
        }
        return folders.joined(separator: "/")
    }
}
