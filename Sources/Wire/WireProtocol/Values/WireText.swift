/// A percent-coded text (`%20` for a blank); a text that was read keeps its exact spelling.
public struct WireText: WireValue, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The percent-coded bytes.
    public let wire: WireBytes

    /// Encodes a text: bytes up to 0x20, `%`, 0x7F and non-ASCII bytes as `%XX` in upper case, the rest unchanged.
    public init(_ string: String) { wire = WireBytes(Self.encoded(string)) }

    /// Encodes a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// Percent-coded UTF-8.
    public static var table: ValueTable { .anyText }

    /// Reads a percent-coded word; throws on a bad escape or a control byte, or if it does not decode to UTF-8.
    public init(wire: WireBytes) throws(ValueError) {
        try wire.withSpan { (bytes) throws(ValueError) in try checkPercentCoding(bytes) }
        self.wire = wire
    }

    /// Takes a word unchecked.
    @inlinable
    public init(checked wire: WireBytes) { self.wire = wire }

    /// Appends the percent-coded bytes in their original spelling.
    public func write(to writer: inout LineWriter) throws(ValueError) { writer.append(wire) }

    /// The decoded text.
    ///
    /// A text that was read in fast mode may be invalid: a `%` that starts no escape then stands for itself, and bytes
    /// that are not UTF-8 become U+FFFD. `decoded()` throws instead.
    public var string: String {
        wire.withSpan { bytes in
            guard firstIndex(of: percent, in: bytes, from: 0) != nil else { return wire.description }
            return withPercentDecoded(bytes) { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The decoded text; throws on a bad escape, or if it does not decode to UTF-8.
    public func decoded() throws(ValueError) -> String {
        try wire.withSpan { (bytes) throws(ValueError) in try checkPercentCoding(bytes) }
        return string
    }

    /// The decoded text.
    public var text: String { string }

    /// The decoded text.
    public var description: String { string }

    /// The percent-coded bytes of a text: bytes up to 0x20, `%`, 0x7F and non-ASCII bytes as `%XX` in upper case.
    static func encoded(_ string: String) -> [UInt8] {
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
        return bytes
    }
}

private let percent = UInt8(ascii: "%")

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x37 &+ value }

/// The value of a hexadecimal digit of either case; `nil` for another byte.
@inline(__always)
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    let value = nibble(byte)
    return value < 16 ? value : nil
}

/// The value of a hexadecimal digit of either case; 0xFF for another byte.
@inline(__always)
private func nibble(_ byte: UInt8) -> UInt8 {
    let digit = byte &- 0x30
    if digit <= 9 { return digit }
    let letter = (byte | 0x20) &- 0x61
    return letter <= 5 ? letter &+ 10 : 0xFF
}

private func escapedByte(_ bytes: Span<UInt8>, at index: Int) -> UInt8? {
    guard bytes.count &- index > 2 else { return nil }
    let high = nibble(bytes[index &+ 1])
    let low = nibble(bytes[index &+ 2])
    return high | low < 16 ? high &<< 4 | low : nil
}

/// Throws at a byte that a percent-coded word cannot contain, at a bad escape, and at invalid UTF-8.
func checkPercentCoding(_ bytes: Span<UInt8>) throws(ValueError) {
    var check = UTF8Check()
    var isUTF8 = true
    var index = 0
    while index < bytes.count {
        var byte = bytes[index]
        guard byte > 0x20, byte != 0x7F else { throw ValueError(.forbiddenCharacter(byte), offset: index) }
        if byte == percent {
            guard let decoded = escapedByte(bytes, at: index) else {
                throw ValueError(.badPercentEscape, offset: index)
            }
            byte = decoded
            index &+= 3
        } else {
            index &+= 1
        }
        if !check.take(byte) { isUTF8 = false }
    }
    guard !isUTF8 || !check.isComplete else { return }
    do throws(ValueError) {
        let decoded = withPercentDecoded(bytes) { Array($0) }
        try checkUTF8(decoded.span)
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

/// Passes on the decoded bytes. Those of a short text stay on the stack.
private func withPercentDecoded<Result>(
    _ bytes: Span<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { room in
        let count = decodePercentCoding(bytes, into: room)
        return body(UnsafeBufferPointer(start: room.baseAddress, count: count))
    }
}

/// Writes the decoded bytes, which are never more than the coded bytes; returns their number.
private func decodePercentCoding(_ bytes: Span<UInt8>, into result: UnsafeMutableBufferPointer<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
        guard let source = bytes.baseAddress, let target = result.baseAddress else { return 0 }
        let end = min(bytes.count, result.count)
        var index = 0
        var count = 0
        while index < end {
            // Eight bytes at once up to the next percent sign; what was copied past it is overwritten.
            if end &- index >= 8 {
                let eight = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
                UnsafeMutableRawPointer(target + count).storeBytes(of: eight, as: UInt64.self)
                let plain = bytesBeforePercent(UInt64(littleEndian: eight))
                index &+= plain
                count &+= plain
                if plain == 8 { continue }
            }
            var byte = source[index]
            index &+= 1
            if byte == percent, end &- index >= 2 {
                let high = nibble(source[index])
                let low = nibble(source[index &+ 1])
                if high | low < 16 {
                    byte = high &<< 4 | low
                    index &+= 2
                }
            }
            target[count] = byte
            count &+= 1
        }
        return count
    }
}

/// The number of bytes before the first percent sign among eight, the first of which is lowest; 8 if there is none.
private func bytesBeforePercent(_ bytes: UInt64) -> Int {
    let different = bytes ^ 0x2525_2525_2525_2525
    let found = (different &- 0x0101_0101_0101_0101) & ~different & 0x8080_8080_8080_8080
    return found.trailingZeroBitCount &>> 3
}
