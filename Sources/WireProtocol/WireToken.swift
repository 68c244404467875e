/// A raw word: any bytes above 0x20 except 0x7F, in UTF-8, written as they are.
public struct WireToken: WireValue, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The bytes of the word.
    public let wire: WireBytes

    /// Creates a word of a text; a text with a blank or a control byte is refused when it is written.
    public init(_ string: String) { wire = WireBytes(string) }

    /// Creates a word of a literal; a literal with a blank or a control byte is refused when it is written.
    public init(stringLiteral value: String) { self.init(value) }

    /// Reads a word; throws on a byte up to 0x20, on 0x7F and on invalid UTF-8.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        try self.init(wire: wire)
    }

    /// Reads a word; throws on a byte up to 0x20, on 0x7F and on invalid UTF-8.
    public init(wire: WireBytes) throws(ValueError) {
        try wire.withSpan { (bytes) throws(ValueError) in
            var isASCII = true
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte > 0x20, byte != 0x7F else { throw ValueError(.forbiddenCharacter(byte), offset: index) }
                if byte >= 0x80 { isASCII = false }
            }
            if !isASCII { try checkUTF8(bytes) }
        }
        self.wire = wire
    }

    /// Appends the word as it is.
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
    do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: bytes)
    } catch {
        throw ValueError(.invalidUTF8, offset: error.byteOffsets.lowerBound)
    }
}
