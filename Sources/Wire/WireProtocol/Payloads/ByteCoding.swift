/// Reads the numbers of a binary header in order.
public struct ByteReader {
    private let bytes: WireBytes
    /// The index of the next byte.
    public private(set) var position: Int

    /// Creates a reader that starts at an index.
    public init(_ bytes: WireBytes, at position: Int = 0) {
        self.bytes = bytes
        self.position = max(0, position)
    }

    /// The number of remaining bytes.
    public var remaining: Int { max(0, bytes.count - position) }

    /// Reads a number of 1 to 8 bytes.
    public mutating func number(_ field: StaticString, width: Int, bigEndian: Bool) throws(PayloadError) -> UInt64 {
        guard (1...8).contains(width), remaining >= width else {
            throw PayloadError(.tooShort, field: "\(field)", offset: position)
        }
        var value: UInt64 = 0
        for index in 0..<width {
            let byte = UInt64(bytes[position + index])
            value |= byte << UInt64(8 * (bigEndian ? width - 1 - index : index))
        }
        position += width
        return value
    }

    /// Reads as many bytes as a number of the header says.
    public mutating func take(_ field: StaticString, _ count: UInt64) throws(PayloadError) -> WireBytes {
        guard count <= UInt64(remaining) else { throw PayloadError(.tooShort, field: "\(field)", offset: position) }
        return try take(field, Int(count))
    }

    /// Reads a number of bytes.
    public mutating func take(_ field: StaticString, _ count: Int) throws(PayloadError) -> WireBytes {
        guard count >= 0, remaining >= count else {
            throw PayloadError(.tooShort, field: "\(field)", offset: position)
        }
        defer { position += count }
        return bytes.slice(position..<position + count)
    }
}

/// Writes the numbers of a binary header.
public struct ByteWriter {
    /// The bytes written so far.
    public private(set) var bytes: [UInt8] = []

    /// Creates an empty writer.
    public init() {}

    /// Appends a number of 1 to 8 bytes; its higher bytes are cut off.
    public mutating func number(_ value: UInt64, width: Int, bigEndian: Bool) {
        for index in 0..<max(0, min(8, width)) {
            let shift = UInt64(8 * (bigEndian ? width - 1 - index : index))
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// Appends bytes.
    public mutating func append(_ more: WireBytes) {
        bytes += more.array
    }
}
