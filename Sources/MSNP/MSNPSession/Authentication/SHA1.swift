/// SHA-1 (RFC 3174) and HMAC with it (RFC 2104), which the protocol requires for its proofs. Use them for nothing else.
enum SHA1 {
    /// The 20 bytes of the digest.
    static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        let blocks = DigestBlocks.filled(bytes) { $0.reversed() }
        for start in stride(from: 0, to: blocks.count, by: DigestBlocks.size) {
            mix(blocks[start..<start + DigestBlocks.size], into: &state)
        }
        return state.flatMap { LittleEndian.bytes([$0.byteSwapped]) }
    }

    /// The authentication code of bytes: 20 bytes.
    static func authenticationCode(for bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        let short = key.count > DigestBlocks.size ? hash(key) : key
        let block = short + [UInt8](repeating: 0, count: DigestBlocks.size - short.count)
        return hash(block.map { $0 ^ 0x5C } + hash(block.map { $0 ^ 0x36 } + bytes))
    }

    /// Mixes a block of 64 bytes into the state.
    private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words = LittleEndian.words(Array(block)).map(\.byteSwapped)
        for index in 16..<80 {
            let mixed = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
            words.append(DigestBlocks.rotated(mixed, by: 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let (chosen, constant): (UInt32, UInt32) =
                switch index / 20 {
                case 0: (b & c | ~b & d, 0x5A82_7999)
                case 1: (b ^ c ^ d, 0x6ED9_EBA1)
                case 2: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let sum = DigestBlocks.rotated(a, by: 5) &+ chosen &+ e &+ constant &+ word
            (a, b, c, d, e) = (sum, a, DigestBlocks.rotated(b, by: 30), c, d)
        }
        for (index, value) in [a, b, c, d, e].enumerated() { state[index] &+= value }
    }
}
