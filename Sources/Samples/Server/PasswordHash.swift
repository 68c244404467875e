// Shows: nothing of the wire; PBKDF2 (RFC 8018) with HMAC-SHA-256, checked against the vectors of RFC 7914.
import Crypto
import Foundation

/// A slow salted hash of a password, written `pbkdf2-sha256$iterations$salt$hash` with salt and hash in base64.
public struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    /// How often the hash is repeated.
    private let iterations: Int
    /// Makes equal passwords differ.
    private let salt: [UInt8]
    /// The hash.
    private let hash: [UInt8]

    /// The word in front.
    private static let scheme = "pbkdf2-sha256"

    /// Hashes a password with a random salt.
    public init(password: String, iterations: Int = 60000) {
        var source = SystemRandomNumberGenerator()
        salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &source) }
        self.iterations = max(1, iterations)
        hash = Self.derive(password: password, salt: salt, iterations: self.iterations)
    }

    /// Reads a hash; nil if the text is none.
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

    /// The text to keep.
    public var text: String {
        [Self.scheme, String(iterations), Data(salt).base64EncodedString(), Data(hash).base64EncodedString()]
            .joined(separator: "$")
    }

    /// Whether this is the password.
    public func proves(_ password: String) -> Bool {
        ConstantTime.areEqual(hash, Self.derive(password: password, salt: salt, iterations: iterations))
    }

    /// The scheme alone.
    public var description: String { Self.scheme }

    /// The first 32 bytes of PBKDF2: one block, its number in big-endian behind the salt.
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
