/// Finds the words that a framer needs.
extension FrameBuffer {
    /// The code of the bytes before the first blank; `.invalid` if they are not a command word.
    @inline(__always)
    static func commandCode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CommandCode {
        let start = range.lowerBound
        if range.count > 3, start >= 0, range.upperBound <= bytes.count {
            let four = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: UInt32.self).bigEndian }
            if four & 0xFF == 0x20 {
                let word = four &>> 8
                // The highest bit of each byte outside 0x21 to 0x7E.
                let wrong = (~(word &+ 0x5F_5F5F) | (word &+ 0x01_0101) | word) & 0x80_8080
                // If the word has one or two bytes, one of the three is a blank.
                if wrong == 0 { return CommandCode(rawValue: UInt64(word)) }
            }
        }
        let most = min(range.upperBound, start &+ 9)
        var packed: UInt64 = 0
        var index = start
        while index < most, bytes[index] != 0x20 {
            guard isPrintable(bytes[index]) else { return .invalid }
            packed = packed &<< 8 | UInt64(bytes[index])
            index &+= 1
        }
        return index > start && index &- start <= 8 ? CommandCode(rawValue: packed) : .invalid
    }

    @inline(__always)
    private static func isPrintable(_ byte: UInt8) -> Bool { byte &- 0x21 < 0x5E }

    /// The last word of a line; `nil` if the line has fewer words than the minimum, which is at least two. A run of
    /// blanks counts as one.
    static func lastWord(_ bytes: Span<UInt8>, _ range: Range<Int>, of minimum: Int) -> Range<Int>? {
        var end = range.upperBound
        while end > range.lowerBound, bytes[end &- 1] == 0x20 { end &-= 1 }
        var start = end
        while start > range.lowerBound, bytes[start &- 1] != 0x20 { start &-= 1 }
        // Next come the words before the last one; the command word is the first of them.
        var missing = max(2, minimum) &- 1
        var place = range.lowerBound
        if start &- place > 3, bytes[place &+ 3] == 0x20, bytes[place &+ 2] != 0x20, bytes[place &+ 1] != 0x20,
            bytes[place] != 0x20
        {
            missing &-= 1
            place &+= 4
        }
        while missing > 0 {
            while place < start, bytes[place] == 0x20 { place &+= 1 }
            guard place < start else { return nil }
            place = firstIndex(of: 0x20, in: bytes, from: place, to: start) ?? start
            missing &-= 1
        }
        return start..<end
    }

    /// The word at an index, the command word being at 0; `nil` if there are fewer words. A run of blanks counts as
    /// one.
    static func word(_ index: Int, of bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var place = range.lowerBound
        var left = index
        while place < range.upperBound {
            let end = firstIndex(of: 0x20, in: bytes, from: place, to: range.upperBound) ?? range.upperBound
            if end > place {
                if left == 0 { return place..<end }
                left &-= 1
            }
            place = end &+ 1
        }
        return nil
    }
}

/// At most sixteen bytes of a word, with `?` for each byte that is not printable ASCII.
func excerpt(of bytes: WireBytes) -> String {
    var result = ""
    for index in 0..<min(16, bytes.count) {
        let byte = bytes[index]
        let shown = byte > 0x20 && byte < 0x7F ? byte : UInt8(ascii: "?")
        result.unicodeScalars.append(Unicode.Scalar(shown))
    }
    return result
}
