#if Network
import Crypto
import Foundation

/// A slow salted hash of a password, written `pbkdf2-sha256$iterations$salt$hash` with salt and hash in base64: PBKDF2
/// (RFC 8018) with HMAC-SHA-256.
public struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    /// Derives a key from a password, a salt and a number of iterations.
    typealias Derivation = @Sendable (_ password: String, _ salt: [UInt8], _ iterations: Int) -> [UInt8]

    /// The number of iterations.
    let iterations: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    private static let scheme = "pbkdf2-sha256"

    /// Hashes a password with a random salt.
    public init(password: String, iterations: Int = 60000) {
        var source = SystemRandomNumberGenerator()
        salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &source) }
        self.iterations = max(1, iterations)
        hash = Self.derive(password: password, salt: salt, iterations: self.iterations)
    }

    /// Parses a hash; nil if the text is not one.
    public init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == Self.scheme, let count = Int(parts[1]), (1...10_000_000).contains(count),
            let salt = Data(base64Encoded: String(parts[2])), let hash = Data(base64Encoded: String(parts[3])),
            hash.count == 32
        else { return nil }
        iterations = count
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    /// The text to store.
    public var text: String {
        [Self.scheme, String(iterations), Data(salt).base64EncodedString(), Data(hash).base64EncodedString()]
            .joined(separator: "$")
    }

    /// Whether this is the hash of a password.
    public func proves(_ password: String) -> Bool { proves(password, Self.derive) }

    func proves(_ password: String, _ derivation: Derivation) -> Bool {
        ConstantTime.areEqual(hash, derivation(password, salt, iterations))
    }

    public var description: String { Self.scheme }

    /// The first 32 bytes of PBKDF2: one block, whose number follows the salt in big-endian order.
    @Sendable
    static func derive(password: String, salt: [UInt8], iterations: Int) -> [UInt8] {
        let key = SymmetricKey(data: Array(password.utf8))
        var block = Array(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<max(1, iterations) {
            block = Array(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for index in result.indices { result[index] ^= block[index] }
        }
        return result
    }
}
#endif
