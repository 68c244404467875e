/// Appends lines to a buffer, one parameter after the other; a failed line is taken back whole.
///
/// Whatever is appended leaves a blank behind it in the room for more, so that the next word only has to count it.
public struct LineWriter: Sendable {
    /// The version the lines are written in.
    public let version: ProtocolVersion
    /// The count of bytes that were written.
    public internal(set) var count: Int
    /// The bytes that were written, and behind them room for more.
    var buffer: [UInt8]
    private let limits: WireLimits
    private var lineStart: Int
    /// Has a bit if a byte that is not from 0x21 to 0x7E was appended since the word began, and when the word is over:
    /// a value that writes a word or line of its own inside of it has written more than plain bytes.
    @usableFromInline var special: UInt64 = 0
    private var command: StaticString = ""
    private var form: StaticString = ""

    /// Creates a writer that appends to a buffer; the limits are those of the end that will read the lines.
    public init(version: ProtocolVersion, buffer: [UInt8] = [], limits: WireLimits = .default) {
        self.version = version
        self.buffer = buffer
        count = buffer.count
        self.limits = limits
        lineStart = buffer.count
    }

    /// A copy of the bytes that were written.
    public var bytes: [UInt8] { count == buffer.count ? buffer : Array(buffer[..<count]) }

    /// Calls the body with a view of the bytes that were written, without a copy; throws what the body throws.
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(buffer.span.extracting(..<count))
    }

    /// Takes the bytes, without a copy, and leaves an empty buffer.
    public mutating func takeBytes() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &buffer)
        taken.removeLast(taken.count &- count)
        count = 0
        lineStart = 0
        return taken
    }

    /// Empties the buffer and keeps its memory for the next lines.
    public mutating func clear() {
        count = 0
        lineStart = 0
    }

    /// Begins a line with its command word and transaction number; throws when the number breaks the rule.
    public mutating func begin(
        command: StaticString, form: StaticString, rule: TransactionRule, transaction: TransactionID?
    ) throws(EncodingError) {
        lineStart = count
        special = 1
        self.command = command
        self.form = form
        append(command)
        switch (rule, transaction) {
        case (.required, nil): throw fail(.missingTransactionID)
        case (.none, nil), (.optional, nil): break
        case (.none, _): throw fail(.unexpectedTransactionID)
        case (.zero, nil): appendTransaction(.zero)
        case (.zero, let number?):
            guard number.value == 0 else { throw fail(.unexpectedTransactionID) }
            appendTransaction(number)
        case (.required, let number?), (.optional, let number?): appendTransaction(number)
        }
    }

    /// Appends a blank and a word that is always the same.
    public mutating func literal(_ word: StaticString) {
        count &+= 1
        append(word)
        special = 1
    }

    /// Appends a blank, a prefix and a value of at most `limit` bytes; throws on a value that is no single word.
    @inlinable
    public mutating func write<V: WireValue>(
        _ value: V, _ name: StaticString, prefix: StaticString = "", limit: Int = .max, emptyAllowed: Bool = false
    ) throws(EncodingError) {
        let start = beginWord(prefix)
        do throws(ValueError) {
            try value.write(to: &self)
            // Most words are plain, and nothing else can be wrong with them.
            if !(V.isAlwaysPlain || special == 0) || count <= start || count &- start > limit {
                if count == start { leaveBlank() }
                try check(from: start, limit: limit, emptyAllowed: emptyAllowed, separator: nil)
            }
            special = 1
        } catch {
            throw fail(.invalidValue(error.reason), name)
        }
    }

    /// Appends one word with the values, a separator between two; throws on no value or one with the separator.
    public mutating func writeList<V: WireValue>(
        _ values: [V], _ name: StaticString, separator: UInt8, prefix: StaticString = "", limit: Int = .max,
        emptyAllowed: Bool = false
    ) throws(EncodingError) {
        guard emptyAllowed || !values.isEmpty else { throw fail(.missingParameter, name) }
        let start = beginWord(prefix)
        var isFirst = true
        for value in values {
            if !isFirst { append(separator) }
            isFirst = false
            let place = count
            do throws(ValueError) {
                try value.write(to: &self)
                try check(from: place, limit: .max, emptyAllowed: false, separator: separator)
            } catch {
                throw fail(.invalidValue(error.reason), name)
            }
        }
        if count == start { leaveBlank() }
        guard count &- start <= limit else { throw fail(.invalidValue(.tooLong(limit: limit)), name) }
        special = 1
    }

    /// Appends a word for each value; throws when there are fewer than the minimum.
    @inlinable
    public mutating func writeRepeated<V: WireValue>(
        _ values: [V], _ name: StaticString, minimum: Int = 0, limit: Int = .max
    ) throws(EncodingError) {
        guard values.count >= minimum else { throw fail(.missingParameter, name) }
        for value in values { try write(value, name, limit: limit) }
    }

    /// Ends the line; throws when no reader would take it.
    public mutating func end() throws(EncodingError) {
        try checkLine()
        appendLineEnd()
        lineStart = count
    }

    /// Ends the line with the payload's byte count and appends the payload; throws when its length is not allowed.
    public mutating func end(payload: WireBytes, limit: Int = .max, length: Int? = nil) throws(EncodingError) {
        guard payload.count <= min(limit, Int(UInt32.max)) else { throw fail(.payloadTooLong(limit: limit)) }
        if let length, payload.count != length { throw fail(.wrongPayloadLength) }
        count &+= 1
        append(decimal: UInt64(payload.count))
        try checkLine()
        appendLineEnd()
        copy(payload)
        lineStart = count
    }

    /// Throws when the line is longer, or has more words, than its reader accepts.
    private mutating func checkLine() throws(EncodingError) {
        let length = count &- lineStart
        // Each word takes two bytes at least, so that most lines need not be counted.
        let most = min(limits.parameters, 64)
        guard length > 2 * most else { return }
        guard length <= limits.line else { throw fail(.lineTooLong(limit: limits.line)) }
        var words = 0
        for index in lineStart..<count where buffer[index] == 0x20 { words &+= 1 }
        guard words <= most else { throw fail(.tooManyParameters(limit: most)) }
    }

    /// Takes the line back and gives the error to throw.
    @inline(never)
    public mutating func fail(_ kind: EncodingError.Kind, _ name: StaticString? = nil) -> EncodingError {
        count = min(lineStart, count)
        return EncodingError(
            kind: kind, command: command.description, form: form.description, parameter: name?.description,
            version: version)
    }

    /// Appends a blank and what a word begins with; gives the place of the value behind it.
    @usableFromInline
    mutating func beginWord(_ prefix: StaticString) -> Int {
        count &+= 1
        special = 0
        if prefix.utf8CodeUnitCount > 0 { append(prefix) }
        return count
    }

    /// Leaves a blank behind a word that is empty, of which nothing was appended.
    @usableFromInline @inline(never)
    mutating func leaveBlank() { append("" as StaticString) }

    /// Throws unless what stands behind a place can be a word, or a part of one between separators.
    @usableFromInline
    func check(from start: Int, limit: Int, emptyAllowed: Bool, separator: UInt8?) throws(ValueError) {
        let length = count &- start
        guard emptyAllowed || length > 0 else { throw ValueError(.empty) }
        guard length <= limit else { throw ValueError(.tooLong(limit: limit), offset: limit) }
        if special == 0, separator == nil { return }
        let written = buffer.span.extracting(..<count)
        guard let isASCII = wordIsASCII(written, from: start, without: separator) else {
            throw forbiddenByte(in: written.extracting(start...), or: separator)
        }
        if !isASCII { try checkUTF8(written.extracting(start...)) }
    }

    private mutating func appendTransaction(_ transaction: TransactionID) {
        count &+= 1
        let start = count
        append(decimal: UInt64(transaction.value))
        let zeros = Int(transaction.digits) &- (count &- start)
        guard zeros > 0 else { return }
        count = start
        for _ in 0..<zeros { append(0x30) }
        append(decimal: UInt64(transaction.value))
    }
}
