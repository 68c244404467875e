#if Network
import Crypto
import MSNPSession

/// A password, as the server keeps it.
///
/// MSNP2 to MSNP7 sign in with the MD5 of a fresh challenge followed by the password, so whoever checks it must know
/// the password. The server therefore keeps it in clear text while it serves those versions, and as a slow salted hash
/// otherwise. An account whose line in the file holds the hash can only sign in with MSNP8 or later.
enum StoredPassword: Sendable {
    case known(String)
    case hashed(PasswordHash)

    /// Takes a password or the text of a hash; hashes the password unless MD5 needs it.
    init(_ text: String, servesDigest: Bool) {
        if let hash = PasswordHash(text: text) {
            self = .hashed(hash)
        } else if servesDigest {
            self = .known(text)
        } else {
            self = .hashed(PasswordHash(password: text))
        }
    }

    /// The iterations that a check costs.
    var work: Int {
        switch self {
        case .known: 0
        case .hashed(let hash): hash.iterations
        }
    }

    func proves(_ password: String, _ derivation: PasswordHash.Derivation = PasswordHash.derive) -> Bool {
        switch self {
        case .known(let known): ConstantTime.areEqual(known, password)
        case .hashed(let hash): hash.proves(password, derivation)
        }
    }

    /// Whether this is the answer to an MD5 challenge.
    func proves(digest: String, of challenge: String) -> Bool {
        guard case .known(let password) = self else { return false }
        return ConstantTime.areEqual(MD5Login.digest(challenge: challenge, password: password), digest.lowercased())
    }
}

/// Constant-time comparisons.
enum ConstantTime {
    /// Compares texts by their hashes, so that not even the length leaks.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        areEqual(Array(SHA256.hash(data: Array(left.utf8))), Array(SHA256.hash(data: Array(right.utf8))))
    }

    /// Compares byte arrays of equal length.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
#endif
