/// Reads the words of one line by the table of its form: this is what a table means.
///
/// It tells what is wrong with a line, parameter by parameter. The quick reader takes the lines in which nothing is
/// wrong and leaves the rest to this one.
struct FormReader {
    private let table: FormTable
    private let words: LineWords
    private let version: ProtocolVersion
    private let mode: ReadingMode
    /// The next word.
    private var next = 0
    /// How much of the next word was its prefix.
    private var skipped = 0
    private(set) var slots: [Slot]
    private(set) var transaction: TransactionID?

    /// Reads all words; throws at the first one that does not fit.
    init(_ table: FormTable, _ words: LineWords, version: ProtocolVersion, mode: ReadingMode) throws(WireDecodingError)
    {
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
            guard slot.isPresent, condition.holds(for: wire(slot.start..<slot.end)) else { return }
        }
        if word.isOptional {
            guard remaining > wordsBehind(index), begins(words.places[next], with: word.prefix) else { return }
            if let literal = word.literal, !isLiteral(literal) { return }
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
        let place = words.places[next]
        guard begins(place, with: word.prefix) else {
            throw error(.invalidValue(.badShape(expected: "a word that begins with '\(word.prefix)'")), word.name)
        }
        skipped = word.prefix.utf8CodeUnitCount
        let value = place.lowerBound &+ skipped..<place.upperBound
        if case .separated(let separator) = word.repetition {
            try readList(word, value, separator)
        } else {
            try check(word, value, mayBeEmpty: word.mayBeEmpty, at: 0)
        }
        slots[word.slot] = Slot(value.lowerBound, value.upperBound)
        skipped = 0
        next &+= 1
    }

    /// Reads all words up to the length of the payload.
    private mutating func readAll(_ word: FormWord, _ minimum: Int) throws(WireDecodingError) {
        let kept = words.frame.payload == nil || table.payload?.lengthPlace != nil ? 0 : 1
        let first = next
        while remaining > kept {
            try check(word, words.places[next], mayBeEmpty: false, at: 0)
            next &+= 1
        }
        guard next &- first >= minimum else { throw error(.missingParameter, word.name) }
        // Without words the slot is present and empty.
        let end = next > first ? words.places[next - 1].upperBound : words.commandEnd
        slots[word.slot] = Slot(next > first ? words.places[first].lowerBound : end, end)
    }

    private func readList(_ word: FormWord, _ place: Range<Int>, _ separator: UInt8) throws(WireDecodingError) {
        if place.isEmpty, word.mayBeEmpty { return }
        var start = place.lowerBound
        while start <= place.upperBound {
            let end =
                firstIndex(of: separator, in: words.frame.chunk.span, from: start, to: place.upperBound)
                ?? place.upperBound
            try check(word, start..<end, mayBeEmpty: false, at: start &- place.lowerBound)
            start = end &+ 1
        }
    }

    /// Throws unless bytes are a value of a word; `offset` is where they stand in the word.
    private func check(
        _ word: FormWord, _ place: Range<Int>, mayBeEmpty: Bool, at offset: Int
    ) throws(WireDecodingError) {
        guard !place.isEmpty else {
            if mayBeEmpty { return }
            throw error(.invalidValue(.empty), word.name, at: offset)
        }
        guard place.count <= word.limit else {
            throw error(.invalidValue(.tooLong(limit: word.limit)), word.name, at: offset &+ word.limit)
        }
        let value = words.frame.chunk.span.extracting(place)
        if let failure = word.failure(of: value, in: version, checksText: mode != .fast) {
            throw error(.invalidValue(failure.reason), word.name, at: offset &+ failure.offset)
        }
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

    // MARK: - Help

    /// The count of words that must stand behind a word, the length of the payload included.
    private func wordsBehind(_ index: Int) -> Int {
        table.words[(index + 1)...].reduce(table.payload?.leastWords(behind: index) ?? 0) { count, word in
            word.versions.contains(version) ? count + word.leastWords : count
        }
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
