import ProtocolGrammar
import YAMLTree

/// The page that shows a file of the grammar, each line with an anchor.
struct FilePage {
    let name: String
    let file: SourceFile
    let site: Site

    var page: Page {
        let path = PagePath.file(name)
        return Page(
            path: path, title: name, titleIsCode: true,
            summary: "The source of what the other pages say, as the maintainers of the grammar write it.",
            crumbs: [("Files of the grammar", PagePath.files)],
            sections: [PageSection(id: "source", title: "Source", content: source)],
            entries: [
                SearchEntry(name: name, kind: .page, path: path, anchor: nil, about: "A file of the grammar.")
            ])
    }

    private var source: HTML {
        let text = String(decoding: file.bytes, as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return tag(
            "pre", .class("yaml"), Attribute("tabindex", "0"), Attribute("role", "group"), .label(name)
        ) {
            for (index, line) in lines.enumerated() {
                tag("span", .class("yl"), .id("L\(index + 1)")) {
                    // Not a stop of the tabulator: there are hundreds, and none says more than its number.
                    tag(
                        "a", .href("#L\(index + 1)"), Attribute("tabindex", "-1"), Attribute("aria-hidden", "true")
                    ) { "\(index + 1)" }
                    YAMLColours.html(of: line)
                }
                "\n"
            }
        }
    }
}

/// A light colouring of one line of YAML: its first key, and a comment.
enum YAMLColours {
    static func html(of line: Substring) -> HTML {
        let comment = self.comment(in: line)
        let code = line[..<comment]
        let key = self.key(in: code)
        return HTML(String(code[..<key.lowerBound])) + (key.isEmpty ? HTML() : tag("b") { String(code[key]) })
            + HTML(String(code[key.upperBound...]))
            + (comment == line.endIndex ? HTML() : tag("i") { String(line[comment...]) })
    }

    /// Where a comment begins: at a `#` at the start or behind a blank, outside of quotes.
    private static func comment(in line: Substring) -> Substring.Index {
        var quote: Character?
        var before: Character = " "
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open && !(open == "\"" && before == "\\") { quote = nil }
            } else if character == "#" && before.isWhitespace {
                return index
            } else if (character == "\"" || character == "'") && !(before.isLetter || before.isNumber) {
                quote = character
            }
            before = character
        }
        return line.endIndex
    }

    /// The key that the line begins with, behind the marks of list items and an opening brace; empty if there is none.
    private static func key(in line: Substring) -> Range<Substring.Index> {
        let start = line.firstIndex { !" -{".contains($0) } ?? line.endIndex
        guard let colon = line[start...].firstIndex(of: ":") else { return start..<start }
        let after = line.index(after: colon)
        let word = line[start..<colon]
        let isKey = word.allSatisfy { $0.isLetter || $0.isNumber || "-_. /+\"".contains($0) }
        guard isKey, !word.isEmpty, after == line.endIndex || line[after] == " " else { return start..<start }
        return start..<colon
    }
}
