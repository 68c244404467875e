/// The number that digits spell; `nil` unless it is canonical and at most 4294967295.
@usableFromInline
func canonicalNumber(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt32? {
    guard let value = decimalNumber(bytes, from: start, to: end) else { return nil }
    return bytes[start] == 0x30 && end &- start > 1 ? nil : value
}

/// The number that one to ten digits spell, leading zeros allowed; `nil` unless it is at most 4294967295.
@inline(__always)
func decimalNumber(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt32? {
    guard start >= 0, start < end, end <= bytes.count, end &- start <= 10 else { return nil }
    let value = bytes.withUnsafeBytes { bytes in
        // A loop is as fast for few digits, and near the front eight bytes cannot be loaded.
        end &- start > 4 && end >= 8
            ? digits(bytes, from: start, upTo8Before: end) : digits(bytes, from: start, to: end, behind: 0)
    }
    guard let value, value <= UInt64(UInt32.max) else { return nil }
    return UInt32(truncatingIfNeeded: value)
}

/// The number whose digits follow those of another number.
@inline(__always)
private func digits(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int, behind before: UInt64) -> UInt64? {
    var value = before
    for index in start..<end {
        let digit = bytes[index] &- 0x30
        guard digit <= 9 else { return nil }
        value = value &* 10 &+ UInt64(digit)
    }
    return value
}

/// The number of at most ten digits, the last eight read at once; at least eight bytes precede the end.
@inline(__always)
private func digits(_ bytes: UnsafeRawBufferPointer, from start: Int, upTo8Before end: Int) -> UInt64? {
    let zeros: UInt64 = 0x3030_3030_3030_3030
    var first: UInt64 = 0
    if end &- start > 8 {
        guard let value = digits(bytes, from: start, to: end &- 8, behind: 0) else { return nil }
        first = value &* 100_000_000
    }
    var block = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
    if end &- start < 8 {
        // Bytes before the number read as zeros.
        let used = UInt64(truncatingIfNeeded: 8 &- (end &- start)) &* 8
        block = (block &>> used) &<< used | zeros &>> (64 &- used)
    }
    // The upper half of each byte must be 3, also with 6 added; then no sum carries into the next byte.
    let upper: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    let isNumber = block & upper == zeros && (block &+ 0x0606_0606_0606_0606) & upper == zeros
    guard isNumber else { return nil }
    // Combine digits into pairs, pairs into fours, fours into eights.
    block = ((block & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
    block = ((block & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
    block = ((block & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
    return first &+ block
}

/// The eight decimal digits of a number below 100000000, one in each byte, the first lowest.
@inline(__always)
func eightDigits(_ value: UInt32) -> UInt64 {
    // Split into two groups of four digits, then four pairs, then eight digits; the factors are 1/100 and 1/10, rounded
    // up.
    let fours = UInt64(value / 10_000) | UInt64(value % 10_000) &<< 32
    let hundreds = ((fours &* 10_486) &>> 20) & 0x7F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) &<< 16
    let tens = ((pairs &* 103) &>> 10) & 0x000F_000F_000F_000F
    return tens | (pairs &- tens &* 10) &<< 8
}

/// One to eight bytes as a number, the first byte highest; `nil` for another count or a first byte of 0.
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
    // A first byte of 0 would make the word look shorter.
    return packed &>> (UInt64(truncatingIfNeeded: count &- 1) &* 8) == 0 ? nil : packed
}
