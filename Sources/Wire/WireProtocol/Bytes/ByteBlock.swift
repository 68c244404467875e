#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Eight bytes in one integer, the first byte lowest. A mask has the highest bit of each byte it selects.
///
/// No sum below carries from one byte into the next, so the masks are exact.
struct ByteBlock {
    static let high: UInt64 = 0x8080_8080_8080_8080
    private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

    let value: UInt64

    /// Creates a block from eight bytes.
    @inline(__always)
    init(_ value: UInt64) { self.value = value }

    /// Loads eight bytes, or as many as are left; bytes past the end read as `A`, which is never special.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        let left = bytes.count &- offset
        if left >= 8 {
            value = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        } else if bytes.count >= 8 {
            // The last eight bytes, without those the previous block had.
            let last = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self))
            let used = UInt64(truncatingIfNeeded: 8 &- left) &* 8
            value = last &>> used | ByteBlock.letters.value &<< (64 &- used)
        } else {
            value = ByteBlock.few(bytes, at: offset)
        }
    }

    /// The one to seven bytes from a position to the end, followed by letters.
    @inline(__always)
    private static func few(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        let count = bytes.count &- offset
        guard count > 0 else { return letters.value }
        let first: UInt64
        let last: UInt64
        let size: Int
        // Two loads, which may overlap, reach all bytes.
        if count >= 4 {
            size = 4
            first = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            last = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count &- 4, as: UInt32.self)))
        } else if count >= 2 {
            size = 2
            first = UInt64(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
            last = UInt64(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count &- 2, as: UInt16.self)))
        } else {
            size = 1
            first = UInt64(bytes[offset])
            last = first
        }
        let unused = letters.value &<< (UInt64(truncatingIfNeeded: count) &* 8)
        return first | last &<< (UInt64(truncatingIfNeeded: count &- size) &* 8) | unused
    }

    /// Eight letters, none of them special.
    @inline(__always) static var letters: ByteBlock { ByteBlock(0x4141_4141_4141_4141) }

    /// The bytes that equal this one.
    @inline(__always)
    func equal(to byte: UInt8) -> UInt64 {
        let difference = value ^ (0x0101_0101_0101_0101 &* UInt64(byte))
        return ~(((difference & ByteBlock.low) &+ ByteBlock.low) | difference) & ByteBlock.high
    }

    /// The bytes below 0x20, and 0x7F.
    @inline(__always)
    var control: UInt64 {
        let seven = value & ByteBlock.low
        let printable = seven &+ 0x6060_6060_6060_6060
        let delete = seven &+ 0x0101_0101_0101_0101
        return (~printable | delete) & ~value & ByteBlock.high
    }

    /// The bytes outside 0x21 to 0x7E.
    @inline(__always)
    var notPlain: UInt64 {
        let seven = value & ByteBlock.low
        let above = seven &+ 0x5F5F_5F5F_5F5F_5F5F
        let delete = seven &+ 0x0101_0101_0101_0101
        return (~above | delete | value) & ByteBlock.high
    }

    /// The bytes with A to Z in lower case.
    @inline(__always)
    var lowered: UInt64 {
        let seven = value & ByteBlock.low
        let fromA = seven &+ 0x3F3F_3F3F_3F3F_3F3F
        let aboveZ = seven &+ 0x2525_2525_2525_2525
        return value | (fromA & ~aboveZ & ~value & ByteBlock.high) &>> 2
    }

    /// The bytes from 0x80 up.
    @inline(__always)
    var notASCII: UInt64 { value & ByteBlock.high }

    /// The index of the first byte in a mask that is not empty.
    @inline(__always)
    static func first(_ mask: UInt64) -> Int { mask.trailingZeroBitCount &>> 3 }
}

/// The index of the first such byte from a position on; `nil` if there is none.
func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
    firstIndex(of: byte, in: bytes, from: start, to: bytes.count)
}

/// The index of the first such byte between two positions; `nil` if there is none.
@inline(__always)
func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    guard start >= 0, start < end, end <= bytes.count else { return nil }
    return bytes.withUnsafeBytes { bytes in
        #if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
        guard let base = bytes.baseAddress, let found = memchr(base + start, Int32(byte), end &- start) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
        #else
        let bytes = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        var index = start
        while index < end {
            let mask = ByteBlock(bytes, at: index).equal(to: byte)
            if mask != 0 { return index &+ ByteBlock.first(mask) }
            index &+= 8
        }
        return nil
        #endif
    }
}

/// Whether all bytes from a position on are ASCII; `nil` if one is a blank, a control byte or the given byte.
func wordIsASCII(_ bytes: Span<UInt8>, from start: Int = 0, without other: UInt8? = nil) -> Bool? {
    bytes.withUnsafeBytes { bytes in
        var seen: UInt64 = 0
        var index = max(0, start)
        while index < bytes.count {
            let block = ByteBlock(bytes, at: index)
            var wrong = block.control | block.equal(to: 0x20)
            if let other { wrong |= block.equal(to: other) }
            guard wrong == 0 else { return nil }
            seen |= block.notASCII
            index &+= 8
        }
        return seen == 0
    }
}
