/// Reads numbers of a binary header, front to back.
public struct ByteReader {
    private let bytes: WireBytes
    /// The place of the next byte.
    public private(set) var position: Int

    /// Starts at a place of some bytes.
    public init(_ bytes: WireBytes, at position: Int = 0) {
        self.bytes = bytes
        self.position = max(0, position)
    }

    /// The number of bytes that are left.
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

    /// Takes as many bytes as a number of the header says.
    public mutating func take(_ field: StaticString, _ count: UInt64) throws(PayloadError) -> WireBytes {
        guard count <= UInt64(remaining) else { throw PayloadError(.tooShort, field: "\(field)", offset: position) }
        return try take(field, Int(count))
    }

    /// Takes some bytes.
    public mutating func take(_ field: StaticString, _ count: Int) throws(PayloadError) -> WireBytes {
        guard count >= 0, remaining >= count else {
            throw PayloadError(.tooShort, field: "\(field)", offset: position)
        }
        defer { position += count }
        return bytes.slice(position..<position + count)
    }
}

/// Writes numbers of a binary header.
public struct ByteWriter {
    /// What was written.
    public private(set) var bytes: [UInt8] = []

    /// Starts with nothing.
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
