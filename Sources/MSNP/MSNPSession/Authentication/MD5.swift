import Foundation

/// MD5 (RFC 1321), which the protocol requires for its proofs. Use it for nothing else.
///
/// Two digests are all that a session needs, and a cryptographic library would cost every user minutes of building; the
/// tests compare them with one.
enum MD5 {
    /// The 16 bytes of the digest.
    static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
        let words = LittleEndian.words(DigestBlocks.filled(bytes) { $0 })
        for start in stride(from: 0, to: words.count, by: 16) { mix(words[start..<start + 16], into: &state) }
        return LittleEndian.bytes(state)
    }

    /// Mixes a block of 16 words into the state.
    private static func mix(_ block: ArraySlice<UInt32>, into state: inout [UInt32]) {
        let start = block.startIndex
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        for step in 0..<64 {
            let (chosen, word): (UInt32, Int) =
                switch step >> 4 {
                case 0: (b & c | ~b & d, step)
                case 1: (d & b | ~d & c, 5 * step + 1)
                case 2: (b ^ c ^ d, 3 * step + 5)
                default: (c ^ (b | ~d), 7 * step)
                }
            let sum = a &+ chosen &+ constants[step] &+ block[start + (word & 15)]
            let turns = rotations[(step >> 4) * 4 + (step & 3)]
            (a, b, c, d) = (d, b &+ DigestBlocks.rotated(sum, by: turns), b, c)
        }
        for (index, value) in [a, b, c, d].enumerated() { state[index] &+= value }
    }

    /// By how much the steps of the four rounds rotate, in turn.
    private static let rotations: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

    /// The standard defines them so: the integer parts of 2 to the 32nd times the sines of 1 to 64.
    private static let constants: [UInt32] = (1...64).map { UInt32(4_294_967_296 * abs(sin(Double($0)))) }
}

/// What MD5 and SHA-1 share: blocks of 64 bytes of which the last ends with the number of bits.
enum DigestBlocks {
    /// The number of bytes of a block.
    static let size = 64

    /// Bytes filled to whole blocks; `ordered` puts the number of bits in the byte order of the digest.
    static func filled(_ bytes: some Collection<UInt8>, _ ordered: ([UInt8]) -> [UInt8]) -> [UInt8] {
        let length = UInt64(bytes.count) &<< 3
        var result = Array(bytes) + [0x80]
        result += [UInt8](repeating: 0, count: (size + size - 8 - result.count % size) % size)
        return result + ordered((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
    }

    /// A word whose bits are moved to the left, those that fall out to the right.
    static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
