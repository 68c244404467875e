/// A number with a meaning and limits of its own, such as a port.
///
/// A value is checked when it is made; one that was read was checked as it was read. A type whose limits are those of
/// `Number` takes integer literals.
public protocol WireInteger: WireValue, Hashable, Comparable, CustomStringConvertible {
    /// What holds the number.
    associatedtype Number: WireValue, FixedWidthInteger

    /// The number.
    var number: Number { get }
    /// Takes a number that the table accepts.
    init(checked number: Number)
}

extension WireInteger {
    /// Takes a number; throws when it is outside of the limits of the type.
    public init(_ number: Number) throws(ValueError) {
        let limits = Self.limits
        guard limits.contains(number) else {
            throw ValueError(.outOfRange("\(limits.lowerBound)...\(limits.upperBound)"))
        }
        self.init(checked: number)
    }

    /// Takes the nearest number within the limits of the type.
    public init(clamping number: some BinaryInteger) {
        let limits = Self.limits
        self.init(checked: min(max(Number(clamping: number), limits.lowerBound), limits.upperBound))
    }

    /// Reads a canonical decimal number.
    @inlinable
    public init(checked wire: WireBytes) { self.init(checked: Number(checked: wire)) }

    /// The smallest and the largest number that the type allows.
    public static var limits: ClosedRange<Number> {
        guard case .integer(let range) = table.kind else { return Number.min...Number.max }
        return Number(clamping: range.lowerBound)...Number(clamping: range.upperBound)
    }

    /// Appends the decimal number.
    public func write(to writer: inout LineWriter) throws(ValueError) { try number.write(to: &writer) }

    /// The decimal number.
    public var text: String { String(number) }

    /// The decimal number.
    public var description: String { text }

    /// Whether the first number is smaller.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension WireInteger where Self: ExpressibleByIntegerLiteral {
    /// Takes a number; the type allows all of them.
    public init(_ number: Number) { self.init(checked: number) }

    /// Takes the number of a literal; the type allows all of them.
    public init(integerLiteral number: Number) { self.init(checked: number) }
}

extension UInt32: WireValue {
    /// A canonical decimal number: digits only, no leading zero.
    public static var table: ValueTable { .anyNumber }

    /// Reads a canonical decimal number; other bytes read as 0.
    @inlinable
    public init(checked wire: WireBytes) {
        self = canonicalNumber(wire.chunk.span, from: Int(wire.start), to: Int(wire.end)) ?? 0
    }

    /// Appends the decimal number.
    public func write(to writer: inout LineWriter) throws(ValueError) { writer.append(decimal: UInt64(self)) }

    /// The decimal number.
    public var text: String { String(self) }
}

extension Int64: WireValue {
    /// A canonical decimal number: an optional minus sign, digits, no leading zero, not -0.
    public static var table: ValueTable { .anySignedNumber }

    /// Reads a canonical decimal number; other bytes read as 0.
    public init(checked wire: WireBytes) {
        self = wire.withSpan { (try? signedNumber($0)) ?? 0 }
    }

    /// Appends the decimal number, with a minus sign below zero.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        if self < 0 { writer.append(UInt8(ascii: "-")) }
        writer.append(decimal: magnitude)
    }

    /// The decimal number.
    public var text: String { String(self) }
}

/// Reads a canonical 32-bit number.
func unsignedNumber(_ bytes: Span<UInt8>) throws(ValueError) -> UInt32 {
    if let number = WireProtocol.canonicalNumber(bytes, from: 0, to: bytes.count) { return number }
    let value = try parseDecimal(bytes, from: 0, limit: UInt64(UInt32.max), range: "0...4294967295")
    return UInt32(truncatingIfNeeded: value)
}

/// Reads a canonical 64-bit number, which may have a minus sign.
func signedNumber(_ bytes: Span<UInt8>) throws(ValueError) -> Int64 {
    let range = "-9223372036854775808...9223372036854775807"
    guard bytes.count > 1, bytes[0] == UInt8(ascii: "-") else {
        let value = try parseDecimal(bytes, from: 0, limit: UInt64(Int64.max), range: range)
        return Int64(truncatingIfNeeded: value)
    }
    let value = try parseDecimal(bytes, from: 1, limit: Int64.min.magnitude, range: range)
    guard value > 0 else { throw ValueError(.badShape(expected: canonicalSpelling), offset: 0) }
    return 0 &- Int64(truncatingIfNeeded: value)
}

private let canonicalSpelling = "a decimal number without leading zeros"

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
        throw ValueError(.badShape(expected: canonicalSpelling), offset: start)
    }
    return value
}

private func checkDigits(_ bytes: Span<UInt8>, from start: Int) throws(ValueError) {
    for index in start..<bytes.count where bytes[index] &- 0x30 > 9 { throw ValueError(.notANumber, offset: index) }
}

/// Numbers with a fixed number of digits, such as error codes.
public enum WireNumber {
    /// The number that digits with leading zeros spell; 0 for other bytes.
    public static func digits(_ wire: WireBytes) -> UInt32 {
        wire.withSpan { decimalNumber($0, from: 0, to: $0.count) ?? 0 }
    }

    /// Appends a number with leading zeros; throws if it has more digits.
    public static func write(_ number: UInt16, digits: Int, to writer: inout LineWriter) throws(ValueError) {
        let width = decimalWidth(UInt64(number))
        guard width <= digits else {
            let most = String(repeating: "9", count: digits)
            throw ValueError(.outOfRange("0...\(most)"))
        }
        for _ in width..<digits { writer.append(0x30) }
        writer.append(decimal: UInt64(number))
    }
}
