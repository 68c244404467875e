/// The accounts of a server, fixed while it runs.
struct Accounts: Sendable {
    /// An account and its password.
    private struct Entry: Sendable {
        let account: SampleAccount
        /// The password, in clear text or as a hash.
        let password: StoredPassword
    }

    /// The accounts by address.
    private let entries: [UserKey: Entry]
    /// The domains of the accounts.
    private let domains: Set<String>
    /// Compared in place of an unknown account's password, so that it takes the same time.
    private let nobody: StoredPassword

    /// Creates the accounts; if two share an address, the first counts.
    init(_ accounts: [SampleAccount], servesDigest: Bool) {
        entries = Dictionary(
            accounts.map { account in
                (
                    UserKey(account.userHandle),
                    Entry(account: account, password: StoredPassword(account.password, servesDigest: servesDigest))
                )
            }, uniquingKeysWith: { first, _ in first })
        domains = Set(entries.keys.compactMap(\.domain))
        nobody = StoredPassword(Random.word(), servesDigest: servesDigest)
    }

    var all: [SampleAccount] { entries.values.map(\.account) }

    /// The account with an address.
    subscript(_ userHandle: String) -> SampleAccount? {
        entries[UserKey(userHandle)]?.account
    }

    /// Whether the server has accounts in the domain of an address.
    func serves(_ userHandle: String) -> Bool {
        UserKey(userHandle).domain.map(domains.contains) ?? false
    }

    /// Whether this is the password of an account; takes as long for unknown accounts.
    func proves(_ password: String, of userHandle: String) -> Bool {
        guard let entry = entries[UserKey(userHandle)] else {
            _ = nobody.proves(password)
            return false
        }
        return entry.password.proves(password)
    }

    /// Whether this is an account's answer to an MD5 challenge.
    func proves(digest: String, of challenge: String, by userHandle: String) -> Bool {
        entries[UserKey(userHandle)]?.password.proves(digest: digest, of: challenge) ?? false
    }
}
