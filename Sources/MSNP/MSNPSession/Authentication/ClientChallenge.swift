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
        let plain = MD5Text.bytes(of: challenge + productKey)
        guard !version.has(.plainChallenge) else { return MD5Text.hexadecimal(plain) }
        return MD5Text.hexadecimal(mixed(plain, challenge: challenge))
    }

    /// The later algorithm: folds a 64-bit checksum of challenge and product ID into the MD5.
    private func mixed(_ digest: [UInt8], challenge: String) -> [UInt8] {
        let modulus: UInt64 = 0x7FFF_FFFF
        let full = words(digest)
        let keys = full.map { UInt64($0) & modulus }
        guard keys.count == 4 else { return digest }
        var text = Array((challenge + productID).utf8)
        while text.count % 8 != 0 { text.append(UInt8(ascii: "0")) }
        let input = words(text)
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in stride(from: 0, to: input.count - 1, by: 2) {
            var step = UInt64(input[index]) * 0x0E79_A9C1 % modulus + high
            step = (step * keys[0] + keys[1]) % modulus
            high = (UInt64(input[index + 1]) + step) % modulus
            high = (high * keys[2] + keys[3]) % modulus
            low += high + step
        }
        high = (high + keys[1]) % modulus
        low = (low + keys[3]) % modulus
        let masks: [UInt32] = [UInt32(high), UInt32(low), UInt32(high), UInt32(low)]
        return zip(full, masks).flatMap { word, mask -> [UInt8] in
            let mixed = word ^ mask
            return (0..<4).map { UInt8(truncatingIfNeeded: mixed >> (8 * $0)) }
        }
    }

    /// Splits bytes into little-endian words.
    private func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
        }
    }
}
