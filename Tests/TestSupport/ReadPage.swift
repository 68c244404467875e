import Foundation

/// A page as a strict reader sees it: its elements, and the first fault of its markup.
package struct ReadPage {
    package struct Element {
        package var name: String
        package var attributes: [String: String]
    }

    package private(set) var elements: [Element] = []
    /// What is wrong with the markup; nil if it is sound.
    package private(set) var fault: String?
    /// The text between the tags.
    package private(set) var text = ""

    private static let voids: Set<String> = ["meta", "link", "input", "br", "hr", "img", "col", "wbr"]

    package var ids: [String] { elements.compactMap { $0.attributes["id"] } }

    /// The links to other pages and places, without those to elsewhere.
    package var links: [(path: String, anchor: String?)] {
        elements.compactMap { element in
            guard let target = element.attributes["href"] ?? element.attributes["src"], !target.hasPrefix("data:"),
                !target.hasPrefix("?"), !target.contains("://")
            else { return nil }
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts.count > 1 ? parts[1].removingPercentEncoding ?? parts[1] : nil)
        }
    }

    package init(_ markup: String) {
        var open: [String] = []
        var rest = Substring(markup)
        func fail(_ reason: String) { fault = fault ?? reason }
        if rest.hasPrefix("<!doctype html>") { rest = rest.dropFirst(15) } else { fail("no doctype") }
        while let start = rest.firstIndex(of: "<") {
            read(text: rest[..<start])
            let inside = rest[rest.index(after: start)...]
            guard let end = Self.end(of: inside) else {
                fail("a tag has no end: \(inside.prefix(60))")
                return
            }
            let tag = inside[..<end]
            rest = inside[inside.index(after: end)...]
            if tag.hasPrefix("/") {
                let name = String(tag.dropFirst())
                if open.popLast() != name { fail("</\(name)> closes something else") }
                continue
            }
            guard let element = Self.element(tag) else {
                fail("a tag is wrong: <\(tag)>")
                return
            }
            elements.append(element)
            if element.name == "script", let close = rest.firstRange(of: "</script>") {
                rest = rest[close.upperBound...]
            } else if !Self.voids.contains(element.name), !tag.hasSuffix("/") {
                open.append(element.name)
            }
        }
        read(text: rest)
        if let last = open.last { fail("<\(last)> is not closed") }
    }

    private mutating func read(text: Substring) {
        if text.contains(">") { fault = fault ?? "a stray > near \(text.prefix(60))" }
        self.text += text
    }

    /// Where a tag ends: the first > outside of quotes.
    private static func end(of tag: Substring) -> Substring.Index? {
        var isQuoted = false
        return tag.indices.first { index in
            if tag[index] == "\"" { isQuoted.toggle() }
            return tag[index] == ">" && !isQuoted
        }
    }

    private static func element(_ tag: Substring) -> Element? {
        guard let match = tag.wholeMatch(of: /([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s*\/?/)
        else {
            return nil
        }
        var element = Element(name: String(match.1), attributes: [:])
        for attribute in match.2.matches(of: /([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/) {
            let name = String(attribute.1)
            if element.attributes.updateValue(attribute.2.map(String.init) ?? "", forKey: name) != nil { return nil }
        }
        return element
    }
}
