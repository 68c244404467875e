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
        return Data(try steps(nonce: nonce, initialization: start).structure).base64EncodedString()
    }

    /// The values from which a proof is made, by the names of the grammar.
    struct Steps {
        let signKey: [UInt8]
        let cipherKey: [UInt8]
        let signature: [UInt8]
        let filled: [UInt8]
        let cipher: [UInt8]
        let header: [UInt8]
        let structure: [UInt8]
    }

    /// Makes a proof step by step.
    func steps(nonce: String, initialization: [UInt8]) throws(Failure) -> Steps {
        guard initialization.count == 8 else { throw .wrongInitialization(count: initialization.count) }
        let text = Array(nonce.utf8)
        let signKey = derivedKey("WS-SecureConversationSESSION KEY HASH").derived
        let signature = SHA1.authenticationCode(for: text, key: signKey)
        let filled = text + [UInt8](repeating: 8, count: 8)
        let cipherKey = derivedKey("WS-SecureConversationSESSION KEY ENCRYPTION").derived
        guard let cipher = TripleDES.encrypt(filled, key: cipherKey, initialization: initialization) else {
            throw .wrongNonce(count: text.count)
        }
        let numbers: [UInt32] = [28, 1, 0x6603, 0x8004, 8, UInt32(signature.count), UInt32(cipher.count)]
        let header = LittleEndian.bytes(numbers)
        return Steps(
            signKey: signKey, cipherKey: cipherKey, signature: signature, filled: filled, cipher: cipher,
            header: header,
            structure: header + initialization + signature + cipher)
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

    /// The values from which a key is made.
    struct KeySteps {
        let first: [UInt8]
        let second: [UInt8]
        let third: [UInt8]
        let fourth: [UInt8]
        /// The key, of 24 bytes.
        let derived: [UInt8]
    }

    /// Derives a key from the secret, for one purpose.
    func derivedKey(_ purpose: String) -> KeySteps {
        let purpose = Array(purpose.utf8)
        let first = SHA1.authenticationCode(for: purpose, key: secret)
        let second = SHA1.authenticationCode(for: first + purpose, key: secret)
        let third = SHA1.authenticationCode(for: first, key: secret)
        let fourth = SHA1.authenticationCode(for: third + purpose, key: secret)
        return KeySteps(
            first: first, second: second, third: third, fourth: fourth, derived: second + fourth.prefix(4))
    }

    private static func randomBlock() -> [UInt8] {
        var source = SystemRandomNumberGenerator()
        return (0..<8).map { _ in UInt8.random(in: 0...255, using: &source) }
    }
}
