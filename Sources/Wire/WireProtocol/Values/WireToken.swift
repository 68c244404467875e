/// A raw word: any UTF-8 bytes above 0x20 except 0x7F, written unchanged.
public struct WireToken: WireValue, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The bytes of the word.
    public let wire: WireBytes

    /// Creates a word from a text; one with a blank or a control byte is refused when it is written.
    public init(_ string: String) { wire = WireBytes(string) }

    /// Creates a word from a literal; one with a blank or a control byte is refused when it is written.
    public init(stringLiteral value: String) { self.init(value) }

    /// Any word.
    public static var table: ValueTable { .anyWord }

    /// Reads a word; throws on a byte up to 0x20, on 0x7F and on invalid UTF-8.
    public init(wire: WireBytes) throws(ValueError) { try self.init(wire: wire, version: ProtocolVersion(0)) }

    /// Takes a word unchecked.
    @inlinable
    public init(checked wire: WireBytes) { self.wire = wire }

    /// Appends the word unchanged.
    public func write(to writer: inout LineWriter) throws(ValueError) { writer.append(wire) }

    /// The word as text.
    public var string: String { wire.description }

    /// The word as text.
    public var text: String { string }

    /// The word as text.
    public var description: String { string }
}

/// Throws at the first byte that is not UTF-8.
func checkUTF8(_ bytes: Span<UInt8>) throws(ValueError) {
    guard !isUTF8(bytes) else { return }
    do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes)
    } catch {
        throw ValueError(.invalidUTF8, offset: error.byteOffsets.lowerBound)
    }
}

/// The error for a word that contains a blank, a control byte or the given byte.
func forbiddenByte(in bytes: Span<UInt8>, or other: UInt8? = nil) -> ValueError {
    for index in bytes.indices {
        let byte = bytes[index]
        if byte <= 0x20 || byte == 0x7F || byte == other { return ValueError(.forbiddenCharacter(byte), offset: index) }
    }
    return ValueError(.invalidUTF8)
}
