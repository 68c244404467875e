/// Describes one form of a command: its words, who sends it, and in which versions.
///
/// Reader, writer, errors and values by name all interpret this table; no form has its own code for them.
public final class FormTable: Sendable {
    /// The command word.
    public let command: StaticString
    /// The code of the command word.
    let code: CommandCode
    /// The name of the form.
    public let name: StaticString
    /// The index of the form among those of its command and sender.
    let place: Int
    /// The end that sends the form.
    public let sender: Sender
    /// The services it is sent on.
    public let services: ServiceSet
    /// The versions that have the form.
    public let versions: VersionSet
    /// The rule for the transaction ID.
    public let transaction: TransactionRule
    /// The words after the command and the transaction ID, in the order of the line.
    public let words: [FormWord]
    /// The payload; `nil` if the form has none.
    public let payload: PayloadTable?
    /// Whether the command word is the first value, as in replies whose command is an error code.
    public let commandIsValue: Bool
    /// The words that have a value, in the order of their slots. Words with the same name share a slot: each describes
    /// the parameter in versions that no other of them has.
    let values: [FormWord]
    /// The number of their slots; the payload has the next slot.
    let valueCount: Int
    /// The same, as the quick writer sees it.
    let writing: WritingPlan
    /// Whether a word may be empty, so that only a blank marks it.
    let keepsEmpty: Bool
    /// Whether the last value is all that is left of the line, whatever number of words that has.
    let hasRest: Bool

    /// Creates the table of a form with an index among the forms of its command and sender.
    public init(
        _ command: StaticString, _ name: StaticString, place: Int = 0, from sender: Sender, on services: ServiceSet,
        in ranges: ClosedRange<UInt8>..., transaction: TransactionRule = .required, words: [FormWord] = [],
        payload: PayloadTable? = nil, commandIsValue: Bool = false
    ) {
        self.command = command
        code = CommandCode(command)
        self.name = name
        self.place = place
        self.commandIsValue = commandIsValue
        self.sender = sender
        self.services = services
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
        self.transaction = transaction
        (self.words, valueCount) = Self.placed(words)
        values = self.words.filter { $0.literal == nil }
        writing = WritingPlan(
            command: command, self.words,
            isPlain: commandIsValue || payload.map { $0.isOptional || $0.length != nil || !$0.isUsual } == true)
        keepsEmpty = words.contains(where: \.mayBeEmpty)
        hasRest = words.contains(where: \.isRest)
        self.payload = payload
    }

    /// Creates the table of a form as a deviation has it; the values keep the slots that they have in the form.
    init(of form: FormTable, in versions: VersionSet, transaction: TransactionRule, words: [FormWord]) {
        command = form.command
        code = form.code
        name = form.name
        place = form.place
        commandIsValue = form.commandIsValue
        sender = form.sender
        services = form.services
        self.versions = versions
        self.transaction = transaction
        self.words = words.map { word in
            var word = word
            if word.literal == nil { word.slot = form.slot(named: word.name) ?? -1 }
            return word
        }
        values = form.values
        valueCount = form.valueCount
        // Nobody writes by this table.
        writing = form.writing
        keepsEmpty = words.contains(where: \.mayBeEmpty)
        hasRest = words.contains(where: \.isRest)
        payload = form.payload
    }

    /// The words with their slots, and the number of slots.
    private static func placed(_ words: [FormWord]) -> ([FormWord], Int) {
        var words = words
        var slot = -1
        var last: Int?
        for index in words.indices where words[index].literal == nil {
            let versions = words[index].versions
            let rows = (last ?? index)..<index
            let others = rows.reduce(VersionSet()) { words[$1].slot == slot ? $0.union(words[$1].versions) : $0 }
            if let last, words[last].name.hasSameBytes(as: words[index].name), others.intersection(versions).isEmpty {
                for row in rows where words[row].slot == slot {
                    words[row].elsewhere = words[row].elsewhere.union(versions)
                }
                words[index].elsewhere = others
            } else {
                slot &+= 1
                last = index
            }
            words[index].slot = slot
        }
        return (words, slot &+ 1)
    }

    /// The slot of the payload.
    var payloadSlot: Int { valueCount }
    /// The number of slots, including that of the payload.
    var slotCount: Int { valueCount &+ (payload == nil ? 0 : 1) }

    /// Whether a version has the form and the parameter in a slot.
    public func has(slot: Int, in version: ProtocolVersion) -> Bool {
        versions.contains(version) && values.contains { $0.slot == slot && $0.versions.contains(version) }
    }

    /// The slot of a parameter with a value.
    func slot(named name: StaticString) -> Int? { values.first { $0.name.hasSameBytes(as: name) }?.slot }
}

/// One word of a form's line, or all remaining words.
public struct FormWord: Sendable {
    /// The number of words or values.
    public enum Repetition: Hashable, Sendable {
        /// One word with one value.
        case once
        /// All remaining words except the length of the payload, at least this many.
        case words(minimum: Int)
        /// One word with separated values.
        case separated(by: UInt8)
    }

    /// What an earlier word must be for this word to be present.
    public struct Condition: Sendable {
        /// The test on the other word.
        enum Test: Sendable {
            case anyBit(UInt32)
            case oneOf([StaticString])
        }

        let slot: Int
        let test: Test

        /// The number in a slot has at least one of the bits.
        public static func bits(_ mask: UInt32, inSlot slot: Int) -> Condition {
            Condition(slot: slot, test: .anyBit(mask))
        }

        /// The word in a slot is one of these.
        public static func words(_ words: StaticString..., inSlot slot: Int) -> Condition {
            Condition(slot: slot, test: .oneOf(words))
        }
    }

    /// The name of the parameter; for a literal, the word itself.
    public let name: StaticString
    /// The word, if it is a literal.
    public let literal: StaticString?
    /// The rules of the value.
    public let type: ValueTable
    /// The versions that have the word.
    public let versions: VersionSet
    /// Whether a line may lack it.
    public let isOptional: Bool
    /// Whether it may be empty, which shows as two blanks in a row or a trailing blank.
    public let mayBeEmpty: Bool
    /// The text before the value in the same word.
    public let prefix: StaticString
    /// The number of them.
    public let repetition: Repetition
    /// The condition under which the word is present.
    public let condition: Condition?
    /// The bounds of a number, if they are not those of its type.
    public let range: ClosedRange<Int64>?
    /// Whether the value must be kept out of logs.
    public let isSensitive: Bool
    /// Whether a writer may leave the value out if the version lacks the parameter.
    public let isIgnorable: Bool
    /// The value that stands for a missing word, in the table of a deviation.
    public let absent: StaticString?
    /// The slot of the value in the form; -1 for a literal.
    var slot = -1
    /// The versions of the other words that share the slot.
    var elsewhere = VersionSet()

    private init(
        _ name: StaticString, literal: StaticString? = nil, _ type: ValueTable, _ ranges: [ClosedRange<UInt8>],
        optional: Bool, mayBeEmpty: Bool = false, prefix: StaticString = "", repetition: Repetition = .once,
        when condition: Condition? = nil, range: ClosedRange<Int64>? = nil, sensitive: Bool = false,
        ignorable: Bool = false, absent: StaticString? = nil
    ) {
        self.absent = absent
        self.name = name
        self.literal = literal
        self.type = type
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
        isOptional = optional
        self.mayBeEmpty = mayBeEmpty
        self.prefix = prefix
        self.repetition = repetition
        self.condition = condition
        self.range = range
        isSensitive = sensitive || type.isSensitive
        isIgnorable = ignorable
    }

    /// A word with a value.
    public static func value(
        _ name: StaticString, _ type: ValueTable, in ranges: ClosedRange<UInt8>..., optional: Bool = false,
        mayBeEmpty: Bool = false, prefix: StaticString = "", when condition: Condition? = nil,
        range: ClosedRange<Int64>? = nil, sensitive: Bool = false, ignorable: Bool = false, absent: StaticString? = nil
    ) -> FormWord {
        FormWord(
            name, type, ranges, optional: optional, mayBeEmpty: mayBeEmpty, prefix: prefix, when: condition,
            range: range, sensitive: sensitive, ignorable: ignorable, absent: absent)
    }

    /// A word with separated values.
    public static func list(
        _ name: StaticString, _ type: ValueTable, separator: UInt8, in ranges: ClosedRange<UInt8>...,
        optional: Bool = false, mayBeEmpty: Bool = false, prefix: StaticString = "", when condition: Condition? = nil,
        range: ClosedRange<Int64>? = nil, sensitive: Bool = false, ignorable: Bool = false
    ) -> FormWord {
        FormWord(
            name, type, ranges, optional: optional, mayBeEmpty: mayBeEmpty, prefix: prefix,
            repetition: .separated(by: separator), when: condition, range: range, sensitive: sensitive,
            ignorable: ignorable)
    }

    /// All remaining words, each a value.
    public static func words(
        _ name: StaticString, _ type: ValueTable, minimum: Int = 0, in ranges: ClosedRange<UInt8>...,
        optional: Bool = false, when condition: Condition? = nil, range: ClosedRange<Int64>? = nil,
        sensitive: Bool = false, ignorable: Bool = false
    ) -> FormWord {
        FormWord(
            name, type, ranges, optional: optional, repetition: .words(minimum: minimum), when: condition,
            range: range, sensitive: sensitive, ignorable: ignorable)
    }

    /// A literal word.
    public static func literal(
        _ word: StaticString, in ranges: ClosedRange<UInt8>..., optional: Bool = false, when condition: Condition? = nil
    ) -> FormWord {
        FormWord(word, literal: word, .anyWord, ranges, optional: optional, when: condition)
    }

    /// Whether a line may lack it in a version that has it.
    var mayBeAbsent: Bool { isOptional || condition != nil }

    /// The minimum number of words it takes in a version that has it.
    var leastWords: Int {
        if mayBeAbsent { return 0 }
        if case .words(let minimum) = repetition { return minimum }
        return 1
    }

    /// Whether its value is all that is left of the line.
    var isRest: Bool { type.isRest }

    /// The maximum number of bytes after the prefix.
    var limit: Int { type.limit }
}

extension StaticString {
    fileprivate func hasSameBytes(as other: StaticString) -> Bool {
        withUTF8Buffer { bytes in bytes.span.equals(other) }
    }
}

/// The payload of a form.
public struct PayloadTable: Sendable {
    /// The format of the bytes.
    public let format: PayloadFormat
    /// The maximum number of bytes.
    public let limit: Int
    /// The fixed number of bytes; `nil` if it varies.
    public let length: Int?
    /// The versions in which the payload is optional; `nil` if the form always has one.
    public let optionalVersions: VersionSet?
    /// The index of the form's word that follows the byte count; `nil` if the byte count is the last word.
    public let lengthPlace: Int?
    /// What follows the payload without being part of it.
    public let trailer: PayloadTrailer
    /// The slot of the number that counts the first bytes of the payload, which are a header; `nil` if there is none.
    public let headerSlot: Int?

    /// Creates the table of a payload.
    ///
    /// A byte count before the end of the line must follow words that every line of the form has exactly once, so that
    /// a framer finds it.
    public init(
        _ format: PayloadFormat, limit: Int, length: Int? = nil, optionalIn versions: VersionSet? = nil,
        lengthBefore place: Int? = nil, headerLengthInSlot headerSlot: Int? = nil, trailer: PayloadTrailer = .none
    ) {
        self.format = format
        self.limit = limit
        self.length = length
        optionalVersions = versions
        lengthPlace = place
        self.trailer = trailer
        self.headerSlot = headerSlot
    }

    /// The number of words that the byte count takes after an index of the form's words.
    func leastWords(behind place: Int) -> Int { isOptional || lengthPlace.map { $0 <= place } == true ? 0 : 1 }

    /// Whether the byte count follows this many words, all that the form has.
    func isLengthLast(behind words: Int) -> Bool { lengthPlace.map { $0 >= words } ?? true }

    /// Whether the payload is an ordinary one: the byte count is the last word, no other word counts its header, and
    /// nothing follows the payload.
    var isUsual: Bool { lengthPlace == nil && headerSlot == nil && trailer.count == 0 }

    /// Why a number cannot be the length of the header of a payload with some bytes; `nil` if it can.
    static func failure(ofHeaderLength number: WireBytes, in count: Int) -> ValueError.Reason? {
        UInt32(checked: number) <= count ? nil : .outOfRange("0...\(count), the bytes of the payload")
    }

    /// Whether a line may lack it.
    var isOptional: Bool { optionalVersions != nil }
}

/// A set of services of a protocol, by their numbers from 0 to 31.
public struct ServiceSet: OptionSet, Hashable, Sendable {
    /// A bit for each service.
    public let rawValue: UInt32

    /// Creates a set of bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Creates the set of one service.
    public init(number: Int) { rawValue = number >= 0 && number < 32 ? 1 << UInt32(number) : 0 }
}
