#if Network
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
    /// Compared in place of an unknown account's password.
    private let nobody = StoredPassword.known(Random.word())
    /// The iterations that each check of a password costs, whatever the account, so that time tells nothing.
    let work: Int
    private let derivation: PasswordHash.Derivation

    /// Creates the accounts; if two share an address, the first counts.
    init(
        _ accounts: [SampleAccount], servesDigest: Bool,
        derivation: @escaping PasswordHash.Derivation = PasswordHash.derive
    ) {
        entries = Dictionary(
            accounts.map { account in
                (
                    UserKey(account.userHandle),
                    Entry(account: account, password: StoredPassword(account.password, servesDigest: servesDigest))
                )
            }, uniquingKeysWith: { first, _ in first })
        domains = Set(entries.keys.compactMap(\.domain))
        work = entries.values.map(\.password.work).max() ?? 0
        self.derivation = derivation
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

    /// Whether this is the password of an account; the same work for all accounts, known or not.
    func proves(_ password: String, of userHandle: String) -> Bool {
        let entry = entries[UserKey(userHandle)]
        let stored = entry?.password ?? nobody
        let isRight = stored.proves(password, derivation)
        if stored.work < work { _ = derivation(password, [], work - stored.work) }
        return isRight && entry != nil
    }

    /// Whether this is an account's answer to an MD5 challenge.
    func proves(digest: String, of challenge: String, by userHandle: String) -> Bool {
        let entry = entries[UserKey(userHandle)]
        return (entry?.password ?? nobody).proves(digest: digest, of: challenge) && entry != nil
    }
}
#endif
