/// The number that ties a reply to its request. It keeps its spelling, such as 007, but 007 equals 7.
public struct TransactionID: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The number.
    public var value: UInt32
    /// The number of digits on the wire, including leading zeros.
    public var digits: UInt8

    /// The number 0 with one digit.
    public static var zero: TransactionID { TransactionID(value: 0, spelledWith: 1) }

    /// Creates a number in its shortest spelling.
    public init(_ value: UInt32) {
        self.value = value
        digits = UInt8(truncatingIfNeeded: decimalWidth(UInt64(value)))
    }

    /// Creates a number with at least this many digits, at most ten.
    public init(value: UInt32, digits: UInt8) {
        self.value = value
        self.digits = min(10, max(digits, UInt8(truncatingIfNeeded: decimalWidth(UInt64(value)))))
    }

    @usableFromInline
    init(value: UInt32, spelledWith digits: UInt8) {
        self.value = value
        self.digits = digits
    }

    /// Creates a number in its shortest spelling.
    public init(integerLiteral value: UInt32) { self.init(value) }

    /// Reads one to ten digits, leading zeros allowed; `nil` for anything else or a number above 4294967295.
    public init?(wire: WireBytes) {
        guard let parsed = wire.withSpan({ TransactionID.parse($0, from: 0, to: $0.count) }) else { return nil }
        self = parsed
    }

    /// The number as it is spelled on the wire.
    public var description: String {
        let plain = String(value)
        return String(repeating: "0", count: max(0, Int(digits) - plain.utf8.count)) + plain
    }

    /// Whether both are the same number, however they are spelled.
    public static func == (left: TransactionID, right: TransactionID) -> Bool { left.value == right.value }

    /// Feeds the number, not its spelling, to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }

    static func parse(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> TransactionID? {
        guard let value = decimalNumber(bytes, from: start, to: end) else { return nil }
        return TransactionID(value: value, spelledWith: UInt8(truncatingIfNeeded: end &- start))
    }
}

/// The number of decimal digits of a number.
func decimalWidth(_ value: UInt64) -> Int {
    var width = 1
    var rest = value
    while rest >= 10_000 {
        rest /= 10_000
        width &+= 4
    }
    return width &+ (rest >= 1000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0)
}

/// Whether a form has a transaction ID.
public enum TransactionRule: Hashable, Sendable {
    /// It has a transaction ID.
    case required
    /// It has no transaction ID.
    case absent
    /// Its transaction ID is 0.
    case zero
    /// It may have a transaction ID.
    case optional
}
