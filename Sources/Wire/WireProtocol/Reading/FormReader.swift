/// Reads the words of one line by the table of its form; it defines what a table means.
///
/// It says what is wrong with a line, parameter by parameter. The quick reader reads lines in which nothing is wrong
/// and leaves the rest to this one.
struct FormReader {
    private let table: FormTable
    private let words: LineWords
    private let version: ProtocolVersion
    private let mode: ReadingMode
    /// The next word.
    private var next = 0
    /// The length of the next word's prefix.
    private var skipped = 0
    private(set) var slots: [Slot]
    private(set) var transaction: TransactionID?
    /// What is found beside the words; `nil` where nothing but what is right may be found.
    private(set) var tolerance: Tolerance?

    /// Reads all words; throws at the first that does not fit.
    init(
        _ table: FormTable, _ words: LineWords, version: ProtocolVersion, mode: ReadingMode,
        tolerance: Tolerance? = nil
    ) throws(WireDecodingError) {
        self.tolerance = tolerance
        self.table = table
        self.words = words
        self.version = version
        self.mode = mode
        slots = Array(repeating: .none, count: table.slotCount)
        try readTransaction()
        if table.commandIsValue {
            slots[0] = Slot(words.frame.line.lowerBound, words.commandEnd)
        }
        for (index, word) in table.words.enumerated() {
            if let payload = table.payload, payload.lengthPlace == index { try read(payload) }
            guard word.versions.contains(version), !(table.commandIsValue && word.slot == 0) else { continue }
            try read(word, at: index)
        }
        if let payload = table.payload, payload.isLengthLast(behind: table.words.count) { try read(payload) }
        if remaining > 0 { throw error(.extraParameter(remaining == 1 ? "1 word" : "\(remaining) words")) }
        try checkHeaderLength()
    }

    private var remaining: Int { words.count &- next }

    private mutating func readTransaction() throws(WireDecodingError) {
        let rule = table.transaction
        if rule == .absent { return }
        let number = words.transaction(at: next)
        if rule == .optional, number == nil { return }
        guard remaining > 0 else { throw error(.missingTransactionID, isInForm: false) }
        guard let number, rule != .zero || number.value == 0 else {
            throw error(.invalidTransactionID, isInForm: false)
        }
        transaction = number
        next &+= 1
    }

    private mutating func read(_ word: FormWord, at index: Int) throws(WireDecodingError) {
        if let condition = word.condition {
            let slot = condition.slot < slots.count ? slots[condition.slot] : .none
            guard slot.isPresent, condition.holds(for: value(slot)) else { return }
        }
        if word.isOptional, !isThere(word, at: index) {
            if let absent = word.absent { slots[word.slot] = tolerance?.add(Array("\(absent)".utf8)) ?? .none }
            return
        }
        if let literal = word.literal {
            guard remaining > 0 else { throw error(.missingParameter, literal) }
            guard isLiteral(literal) else {
                throw error(.invalidValue(.unknownValue(expected: "\(literal)")), literal)
            }
            next &+= 1
            return
        }
        if case .words(let minimum) = word.repetition { return try readAll(word, minimum) }
        guard remaining > 0 else { throw error(.missingParameter, word.name) }
        let place = word.isRest ? words.rest(from: next) : words.places[next]
        guard begins(place, with: word.prefix) else {
            throw error(.invalidValue(.badShape(expected: "a word that begins with '\(word.prefix)'")), word.name)
        }
        skipped = word.prefix.utf8CodeUnitCount
        let value = place.lowerBound &+ skipped..<place.upperBound
        let spelled =
            if case .separated(let separator) = word.repetition {
                try readList(word, value, separator)
            } else {
                try check(word, value, mayBeEmpty: word.mayBeEmpty, at: 0)
            }
        if word.slot >= 0 {
            slots[word.slot] = spelled.flatMap { tolerance?.add($0) } ?? Slot(value.lowerBound, value.upperBound)
        }
        skipped = 0
        next = word.isRest ? words.count : next &+ 1
    }

    /// Reads all words up to the length of the payload.
    private mutating func readAll(_ word: FormWord, _ minimum: Int) throws(WireDecodingError) {
        let kept = words.frame.payload == nil || table.payload?.lengthPlace != nil ? 0 : 1
        let first = next
        var list = SpelledList(separator: 0x20)
        while remaining > kept {
            list.add(try check(word, words.places[next], mayBeEmpty: false, at: 0), wire(words.places[next]))
            next &+= 1
        }
        guard next &- first >= minimum else { throw error(.missingParameter, word.name) }
        // Without words, the slot is present and empty.
        let end = next > first ? words.places[next - 1].upperBound : words.commandEnd
        slots[word.slot] =
            list.bytes.flatMap { tolerance?.add($0) } ?? Slot(next > first ? words.places[first].lowerBound : end, end)
    }

    /// Checks the values of a list; gives it as its type spells it, where it is not spelled so.
    private mutating func readList(
        _ word: FormWord, _ place: Range<Int>, _ separator: UInt8
    ) throws(WireDecodingError) -> [UInt8]? {
        if place.isEmpty, word.mayBeEmpty { return nil }
        var start = place.lowerBound
        var list = SpelledList(separator: separator)
        while start <= place.upperBound {
            let end =
                firstIndex(of: separator, in: words.frame.chunk.span, from: start, to: place.upperBound)
                ?? place.upperBound
            list.add(
                try check(word, start..<end, mayBeEmpty: false, at: start &- place.lowerBound), wire(start..<end))
            start = end &+ 1
        }
        return list.bytes
    }

    /// Throws unless bytes are a value of a word; `offset` is their position in the word.
    ///
    /// A value in another spelling is given as its type spells it, if that may be.
    private mutating func check(
        _ word: FormWord, _ place: Range<Int>, mayBeEmpty: Bool, at offset: Int
    ) throws(WireDecodingError) -> [UInt8]? {
        guard !place.isEmpty else {
            if mayBeEmpty { return nil }
            throw error(.invalidValue(.empty), word.name, at: offset)
        }
        guard place.count <= word.limit else {
            throw error(.invalidValue(.tooLong(limit: word.limit)), word.name, at: offset &+ word.limit)
        }
        guard let failure = failure(of: word, place) else { return nil }
        if let spelled = respelled(word, place) {
            let start = place.lowerBound &- words.frame.line.lowerBound
            for (rule, part) in spelled.found { tolerance?.note(rule, word.name, at: start &+ part) }
            return spelled.bytes
        }
        throw error(.invalidValue(failure.reason), word.name, at: offset &+ failure.offset)
    }

    /// Reads the length of the payload.
    private mutating func read(_ payload: PayloadTable) throws(WireDecodingError) {
        if remaining == 0, payload.isOptional { return }
        guard remaining > 0 else { throw error(.missingParameter, "payload") }
        let place = words.places[next]
        guard let announced = canonicalNumber(words.frame.chunk.span, from: place.lowerBound, to: place.upperBound),
            let range = words.frame.payload, range.count == Int(announced),
            payload.length == nil || range.count == payload.length
        else { throw error(.wrongPayloadLength, "payload") }
        guard range.count <= payload.limit else {
            throw error(.invalidValue(.tooLong(limit: payload.limit)), "payload")
        }
        next &+= 1
        slots[table.payloadSlot] = Slot(range.lowerBound, range.upperBound)
    }

    /// Throws if the header of the payload were longer than the payload.
    private func checkHeaderLength() throws(WireDecodingError) {
        guard let index = table.payload?.headerSlot, index < table.payloadSlot, slots[index].isPresent,
            let reason = PayloadTable.failure(ofHeaderLength: value(slots[index]), in: slots[table.payloadSlot].count)
        else { return }
        let start = slots[index].start &- words.frame.line.lowerBound
        throw words.error(
            .invalidValue(reason), form: table, table.values.first { $0.slot == index }?.name, version: version,
            offset: start)
    }

    private func failure(of word: FormWord, _ place: Range<Int>) -> ValueError? {
        word.failure(of: words.frame.chunk.span.extracting(place), in: version, checksText: mode != .fast)
    }

    /// The value as its type spells it, where it is spelled otherwise and may be.
    private func respelled(_ word: FormWord, _ place: Range<Int>) -> Respelling? {
        guard tolerance?.respells == true else { return nil }
        return word.type.respelled(words.frame.chunk.span.extracting(place), in: version, range: word.range)
    }

    // MARK: - Help

    /// The number of words that must follow a word, including the length of the payload.
    private func wordsBehind(_ index: Int) -> Int {
        table.words[(index + 1)...].reduce(table.payload?.leastWords(behind: index) ?? 0) { count, word in
            word.versions.contains(version) ? count + word.leastWords : count
        }
    }

    /// Whether the next word is an optional one.
    private func isThere(_ word: FormWord, at index: Int) -> Bool {
        guard remaining > wordsBehind(index), begins(words.places[next], with: word.prefix) else { return false }
        return word.literal.map(isLiteral) ?? true
    }

    /// The bytes of a value that was read.
    private func value(_ slot: Slot) -> WireBytes {
        if let tolerance, slot.start >= tolerance.start { return tolerance.bytes(slot) }
        return wire(slot.start..<slot.end)
    }

    private func wire(_ place: Range<Int>) -> WireBytes {
        WireBytes(chunk: words.frame.chunk, from: place.lowerBound, to: place.upperBound)
    }

    private func begins(_ place: Range<Int>, with prefix: StaticString) -> Bool {
        words.frame.chunk.span.extracting(place).begins(with: prefix)
    }

    private func isLiteral(_ literal: StaticString) -> Bool {
        words.frame.chunk.span.extracting(words.places[next]).equals(literal)
    }

    private func error(
        _ kind: WireDecodingError.Kind, _ name: StaticString? = nil, at position: Int = 0, isInForm: Bool = true
    ) -> WireDecodingError {
        let line = words.frame.line
        let start = remaining > 0 ? words.places[next].lowerBound &+ skipped &- line.lowerBound : line.count
        return words.error(
            kind, form: isInForm ? table : nil, name, version: version, offset: start &+ position)
    }
}

/// The values of a list, of which some may be spelled otherwise than their type spells them.
private struct SpelledList {
    let separator: UInt8
    private var parts: [WireBytes] = []
    private var isRespelled = false

    init(separator: UInt8) { self.separator = separator }

    /// Adds a value as its type spells it, or as it stands.
    mutating func add(_ spelled: [UInt8]?, _ wire: @autoclosure () -> WireBytes) {
        isRespelled = isRespelled || spelled != nil
        parts.append(spelled.map { WireBytes($0) } ?? wire())
    }

    /// The whole list; `nil` if it stands as its type spells it.
    var bytes: [UInt8]? {
        isRespelled ? Array(parts.map(\.array).joined(separator: [separator])) : nil
    }
}
