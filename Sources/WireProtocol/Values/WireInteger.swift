extension UInt32: WireValue {
    /// Reads a canonical decimal number: digits only, no leading zero.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        let value = try wire.withSpan { (bytes) throws(ValueError) in
            try parseDecimal(bytes, from: 0, limit: UInt64(UInt32.max), range: "0...4294967295")
        }
        self = UInt32(truncatingIfNeeded: value)
    }

    /// Reads a canonical decimal number: digits only, no leading zero.
    @inlinable
    public init(word: LineWord, in line: inout LineReader) throws(ValueError) {
        guard let number = canonicalNumber(line.frame.chunk.span, from: word.start, to: word.end) else {
            try self.init(wire: line.bytes(word), version: line.version)
            return
        }
        self = number
    }

    /// Digits, and a minus sign at most.
    @inlinable public static var isAlwaysPlain: Bool { true }

    /// Appends the decimal number.
    public func write(to writer: inout LineWriter) throws(ValueError) { writer.append(decimal: UInt64(self)) }

    /// The decimal number.
    public var text: String { String(self) }
}

extension Int64: WireValue {
    /// Reads a canonical decimal number: an optional minus sign, digits, no leading zero, not -0.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        let range = "-9223372036854775808...9223372036854775807"
        self = try wire.withSpan { (bytes) throws(ValueError) in
            guard bytes.count > 1, bytes[0] == UInt8(ascii: "-") else {
                let value = try parseDecimal(bytes, from: 0, limit: UInt64(Int64.max), range: range)
                return Int64(truncatingIfNeeded: value)
            }
            let value = try parseDecimal(bytes, from: 1, limit: Int64.min.magnitude, range: range)
            guard value > 0 else { throw ValueError(.badShape(expected: canonicalNumber), offset: 0) }
            return 0 &- Int64(truncatingIfNeeded: value)
        }
    }

    /// Digits, and a minus sign at most.
    @inlinable public static var isAlwaysPlain: Bool { true }

    /// Appends the decimal number, with a minus sign below zero.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        if self < 0 { writer.append(UInt8(ascii: "-")) }
        writer.append(decimal: magnitude)
    }

    /// The decimal number.
    public var text: String { String(self) }
}

private let canonicalNumber = "a decimal number without leading zeros"

/// Reads digits to the end of the bytes; throws on another byte, a leading zero or a number over the limit.
func parseDecimal(_ bytes: Span<UInt8>, from start: Int, limit: UInt64, range: String) throws(ValueError) -> UInt64 {
    guard start < bytes.count else { throw ValueError(.empty, offset: start) }
    var value: UInt64 = 0
    var index = start
    while index < bytes.count {
        let digit = bytes[index] &- 0x30
        guard digit <= 9 else { throw ValueError(.notANumber, offset: index) }
        let (product, first) = value.multipliedReportingOverflow(by: 10)
        let (sum, second) = product.addingReportingOverflow(UInt64(digit))
        guard !first, !second, sum <= limit else {
            try checkDigits(bytes, from: index)
            throw ValueError(.outOfRange(range), offset: start)
        }
        value = sum
        index &+= 1
    }
    if bytes[start] == 0x30, bytes.count &- start > 1 {
        throw ValueError(.badShape(expected: canonicalNumber), offset: start)
    }
    return value
}

private func checkDigits(_ bytes: Span<UInt8>, from start: Int) throws(ValueError) {
    for index in start..<bytes.count where bytes[index] &- 0x30 > 9 { throw ValueError(.notANumber, offset: index) }
}
