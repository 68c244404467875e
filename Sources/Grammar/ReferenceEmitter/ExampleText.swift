import ProtocolGrammar

/// Lines of a conversation as text, with their senders.
enum ExampleText {
    static func lines(of line: Example.Line) -> [String] {
        lines(sender: line.sender, text: line.text, payload: line.payload)
    }

    static func lines(sender: Sender, text: String, payload: String?) -> [String] {
        let head = (sender == .client ? "C: " : "S: ") + visible(text)
        guard let payload, !payload.isEmpty else { return [head] }
        return [head] + lines(ofPayload: payload).map { $0.isEmpty ? "" : "   " + $0 }
    }

    /// The lines of a payload, without empty ones at the end.
    static func lines(ofPayload payload: String) -> [String] {
        var parts = payload.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(visible)
        while parts.last?.isEmpty == true { parts.removeLast() }
        return parts
    }

    /// The lines of text, or a hexadecimal dump of other bytes.
    static func lines(ofPayload bytes: [UInt8]) -> [String] {
        let isText = bytes.allSatisfy { $0 >= 0x20 || [0x09, 0x0A, 0x0D].contains($0) }
        if isText, let text = String(validating: bytes, as: UTF8.self) { return lines(ofPayload: text) }
        return stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(bytes.count, start + 16)]
            let digits = row.map(hexadecimal).joined(separator: " ")
            let characters = row.map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            return digits + String(repeating: " ", count: 50 - digits.count) + characters
        }
    }

    /// The tags of a document on lines of their own, except around text alone.
    static func lines(ofDocument bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var depth = 0
        var isOpen = false
        func indented(_ text: Substring) -> String { String(repeating: "  ", count: min(depth, 32)) + visible(text) }
        /// Goes on in the last line; the lines of a text stay lines.
        func continueLine(_ text: Substring) {
            let parts = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(visible)
            lines[lines.count - 1] += parts.first ?? ""
            lines += parts.dropFirst()
        }
        for token in tokens(of: String(decoding: bytes, as: UTF8.self)) {
            if token.hasPrefix("</") {
                depth = max(0, depth - 1)
                if isOpen { continueLine(token) } else { lines.append(indented(token)) }
                isOpen = false
            } else if token.hasPrefix("<") {
                lines.append(indented(token))
                isOpen = !token.hasSuffix("/>") && !token.hasPrefix("<?")
                depth += isOpen ? 1 : 0
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

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    /// The values of a line by name; nil if there are none.
    static func values(_ values: [(name: String, texts: [String])]) -> String? {
        let texts = values.map { name, items in
            "\(Markdown.code(name)) is \(items.map { Markdown.code(visible($0)) }.joined(separator: ", "))"
        }
        return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }

    /// The text with visible trailing spaces and control characters.
    static func visible(_ text: some StringProtocol) -> String {
        let blanks = text.reversed().prefix { $0 == " " }.count
        let body = text.dropLast(blanks).unicodeScalars.map { scalar -> String in
            guard scalar.value < 0x20 || scalar.value == 0x7F else { return String(scalar) }
            return "\\x" + hexadecimal(UInt8(truncatingIfNeeded: scalar.value))
        }
        return body.joined() + String(repeating: "␠", count: blanks)
    }
}
