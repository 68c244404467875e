/// Where the blanks of the first 128 bytes of a line are.
@usableFromInline
struct LineBlanks: Sendable {
    // A bit for each blank of the first 64 bytes and of the next, and for the end of the line.
    fileprivate(set) var low: UInt64 = 0
    fileprivate(set) var high: UInt64 = 0

    /// Where the first blank, or the end of the line, is from a place in the line on; `nil` where the bits do not tell.
    @inline(__always)
    func end(from place: Int) -> Int? {
        guard place >= 0, place < 128 else { return nil }
        let shift = UInt64(truncatingIfNeeded: place)
        let bits = place < 64 ? low &>> shift | (high &<< 1) &<< (63 &- shift) : high &>> (shift &- 64)
        return bits == 0 ? nil : place &+ bits.trailingZeroBitCount
    }
}

/// One pass over a line, sixteen bytes at a time: which kinds of bytes it has, how many words, and where its blanks are.
struct LineIndex {
    private typealias Block = SIMD16<UInt8>

    /// Whether a byte is below 0x20 or 0x7F.
    let hasControl: Bool
    /// Whether all bytes are below 0x80.
    let isASCII: Bool
    /// Whether a byte is `%`.
    let hasPercent: Bool
    /// The count of words behind the first: of blanks, where each of them separates.
    let count: Int
    /// Where the first blanks are.
    let places: LineBlanks

    /// Looks at the bytes between two places of a chunk.
    init(_ chunk: UnsafeRawBufferPointer, from start: Int, to end: Int, keepsEmpty: Bool) {
        var places = LineBlanks()
        var kinds = Kinds()
        var count = 0
        var isBehindBlank: UInt64 = 0
        var window = start >= 0 && end <= chunk.count ? start : end
        while window < end {
            let stop = min(end, window &+ 64)
            var bits: UInt64 = 0
            var shift: UInt64 = 0
            var place = window
            while stop &- place >= 16 {
                let block = chunk.loadUnaligned(fromByteOffset: place, as: Block.self)
                bits |= kinds.look(at: block) &<< shift
                shift &+= 16
                place &+= 16
            }
            if place < stop { bits |= kinds.look(at: LineIndex.block(chunk, at: place, end: end)) &<< shift }
            let inside = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- (stop &- window))
            let begins = ~bits & (bits &<< 1 | isBehindBlank) & inside
            count &+= (keepsEmpty ? bits : begins).nonzeroBitCount
            isBehindBlank = bits &>> 63
            if window == start {
                places.low = bits
            } else if window &- start == 64 {
                places.high = bits
            }
            window = stop
        }
        let length = end &- start
        if length < 64 {
            places.low |= 1 &<< UInt64(truncatingIfNeeded: length)
        } else if length < 128 {
            places.high |= 1 &<< UInt64(truncatingIfNeeded: length &- 64)
        }
        isASCII = LineIndex.isEmpty(kinds.seen & Block(repeating: 0x80))
        hasControl = !LineIndex.isEmpty(kinds.control)
        hasPercent = !LineIndex.isEmpty(kinds.percent)
        self.count = count
        self.places = places
    }

    /// The kinds of bytes seen so far, in sixteen columns.
    private struct Kinds {
        var seen = Block()
        var control = Block()
        var percent = Block()

        /// Looks at sixteen bytes; gives a bit for each blank, the first lowest.
        @inline(__always)
        mutating func look(at block: Block) -> UInt64 {
            seen |= block
            control |= LineIndex.mask(block .<= Block(repeating: 0x1F))
            control |= LineIndex.mask(block .== Block(repeating: 0x7F))
            percent |= LineIndex.mask(block .== Block(repeating: 0x25))
            return LineIndex.bits(block .== Block(repeating: 0x20))
        }
    }

    /// The last bytes of the line, fewer than sixteen; those past its end are taken as `A`, which is never special.
    @inline(__always)
    private static func block(_ chunk: UnsafeRawBufferPointer, at place: Int, end: Int) -> Block {
        guard chunk.count &- place >= 16 else {
            let line = UnsafeRawBufferPointer(rebasing: chunk[..<end])
            let behind = place &+ 8 < end ? ByteBlock(line, at: place &+ 8) : ByteBlock.letters
            let both = (ByteBlock(line, at: place).value.littleEndian, behind.value.littleEndian)
            return unsafeBitCast(both, to: Block.self)
        }
        let block = chunk.loadUnaligned(fromByteOffset: place, as: Block.self)
        let columns = Block(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        let isInside = mask(columns .< Block(repeating: UInt8(truncatingIfNeeded: end &- place)))
        return block & isInside | Block(repeating: 0x41) & ~isInside
    }

    @inline(__always)
    private static func mask(_ mask: SIMDMask<SIMD16<Int8>>) -> Block { unsafeBitCast(mask, to: Block.self) }

    /// A bit for each byte of the mask, the first lowest.
    @inline(__always)
    private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
        let weights = Block(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
        let (low, high) = unsafeBitCast(LineIndex.mask(mask) & weights, to: (UInt64, UInt64).self)
        // Each byte has a bit of its own, so the sum of eight of them, which comes to stand highest, has them all.
        let ones: UInt64 = 0x0101_0101_0101_0101
        return (low.littleEndian &* ones) &>> 56 | ((high.littleEndian &* ones) &>> 56) &<< 8
    }

    @inline(__always)
    private static func isEmpty(_ block: Block) -> Bool {
        let (low, high) = unsafeBitCast(block, to: (UInt64, UInt64).self)
        return low | high == 0
    }
}
