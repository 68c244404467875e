/// The code of a Swift text without its comments, its blanks and the content of its literals.
package enum SwiftTokens {
    /// Whether two texts have the same code.
    ///
    /// Only the declarations around different lines are read: no literal has an empty line.
    package static func haveSameCode(_ first: String, _ second: String) -> Bool {
        if first == second { return true }
        let (old, new) = (lines(of: first), lines(of: second))
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        while start > 0, !old[start - 1].isEmpty { start -= 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        while end > 0, !old[old.count - end].isEmpty { end -= 1 }
        func part(_ lines: [Substring]) -> String { lines[start..<(lines.count - end)].joined(separator: "\n") }
        return code(of: part(old)) == code(of: part(new))
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    package static func code(of text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: "//".utf8) {
                // A carriage return ends a comment as well.
                rest = rest.drop { $0 != 0x0A && $0 != 0x0D }
            } else if rest.starts(with: "/*".utf8) {
                result += Array("/*".utf8)
                rest = rest.dropFirst(2)
            } else if byte == UInt8(ascii: "\"") {
                let quote = rest.starts(with: "\"\"\"".utf8) ? 3 : 1
                rest = rest.dropFirst(quote)
                result += Array("\"".utf8) + literal(&rest, quote: quote)
            } else {
                if byte > 0x20 { result.append(byte) }
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Takes a literal up to its end; the result shows where it has code or does not end as it should.
    private static func literal(_ rest: inout ArraySlice<UInt8>, quote: Int) -> [UInt8] {
        var result: [UInt8] = []
        let end = Array(repeating: UInt8(ascii: "\""), count: quote)
        while let byte = rest.first {
            if rest.starts(with: end) {
                rest = rest.dropFirst(quote)
                return result + Array("\"".utf8)
            }
            if byte == UInt8(ascii: "\\") {
                if rest.starts(with: "\\(".utf8) { result += Array("\\(".utf8) }
                rest = rest.dropFirst(2)
            } else {
                if quote == 1, byte == 0x0A || byte == 0x0D { result += Array("<line break>".utf8) }
                rest = rest.dropFirst()
            }
        }
        return result + Array("<no end>".utf8)
    }
}
