/// An entry of a binary header: a type, a length and a value.
public struct TypeLengthValue: Hashable, Sendable {
    /// The type of the value.
    public var type: UInt8
    /// The bytes, at most 255.
    public var value: WireBytes

    /// Creates an entry.
    public init(type: UInt8, value: WireBytes) {
        self.type = type
        self.value = value
    }

    /// Reads entries up to the padding, which starts with a type of 0.
    public static func entries(in bytes: WireBytes) throws(PayloadError) -> [TypeLengthValue] {
        var reader = ByteReader(bytes)
        var result: [TypeLengthValue] = []
        while reader.remaining > 0 {
            let type = try reader.number("type", width: 1, bigEndian: true)
            if type == 0 { break }
            let length = try reader.number("length", width: 1, bigEndian: true)
            let value = try reader.take("value", Int(length))
            result.append(TypeLengthValue(type: UInt8(truncatingIfNeeded: type), value: value))
        }
        return result
    }

    /// The bytes of entries, padded with zeros to a multiple of four.
    public static func bytes(of entries: [TypeLengthValue]) throws(PayloadError) -> WireBytes {
        var bytes: [UInt8] = []
        for entry in entries {
            guard entry.value.count <= 255 else { throw PayloadError(.wrongLength, field: "value") }
            bytes += [entry.type, UInt8(truncatingIfNeeded: entry.value.count)] + entry.value.array
        }
        while bytes.count % 4 != 0 { bytes.append(0) }
        return WireBytes(bytes)
    }
}
