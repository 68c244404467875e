import YAMLTree

/// A named type of a parameter.
public struct ValueType: Named, Sendable {
    public var name: String
    public var about: String
    public var kind: Kind
    public var isSensitive: Bool
    /// How programs are known to spell its values otherwise.
    public var deviations: [SpellingDeviation] = []
    public var location: SourceLocation

    /// Whether a type of this name is generated, instead of one that the runtime has.
    ///
    /// The runtime has truth values, and the words, texts and numbers whose type is named after their kind.
    public var isOwnType: Bool {
        switch kind {
        case .token(_, let shapes): !shapes.isEmpty || name != "Token"
        case .text: name != "Text"
        case .integer: name != "Integer"
        case .boolean: false
        case .guid, .enumeration, .flags, .composite: true
        }
    }

    /// What its values are, apart from the rules they keep.
    public var representation: Representation {
        switch kind {
        case .token(_, let shapes): shapes.isEmpty ? .token : .own(name)
        case .text: .text
        case .integer(let minimum, let maximum):
            minimum >= 0 && maximum <= Int(UInt32.max) ? .number : .signedNumber
        case .boolean, .guid, .enumeration, .flags, .composite: .own(name)
        }
    }

    /// The types of its parts or fields.
    public var innerTypes: [String] {
        switch kind {
        case .composite(let parts): parts.map(\.type)
        case .flags(_, let fields): fields.map(\.type)
        case .token, .text, .integer, .boolean, .guid, .enumeration: []
        }
    }

    /// Whether all its words that have a meaning consist of digits.
    var isNumber: Bool {
        switch kind {
        case .integer(let minimum, _): minimum >= 0
        case .flags: true
        case .enumeration(let values, _): values.allSatisfy { $0.wire.utf8.allSatisfy(\.isDigit) }
        case .token, .text, .boolean, .guid, .composite: false
        }
    }

    public enum Representation: Sendable, Hashable {
        case token, text, number, signedNumber
        case own(String)
    }

    public enum Kind: Sendable {
        /// A word as it stands on the wire.
        case token(limit: Int, shapes: [TokenShape])
        /// Percent-coded UTF-8.
        case text(limit: Int)
        case integer(minimum: Int, maximum: Int)
        case boolean(falseWord: String, trueWord: String)
        case guid(braces: Bool)
        case enumeration(values: [NamedValue], isOpen: Bool)
        /// Named bits of a decimal number, and numbers in some of its bits.
        case flags(values: [NamedValue], fields: [BitField])
        case composite(parts: [CompositePart])
    }
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
    /// What stands somewhere among the characters.
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
    /// The word on the wire, or the value of the bit in decimal digits.
    public var wire: String
    public var versions: VersionSet
    public var about: String
    public var location: SourceLocation
}

/// A number that stands in some bits of a set of flags.
public struct BitField: Sendable {
    public var name: String
    /// The bits, counted from 0 for the lowest.
    public var bits: ClosedRange<Int>
    public var type: String
    public var versions: VersionSet
    public var about: String
    public var location: SourceLocation

    /// Its bits, all set.
    public var mask: UInt32 {
        (UInt32.max >> UInt32(31 - bits.upperBound + bits.lowerBound)) << UInt32(bits.lowerBound)
    }

    /// The number that it has in the bits of a set of flags.
    public func number(in flags: UInt32) -> UInt32 { (flags & mask) >> UInt32(bits.lowerBound) }
}

/// A part of a composite word such as `host:port`.
public struct CompositePart: Sendable {
    public var name: String
    public var type: String
    /// What stands in front of the part.
    public var after: String
    /// What stands behind the part; only the first one has it, and consists of digits then.
    public var before: String
    public var isOptional: Bool
    /// The versions that have it; in the others its mark still ends the part before it, and nothing may follow.
    public var versions: VersionSet
    /// Whether a writer may leave the part out where a version has no place for it.
    public var isIgnorable: Bool
    public var about: String
    public var location: SourceLocation
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isHexadecimalDigit: Bool { isDigit || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66) }
}
