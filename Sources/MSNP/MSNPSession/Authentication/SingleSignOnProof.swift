import Crypto
import Foundation

/// The proof that goes with a ticket from MSNP15 on: the server's nonce signed and encrypted with the ticket's secret.
///
/// A structure of 128 bytes in base64: seven little-endian numbers (size 28, mode CBC, cipher 3DES, hash SHA-1, and
/// the sizes of what follows), the initialization vector, the hash and the encrypted nonce.
public struct SingleSignOnProof: Sendable, CustomReflectable {
    /// Why a proof could not be made.
    public enum Failure: Error, Hashable, Sendable {
        /// The secret of the ticket is not base64.
        case secretIsNotBase64
        /// The initialization vector is not 8 bytes long.
        case wrongInitialization(count: Int)
        /// The padded nonce is not a whole number of blocks.
        case wrongNonce(count: Int)
    }

    private let secret: [UInt8]

    /// Decodes the base64 `BinarySecret` of a ticket.
    public init(secret: String) throws(Failure) {
        guard let data = Data(base64Encoded: secret) else { throw .secretIsNotBase64 }
        self.secret = Array(data)
    }

    /// A mirror without children, so that no dump shows the secret.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

    /// The proof for the nonce of a challenge, in 172 characters; the nonce is used as text.
    public func text(nonce: String, initialization: [UInt8]? = nil) throws(Failure) -> String {
        let start = initialization ?? Self.randomBlock()
        guard start.count == 8 else { throw .wrongInitialization(count: start.count) }
        let text = Array(nonce.utf8)
        let hash = Self.sign(text, with: derivedKey("WS-SecureConversationSESSION KEY HASH"))
        let filled = text + [UInt8](repeating: 8, count: 8)
        let key = derivedKey("WS-SecureConversationSESSION KEY ENCRYPTION")
        guard let cipher = TripleDES.encrypt(filled, key: key, initialization: start) else {
            throw .wrongNonce(count: text.count)
        }
        let numbers: [UInt32] = [28, 1, 0x6603, 0x8004, 8, UInt32(hash.count), UInt32(cipher.count)]
        let header = numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        return Data(header + start + hash + cipher).base64EncodedString()
    }

    /// Whether the proof matches this secret and nonce; compares in constant time.
    public func proves(_ proof: String, nonce: String) -> Bool {
        guard let data = Data(base64Encoded: proof), data.count > 36 else { return false }
        let start = Array(data.dropFirst(28).prefix(8))
        guard let wanted = try? text(nonce: nonce, initialization: start) else { return false }
        let (left, right) = (Array(wanted.utf8), Array(proof.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Derives a key of 24 bytes from the secret, for one purpose.
    func derivedKey(_ purpose: String) -> [UInt8] {
        let purpose = Array(purpose.utf8)
        let first = Self.sign(purpose, with: secret)
        let second = Self.sign(first + purpose, with: secret)
        let third = Self.sign(first, with: secret)
        let fourth = Self.sign(third + purpose, with: secret)
        return second + fourth.prefix(4)
    }

    private static func sign(_ text: [UInt8], with key: [UInt8]) -> [UInt8] {
        Array(HMAC<Insecure.SHA1>.authenticationCode(for: text, using: SymmetricKey(data: key)))
    }

    private static func randomBlock() -> [UInt8] {
        var source = SystemRandomNumberGenerator()
        return (0..<8).map { _ in UInt8.random(in: 0...255, using: &source) }
    }
}
