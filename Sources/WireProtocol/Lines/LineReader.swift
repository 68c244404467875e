/// Reads the words of one line in order.
public struct LineReader: Sendable {
    /// The version the line is read in.
    public let version: ProtocolVersion
    /// The transaction number, once it is read; `nil` when the line has none.
    public internal(set) var transaction: TransactionID?
    @usableFromInline let keepsEmpty: Bool
    @usableFromInline let hasPercent: Bool
    private let words: UInt8
    @usableFromInline var wordsLeft: UInt8
    private let commandLength: UInt32
    /// The rest of the next word; past the last one, the end of the line.
    @usableFromInline var next: LineWord
    /// The line with its payload.
    public let frame: Frame
    private let blanks: LineBlanks
    @usableFromInline var form: StaticString?

    /// The count of words that are left, the payload's byte count included until it is read.
    @inlinable public var remaining: Int { Int(wordsLeft) }
    /// The count of words, the command word included.
    public var wordCount: Int { Int(words) &+ 1 }
    var commandEnd: Int { frame.line.lowerBound &+ Int(commandLength) }

    /// Looks at the line; throws on a control byte, invalid UTF-8 and too many words.
    ///
    /// Runs of blanks count as one and blanks at the end as none, unless `keepsEmpty`, where each blank separates.
    @inlinable
    public init(
        _ frame: Frame, version: ProtocolVersion, keepsEmpty: Bool = false, limits: WireLimits = .default
    ) throws(DecodingError) {
        try self.init(frame, version, keepsEmpty, LineLimits(line: limits.line, parameters: limits.parameters))
    }

    @usableFromInline
    init(
        _ frame: Frame, _ version: ProtocolVersion, _ keepsEmpty: Bool, _ limits: LineLimits
    ) throws(DecodingError) {
        let line = frame.line
        let index = frame.chunk.withUnsafeBytes {
            LineIndex($0, from: line.lowerBound, to: line.upperBound, keepsEmpty: keepsEmpty)
        }
        let count = LineCheck.wordCount(of: index, frame, limits: limits)
        self.version = version
        self.keepsEmpty = keepsEmpty
        hasPercent = index.hasPercent
        blanks = index.places
        words = UInt8(truncatingIfNeeded: count ?? 0)
        wordsLeft = words
        let commandEnd =
            index.places.end(from: 0).map { line.lowerBound &+ $0 }
            ?? LineWord.next(in: frame.chunk, from: line.lowerBound, lineEnd: line.upperBound, skipsBlanks: false).end
        commandLength = UInt32(truncatingIfNeeded: commandEnd &- line.lowerBound)
        next = LineWord(start: commandEnd, end: commandEnd)
        self.frame = frame
        guard count != nil else { throw wrongLine(limits) }
        next = word(from: commandEnd &+ 1)
    }

    @inline(never)
    private func wrongLine(_ limits: LineLimits) -> DecodingError {
        let failure = LineCheck.failure(in: frame.chunk, line: frame.line, keepsEmpty: keepsEmpty, limits: limits)
        return error(failure.kind, offset: failure.offset)
    }

    /// Whether a payload follows the line.
    @usableFromInline var hasPayload: Bool { frame.payload != nil }

    /// Names the form that is read, for errors.
    @inlinable
    public mutating func begin(form: StaticString) { self.form = form }

    /// Reads the transaction number; throws when the rule asks for one and the next word is none.
    @inlinable @discardableResult
    public mutating func readTransaction(_ rule: TransactionRule) throws(DecodingError) -> TransactionID? {
        if case .none = rule { return nil }
        return try takeTransaction(rule)
    }

    @usableFromInline
    mutating func takeTransaction(_ rule: TransactionRule) throws(DecodingError) -> TransactionID? {
        let number = remaining > 0 ? TransactionID.parse(frame.chunk.span, from: next.start, to: next.end) : nil
        if rule == .optional, number == nil { return nil }
        guard remaining > 0 else { throw error(.missingTransactionID) }
        guard let number, rule != .zero || number.value == 0 else { throw error(.invalidTransactionID) }
        advance()
        transaction = number
        return number
    }

    /// Reads a word that is always the same; throws when the next word is another.
    public mutating func literal(_ word: StaticString) throws(DecodingError) {
        guard remaining > 0 else { throw error(.missingParameter, word) }
        guard matches(next, word) else {
            throw error(.invalidValue(.unknownValue(expected: word.description)), word)
        }
        advance()
    }

    /// Reads a value of one to `limit` bytes; throws when there is no word or it is no such value.
    @inlinable
    public mutating func read<V: WireValue>(_ name: StaticString, limit: Int = .max) throws(DecodingError) -> V {
        guard remaining > 0, !next.isEmpty, next.count <= limit else { throw refused(name, limit) }
        do throws(ValueError) {
            let value = try V(word: next, in: &self)
            advance()
            return value
        } catch {
            throw refused(error, name)
        }
    }

    /// Reads a value of up to `limit` bytes from a word that may be empty; throws when there is no word.
    @inlinable
    public mutating func readEmptyable<V: WireValue>(
        _ name: StaticString, limit: Int = .max
    ) throws(DecodingError) -> V {
        guard remaining > 0, next.count <= limit else { throw refused(name, limit) }
        do throws(ValueError) {
            let value = try V(word: next, in: &self)
            advance()
            return value
        } catch {
            throw refused(error, name)
        }
    }

    /// Skips the prefix of the next word, whose rest is read next; throws when the word begins otherwise.
    public mutating func prefix(_ prefix: StaticString, _ name: StaticString) throws(DecodingError) {
        guard remaining > 0 else { throw error(.missingParameter, name) }
        guard has(next, prefix: prefix) else {
            throw error(.invalidValue(.badShape(expected: "a word that begins with '\(prefix)'")), name)
        }
        next = LineWord(start: next.start &+ prefix.utf8CodeUnitCount, end: next.end)
    }

    /// Whether there is a next word that begins so.
    public func nextHasPrefix(_ prefix: StaticString) -> Bool { remaining > 0 && has(next, prefix: prefix) }

    /// Whether there is a next word and it is this one.
    public func nextIs(_ word: StaticString) -> Bool { remaining > 0 && matches(next, word) }

    /// Reads one word with values between separators; throws when there is no word or a value is empty.
    @inlinable
    public mutating func readList<V: WireValue>(
        _ name: StaticString, separator: UInt8, limit: Int = .max, emptyAllowed: Bool = false
    ) throws(DecodingError) -> [V] {
        guard remaining > 0, next.count <= limit else { throw refused(name, limit) }
        let word = next
        var result: [V] = []
        var start = word.start
        while start <= word.end {
            if emptyAllowed, word.isEmpty { break }
            let part = part(of: word, from: start, separator: separator)
            guard !part.isEmpty else { throw error(.invalidValue(.empty), name, at: start &- word.start) }
            do throws(ValueError) {
                result.append(try V(word: part, in: &self))
            } catch {
                throw self.error(.invalidValue(error.reason), name, at: start &- word.start &+ error.offset)
            }
            start = part.end &+ 1
        }
        advance()
        return result
    }

    /// The part of a word from a place to the next separator.
    @usableFromInline
    func part(of word: LineWord, from start: Int, separator: UInt8) -> LineWord {
        let end = firstIndex(of: separator, in: frame.chunk.span, from: start, to: word.end) ?? word.end
        return LineWord(start: start, end: end)
    }

    /// Reads all words up to the payload's byte count or the end; throws when there are fewer than the minimum.
    @inlinable
    public mutating func readRepeated<V: WireValue>(
        _ name: StaticString, minimum: Int = 0, limit: Int = .max
    ) throws(DecodingError) -> [V] {
        let kept = hasPayload ? 1 : 0
        var result: [V] = []
        result.reserveCapacity(max(0, remaining &- kept))
        while remaining > kept { result.append(try read(name, limit: limit)) }
        guard result.count >= minimum else { throw fail(.missingParameter, name) }
        return result
    }

    /// Reads the payload's byte count and gives the payload; throws when its length is not as the line or form says.
    public mutating func payload(limit: Int = .max, length: Int? = nil) throws(DecodingError) -> WireBytes {
        guard remaining > 0 else { throw error(.missingParameter, "payload") }
        guard let announced = canonicalNumber(frame.chunk.span, from: next.start, to: next.end),
            let payload = frame.payload, payload.count == Int(announced), length == nil || payload.count == length
        else { throw error(.wrongPayloadLength, "payload") }
        guard payload.count <= limit else {
            throw error(.invalidValue(.tooLong(limit: limit)), "payload")
        }
        advance()
        return WireBytes(chunk: frame.chunk, from: payload.lowerBound, to: payload.upperBound)
    }

    /// Throws when words are left.
    @inlinable
    public func end() throws(DecodingError) {
        guard remaining > 0 else { return }
        throw extraWords()
    }
}

extension LineReader {
    /// A word, counted from 0 at the first word after the command; `nil` past the last.
    func word(_ position: Int) -> LineWord? {
        guard position >= 0, position < Int(words) else { return nil }
        var word = LineWord(start: commandEnd, end: commandEnd)
        for _ in 0...position { word = self.word(from: word.end &+ 1) }
        return word
    }

    /// The place of the rest of the next word in the line; the end of the line when no word is left.
    var wordOffset: Int { remaining > 0 ? next.start &- frame.line.lowerBound : frame.line.count }

    @usableFromInline
    mutating func advance() {
        wordsLeft &-= 1
        next = word(from: next.end &+ 1)
    }

    /// The word that begins at a place, or behind the blanks there; an empty one past the end of the line.
    @inline(__always)
    private func word(from place: Int) -> LineWord {
        let base = frame.line.lowerBound
        guard let end = blanks.end(from: place &- base), end > place &- base else {
            return LineWord.next(
                in: frame.chunk, from: place, lineEnd: frame.line.upperBound, skipsBlanks: !keepsEmpty)
        }
        return LineWord(start: place, end: base &+ end)
    }

    func matches(_ word: LineWord, _ literal: StaticString) -> Bool {
        word.count == literal.utf8CodeUnitCount && has(word, prefix: literal)
    }

    func has(_ word: LineWord, prefix: StaticString) -> Bool {
        let bytes = frame.chunk.span.extracting(word.start..<word.end)
        return bytes.begins(with: prefix)
    }

    /// Why the next word cannot be read at all: it is missing, empty or too long.
    @usableFromInline @inline(never)
    func refused(_ name: StaticString, _ limit: Int) -> DecodingError {
        guard remaining > 0 else { return error(.missingParameter, name) }
        guard next.count <= limit else { return error(.invalidValue(.tooLong(limit: limit)), name, at: limit) }
        return error(.invalidValue(.empty), name)
    }

    /// Why the next word is not a value of its type.
    @usableFromInline @inline(never)
    func refused(_ failure: ValueError, _ name: StaticString) -> DecodingError {
        error(.invalidValue(failure.reason), name, at: failure.offset)
    }

    @usableFromInline @inline(never)
    func extraWords() -> DecodingError {
        error(.extraParameter(remaining == 1 ? "1 word" : "\(remaining) words"))
    }
}
