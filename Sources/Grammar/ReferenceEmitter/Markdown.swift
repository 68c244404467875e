import ProtocolGrammar
import YAMLTree

extension Grammar {
    /// Versions for a cell of a table; empty where there is only one, so that the column is left out.
    func versionCell(_ set: VersionSet) -> String { versions.count > 1 ? describe(set) : "" }

    /// The same, with a word for all of the whole.
    func versionCell(_ set: VersionSet, within whole: VersionSet) -> String {
        versions.count > 1 ? describe(set, within: whole) : ""
    }

    /// The versions as one of several facts; none where there is only one.
    func versionFact(_ set: VersionSet) -> [String] { versions.count > 1 ? ["Versions: " + describe(set)] : [] }
}

/// Collects the blocks of a page and separates them with empty lines.
struct Markdown {
    private var blocks: [String] = []

    var text: String { blocks.joined(separator: "\n\n") + "\n" }

    mutating func heading(_ level: Int, _ title: String) {
        blocks.append(String(repeating: "#", count: level) + " " + title)
    }

    /// Adds a paragraph unless the text is empty.
    mutating func paragraph(_ content: String) {
        if !content.isEmpty { blocks.append(Self.oneLine(content)) }
    }

    mutating func list(_ items: [String]) {
        if !items.isEmpty { blocks.append(items.map { "- " + Self.oneLine($0) }.joined(separator: "\n")) }
    }

    /// Adds a table without its empty columns, unless there are no rows.
    mutating func table(_ head: [String], _ rows: [[String]], keepsEmptyColumns: Bool = false) {
        guard !rows.isEmpty else { return }
        let columns = head.indices.filter { column in
            keepsEmptyColumns || rows.contains { column < $0.count && !$0[column].isEmpty }
        }
        func row(_ cells: [String]) -> String {
            "|" + columns.map { $0 < cells.count && !cells[$0].isEmpty ? " \(Self.cell(cells[$0])) |" : " |" }.joined()
        }
        let rule = "|" + String(repeating: "---|", count: columns.count)
        blocks.append(([row(head), rule] + rows.map(row)).joined(separator: "\n"))
    }

    mutating func code(_ lines: [String], language: String = "text") {
        let fence = String(repeating: "`", count: max(3, Self.longestRun(lines.joined(separator: "\n")) + 1))
        blocks.append(([fence + language] + lines.map(Self.codeLine) + [fence]).joined(separator: "\n"))
    }

    /// Text of the grammar, with all Markdown syntax escaped; the one way to write such text.
    static func prose(_ text: String) -> String {
        let characters = Array(oneLine(UnsafeCharacter.removed(from: text)).drop(while: \.isWhitespace))
        var result = ""
        for (index, character) in characters.enumerated() {
            func isWord(_ index: Int) -> Bool {
                characters.indices.contains(index) && (characters[index].isLetter || characters[index].isNumber)
            }
            switch character {
            case "\\", "*", "`", "<", ">", "[", "]", "~", "&", "$": result += "\\"
            case "_": if !isWord(index - 1) || !isWord(index + 1) { result += "\\" }
            case "#", "+", "-", "=": if index == 0 { result += "\\" }
            case ".", ")": if index > 0, characters[..<index].allSatisfy(\.isNumber) { result += "\\" }
            default: break
            }
            result.append(character)
        }
        return result
    }

    /// A word as code; the one way to write a code span.
    static func code(_ text: String) -> String {
        let text = oneLine(UnsafeCharacter.removed(from: text))
        if text.allSatisfy({ $0 == " " }) { return "(empty)" }
        // In a table, no code span can have a backslash before a bar.
        if text.contains("\\|") { return "<code>\(prose(text))</code>" }
        let run = longestRun(text)
        let fence = String(repeating: "`", count: run + 1)
        return run > 0 ? "\(fence) \(text) \(fence)" : "`\(text)`"
    }

    /// The length of the longest run of backticks.
    private static func longestRun(_ text: String) -> Int {
        text.split { $0 != "`" }.map(\.count).max() ?? 0
    }

    private static func cell(_ text: String) -> String {
        oneLine(text).map { $0 == "|" ? "\\|" : String($0) }.joined()
    }

    private static func oneLine(_ text: String) -> String {
        trimmed(text.split(whereSeparator: \.isNewline).map(trimmed).joined(separator: " "))
    }

    private static func codeLine(_ text: String) -> String {
        trimmed(UnsafeCharacter.removed(from: text, isOneLine: true))
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var result = Substring(text)
        while let last = result.last, last.isWhitespace { result.removeLast() }
        return String(result)
    }
}
