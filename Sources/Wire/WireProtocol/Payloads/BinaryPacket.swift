/// The numbers of a binary header and the bytes around them.
public struct BinaryPacket: Hashable, Sendable {
    /// In the order of the table, the footer after the header; counts are 0, because they follow from the bytes.
    private var numbers: [UInt64]
    /// The entries of type, length and value in the header, padding included.
    public var options = WireBytes()
    /// The data after the header.
    public var data = WireBytes()
    /// What follows, such as the next packet.
    public var rest = WireBytes()

    /// Creates a header of zeros without data.
    public init(_ table: BinaryTable) {
        numbers = Array(repeating: 0, count: table.numbers.count + table.footer.count)
    }

    /// Reads a header; throws if bytes are missing or a length does not match its number.
    init(reading bytes: WireBytes, _ table: BinaryTable) throws(PayloadError) {
        var reader = ByteReader(bytes)
        var headerLength: (row: NumberRow, value: UInt64)?
        var dataLength: UInt64?
        numbers = []
        numbers.reserveCapacity(table.numbers.count + table.footer.count)
        for row in table.numbers {
            let value = try row.read(&reader)
            switch row.role {
            case .value: break
            case .headerLength: headerLength = (row, value)
            case .dataLength: dataLength = value
            }
            numbers.append(row.role == .value ? value : 0)
        }
        if let headerLength {
            guard headerLength.value >= UInt64(table.fixedSize) else {
                throw PayloadError(.wrongLength, field: "\(headerLength.row.name)")
            }
            options = try reader.take("options", headerLength.value - UInt64(table.fixedSize))
        }
        if let dataLength {
            data = try reader.take("data", dataLength)
        } else {
            data = try reader.take("data", reader.remaining - table.footerSize)
        }
        for row in table.footer { numbers.append(try row.read(&reader)) }
        if dataLength != nil { rest = try reader.take("rest", reader.remaining) }
        try check(table)
    }

    /// Throws if a length does not fit its number or the entries do not fit their bytes.
    func check(_ table: BinaryTable) throws(PayloadError) {
        for row in table.numbers where row.role != .value && row.width < 8 {
            if count(row, table) >= 1 << UInt64(8 * row.width) {
                throw PayloadError(.wrongLength, field: "\(row.name)")
            }
        }
        if table.countsHeader { _ = try TypeLengthValue.entries(in: options) }
    }

    /// The encoded bytes; throws if a length does not fit its number.
    func encoded(_ table: BinaryTable) throws(PayloadError) -> [UInt8] {
        try check(table)
        var writer = ByteWriter()
        for (row, number) in zip(table.numbers, numbers) {
            row.write(row.role == .value ? number : count(row, table), to: &writer)
        }
        if table.countsHeader { writer.append(options) }
        writer.append(data)
        for (row, number) in zip(table.footer, numbers.dropFirst(table.numbers.count)) {
            row.write(number, to: &writer)
        }
        if table.countsData { writer.append(rest) }
        return writer.bytes
    }

    /// A number by its name, also one that counts; `nil` if there is none.
    func anyNumber(_ name: StaticString, in table: BinaryTable) -> UInt64? {
        guard let index = table.index(of: name), numbers.indices.contains(index) else { return nil }
        guard table.numbers.indices.contains(index), table.numbers[index].role != .value else { return numbers[index] }
        return count(table.numbers[index], table)
    }

    /// What a number counts.
    private func count(_ row: NumberRow, _ table: BinaryTable) -> UInt64 {
        switch row.role {
        case .value: 0
        case .headerLength: UInt64(clamping: options.count + table.fixedSize)
        case .dataLength: UInt64(clamping: data.count)
        }
    }
}

extension BinaryPacket {
    /// The number with a name; 0 if there is none.
    public func number<Number: FixedWidthInteger>(_ name: StaticString, in table: BinaryTable) -> Number {
        guard let index = table.index(of: name), numbers.indices.contains(index) else { return 0 }
        return Number(truncatingIfNeeded: numbers[index])
    }

    /// The flags with a name; empty if there is no such number.
    public func flags<Flags: OptionSet>(
        _ name: StaticString, in table: BinaryTable
    ) -> Flags where Flags.RawValue == UInt32 {
        Flags(rawValue: number(name, in: table))
    }

    /// The value with a name; its words are numbers.
    public func value<Value: WireEnumeration>(_ name: StaticString, in table: BinaryTable) -> Value {
        let number: UInt64 = number(name, in: table)
        return Value(checked: WireBytes(String(number)))
    }

    /// The value of the header's entry of a type; `nil` if there is none.
    public func entry<Kind: WireEnumeration>(_ kind: Kind) -> WireBytes? {
        guard let number = UInt64(kind.text) else { return nil }
        return (try? TypeLengthValue.entries(in: options))?.first { UInt64($0.type) == number }?.value
    }

    /// Sets the value with a name; a word that is not a number changes nothing.
    public mutating func set<Value: WireEnumeration>(_ name: StaticString, to value: Value, in table: BinaryTable) {
        if let number = UInt64(value.text) { set(name, to: number, in: table) }
    }

    /// Sets the number with a name; bytes it has no room for are cut off when it is written.
    public mutating func set<Number: FixedWidthInteger>(
        _ name: StaticString, to number: Number, in table: BinaryTable
    ) {
        guard let index = table.index(of: name), numbers.indices.contains(index) else { return }
        numbers[index] = UInt64(truncatingIfNeeded: number)
    }

    /// Sets the flags with a name.
    public mutating func set<Flags: OptionSet>(
        _ name: StaticString, to flags: Flags, in table: BinaryTable
    ) where Flags.RawValue == UInt32 {
        set(name, to: flags.rawValue, in: table)
    }
}
