import YAMLTree

/// A named type of a parameter.
public struct ValueType: Named, Sendable {
    public var name: String
    public var about: String
    public var kind: Kind
    public var isSensitive: Bool
    /// Known deviations of programs that spell its values.
    public var deviations: [SpellingDeviation] = []
    public var location: SourceLocation

    /// Whether a type is generated for it; otherwise the runtime has one.
    ///
    /// The runtime has booleans, and the types named `Token`, `Text` and `Integer` after their kinds.
    public var isOwnType: Bool {
        switch kind {
        case .token(_, let shapes): !shapes.isEmpty || name != "Token"
        case .text: name != "Text"
        case .integer: name != "Integer"
        case .boolean: false
        case .guid, .enumeration, .flags, .composite, .rest: true
        }
    }

    /// The kind of its values, regardless of their limits.
    public var representation: Representation {
        switch kind {
        case .token(_, let shapes): shapes.isEmpty ? .token : .own(name)
        case .text: .text
        case .integer(let minimum, let maximum):
            minimum >= 0 && maximum <= Int(UInt32.max) ? .number : .signedNumber
        case .boolean, .guid, .enumeration, .flags, .composite, .rest: .own(name)
        }
    }

    /// The types of its parts or fields.
    public var innerTypes: [String] {
        switch kind {
        case .composite(let parts): parts.map(\.type)
        case .flags(_, let fields): fields.map(\.type)
        case .token, .text, .integer, .boolean, .guid, .enumeration, .rest: []
        }
    }

    /// Whether all its known words are numbers.
    var isNumber: Bool {
        switch kind {
        case .integer(let minimum, _): minimum >= 0
        case .flags: true
        case .enumeration(let values, _): values.allSatisfy { $0.wire.utf8.allSatisfy(\.isDigit) }
        case .token, .text, .boolean, .guid, .composite, .rest: false
        }
    }

    public enum Representation: Sendable, Hashable {
        case token, text, number, signedNumber
        case own(String)
    }

    public enum Kind: Sendable {
        /// A word, unchanged.
        case token(limit: Int, shapes: [TokenShape])
        /// Percent-coded UTF-8.
        case text(limit: Int)
        case integer(minimum: Int, maximum: Int)
        case boolean(falseWord: String, trueWord: String)
        case guid(braces: Bool)
        case enumeration(values: [NamedValue], isOpen: Bool)
        /// A decimal number with named bits and bit fields.
        case flags(values: [NamedValue], fields: [BitField])
        case composite(parts: [CompositePart])
        /// All that is left of a line, with the blanks inside it.
        case rest(limit: Int)
    }

    /// Whether a value is all that is left of a line.
    public var isRest: Bool { if case .rest = kind { true } else { false } }
}

/// One shape that a token may have.
public struct TokenShape: Sendable, Hashable {
    public enum Characters: String, Sendable, CaseIterable {
        case digits, letters, hexadecimal, any
    }

    public var literal: String?
    public var prefix: String
    public var characters: Characters
    /// The exact number of `characters`; 0 for one or more.
    public var length: Int
    public var suffix: String
    /// Text that must occur among the characters.
    public var infix: String
    public var versions: VersionSet

    func accepts(_ word: String, in version: Int) -> Bool {
        guard versions.contains(version) else { return false }
        if let literal { return word == literal }
        guard word.hasPrefix(prefix), word.hasSuffix(suffix) else { return false }
        let bytes = Array(word.utf8)
        let fixed = prefix.utf8.count + suffix.utf8.count
        guard bytes.count > fixed else { return false }
        let middle = bytes[prefix.utf8.count..<(bytes.count - suffix.utf8.count)]
        if length > 0, middle.count != length { return false }
        if !infix.isEmpty, !middle.indices.contains(where: { middle[$0...].starts(with: infix.utf8) }) { return false }
        return middle.allSatisfy { byte in
            switch characters {
            case .digits: byte.isDigit
            case .letters: byte.isLetter
            case .hexadecimal: byte.isHexadecimalDigit
            case .any: true
            }
        }
    }
}

/// A value of an enumeration, or a bit of a set of flags.
public struct NamedValue: Sendable {
    public var name: String
    /// The word on the wire, or the value of the bit in decimal.
    public var wire: String
    public var versions: VersionSet
    public var about: String
    public var location: SourceLocation
}

/// A number in some bits of a set of flags.
public struct BitField: Sendable {
    public var name: String
    /// The bits, counted from 0 for the lowest.
    public var bits: ClosedRange<Int>
    public var type: String
    public var versions: VersionSet
    public var about: String
    public var location: SourceLocation

    /// A mask with its bits set.
    public var mask: UInt32 {
        (UInt32.max >> UInt32(31 - bits.upperBound + bits.lowerBound)) << UInt32(bits.lowerBound)
    }

    /// Its number in a set of flags.
    public func number(in flags: UInt32) -> UInt32 { (flags & mask) >> UInt32(bits.lowerBound) }
}

/// A part of a composite word such as `host:port`.
public struct CompositePart: Sendable {
    public var name: String
    public var type: String
    /// The text before the part.
    public var after: String
    /// The text after the part. Only the first part can have it, and must then be a number.
    public var before: String
    public var isOptional: Bool
    /// The versions that have it. In other versions its mark still ends the preceding part, but nothing may follow.
    public var versions: VersionSet
    /// Whether a writer may omit the part in a version that lacks it.
    public var isIgnorable: Bool
    public var about: String
    public var location: SourceLocation
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isHexadecimalDigit: Bool { isDigit || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66) }
}
