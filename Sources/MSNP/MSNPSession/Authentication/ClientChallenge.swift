import MSNP
import WireProtocol

/// Proves that a client is a known product, by answering a `CHL` challenge.
public struct ClientChallenge: Sendable {
    /// The product's public name.
    public let productID: String
    /// The product's key.
    public let productKey: String

    /// A published ID and key, for the samples.
    public static let sample = ClientChallenge(productID: "PROD0119GSJUC$18", productKey: "ILTXC!4IXB5FB*PX")

    /// Creates a product from its ID and key.
    public init(productID: String, productKey: String) {
        self.productID = productID
        self.productKey = productKey
    }

    /// The answer to a challenge: 32 hexadecimal digits.
    public func answer(to challenge: String, version: ProtocolVersion) -> String {
        let hash = MD5Text.bytes(of: challenge + productKey)
        guard !version.has(.plainChallenge) else { return MD5Text.hexadecimal(hash) }
        return MD5Text.hexadecimal(Mixing(hash: hash, text: challenge + productID).result)
    }

    /// The later algorithm, with the values of its steps: folds a 64-bit checksum of a text into an MD5.
    struct Mixing {
        /// What the two sums are after a round.
        struct Round {
            var t: UInt64
            var high: UInt64
            var low: UInt64
        }

        private static let modulus: UInt64 = 0x7FFF_FFFF
        private static let factor: UInt64 = 0x0E79_A9C1

        /// The MD5 as numbers, whole and without their top bits.
        let words: [UInt32]
        let keys: [UInt64]
        /// The text, filled to whole blocks, and as numbers.
        let text: [UInt8]
        let blocks: [UInt32]
        let rounds: [Round]
        let finalHigh: UInt64
        let finalLow: UInt64
        let folded: [UInt32]
        let result: [UInt8]

        /// - Parameter hash: 16 bytes.
        init(hash: [UInt8], text: String) {
            let modulus = Self.modulus
            words = LittleEndian.words(hash)
            keys = words.map { UInt64($0) & modulus }
            var filled = Array(text.utf8)
            while filled.count % 8 != 0 { filled.append(UInt8(ascii: "0")) }
            self.text = filled
            blocks = LittleEndian.words(filled)
            var rounds: [Round] = []
            var (high, low): (UInt64, UInt64) = (0, 0)
            for index in stride(from: 0, to: blocks.count - 1, by: 2) {
                var t = UInt64(blocks[index]) * Self.factor % modulus + high
                t = (t * keys[0] + keys[1]) % modulus
                high = (UInt64(blocks[index + 1]) + t) % modulus
                high = (high * keys[2] + keys[3]) % modulus
                low += high + t
                rounds.append(Round(t: t, high: high, low: low))
            }
            self.rounds = rounds
            finalHigh = (high + keys[1]) % modulus
            finalLow = (low + keys[3]) % modulus
            let folds = [UInt32(finalHigh), UInt32(finalLow), UInt32(finalHigh), UInt32(finalLow)]
            folded = zip(words, folds).map { $0 ^ $1 }
            result = LittleEndian.bytes(folded)
        }
    }
}

/// Numbers of four bytes, the lowest byte first.
enum LittleEndian {
    /// Splits bytes into numbers; a rest of less than four bytes is left out.
    static func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
        }
    }

    /// Joins the bytes of numbers.
    static func bytes(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
    }
}
