/// Reads the words of one line in order; the words are found once, when the reader is made.
public struct LineReader: Sendable {
    /// The version the line is read in.
    public let version: ProtocolVersion
    /// The count of words, the command word included.
    public let wordCount: Int
    /// The next word, counted from 0 at the first word after the command.
    public var cursor = 0
    let frame: Frame
    let words: InlineArray<64, UInt32>
    let commandEnd: Int
    var skipped = 0
    var form: StaticString?

    /// Finds the words; throws on a control byte, invalid UTF-8 and too many words.
    ///
    /// Runs of blanks count as one and blanks at the end as none, unless `keepsEmpty`, where each blank separates.
    public init(
        _ frame: Frame, version: ProtocolVersion, keepsEmpty: Bool = false, limits: WireLimits = .default
    ) throws(DecodingError) {
        var index = WordIndex()
        let line = frame.chunk.span.extracting(frame.line)
        let failure = index.find(in: line, keepsEmpty: keepsEmpty, limits: limits)
        self.frame = frame
        self.version = version
        words = index.words
        commandEnd = index.commandEnd
        wordCount = index.count &+ 1
        if let failure { throw error(failure.kind, offset: failure.offset) }
    }

    /// The count of words that are left, the payload's byte count included until it is read.
    public var remaining: Int { max(0, wordCount &- 1 &- cursor) }

    /// Names the form that is read, for errors.
    public mutating func begin(form: StaticString) { self.form = form }

    /// Reads the transaction number; throws when the rule asks for one and the next word is none.
    public mutating func readTransaction(_ rule: TransactionRule) throws(DecodingError) -> TransactionID? {
        if rule == .none { return nil }
        let number = wordRange(cursor).flatMap { TransactionID.parse(frame.chunk.span.extracting($0)) }
        if rule == .optional, number == nil { return nil }
        guard remaining > 0 else { throw error(.missingTransactionID) }
        guard let number, rule != .zero || number.value == 0 else { throw error(.invalidTransactionID) }
        cursor &+= 1
        return number
    }

    /// Reads a word that is always the same; throws when the next word is another.
    public mutating func literal(_ word: StaticString) throws(DecodingError) {
        guard let bytes = current else { throw error(.missingParameter, word) }
        guard bytes.equals(word) else {
            throw error(.invalidValue(.unknownValue(expected: word.description)), word)
        }
        advance()
    }

    /// Reads a value of one to `limit` bytes; throws when there is no word or it is no such value.
    public mutating func read<V: WireValue>(_ name: StaticString, limit: Int = .max) throws(DecodingError) -> V {
        guard let bytes = current else { throw error(.missingParameter, name) }
        guard !bytes.isEmpty else { throw error(.invalidValue(.empty), name) }
        return try value(bytes, name, limit)
    }

    /// Reads a value of up to `limit` bytes from a word that may be empty; throws when there is no word.
    public mutating func readEmptyable<V: WireValue>(
        _ name: StaticString, limit: Int = .max
    ) throws(DecodingError) -> V {
        guard let bytes = current else { throw error(.missingParameter, name) }
        return try value(bytes, name, limit)
    }

    /// Skips the prefix of the next word, whose rest is read next; throws when the word begins otherwise.
    public mutating func prefix(_ prefix: StaticString, _ name: StaticString) throws(DecodingError) {
        guard let bytes = current else { throw error(.missingParameter, name) }
        guard bytes.hasPrefix(prefix) else {
            throw error(.invalidValue(.badShape(expected: "a word that begins with '\(prefix)'")), name)
        }
        skipped &+= prefix.utf8CodeUnitCount
    }

    /// Whether there is a next word that begins so.
    public func nextHasPrefix(_ prefix: StaticString) -> Bool { current?.hasPrefix(prefix) ?? false }

    /// Whether there is a next word and it is this one.
    public func nextIs(_ word: StaticString) -> Bool { current?.equals(word) ?? false }

    /// Reads one word with values between separators; throws when there is no word or a value is empty.
    public mutating func readList<V: WireValue>(
        _ name: StaticString, separator: UInt8, limit: Int = .max, emptyAllowed: Bool = false
    ) throws(DecodingError) -> [V] {
        guard let bytes = current else { throw error(.missingParameter, name) }
        guard bytes.count <= limit else { throw error(.invalidValue(.tooLong(limit: limit)), name, at: limit) }
        var result: [V] = []
        var start = 0
        while start <= bytes.count {
            if emptyAllowed, bytes.isEmpty { break }
            var end = start
            while end < bytes.count, bytes[end] != separator { end &+= 1 }
            guard end > start else { throw error(.invalidValue(.empty), name, at: start) }
            result.append(try decode(bytes.slice(start..<end), name, at: start))
            start = end &+ 1
        }
        advance()
        return result
    }

    /// Reads all words up to the payload's byte count or the end; throws when there are fewer than the minimum.
    public mutating func readRepeated<V: WireValue>(
        _ name: StaticString, minimum: Int = 0, limit: Int = .max
    ) throws(DecodingError) -> [V] {
        let kept = frame.payload == nil ? 0 : 1
        var result: [V] = []
        result.reserveCapacity(max(0, remaining &- kept))
        while remaining > kept { result.append(try read(name, limit: limit)) }
        guard result.count >= minimum else { throw error(.missingParameter, name) }
        return result
    }

    /// Reads the payload's byte count and gives the payload; throws when its length is not as the line or form says.
    public mutating func payload(limit: Int = .max, length: Int? = nil) throws(DecodingError) -> WireBytes {
        guard current != nil else { throw error(.missingParameter, "payload") }
        let position = wordOffset
        let announced: UInt32? = try? read("payload")
        guard let announced, let bytes = frame.payloadBytes, bytes.count == Int(announced),
            length == nil || bytes.count == length
        else { throw error(.wrongPayloadLength, "payload", offset: position) }
        guard bytes.count <= limit else {
            throw error(.invalidValue(.tooLong(limit: limit)), "payload", offset: position)
        }
        return bytes
    }

    /// Throws when words are left.
    public func end() throws(DecodingError) {
        guard remaining > 0 else { return }
        throw error(.extraParameter(remaining == 1 ? "1 word" : "\(remaining) words"))
    }
}

extension LineReader {
    /// The rest of the next word.
    var current: WireBytes? {
        guard let range = wordRange(cursor) else { return nil }
        return WireBytes(
            chunk: frame.chunk, range: min(range.upperBound, range.lowerBound &+ skipped)..<range.upperBound)
    }

    /// The place of the rest of the next word in the line; the end of the line when no word is left.
    var wordOffset: Int {
        guard let range = wordRange(cursor) else { return frame.line.count }
        return range.lowerBound &- frame.line.lowerBound &+ skipped
    }

    /// The place of a word in the chunk.
    func wordRange(_ index: Int) -> Range<Int>? {
        guard index >= 0, index < wordCount &- 1, index < 64 else { return nil }
        let word = words[index]
        let base = frame.line.lowerBound
        return base &+ Int(word >> 16)..<base &+ Int(word & 0xFFFF)
    }

    mutating func advance() {
        cursor &+= 1
        skipped = 0
    }

    private mutating func value<V: WireValue>(
        _ bytes: WireBytes, _ name: StaticString, _ limit: Int
    ) throws(DecodingError) -> V {
        guard bytes.count <= limit else { throw error(.invalidValue(.tooLong(limit: limit)), name, at: limit) }
        let result: V = try decode(bytes, name, at: 0)
        advance()
        return result
    }

    private func decode<V: WireValue>(
        _ bytes: WireBytes, _ name: StaticString, at position: Int
    ) throws(DecodingError) -> V {
        do throws(ValueError) {
            return try V(wire: bytes, version: version)
        } catch {
            throw self.error(.invalidValue(error.reason), name, at: position &+ error.offset)
        }
    }
}
