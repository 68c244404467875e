// Shows: nothing of the wire; the users a server knows, and whether a password is theirs.

/// The accounts of a server; they do not change while it runs.
struct Accounts: Sendable {
    /// An account and what is known of its password.
    private struct Entry: Sendable {
        /// The account.
        let account: SampleAccount
        /// The password in the form it is kept.
        let credential: Credential
    }

    /// The accounts by address.
    private let entries: [UserKey: Entry]
    /// The domains whose accounts live here.
    private let domains: Set<String>
    /// Takes the time of a comparison where there is nothing to compare.
    private let nobody: Credential

    /// Takes the accounts; of two with one address the first counts.
    init(_ accounts: [SampleAccount], servesDigest: Bool) {
        entries = Dictionary(
            accounts.map { account in
                (
                    UserKey(account.userHandle),
                    Entry(account: account, credential: Credential(account.password, servesDigest: servesDigest))
                )
            }, uniquingKeysWith: { first, _ in first })
        domains = Set(entries.keys.compactMap(\.domain))
        nobody = Credential(Random.word(), servesDigest: servesDigest)
    }

    /// All accounts.
    var all: [SampleAccount] { entries.values.map(\.account) }

    /// The account of an address.
    subscript(_ userHandle: String) -> SampleAccount? {
        entries[UserKey(userHandle)]?.account
    }

    /// Whether accounts of that domain live here.
    func serves(_ userHandle: String) -> Bool {
        UserKey(userHandle).domain.map(domains.contains) ?? false
    }

    /// Whether this is the password of an account; takes its time for unknown accounts as well.
    func proves(_ password: String, of userHandle: String) -> Bool {
        guard let entry = entries[UserKey(userHandle)] else {
            _ = nobody.proves(password)
            return false
        }
        return entry.credential.proves(password)
    }

    /// Whether this is the answer of an account to a challenge of the oldest versions.
    func proves(digest: String, of challenge: String, by userHandle: String) -> Bool {
        entries[UserKey(userHandle)]?.credential.proves(digest: digest, of: challenge) ?? false
    }
}
