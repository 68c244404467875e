/// The words of a line that was just read, from which its form is made. It cannot be kept: it lives for one call.
public struct TakenWords: ~Copyable {
    /// More values than a line may have words.
    static var mostSlots: Int { FormBuilder.mostSlots }

    @usableFromInline var chunk: ByteChunk
    @usableFromInline let places: UnsafePointer<UInt64>

    @usableFromInline @inline(__always)
    init(_ chunk: consuming ByteChunk, _ places: UnsafePointer<UInt64>) {
        self.chunk = chunk
        self.places = places
    }

    /// The first places as an array of that size; there are as many as any form has.
    @inlinable @inline(__always)
    func slots<Slots: BitwiseCopyable>(as type: Slots.Type) -> Slots {
        UnsafeRawPointer(places).loadUnaligned(as: type)
    }
}

/// Room for the places of a line's words and of a form's values, on the stack of whoever reads.
///
/// It stays under 1,024 bytes: a larger one would be allocated on the heap for every call.
@usableFromInline
struct ReadingRoom: ~Copyable {
    /// The most values of a form that the quick reader takes.
    static var quickSlots: Int { 52 }

    /// The places of values, one more for those of literals, then those of words and a copy of the end of the input.
    @usableFromInline static var size: Int { firstOfTail + 8 }
    static var firstWord: Int { quickSlots + 1 }
    static var firstOfTail: Int { firstWord + TakenWords.mostSlots }

    let places: UnsafeMutablePointer<UInt64>

    @usableFromInline @inline(__always)
    init(_ room: UnsafeMutableBufferPointer<UInt64>) {
        guard let base = room.baseAddress else { preconditionFailure("no room") }
        places = base
    }

    @usableFromInline @inline(__always)
    var values: UnsafePointer<UInt64> { UnsafePointer(places) }
}
