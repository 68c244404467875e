/// The shape of a word: a literal, or a prefix, characters of one kind, and a suffix.
public struct WireShape: Sendable {
    /// The kinds of characters between the prefix and the suffix.
    public enum Characters: Hashable, Sendable {
        /// 0 to 9.
        case digits
        /// A to Z and a to z.
        case letters
        /// 0 to 9, A to F and a to f.
        case hexadecimal
        /// Any byte.
        case any
    }

    /// The whole word, when the shape is a literal.
    public var literal: StaticString?
    /// The beginning of the word.
    public var prefix: StaticString
    /// The kind of characters after the prefix.
    public var characters: Characters
    /// The number of those characters; 0 for one or more.
    public var length: Int
    /// The end of the word.
    public var suffix: StaticString
    /// What the characters contain somewhere.
    public var infix: StaticString
    /// The versions that have the shape.
    public var versions: VersionSet

    /// Creates a shape for some versions, or for all if none are given; with a literal, the other parts do not count.
    public init(
        literal: StaticString? = nil, prefix: StaticString = "", characters: Characters = .any, length: Int = 0,
        suffix: StaticString = "", containing infix: StaticString = "", in ranges: ClosedRange<UInt8>...
    ) {
        self.literal = literal
        self.prefix = prefix
        self.characters = characters
        self.length = length
        self.suffix = suffix
        self.infix = infix
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
    }

    /// Whether the whole word has this shape.
    public func matches(_ word: WireBytes) -> Bool { word.withSpan { matches($0) } }

    /// Whether the whole word has this shape.
    func matches(_ bytes: Span<UInt8>) -> Bool {
        if let literal { return bytes.equals(literal) }
        let start = prefix.utf8CodeUnitCount
        let end = bytes.count &- suffix.utf8CodeUnitCount
        guard end > start, length == 0 || end &- start == length, bytes.begins(with: prefix),
            bytes.extracting(end...).begins(with: suffix)
        else { return false }
        if infix.utf8CodeUnitCount > 0, CompositeReader.place(of: infix, in: bytes, from: start, to: end) == nil {
            return false
        }
        if characters == .any { return true }
        for index in start..<end where !allows(bytes[index]) { return false }
        return true
    }

    private func allows(_ byte: UInt8) -> Bool {
        switch characters {
        case .digits: byte &- 0x30 <= 9
        case .letters: (byte | 0x20) &- 0x61 <= 25
        case .hexadecimal: hexadecimalValue(byte) != nil
        case .any: true
        }
    }
}

extension WireShape: CustomStringConvertible {
    /// The shape in words, such as `'T=' 4 digits '&'`.
    public var description: String {
        if let literal { return "'\(literal)'" }
        var parts: [String] = []
        if prefix.utf8CodeUnitCount > 0 { parts.append("'\(prefix)'") }
        let kind = characters == .any ? "characters" : "\(characters)"
        parts.append(length > 0 ? "\(length) \(kind)" : kind)
        if infix.utf8CodeUnitCount > 0 { parts.append("with '\(infix)'") }
        if suffix.utf8CodeUnitCount > 0 { parts.append("'\(suffix)'") }
        return parts.joined(separator: " ")
    }
}
