/// Appends lines to a buffer, one parameter after the other; a failed line is taken back whole.
public struct LineWriter: Sendable {
    /// The bytes that were written.
    public private(set) var bytes: [UInt8]
    /// The version the lines are written in.
    public let version: ProtocolVersion
    private var lineStart: Int
    private var command: StaticString = ""
    private var form: StaticString = ""

    /// Creates a writer that appends to a buffer.
    public init(version: ProtocolVersion, buffer: [UInt8] = []) {
        self.version = version
        bytes = buffer
        lineStart = buffer.count
    }

    /// Takes the bytes and leaves an empty buffer.
    public mutating func takeBytes() -> [UInt8] {
        let taken = bytes
        bytes = []
        lineStart = 0
        return taken
    }

    /// Begins a line with its command word and transaction number; throws when the number breaks the rule.
    public mutating func begin(
        command: StaticString, form: StaticString, rule: TransactionRule, transaction: TransactionID?
    ) throws(EncodingError) {
        lineStart = bytes.count
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
        append(0x20)
        append(word)
    }

    /// Appends a blank, a prefix and a value of at most `limit` bytes; throws on a value that is no single word.
    public mutating func write<V: WireValue>(
        _ value: V, _ name: StaticString, prefix: StaticString = "", limit: Int = .max, emptyAllowed: Bool = false
    ) throws(EncodingError) {
        append(0x20)
        append(prefix)
        try append(value, name, limit: limit, emptyAllowed: emptyAllowed, separator: nil)
    }

    /// Appends one word with the values, a separator between two; throws on no value or one with the separator.
    public mutating func writeList<V: WireValue>(
        _ values: [V], _ name: StaticString, separator: UInt8, prefix: StaticString = "", limit: Int = .max,
        emptyAllowed: Bool = false
    ) throws(EncodingError) {
        guard emptyAllowed || !values.isEmpty else { throw fail(.missingParameter, name) }
        append(0x20)
        append(prefix)
        let start = bytes.count
        var isFirst = true
        for value in values {
            if !isFirst { append(separator) }
            isFirst = false
            try append(value, name, limit: .max, emptyAllowed: false, separator: separator)
        }
        guard bytes.count &- start <= limit else { throw fail(.invalidValue(.tooLong(limit: limit)), name) }
    }

    /// Appends a word for each value; throws when there are fewer than the minimum.
    public mutating func writeRepeated<V: WireValue>(
        _ values: [V], _ name: StaticString, minimum: Int = 0, limit: Int = .max
    ) throws(EncodingError) {
        guard values.count >= minimum else { throw fail(.missingParameter, name) }
        for value in values { try write(value, name, limit: limit) }
    }

    /// Ends the line.
    public mutating func end() {
        append(0x0D)
        append(0x0A)
        lineStart = bytes.count
    }

    /// Ends the line with the payload's byte count and appends the payload; throws when its length is not allowed.
    public mutating func end(payload: WireBytes, limit: Int = .max, length: Int? = nil) throws(EncodingError) {
        guard payload.count <= min(limit, Int(UInt32.max)) else { throw fail(.payloadTooLong(limit: limit)) }
        if let length, payload.count != length { throw fail(.wrongPayloadLength) }
        append(0x20)
        append(decimal: UInt64(payload.count))
        append(0x0D)
        append(0x0A)
        append(payload)
        lineStart = bytes.count
    }

    /// Takes the line back and gives the error to throw.
    public mutating func fail(_ kind: EncodingError.Kind, _ name: StaticString? = nil) -> EncodingError {
        bytes.removeSubrange(min(lineStart, bytes.count)...)
        return EncodingError(
            kind: kind, command: command.description, form: form.description, parameter: name?.description,
            version: version)
    }

    private mutating func appendTransaction(_ transaction: TransactionID) {
        append(0x20)
        let zeros = Int(transaction.digits) &- decimalWidth(UInt64(transaction.value))
        if zeros > 0 {
            for _ in 0..<zeros { append(0x30) }
        }
        append(decimal: UInt64(transaction.value))
    }

    private mutating func append<V: WireValue>(
        _ value: V, _ name: StaticString, limit: Int, emptyAllowed: Bool, separator: UInt8?
    ) throws(EncodingError) {
        let start = bytes.count
        do throws(ValueError) {
            try value.write(to: &self)
            try check(from: start, limit: limit, emptyAllowed: emptyAllowed, separator: separator)
        } catch {
            throw fail(.invalidValue(error.reason), name)
        }
    }

    private func check(from start: Int, limit: Int, emptyAllowed: Bool, separator: UInt8?) throws(ValueError) {
        let count = bytes.count &- start
        guard emptyAllowed || count > 0 else { throw ValueError(.empty) }
        guard count <= limit else { throw ValueError(.tooLong(limit: limit), offset: limit) }
        let written = bytes.span
        var isASCII = true
        for index in start..<written.count {
            let byte = written[index]
            guard byte > 0x20, byte != 0x7F, byte != separator else {
                throw ValueError(.forbiddenCharacter(byte), offset: index &- start)
            }
            if byte >= 0x80 { isASCII = false }
        }
        if !isASCII { try checkUTF8(written.extracting(start..<written.count)) }
    }
}

extension LineWriter {
    /// Appends one byte of a value.
    public mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Appends bytes of a value.
    public mutating func append(_ wire: WireBytes) {
        wire.withSpan { span in
            span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        }
    }

    /// Appends bytes of a value.
    public mutating func append(_ array: [UInt8]) { bytes.append(contentsOf: array) }

    /// Appends the bytes of a literal.
    public mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends a number in decimal.
    public mutating func append(decimal value: UInt64) {
        let width = decimalWidth(value)
        let start = bytes.count
        for _ in 0..<width { bytes.append(0x30) }
        var rest = value
        var index = start &+ width
        while index > start {
            index &-= 1
            bytes[index] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
