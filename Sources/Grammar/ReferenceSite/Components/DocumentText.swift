/// A document as people read it, the tags on lines of their own.
enum DocumentText {
    /// The lines of an XML document, indented; those of any other payload as they are.
    static func lines(of bytes: [UInt8]) -> [String] {
        guard bytes.first == UInt8(ascii: "<"), let text = String(validating: bytes, as: UTF8.self) else {
            return PayloadText.lines(of: bytes)
        }
        var lines: [String] = []
        var depth = 0
        var isOpen = false
        func indented(_ text: Substring) -> String {
            String(repeating: "  ", count: min(depth, 32)) + EscapedText.of(text.utf8)
        }
        /// Goes on in the last line; the lines of a text stay lines.
        func continueLine(_ text: Substring) {
            let parts = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                .map { EscapedText.of($0.utf8) }
            lines[lines.count - 1] += parts.first ?? ""
            lines += parts.dropFirst()
        }
        for token in tokens(of: text) {
            if token.hasPrefix("</") {
                depth = max(0, depth - 1)
                if isOpen { continueLine(token) } else { lines.append(indented(token)) }
                isOpen = false
            } else if token.hasPrefix("<") {
                lines.append(indented(token))
                isOpen = !token.hasSuffix("/>") && !token.hasPrefix("<?")
                depth += isOpen ? 1 : 0
            } else if token.allSatisfy(\.isWhitespace), !isOpen || token.contains(where: \.isNewline) {
                continue
            } else if isOpen {
                continueLine(token)
            } else {
                lines.append(indented(token))
            }
        }
        return lines
    }

    /// The tags of a document, and the texts between them.
    private static func tokens(of text: String) -> [Substring] {
        var tokens: [Substring] = []
        var rest = text[...]
        while let first = rest.first {
            let end: Substring.Index
            if first == "<" {
                end = rest.firstIndex(of: ">").map { rest.index(after: $0) } ?? rest.endIndex
            } else {
                end = rest.firstIndex(of: "<") ?? rest.endIndex
            }
            tokens.append(rest[..<end])
            rest = rest[end...]
        }
        return tokens
    }
}
