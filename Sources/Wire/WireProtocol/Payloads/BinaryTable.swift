/// Describes one kind of binary header: the numbers around its data.
public final class BinaryTable: Sendable {
    /// The name in the grammar.
    public let payload: StaticString
    /// The limits if a reader gives none.
    public let limits: PayloadLimits
    /// The numbers before the data.
    public let numbers: [NumberRow]
    /// The numbers after the data.
    public let footer: [NumberRow]
    /// The payloads that the data may be.
    public let inside: [InsideRow]
    private let names: [StaticString]
    /// The size of the numbers before the data.
    let fixedSize: Int
    /// The size of the numbers after the data.
    let footerSize: Int
    /// Whether a number counts the bytes of the header, including entries.
    let countsHeader: Bool
    /// Whether a number counts the bytes of the data, so that more may follow.
    let countsData: Bool

    /// Creates the table of a header.
    public init(
        _ payload: StaticString, limits: PayloadLimits, _ numbers: [NumberRow], footer: [NumberRow] = [],
        inside: [InsideRow] = []
    ) {
        self.inside = inside
        self.payload = payload
        self.limits = limits
        self.numbers = numbers
        self.footer = footer
        names = (numbers + footer).map(\.name)
        fixedSize = numbers.reduce(0) { $0 + $1.width }
        footerSize = footer.reduce(0) { $0 + $1.width }
        countsHeader = numbers.contains { $0.role == .headerLength }
        countsData = numbers.contains { $0.role == .dataLength }
    }

    /// The index of a number; those of the footer follow the others.
    func index(of name: StaticString) -> Int? { names.firstIndex { $0.isSame(name) } }
}

/// A number of a binary header.
public struct NumberRow: Sendable {
    /// The purpose of a number.
    public enum Role: Sendable {
        /// A value.
        case value
        /// The number of bytes of the header, including the entries after the numbers.
        case headerLength
        /// The number of bytes of the data.
        case dataLength
    }

    /// The order of the bytes.
    public enum ByteOrder: Sendable {
        /// The lowest byte comes first.
        case little
        /// The highest byte comes first.
        case big
    }

    /// The name in the grammar.
    public let name: StaticString
    /// The number of bytes, 1 to 8.
    public let width: Int
    /// The order of its bytes.
    public let order: ByteOrder
    /// The purpose of the number.
    public let role: Role

    /// Creates the row of a number.
    public init(_ name: StaticString, bytes width: Int, _ order: ByteOrder, _ role: Role = .value) {
        self.name = name
        self.width = width
        self.order = order
        self.role = role
    }

    func read(_ reader: inout ByteReader) throws(PayloadError) -> UInt64 {
        try reader.number(name, width: width, bigEndian: order == .big)
    }

    func write(_ value: UInt64, to writer: inout ByteWriter) {
        writer.number(value, width: width, bigEndian: order == .big)
    }
}
