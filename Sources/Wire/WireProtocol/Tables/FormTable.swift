/// What is different about one form of a command: its words, and who sends it when.
///
/// The reader, the writer, the errors and the values by name all interpret this table; no form has code for them.
public final class FormTable: Sendable {
    /// The command word.
    public let command: StaticString
    /// The code of the command word.
    let code: CommandCode
    /// The name of the form.
    public let name: StaticString
    /// The place of the form among those of its command and sender.
    let place: Int
    /// The end that sends the form.
    public let sender: Sender
    /// The services it is sent on.
    public let services: ServiceSet
    /// The versions that have the form.
    public let versions: VersionSet
    /// What stands where a transaction ID would.
    public let transaction: TransactionRule
    /// The words behind the command and the transaction ID, in the order of the line.
    public let words: [FormWord]
    /// The payload; `nil` if the form has none.
    public let payload: PayloadTable?
    /// Whether the command word is the first value, as in replies whose command is an error code.
    public let commandIsValue: Bool
    /// The words that have a value, in the order of their slots. Words of one name share a slot: each is what the
    /// parameter is in its own versions, which no other of them has.
    let values: [FormWord]
    /// How many slots they have; the payload has the slot behind them.
    let valueCount: Int
    /// The same as the quick writer goes through it.
    let writing: WritingPlan
    /// Whether a word may be empty, and so a blank may be all there is of it.
    let keepsEmpty: Bool

    /// Creates the table of a form, which has a place among the forms of its command and sender.
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
        payload = form.payload
    }

    /// The words with their slots, and the count of slots.
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
    /// The count of slots, that of the payload included.
    var slotCount: Int { valueCount &+ (payload == nil ? 0 : 1) }

    /// Whether a version has the form and, in it, the parameter in a slot.
    public func has(slot: Int, in version: ProtocolVersion) -> Bool {
        versions.contains(version) && values.contains { $0.slot == slot && $0.versions.contains(version) }
    }

    /// The place of a parameter with a value among the slots.
    func slot(named name: StaticString) -> Int? { values.first { $0.name.hasSameBytes(as: name) }?.slot }
}

/// One word of a form's line, or all words that are left.
public struct FormWord: Sendable {
    /// How many words or values there are.
    public enum Repetition: Hashable, Sendable {
        /// One word with one value.
        case once
        /// All words that are left but the length of the payload, at least so many.
        case words(minimum: Int)
        /// One word with values between separators.
        case separated(by: UInt8)
    }

    /// What another word, before this one, must be so that this one is there.
    public struct Condition: Sendable {
        /// The tests on the other word.
        enum Test: Sendable {
            case anyBit(UInt32)
            case oneOf([StaticString])
        }

        let slot: Int
        let test: Test

        /// The number in a slot has one of the bits.
        public static func bits(_ mask: UInt32, inSlot slot: Int) -> Condition {
            Condition(slot: slot, test: .anyBit(mask))
        }

        /// The word in a slot is one of these.
        public static func words(_ words: StaticString..., inSlot slot: Int) -> Condition {
            Condition(slot: slot, test: .oneOf(words))
        }
    }

    /// The name of the parameter; of a literal the word itself.
    public let name: StaticString
    /// The word, if it is always the same.
    public let literal: StaticString?
    /// The rules of the value.
    public let type: ValueTable
    /// The versions that have the word.
    public let versions: VersionSet
    /// Whether a line may do without it.
    public let isOptional: Bool
    /// Whether it may be empty, which takes two blanks in a row or one at the end of the line.
    public let mayBeEmpty: Bool
    /// What stands in front of the value in the same word.
    public let prefix: StaticString
    /// How many there are.
    public let repetition: Repetition
    /// What must hold so that the word is there.
    public let condition: Condition?
    /// The bounds of a number, where they are not those of its type.
    public let range: ClosedRange<Int64>?
    /// Whether the value must not be shown in a log.
    public let isSensitive: Bool
    /// Whether a writer may leave the value out where a version has no such parameter.
    public let isIgnorable: Bool
    /// The value that stands for a missing word, in the table of a deviation.
    public let absent: StaticString?
    /// The place of the value in the form; -1 for a literal.
    var slot = -1
    /// The versions that other words of the slot have.
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

    /// A word with values between separators.
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

    /// All words that are left, each a value.
    public static func words(
        _ name: StaticString, _ type: ValueTable, minimum: Int = 0, in ranges: ClosedRange<UInt8>...,
        optional: Bool = false, when condition: Condition? = nil, range: ClosedRange<Int64>? = nil,
        sensitive: Bool = false, ignorable: Bool = false
    ) -> FormWord {
        FormWord(
            name, type, ranges, optional: optional, repetition: .words(minimum: minimum), when: condition,
            range: range, sensitive: sensitive, ignorable: ignorable)
    }

    /// A word that is always the same.
    public static func literal(
        _ word: StaticString, in ranges: ClosedRange<UInt8>..., optional: Bool = false, when condition: Condition? = nil
    ) -> FormWord {
        FormWord(word, literal: word, .anyWord, ranges, optional: optional, when: condition)
    }

    /// Whether a line may do without it in a version that has it.
    var mayBeAbsent: Bool { isOptional || condition != nil }

    /// The least number of words it takes in a version that has it.
    var leastWords: Int {
        if mayBeAbsent { return 0 }
        if case .words(let minimum) = repetition { return minimum }
        return 1
    }

    /// The most bytes of the word behind its prefix.
    var limit: Int { type.limit }
}

extension StaticString {
    fileprivate func hasSameBytes(as other: StaticString) -> Bool {
        withUTF8Buffer { bytes in bytes.span.equals(other) }
    }
}

/// The payload of a form.
public struct PayloadTable: Sendable {
    /// What the bytes are.
    public let format: PayloadFormat
    /// The most bytes.
    public let limit: Int
    /// The one count of bytes; `nil` if it varies.
    public let length: Int?
    /// The versions in which a payload may be there; `nil` where the form always has one.
    public let optionalVersions: VersionSet?
    /// The place among the form's words before which the byte count stands; `nil` if it is the last word.
    public let lengthPlace: Int?
    /// What follows the payload and is no part of it.
    public let trailer: PayloadTrailer

    /// Creates the table of a payload.
    ///
    /// A byte count before the end of the line must stand behind words that each line of the form has, one each, so
    /// that a framer finds it.
    public init(
        _ format: PayloadFormat, limit: Int, length: Int? = nil, optionalIn versions: VersionSet? = nil,
        lengthBefore place: Int? = nil, trailer: PayloadTrailer = .none
    ) {
        self.format = format
        self.limit = limit
        self.length = length
        optionalVersions = versions
        lengthPlace = place
        self.trailer = trailer
    }

    /// How many words the byte count takes behind a place among the form's words.
    func leastWords(behind place: Int) -> Int { isOptional || lengthPlace.map { $0 <= place } == true ? 0 : 1 }

    /// Whether the byte count stands behind so many words, all that the form has.
    func isLengthLast(behind words: Int) -> Bool { lengthPlace.map { $0 >= words } ?? true }

    /// Whether line and payload are as most are: the byte count is the last word, and nothing follows the payload.
    var isUsual: Bool { lengthPlace == nil && trailer.count == 0 }

    /// Whether a line may do without it.
    var isOptional: Bool { optionalVersions != nil }
}

/// Some services of a protocol, by their numbers from 0 to 31.
public struct ServiceSet: OptionSet, Hashable, Sendable {
    /// A bit for each service.
    public let rawValue: UInt32

    /// Creates a set of bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Creates the set of one service.
    public init(number: Int) { rawValue = number >= 0 && number < 32 ? 1 << UInt32(number) : 0 }
}
