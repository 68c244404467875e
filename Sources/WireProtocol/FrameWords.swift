/// What a framer needs to know of the words of a line.
extension FrameBuffer {
    /// The code of the bytes before the first blank; `.invalid` when they are no command word.
    static func commandCode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CommandCode {
        let start = range.lowerBound
        if range.count > 3, start >= 0, range.upperBound <= bytes.count {
            let four = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: UInt32.self).bigEndian }
            if four & 0xFF == 0x20 {
                let word = four &>> 8
                // The highest bit of each byte that is not from 0x21 to 0x7E.
                let wrong = (~(word &+ 0x5F_5F5F) | (word &+ 0x01_0101) | word) & 0x80_8080
                return wrong == 0 ? CommandCode(rawValue: word) : .invalid
            }
        }
        let most = min(range.upperBound, start &+ 5)
        var packed: UInt32 = 0
        var index = start
        while index < most, bytes[index] != 0x20 {
            guard isPrintable(bytes[index]) else { return .invalid }
            packed = packed &<< 8 | UInt32(bytes[index])
            index &+= 1
        }
        return index > start && index &- start <= 4 ? CommandCode(rawValue: packed) : .invalid
    }

    @inline(__always)
    private static func isPrintable(_ byte: UInt8) -> Bool { byte &- 0x21 < 0x5E }

    /// The count of words and the last word; a run of blanks counts as one.
    static func lastWord(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (count: Int, last: Range<Int>) {
        bytes.extracting(range).withUnsafeBytes { bytes in
            var end = bytes.count
            while end > 0, bytes[end &- 1] == 0x20 { end &-= 1 }
            var start = end
            while start > 0, bytes[start &- 1] != 0x20 { start &-= 1 }
            let words = UnsafeRawBufferPointer(rebasing: bytes[..<end])
            var count = 0
            var before: UInt64 = 0x80
            var index = 0
            while index < end {
                let blanks = ByteBlock(words, at: index).equal(to: 0x20)
                // A word begins at each byte that is no blank and stands behind one.
                count &+= ByteBlock.count(~blanks & (blanks &<< 8 | before) & ByteBlock.high)
                before = blanks &>> 56
                index &+= 8
            }
            return (count, range.lowerBound &+ start..<range.lowerBound &+ end)
        }
    }

    static func looksLikeNumber(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
        var index = word.lowerBound
        if word.count > 1, bytes[index] == UInt8(ascii: "-") { index &+= 1 }
        while index < word.upperBound {
            guard bytes[index] &- 0x30 <= 9 else { return false }
            index &+= 1
        }
        return true
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
