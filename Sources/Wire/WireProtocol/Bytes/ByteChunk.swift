/// Immutable bytes that forms point into; one reference keeps them alive.
// Proof: every property is `let`; `base` points into `bytes`, which the chunk keeps alive and nothing can change.
public final class ByteChunk: @unchecked Sendable {
    @usableFromInline let bytes: [UInt8]
    /// Values that were set and have no wire form, by slot; a line that was read has none.
    @usableFromInline let irregular: [Int: IrregularValue]?
    /// The line, if it was read by known deviations from the protocol.
    let deviant: DeviantLine?
    /// Whether the values of a form are all there is to write.
    let isRegular: Bool
    // The address of the bytes. An array that never changes does not move, and the chunk keeps it alive.
    let base: UnsafeRawPointer
    let count: Int

    init(_ bytes: [UInt8], irregular: [Int: IrregularValue]? = nil, deviant: DeviantLine? = nil) {
        self.deviant = deviant
        isRegular = irregular == nil && deviant == nil
        self.bytes = bytes
        self.irregular = irregular
        count = bytes.count
        base = bytes.withUnsafeBytes { $0.baseAddress ?? UnsafeRawPointer(bitPattern: 16) ?? ByteChunk.empty.base }
    }

    /// The bytes, valid while the chunk lives; reading them does not retain it.
    var view: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// The chunk of a form without values.
    @usableFromInline static let empty = ByteChunk([0x20])
}

/// A value without a wire form, kept as it was set; writing it throws the error.
@usableFromInline
struct IrregularValue: Sendable {
    @usableFromInline let value: any Sendable
    let error: ValueError
}

/// The position of a word in a chunk: its start in the lower half, its end in the upper half; 0 means no word.
///
/// No word starts at byte 0 of a chunk, because a command word or a blank precedes it.
@usableFromInline
struct Slot: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline let rawValue: UInt64

    @inlinable @inline(__always)
    init(rawValue: UInt64) { self.rawValue = rawValue }

    @inlinable @inline(__always)
    init(_ start: Int, _ end: Int) {
        rawValue = UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: end) &<< 32
    }

    @inlinable @inline(__always)
    static var none: Slot { Slot(rawValue: 0) }

    @inlinable @inline(__always)
    var isPresent: Bool { rawValue != 0 }
    @inlinable @inline(__always)
    var start: Int { Int(truncatingIfNeeded: rawValue & 0xFFFF_FFFF) }
    @inlinable @inline(__always)
    var end: Int { Int(truncatingIfNeeded: rawValue &>> 32) }
    @inlinable @inline(__always)
    var count: Int { end &- start }
    @inlinable @inline(__always)
    var isEmpty: Bool { start == end }
}

extension WireBytes {
    @inlinable @inline(__always)
    init(_ chunk: ByteChunk, _ slot: Slot) {
        self.init(
            within: chunk.bytes, start: UInt32(truncatingIfNeeded: slot.rawValue),
            end: UInt32(truncatingIfNeeded: slot.rawValue &>> 32))
    }
}
