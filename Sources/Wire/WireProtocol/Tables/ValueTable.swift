/// What a word of a type may be: the rules of one type of the grammar, as the runtime interprets them.
public final class ValueTable: Sendable {
    /// The kinds of types.
    public enum Kind: Sendable {
        /// A word as it stands; with shapes it has one of them.
        case token([WireShape])
        /// Percent-coded UTF-8.
        case text
        /// A canonical decimal number of a range.
        case integer(ClosedRange<Int64>)
        /// So many digits, leading zeros included; readable without them.
        case digits(Int)
        /// One of two words.
        case boolean(falseWord: StaticString, trueWord: StaticString)
        /// Hexadecimal digits 8-4-4-4-12.
        case guid(braces: Bool)
        /// One of some words; an open one may be any other word too.
        case enumeration([NamedWord], isOpen: Bool)
        /// A decimal number whose bits have names.
        case flags([NamedBit])
        /// Parts one behind the other, each behind a mark.
        case composite([CompositePart], partsMayBeEmpty: Bool)
    }

    /// The name in the grammar.
    public let name: StaticString
    /// What a word may be.
    public let kind: Kind
    /// The most bytes of a word; `.max` where only the line bounds it.
    public let limit: Int
    /// Whether a value must not be shown in a log.
    public let isSensitive: Bool

    /// How programs are known to spell the values otherwise.
    let spellings: [SpellingDeviation]
    /// Whether a part may be left out where a version has no such part.
    let hasIgnorableParts: Bool

    /// Creates the table of a type.
    public init(
        _ name: StaticString, _ kind: Kind, limit: Int = .max, isSensitive: Bool = false,
        deviations: [SpellingDeviation] = []
    ) {
        if case .composite(let parts, _) = kind {
            hasIgnorableParts = parts.contains(where: \.isIgnorable)
        } else {
            hasIgnorableParts = false
        }
        self.name = name
        self.kind = kind
        self.limit = limit
        spellings = deviations
        self.isSensitive = isSensitive
    }

    /// Any word, where the grammar names no type.
    public static let anyWord = ValueTable("Token", .token([]))
    /// Any percent-coded text.
    public static let anyText = ValueTable("Text", .text)
    /// Any number of 32 bits.
    public static let anyNumber = ValueTable("Integer", .integer(0...Int64(UInt32.max)))
    /// Any number of 64 bits.
    public static let anySignedNumber = ValueTable("SignedInteger", .integer(Int64.min...Int64.max))
}

/// A word of an enumeration.
public struct NamedWord: Sendable {
    /// The name in the grammar.
    public let name: StaticString
    /// The word on the wire.
    public let word: StaticString
    /// The versions that have the value.
    public let versions: VersionSet
    /// The word packed into a number, the first byte highest; 0 for a word of more than eight bytes.
    let packed: UInt64

    /// Creates a value of some versions; of all where none are given.
    public init(_ name: StaticString, _ word: StaticString, in ranges: ClosedRange<UInt8>...) {
        self.name = name
        self.word = word
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
        packed = word.withUTF8Buffer { packedWord($0.span, from: 0, to: $0.count) ?? 0 }
    }

    func equals(_ bytes: Span<UInt8>) -> Bool {
        bytes.count == word.utf8CodeUnitCount && bytes.begins(with: word)
    }
}

/// A bit of a set of flags.
public struct NamedBit: Sendable {
    /// The name in the grammar.
    public let name: StaticString
    /// The bit.
    public let mask: UInt32
    /// The versions that have the bit.
    public let versions: VersionSet

    /// Creates a bit of some versions; of all where none are given.
    public init(_ name: StaticString, _ mask: UInt32, in ranges: ClosedRange<UInt8>...) {
        self.name = name
        self.mask = mask
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
    }
}

/// A part of a composite word such as `host:port`.
public struct CompositePart: Sendable {
    /// The name in the grammar.
    public let name: StaticString
    /// The type of the part.
    public let type: ValueTable
    /// The mark that stands before the part.
    public let mark: StaticString
    /// The mark that stands behind the part; only the first part has one, and it consists of digits.
    public let endMark: StaticString
    /// Whether the part may be left out.
    public let isOptional: Bool
    /// The versions that have the part; in the others its mark still ends the part before it, and nothing may follow.
    public let versions: VersionSet
    /// Whether a writer may leave the part out where a version has no such part.
    public let isIgnorable: Bool

    /// Creates a part of some versions; of all where none are given.
    public init(
        _ name: StaticString, _ type: ValueTable, after mark: StaticString = "", before endMark: StaticString = "",
        in ranges: ClosedRange<UInt8>..., isOptional: Bool = false, isIgnorable: Bool = false
    ) {
        self.name = name
        self.type = type
        self.mark = mark
        self.endMark = endMark
        self.isOptional = isOptional
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
        self.isIgnorable = isIgnorable
    }

    /// Whether the part is a number in front of the others, with its mark behind it.
    var isLeading: Bool { endMark.utf8CodeUnitCount > 0 }
}
