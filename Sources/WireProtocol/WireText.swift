/// A text in percent coding (`%20` for a blank); what was read keeps its exact spelling.
public struct WireText: WireValue, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The percent-coded bytes.
    public let wire: WireBytes

    /// Encodes a text: bytes up to 0x20, `%`, 0x7F and non-ASCII bytes as `%XX` in upper case, the rest as it is.
    public init(_ string: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(string.utf8.count)
        for byte in string.utf8 {
            if byte > 0x20, byte < 0x7F, byte != percent {
                bytes.append(byte)
            } else {
                bytes.append(percent)
                bytes.append(hexadecimalDigit(byte >> 4))
                bytes.append(hexadecimalDigit(byte & 15))
            }
        }
        wire = WireBytes(bytes)
    }

    /// Encodes a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// Reads a percent-coded word; throws on a bad escape, on a control byte and when it does not decode to UTF-8.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        try self.init(wire: wire)
    }

    /// Reads a percent-coded word; throws on a bad escape, on a control byte and when it does not decode to UTF-8.
    public init(wire: WireBytes) throws(ValueError) {
        try wire.withSpan { (bytes) throws(ValueError) in try checkPercentCoding(bytes) }
        self.wire = wire
    }

    /// Encodes a readable text.
    public init(text: String, version: ProtocolVersion) throws(ValueError) { self.init(text) }

    /// Appends the percent-coded bytes in the spelling they were read in.
    public func write(to writer: inout LineWriter) throws(ValueError) { writer.append(wire) }

    /// The decoded text.
    public var string: String {
        wire.withSpan { bytes in
            String(decoding: decodePercentCoding(bytes), as: UTF8.self)
        }
    }

    /// The decoded text.
    public var text: String { string }

    /// The decoded text.
    public var description: String { string }
}

private let percent = UInt8(ascii: "%")

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x37 &+ value }

/// The value of a hexadecimal digit of either case; `nil` for another byte.
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte &- 0x30
    case 0x41...0x46: byte &- 0x37
    case 0x61...0x66: byte &- 0x57
    default: nil
    }
}

private func escapedByte(_ bytes: Span<UInt8>, at index: Int) -> UInt8? {
    guard bytes.count &- index > 2, let high = hexadecimalValue(bytes[index &+ 1]),
        let low = hexadecimalValue(bytes[index &+ 2])
    else { return nil }
    return high << 4 | low
}

private func checkPercentCoding(_ bytes: Span<UInt8>) throws(ValueError) {
    var isASCII = true
    var index = 0
    while index < bytes.count {
        let byte = bytes[index]
        guard byte > 0x20, byte != 0x7F else { throw ValueError(.forbiddenCharacter(byte), offset: index) }
        if byte == percent {
            guard let decoded = escapedByte(bytes, at: index) else {
                throw ValueError(.badPercentEscape, offset: index)
            }
            if decoded >= 0x80 { isASCII = false }
            index &+= 3
        } else {
            if byte >= 0x80 { isASCII = false }
            index &+= 1
        }
    }
    guard !isASCII else { return }
    do throws(ValueError) {
        try checkUTF8(decodePercentCoding(bytes).span)
    } catch {
        throw ValueError(.invalidUTF8, offset: wireOffset(in: bytes, ofDecoded: error.offset))
    }
}

private func wireOffset(in bytes: Span<UInt8>, ofDecoded position: Int) -> Int {
    var index = 0
    var decoded = 0
    while index < bytes.count, decoded < position {
        index &+= bytes[index] == percent ? 3 : 1
        decoded &+= 1
    }
    return index
}

private func decodePercentCoding(_ bytes: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        if bytes[index] == percent, let decoded = escapedByte(bytes, at: index) {
            result.append(decoded)
            index &+= 3
        } else {
            result.append(bytes[index])
            index &+= 1
        }
    }
    return result
}
