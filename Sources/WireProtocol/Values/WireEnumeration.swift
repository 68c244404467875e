/// A value that is one of a list of words.
public protocol WireEnumeration: WireValue {
    /// The value of a word of one to eight bytes, packed into a number with the first byte highest; `nil` when none of
    /// the short words is meant; throws when the version does not have the value.
    static func value(packed word: UInt64, in version: ProtocolVersion) throws(ValueError) -> Self?
    /// The value of any other word; throws when there is none.
    static func value(other wire: WireBytes, in version: ProtocolVersion) throws(ValueError) -> Self
}

extension WireEnumeration {
    /// Reads a word; throws when the type or the version has no such value.
    @inlinable
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        if let word = wire.packed, let value = try Self.value(packed: word, in: version) {
            self = value
        } else {
            self = try Self.value(other: wire, in: version)
        }
    }

    /// Reads a word of a line; throws when the type or the version has no such value.
    @inlinable
    public init(word: LineWord, in line: inout LineReader) throws(ValueError) {
        if let packed = packedWord(line.frame.chunk.span, from: word.start, to: word.end),
            let value = try Self.value(packed: packed, in: line.version)
        {
            self = value
        } else {
            let bytes = WireBytes(chunk: line.frame.chunk, from: word.start, to: word.end)
            self = try Self.value(other: bytes, in: line.version)
        }
    }
}
