/// One pass over a line, sixteen bytes at a time: which kinds of bytes it has, and how many words.
struct LineLook {
    private typealias Block = SIMD16<UInt8>

    /// Whether a byte is below 0x20 or 0x7F.
    private(set) var hasControl = false
    /// Whether all bytes are below 0x80.
    private(set) var isASCII = true
    /// The count of blanks.
    private(set) var blanks = 0
    /// The count of words behind a blank.
    private(set) var words = 0

    /// Looks at the bytes of a range of a chunk.
    init(_ chunk: UnsafeRawBufferPointer, _ line: Range<Int>) {
        guard line.lowerBound >= 0, line.lowerBound < line.upperBound, line.upperBound <= chunk.count else { return }
        look(at: chunk[line.lowerBound], behind: 0)
        // From here on, the byte before each byte belongs to the line too.
        var place = line.lowerBound &+ 1
        // A count is kept for each of sixteen columns; 255 rows fit before one is full.
        while line.upperBound > place, chunk.count &- place >= 16 {
            let end = min(line.upperBound, place &+ 255 &* 16)
            look(at: chunk, from: place, to: end)
            place = end
        }
        while place < line.upperBound {
            look(at: chunk[place], behind: chunk[place &- 1])
            place &+= 1
        }
    }

    private mutating func look(at byte: UInt8, behind before: UInt8) {
        if byte < 0x20 || byte == 0x7F { hasControl = true }
        if byte >= 0x80 { isASCII = false }
        if byte == 0x20 {
            blanks &+= 1
        } else if before == 0x20 {
            words &+= 1
        }
    }

    private mutating func look(at chunk: UnsafeRawBufferPointer, from start: Int, to end: Int) {
        let blank = Block(repeating: 0x20)
        let columns = Block(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        var seen = Block()
        var control = Block()
        var blankCounts = Block()
        var wordCounts = Block()
        var place = start
        while place < end, chunk.count &- place >= 16 {
            let before = equal(chunk.loadUnaligned(fromByteOffset: place &- 1, as: Block.self), blank)
            var bytes = chunk.loadUnaligned(fromByteOffset: place, as: Block.self)
            var isInside = Block(repeating: 0xFF)
            if end &- place < 16 {
                // What stands behind the line is taken as blanks, which begin no word, and is not counted.
                isInside = notAbove(columns, Block(repeating: UInt8(truncatingIfNeeded: end &- place &- 1)))
                bytes = bytes & isInside | blank & ~isInside
            }
            let blanks = equal(bytes, blank)
            seen |= bytes
            control |= notAbove(bytes, Block(repeating: 0x1F)) | equal(bytes, Block(repeating: 0x7F))
            // A mask is 0xFF where it holds, so taking it away counts up.
            blankCounts &-= blanks & isInside
            wordCounts &-= before & ~blanks
            place &+= 16
        }
        if !isEmpty(seen & Block(repeating: 0x80)) { isASCII = false }
        if !isEmpty(control) { hasControl = true }
        blanks &+= sum(blankCounts)
        words &+= sum(wordCounts)
        while place < end {
            look(at: chunk[place], behind: chunk[place &- 1])
            place &+= 1
        }
    }

    @inline(__always)
    private func equal(_ left: Block, _ right: Block) -> Block { unsafeBitCast(left .== right, to: Block.self) }

    @inline(__always)
    private func notAbove(_ left: Block, _ right: Block) -> Block { unsafeBitCast(left .<= right, to: Block.self) }

    private func isEmpty(_ block: Block) -> Bool {
        let (low, high) = unsafeBitCast(block, to: (UInt64, UInt64).self)
        return low | high == 0
    }

    private func sum(_ block: Block) -> Int {
        let (low, high) = unsafeBitCast(block, to: (UInt64, UInt64).self)
        let even: UInt64 = 0x00FF_00FF_00FF_00FF
        let pairs = (low & even) &+ (low &>> 8 & even) &+ (high & even) &+ (high &>> 8 & even)
        return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
    }
}
