#if Network
/// Unguessable tokens, each valid for a limited time, and once unless it is only looked at.
///
/// Whoever causes a token to be issued is its owner. An owner has a limited number, and where there are too many in
/// all, the one with most loses the oldest, so nobody drives out the tokens of others.
struct SingleUseTokenStore<Claim: Sendable>: Sendable {
    private struct Entry {
        let claim: Claim
        let owner: UserKey
        let until: Duration
    }

    private var open: [String: Entry] = [:]
    /// The open tokens of each owner, oldest first.
    private var owned: [UserKey: [String]] = [:]
    /// The most open tokens.
    private let limit: Int
    /// The most open tokens of one owner.
    private let share: Int
    /// The lifetime of a token.
    private let lifetime: Duration

    /// Creates an empty store.
    init(limit: Int, share: Int, lifetime: Duration) {
        self.limit = limit
        self.share = share
        self.lifetime = lifetime
    }

    /// Issues a token: 128 random bits, in hexadecimal digits.
    mutating func issue(_ claim: Claim, to owner: UserKey, now: Duration) -> String {
        if let tokens = owned[owner], tokens.count >= share, let oldest = tokens.first { drop(oldest) }
        if open.count >= limit { makeRoom(for: owner, now: now) }
        let token = Random.word()
        open[token] = Entry(claim: claim, owner: owner, until: now + lifetime)
        owned[owner, default: []].append(token)
        return token
    }

    /// Redeems a token; nil if it is unknown, used or expired.
    mutating func redeem(_ token: String, now: Duration) -> Claim? {
        guard let entry = drop(token), now <= entry.until else { return nil }
        return entry.claim
    }

    /// What a token is for, which stays valid; nil if it is unknown or expired.
    func claim(of token: String, now: Duration) -> Claim? {
        guard let entry = open[token], now <= entry.until else { return nil }
        return entry.claim
    }

    /// Drops the tokens that have expired; if there are none, the oldest of the owner with most, and if there are
    /// several, of the one who wants room.
    private mutating func makeRoom(for owner: UserKey, now: Duration) {
        for (token, entry) in open where now > entry.until { drop(token) }
        let own = owned[owner] ?? []
        let most = owned.values.max { $0.count < $1.count } ?? []
        guard open.count >= limit, let oldest = (own.count >= most.count ? own : most).first else { return }
        drop(oldest)
    }

    @discardableResult
    private mutating func drop(_ token: String) -> Entry? {
        guard let entry = open.removeValue(forKey: token) else { return nil }
        owned[entry.owner]?.removeAll { $0 == token }
        if owned[entry.owner]?.isEmpty == true { owned[entry.owner] = nil }
        return entry
    }
}

/// Random text from the system's generator.
enum Random {
    /// 128 bits as hexadecimal digits.
    static func word() -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<16).map { _ in
            let byte = UInt8.random(in: 0...255, using: &source)
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// A GUID.
    static func identifier() -> String { identifier(of: word()) }

    /// The GUID that 32 hexadecimal digits are.
    static func identifier(of digits: String) -> String {
        let digits = Array(digits)
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return cuts.map { String(digits[$0]) }.joined(separator: "-")
    }

    /// Random decimal digits.
    static func digits(_ count: Int) -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<count).map { _ in String(source.next(upperBound: UInt(10))) }.joined()
    }
}
#endif
