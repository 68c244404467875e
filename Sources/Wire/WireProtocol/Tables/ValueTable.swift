/// Describes one type of the grammar: the rules for its words, as the runtime interprets them.
public final class ValueTable: Sendable {
    /// The kinds of types.
    public enum Kind: Sendable {
        /// A raw word; if there are shapes, it has one of them.
        case token([WireShape])
        /// Percent-coded UTF-8.
        case text
        /// A canonical decimal number in a range.
        case integer(ClosedRange<Int64>)
        /// A fixed number of digits, including leading zeros; the readable form omits them.
        case digits(Int)
        /// One of two words.
        case boolean(falseWord: StaticString, trueWord: StaticString)
        /// Hexadecimal digits 8-4-4-4-12.
        case guid(braces: Bool)
        /// One of several words; if open, also any other word.
        case enumeration([NamedWord], isOpen: Bool)
        /// A decimal number whose bits have names or hold smaller numbers.
        case flags([NamedBit], fields: [BitField] = [])
        /// All that is left of a line, with the blanks inside it.
        case rest
        /// Parts one after another, each preceded by a mark.
        case composite([CompositePart], partsMayBeEmpty: Bool)
    }

    /// The name in the grammar.
    public let name: StaticString
    /// The kind of the type.
    public let kind: Kind
    /// The maximum number of bytes of a word; `.max` if only the line bounds it.
    public let limit: Int
    /// Whether values must be kept out of logs.
    public let isSensitive: Bool

    /// How programs are known to spell the values otherwise.
    let spellings: [SpellingDeviation]
    /// Whether a writer may leave out a part that the version lacks.
    let hasIgnorableParts: Bool
    /// Whether the readable text of a word is the word itself.
    let isReadAsWritten: Bool
    /// Whether a value is all that is left of a line.
    let isRest: Bool

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
        isReadAsWritten =
            switch kind {
            case .token, .integer, .guid, .enumeration, .flags, .rest: true
            case .text, .digits, .boolean, .composite: false
            }
        isRest = if case .rest = kind { true } else { false }
        self.name = name
        self.kind = kind
        self.limit = limit
        spellings = deviations
        self.isSensitive = isSensitive
    }

    /// Any word, for parameters without a type in the grammar.
    public static let anyWord = ValueTable("Token", .token([]))
    /// Any percent-coded text.
    public static let anyText = ValueTable("Text", .text)
    /// Any 32-bit number.
    public static let anyNumber = ValueTable("Integer", .integer(0...Int64(UInt32.max)))
    /// Any signed 64-bit number.
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

    /// Creates a value for some versions, or for all if none are given.
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

    /// Creates a bit for some versions, or for all if none are given.
    public init(_ name: StaticString, _ mask: UInt32, in ranges: ClosedRange<UInt8>...) {
        self.name = name
        self.mask = mask
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
    }
}

/// A number inside some bits of a set of flags.
public struct BitField: Sendable {
    /// The name in the grammar.
    public let name: StaticString
    /// The type of the number.
    public let type: ValueTable
    /// The bits, counted from 0 for the lowest.
    public let bits: ClosedRange<UInt32>
    /// The versions that have the field.
    public let versions: VersionSet

    /// Creates a field of some versions; of all where none are given.
    public init(
        _ name: StaticString, _ type: ValueTable, bits: ClosedRange<UInt32>, in ranges: ClosedRange<UInt8>...
    ) {
        self.name = name
        self.type = type
        self.bits = bits
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
    }
}

/// A part of a composite word such as `host:port`.
public struct CompositePart: Sendable {
    /// The name in the grammar.
    public let name: StaticString
    /// The type of the part.
    public let type: ValueTable
    /// The mark before the part.
    public let mark: StaticString
    /// The mark that stands behind the part; only the first part has one, and it consists of digits.
    public let endMark: StaticString
    /// Whether the part may be left out.
    public let isOptional: Bool
    /// The versions that have the part; in others its mark still ends the previous part, and nothing may follow.
    public let versions: VersionSet
    /// Whether a writer may leave the part out if the version lacks it.
    public let isIgnorable: Bool
    /// The first byte of the mark before or behind the part; 0 if there is no mark.
    let firstOfMark: UInt8
    /// Whether the part is a number in front of the others, with its mark behind it.
    let isLeading: Bool

    /// Creates a part for some versions, or for all if none are given.
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
        isLeading = endMark.utf8CodeUnitCount > 0
        firstOfMark = (isLeading ? endMark : mark).withUTF8Buffer { $0.first ?? 0 }
    }
}
