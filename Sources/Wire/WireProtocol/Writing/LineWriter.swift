/// What a writer does with a value whose parameter the version lacks.
public enum WritingPolicy: Hashable, Sendable {
    /// The value is refused by name.
    case exact
    /// The value is left out if the grammar allows that, and refused otherwise.
    case fitting
}

/// Appends lines to a buffer, one parameter after another; a failed line is removed as a whole.
///
/// Each append leaves a blank in the spare room after its bytes, so that the next word only has to count it.
public struct LineWriter: Sendable {
    /// The version the lines are written in.
    public let version: ProtocolVersion
    /// The number of bytes written.
    public internal(set) var count: Int
    /// The bytes written, followed by room for more.
    var buffer: [UInt8]
    /// What to do with a value whose parameter the version lacks.
    public let policy: WritingPolicy
    let limits: WireLimits
    var lineStart: Int
    /// Nonzero if a byte outside 0x21 to 0x7E was appended since the word began, and after the word: a value that
    /// writes another word or line inside its own has written more than plain bytes.
    var special: UInt64 = 0
    /// The form being written.
    var table: FormTable?

    /// Creates a writer that appends to a buffer; the limits are those of the end that reads the lines.
    public init(
        version: ProtocolVersion, policy: WritingPolicy = .exact, buffer: [UInt8] = [], limits: WireLimits = .default
    ) {
        self.version = version
        self.policy = policy
        self.buffer = buffer
        count = buffer.count
        self.limits = limits
        lineStart = buffer.count
    }

    /// A copy of the bytes written.
    public var bytes: [UInt8] { count == buffer.count ? buffer : Array(buffer[..<count]) }

    /// Calls the body with a view of the bytes written, without copying them; rethrows its errors.
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(buffer.span.extracting(..<count))
    }

    /// Takes the bytes without copying them and leaves an empty buffer.
    public mutating func takeBytes() -> [UInt8] { takeBytes(andMost: 0) }

    /// Takes the bytes, and up to a number of bytes of the room after them.
    mutating func takeBytes(andMost more: Int) -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &buffer)
        taken.removeLast(max(0, taken.count &- count &- more))
        count = 0
        lineStart = 0
        return taken
    }

    /// Empties the buffer and keeps its memory for the next lines.
    public mutating func clear() {
        count = 0
        lineStart = 0
    }

    /// Appends a line and its payload unchanged, and what follows payloads in its protocol, which no frame has.
    public mutating func append(_ frame: Frame, trailer: PayloadTrailer = .none) {
        append(frame.lineBytes)
        appendLineEnd()
        if let payload = frame.payloadBytes {
            copy(payload)
            append(trailer)
        }
        lineStart = count
    }

    /// Begins a line with its command word and transaction ID; throws if the ID breaks the rule.
    mutating func begin(
        _ table: FormTable, command: WireBytes?, _ transaction: TransactionID?
    ) throws(WireEncodingError) {
        lineStart = count
        special = 1
        self.table = table
        if let command { append(command) } else { append(table.command) }
        switch (table.transaction, transaction) {
        case (.required, nil): throw fail(.missingTransactionID)
        case (.absent, nil), (.optional, nil): break
        case (.absent, _): throw fail(.unexpectedTransactionID)
        case (.zero, nil): appendTransaction(.zero)
        case (.zero, let number?):
            guard number.value == 0 else { throw fail(.unexpectedTransactionID) }
            appendTransaction(number)
        case (.required, let number?), (.optional, let number?): appendTransaction(number)
        }
        guard table.versions.contains(version) else { throw fail(.notInVersion) }
    }

    /// Ends the line; throws if no reader would accept it.
    mutating func end() throws(WireEncodingError) {
        try checkLine()
        appendLineEnd()
        lineStart = count
    }

    /// Ends the line and appends the payload and what follows it.
    mutating func end(payload: WireBytes, _ table: PayloadTable) throws(WireEncodingError) {
        try checkLine()
        appendLineEnd()
        copy(payload)
        append(table.trailer)
        lineStart = count
    }

    private mutating func append(_ trailer: PayloadTrailer) {
        if trailer.count > 0 { copy(WireBytes(trailer.array)) }
    }

    /// Throws if the line is longer, or has more words, than its reader accepts.
    private mutating func checkLine() throws(WireEncodingError) {
        let length = count &- lineStart
        guard length <= limits.line else { throw fail(.lineTooLong(limit: limits.line)) }
        if table?.hasRest == true { return }
        // Each word takes at least two bytes, and an empty one takes its blank, so most lines need not be counted.
        let most = min(limits.parameters, 64)
        guard length > (table?.keepsEmpty == true ? most : 2 * most) else { return }
        var words = 0
        for index in lineStart..<count where buffer[index] == 0x20 { words &+= 1 }
        guard words <= most else { throw fail(.tooManyParameters(limit: most)) }
    }

    /// Removes the line and returns the error to throw.
    @inline(never)
    mutating func fail(_ kind: WireEncodingError.Kind, _ name: StaticString? = nil) -> WireEncodingError {
        count = min(lineStart, count)
        return WireEncodingError(
            kind: kind, command: "\(table?.command ?? "")", form: "\(table?.name ?? "")", parameter: name?.description,
            version: version)
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
