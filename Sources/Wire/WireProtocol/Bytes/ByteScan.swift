#if arch(x86_64) && canImport(_Builtin_intrinsics)
import _Builtin_intrinsics.intel.sse2
#endif

typealias Block16 = SIMD16<UInt8>

/// A bit for each of sixty-four bytes outside 0x21 to 0x7E: blanks, control bytes and non-ASCII bytes.
@inline(__always)
func specialBytes(_ place: UnsafeRawPointer) -> UInt64 {
    bits(place, isSpecial)
}

/// The same for sixteen bytes.
@inline(__always)
func specialBytes(_ block: Block16) -> UInt64 { maskBits(isSpecial(block)) }

@inline(__always)
private func isSpecial(_ block: Block16) -> SIMDMask<SIMD16<Int8>> {
    // Plus 1 and read as signed, these are the bytes below 0x22: 0x7F to 0xFE become negative, 0xFF becomes zero.
    unsafeBitCast(block &+ Block16(repeating: 1), to: SIMD16<Int8>.self) .< SIMD16<Int8>(repeating: 0x22)
}

/// A bit for each of sixty-four bytes that is at most 0x20.
@inline(never)
func blanksAndControls(_ place: UnsafeRawPointer) -> UInt64 {
    bits(place) { block in block .<= Block16(repeating: 0x20) }
}

@inline(__always)
private func bits(_ place: UnsafeRawPointer, _ test: (Block16) -> SIMDMask<SIMD16<Int8>>) -> UInt64 {
    let a = maskBits(test(place.loadUnaligned(as: Block16.self)))
    let b = maskBits(test(place.loadUnaligned(fromByteOffset: 16, as: Block16.self)))
    let c = maskBits(test(place.loadUnaligned(fromByteOffset: 32, as: Block16.self)))
    let d = maskBits(test(place.loadUnaligned(fromByteOffset: 48, as: Block16.self)))
    return a | b &<< 16 | c &<< 32 | d &<< 48
}

/// A bit for each byte of the mask, the first byte lowest.
@inline(__always)
func maskBits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    #if arch(x86_64) && canImport(_Builtin_intrinsics)
    UInt64(UInt32(bitPattern: _mm_movemask_epi8(unsafeBitCast(mask, to: SIMD2<Int64>.self))))
    #else
    plainMaskBits(mask)
    #endif
}

/// The same without the special instruction.
@inline(__always)
func plainMaskBits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
    let weights = Block16(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
    let (low, high) = unsafeBitCast(unsafeBitCast(mask, to: Block16.self) & weights, to: (UInt64, UInt64).self)
    // Each byte has its own bit, so the highest byte, the sum of all eight, has every bit.
    let ones: UInt64 = 0x0101_0101_0101_0101
    return (low.littleEndian &* ones) &>> 56 | ((high.littleEndian &* ones) &>> 56) &<< 8
}

/// Whether any byte of the columns has its highest bit set.
@inline(__always)
func hasHighBit(_ columns: Block16) -> Bool {
    let (low, high) = unsafeBitCast(columns, to: (UInt64, UInt64).self)
    return (low | high) & 0x8080_8080_8080_8080 != 0
}

/// Whether neither of two bytes stands between two places.
@inline(__always)
func quickLacks(
    _ first: UInt8, _ second: UInt8, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, room: Int
) -> Bool {
    var window = start
    while window < end {
        guard room &- window >= 16 else {
            for place in window..<end {
                let byte = base.load(fromByteOffset: place, as: UInt8.self)
                if byte == first || byte == second { return false }
            }
            return true
        }
        let block = base.loadUnaligned(fromByteOffset: window, as: Block16.self)
        var bits = maskBits(block .== Block16(repeating: first) .| block .== Block16(repeating: second))
        if end &- window < 16 { bits &= 1 &<< UInt64(truncatingIfNeeded: end &- window) &- 1 }
        if bits != 0 { return false }
        window &+= 16
    }
    return true
}
