/// A word of a line that a reader has checked: no blank, no control byte, UTF-8. Only readers make one.
public struct LineWord: Hashable, Sendable {
    @usableFromInline let start: Int
    @usableFromInline let end: Int

    @inlinable
    init(start: Int, end: Int) {
        self.start = start
        self.end = end
    }

    /// The word that begins at a place, or behind the blanks there; an empty one past the end of the line.
    static func next(in chunk: [UInt8], from place: Int, lineEnd: Int, skipsBlanks: Bool) -> LineWord {
        let bytes = chunk.span
        guard place >= 0, place < lineEnd, lineEnd <= bytes.count else { return LineWord(start: lineEnd, end: lineEnd) }
        var start = place
        if skipsBlanks {
            while start < lineEnd, bytes[start] == 0x20 { start &+= 1 }
        }
        return LineWord(start: start, end: firstIndex(of: 0x20, in: bytes, from: start, to: lineEnd) ?? lineEnd)
    }

    /// The count of bytes.
    @inlinable public var count: Int { end &- start }

    /// Whether there are no bytes.
    @inlinable public var isEmpty: Bool { start == end }
}

extension LineReader {
    /// The bytes of a word, without a copy.
    @inlinable
    public func bytes(_ word: LineWord) -> WireBytes {
        WireBytes(chunk: frame.chunk, from: word.start, to: word.end)
    }
}

/// Throws unless each percent sign of a word that was checked otherwise stands before two hexadecimal digits and the
/// decoded bytes are UTF-8.
@usableFromInline
func checkEscapesInLine(_ bytes: Span<UInt8>, from start: Int, to end: Int) throws(ValueError) {
    guard start >= 0, start <= end, end <= bytes.count else { throw ValueError(.empty) }
    let word = bytes.extracting(start..<end)
    if !escapesAreUTF8(word) { try checkPercentCoding(word) }
}

/// One to eight bytes as a number, the first of them highest; `nil` for another count and for a first byte of 0.
@usableFromInline
func packedWord(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt64? {
    let count = end &- start
    guard start >= 0, end <= bytes.count, count >= 1, count <= 8 else { return nil }
    let packed = bytes.withUnsafeBytes { bytes in
        guard bytes.count &- start < 8 else {
            let eight = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
            return eight &>> (64 &- UInt64(truncatingIfNeeded: count) &* 8)
        }
        var value: UInt64 = 0
        for index in start..<end { value = value &<< 8 | UInt64(bytes[index]) }
        return value
    }
    // A first byte of 0 would make the word look like a shorter one.
    return packed &>> (UInt64(truncatingIfNeeded: count &- 1) &* 8) == 0 ? nil : packed
}
