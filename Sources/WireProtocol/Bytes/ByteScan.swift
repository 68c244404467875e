#if arch(x86_64) && canImport(_Builtin_intrinsics)
    import _Builtin_intrinsics.intel.sse2
#endif

typealias Block16 = SIMD16<UInt8>

/// What a look at sixty-four bytes tells: a bit for each byte, the first lowest.
struct ByteScan {
    /// The bytes below 0x20.
    let control: UInt64
    /// The blanks.
    let blank: UInt64
    /// Columns in which the highest bit is set if a byte is 0x7F or above.
    let unusual: Block16

    /// Looks at the sixty-four bytes from a place on.
    @inline(__always)
    init(_ place: UnsafeRawPointer) {
        let a = place.loadUnaligned(as: Block16.self)
        let b = place.loadUnaligned(fromByteOffset: 16, as: Block16.self)
        let c = place.loadUnaligned(fromByteOffset: 32, as: Block16.self)
        let d = place.loadUnaligned(fromByteOffset: 48, as: Block16.self)
        let last = Block16(repeating: 0x1F)
        let space = Block16(repeating: 0x20)
        let one = Block16(repeating: 1)
        control =
            maskBits(a .<= last) | maskBits(b .<= last) &<< 16 | maskBits(c .<= last) &<< 32
            | maskBits(d .<= last) &<< 48
        blank =
            maskBits(a .== space) | maskBits(b .== space) &<< 16 | maskBits(c .== space) &<< 32
            | maskBits(d .== space) &<< 48
        unusual = a | (a &+ one) | b | (b &+ one) | c | (c &+ one) | d | (d &+ one)
    }
}

/// A bit for each byte of the mask, the first lowest.
@inline(__always)
func maskBits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    #if arch(x86_64) && canImport(_Builtin_intrinsics)
        UInt64(UInt32(bitPattern: _mm_movemask_epi8(unsafeBitCast(mask, to: SIMD2<Int64>.self))))
    #else
        plainMaskBits(mask)
    #endif
}

/// The same without an instruction for it.
@inline(__always)
func plainMaskBits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    let weights = Block16(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
    let (low, high) = unsafeBitCast(unsafeBitCast(mask, to: Block16.self) & weights, to: (UInt64, UInt64).self)
    // Each byte has a bit of its own, so the sum of eight of them, which comes to stand highest, has them all.
    let ones: UInt64 = 0x0101_0101_0101_0101
    return (low.littleEndian &* ones) &>> 56 | ((high.littleEndian &* ones) &>> 56) &<< 8
}

/// Whether a byte of the columns has its highest bit set.
@inline(__always)
func hasHighBit(_ columns: Block16) -> Bool {
    let (low, high) = unsafeBitCast(columns, to: (UInt64, UInt64).self)
    return (low | high) & 0x8080_8080_8080_8080 != 0
}
