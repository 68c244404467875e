// Shows: nothing of the wire; how a password is kept, and what the oldest versions force on a server.
import Crypto
import MSNPSession

/// What the server knows of a password.
///
/// The sign-in of MSNP2 to MSNP7 is MD5 over a fresh challenge followed by the password: who checks it has to know the
/// password itself. So it is kept as it is while those versions are served, and as a slow salted hash otherwise; an
/// account whose line in the file holds the hash can sign in from MSNP8 on only.
enum Credential: Sendable {
    /// The password.
    case known(String)
    /// Its hash.
    case hashed(PasswordHash)

    /// Takes a password, or the text of a hash; hashes the password unless it is needed.
    init(_ text: String, servesDigest: Bool) {
        if let hash = PasswordHash(text: text) {
            self = .hashed(hash)
        } else if servesDigest {
            self = .known(text)
        } else {
            self = .hashed(PasswordHash(password: text))
        }
    }

    /// Whether this is the password.
    func proves(_ password: String) -> Bool {
        switch self {
        case .known(let known): ConstantTime.areEqual(known, password)
        case .hashed(let hash): hash.proves(password)
        }
    }

    /// Whether this is the answer to a challenge of the oldest versions.
    func proves(digest: String, of challenge: String) -> Bool {
        guard case .known(let password) = self else { return false }
        return ConstantTime.areEqual(MD5Login.digest(challenge: challenge, password: password), digest.lowercased())
    }
}

/// Comparisons that take the same time whatever differs.
enum ConstantTime {
    /// Compares texts by their hashes, so that not even the length shows.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        areEqual(Array(SHA256.hash(data: Array(left.utf8))), Array(SHA256.hash(data: Array(right.utf8))))
    }

    /// Compares bytes of equal count.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
