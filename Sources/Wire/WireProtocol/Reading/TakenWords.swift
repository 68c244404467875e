/// The words of a line that was just read, from which its form is created. It is valid for one call only.
public struct TakenWords: ~Copyable {
    /// More than the number of words a line may have.
    static var mostSlots: Int { FormBuilder.mostSlots }

    @usableFromInline var chunk: ByteChunk
    @usableFromInline let places: UnsafePointer<UInt64>

    @usableFromInline @inline(__always)
    init(_ chunk: consuming ByteChunk, _ places: UnsafePointer<UInt64>) {
        self.chunk = chunk
        self.places = places
    }

    /// The first positions as an array of that size; there are as many as any form has.
    @inlinable @inline(__always)
    func slots<Slots: BitwiseCopyable>(as type: Slots.Type) -> Slots {
        UnsafeRawPointer(places).loadUnaligned(as: type)
    }
}

/// Room for the positions of a line's words and of a form's values, on the stack of the reader.
///
/// It stays below 1,024 bytes; a larger one would be allocated on the heap for every call.
@usableFromInline
struct ReadingRoom: ~Copyable {
    /// The maximum number of values of a form that the quick reader reads.
    static var quickSlots: Int { 52 }

    /// The positions of values, one more for literals, then the positions of words and a copy of the end of the input.
    @usableFromInline static var size: Int { firstOfTail + 8 }
    static var firstWord: Int { quickSlots + 1 }
    static var firstOfTail: Int { firstWord + TakenWords.mostSlots }

    let places: UnsafeMutablePointer<UInt64>

    @usableFromInline @inline(__always)
    init(_ room: UnsafeMutableBufferPointer<UInt64>) {
        // Proof: memory of a size above 0 has an address.
        guard let base = room.baseAddress else { preconditionFailure("no room") }
        places = base
    }

    @usableFromInline @inline(__always)
    var values: UnsafePointer<UInt64> { UnsafePointer(places) }
}
