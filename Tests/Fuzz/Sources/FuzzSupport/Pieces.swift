/// The same bytes, cut as they may come over a network.
public struct Pieces {
    private let bytes: [UInt8]
    /// The longest piece.
    private let most: Int
    /// Nil for pieces of one size.
    private let seed: UInt64?

    /// All at once.
    public static func whole(_ bytes: [UInt8]) -> Pieces { Pieces(bytes: bytes, most: .max, seed: nil) }

    /// All at once, of any sizes, and one byte at a time of a short text.
    public static func samples(_ bytes: [UInt8], cut: UInt8) -> [Pieces] {
        let uneven = Pieces(bytes: bytes, most: 2 * Int(cut) + 2, seed: UInt64(cut))
        let single = Pieces(bytes: bytes, most: 1, seed: nil)
        return [whole(bytes), uneven] + (bytes.count < 256 ? [single] : [])
    }

    /// Calls the body with one piece after the other.
    public func forEach(_ body: (ArraySlice<UInt8>) -> Void) {
        var (start, random) = (0, (seed ?? 0) &* 0x9E37_79B9_7F4A_7C15 | 1)
        while start < bytes.count {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            let size = seed == nil ? most : Int(random % UInt64(most)) + 1
            let end = bytes.count - start > size ? start + size : bytes.count
            body(bytes[start..<end])
            start = end
        }
    }
}
