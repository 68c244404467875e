/// A document as some programs write it, so that it is not well-formed: the text of elements is not escaped.
public struct DocumentDeviation: Sendable {
    let elements: [String]
    /// The programs and what they do.
    public let rule: DeviationRule

    /// Creates a deviation: `<`, `>` and `&` stand as they are in the text of these elements.
    public init(unescaped elements: [String], by programs: [PeerProgram], about: StaticString) {
        self.elements = elements
        rule = DeviationRule(programs, about)
    }

    /// The document as it should have been written, and what was found; `nil` if it is not written in this way.
    public func repaired(_ document: [UInt8]) -> (document: [UInt8], found: Deviation)? {
        for name in elements {
            let (start, end) = (Array("<\(name)>".utf8), Array("</\(name)>".utf8))
            guard let open = document.firstRange(of: start), let close = document.lastRange(of: end),
                open.upperBound <= close.lowerBound
            else { continue }
            let text = document[open.upperBound..<close.lowerBound]
            let escaped = Self.escaped(text)
            guard escaped.count > text.count else { continue }
            let result = document[..<open.upperBound] + escaped + document[close.lowerBound...]
            return (Array(result), Deviation(rule, parameter: name, offset: open.upperBound))
        }
        return nil
    }

    /// The text with escapes for what cannot stand in it; escapes that it has stay.
    private static func escaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "<"): result += Array("&lt;".utf8)
            case UInt8(ascii: ">"): result += Array("&gt;".utf8)
            case UInt8(ascii: "&") where !isEscape(text[(index + 1)...]): result += Array("&amp;".utf8)
            default: result.append(text[index])
            }
        }
        return result
    }

    /// Whether what follows `&` makes an escape of it: a name or a number, and a semicolon.
    private static func isEscape(_ rest: ArraySlice<UInt8>) -> Bool {
        let name = rest.prefix(10).prefix { $0 != UInt8(ascii: ";") }
        guard name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ";") else { return false }
        if name.first == UInt8(ascii: "#") {
            return name.count > 1 && name.dropFirst().allSatisfy { hexadecimalValue($0) != nil || $0 == 0x78 }
        }
        return ["amp", "lt", "gt", "quot", "apos"].contains { Array($0.utf8) == Array(name) }
    }
}

extension [UInt8] {
    fileprivate func firstRange(of needle: [UInt8]) -> Range<Int>? {
        indices.first { self[$0...].starts(with: needle) }.map { $0..<$0 + needle.count }
    }

    fileprivate func lastRange(of needle: [UInt8]) -> Range<Int>? {
        indices.last { self[$0...].starts(with: needle) }.map { $0..<$0 + needle.count }
    }
}
