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
    /// What the word begins with.
    public var prefix: StaticString
    /// The kind of characters after the prefix.
    public var characters: Characters
    /// The count of those characters; 0 for one or more.
    public var length: Int
    /// What the word ends with.
    public var suffix: StaticString

    /// Creates a shape; a literal makes the other parts moot.
    public init(
        literal: StaticString? = nil, prefix: StaticString = "", characters: Characters = .any, length: Int = 0,
        suffix: StaticString = ""
    ) {
        self.literal = literal
        self.prefix = prefix
        self.characters = characters
        self.length = length
        self.suffix = suffix
    }

    /// Whether the whole word has this shape.
    public func matches(_ wire: WireBytes) -> Bool {
        if let literal { return wire.equals(literal) }
        let count = wire.count &- prefix.utf8CodeUnitCount &- suffix.utf8CodeUnitCount
        guard count > 0, length == 0 || count == length, wire.hasPrefix(prefix), wire.hasSuffix(suffix) else {
            return false
        }
        let start = prefix.utf8CodeUnitCount
        return wire.withSpan { bytes in
            for index in start..<start &+ count where !allows(bytes[index]) { return false }
            return true
        }
    }

    /// Whether the word has one of the shapes.
    public static func matches(_ wire: WireBytes, _ shapes: [WireShape]) -> Bool {
        shapes.contains { $0.matches(wire) }
    }

    /// Throws `badShape` unless the word has one of the shapes.
    public static func check(_ wire: WireBytes, _ shapes: WireShape...) throws(ValueError) {
        try check(wire, shapes)
    }

    /// Throws `badShape` unless the word has one of the shapes.
    public static func check(_ wire: WireBytes, _ shapes: [WireShape]) throws(ValueError) {
        guard !matches(wire, shapes) else { return }
        throw ValueError(.badShape(expected: shapes.map(\.description).joined(separator: " or ")))
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
    /// The shape in words, as in `'T=' 4 digits '&'`.
    public var description: String {
        if let literal { return "'\(literal)'" }
        var parts: [String] = []
        if prefix.utf8CodeUnitCount > 0 { parts.append("'\(prefix)'") }
        let kind = characters == .any ? "characters" : "\(characters)"
        parts.append(length > 0 ? "\(length) \(kind)" : kind)
        if suffix.utf8CodeUnitCount > 0 { parts.append("'\(suffix)'") }
        return parts.joined(separator: " ")
    }
}

extension WireBytes {
    /// Whether the bytes are a GUID, 8-4-4-4-12 hexadecimal digits of either case, with or without braces around it.
    public func isGUID(braces: Bool) -> Bool {
        let edge = braces ? 1 : 0
        guard count == 36 &+ 2 &* edge else { return false }
        return withSpan { bytes in
            if braces, bytes[0] != UInt8(ascii: "{") || bytes[37] != UInt8(ascii: "}") { return false }
            for index in 0..<36 {
                let byte = bytes[index &+ edge]
                switch index {
                case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
                default: if hexadecimalValue(byte) == nil { return false }
                }
            }
            return true
        }
    }
}
