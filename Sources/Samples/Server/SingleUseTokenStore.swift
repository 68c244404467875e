// Shows: nothing of the wire; words that open a door once and for a short time.

/// Unguessable words, each good for one use within its time.
struct SingleUseTokenStore<Claim: Sendable>: Sendable {
    /// What was promised for a cookie, and until when.
    private var open: [String: (claim: Claim, until: Duration)] = [:]
    /// The cookies in the order of their issue; used ones are skipped.
    private var order: [String] = []
    /// The most cookies kept.
    private let limit: Int
    /// How long each is good.
    private let lifetime: Duration

    /// An empty tokens.
    init(limit: Int, lifetime: Duration) {
        self.limit = limit
        self.lifetime = lifetime
    }

    /// Makes a cookie: 128 random bits, in digits and letters.
    mutating func issue(_ claim: Claim, now: Duration) -> String {
        if order.count >= limit * 2 { order.removeAll { open[$0] == nil } }
        while open.count >= limit, let oldest = order.first {
            order.removeFirst()
            open[oldest] = nil
        }
        let cookie = Random.word()
        open[cookie] = (claim, now + lifetime)
        order.append(cookie)
        return cookie
    }

    /// Takes a cookie back; nil if it is unknown, used or too old.
    mutating func redeem(_ cookie: String, now: Duration) -> Claim? {
        guard let entry = open.removeValue(forKey: cookie), now <= entry.until else { return nil }
        return entry.claim
    }
}

/// Random words from the system's generator.
enum Random {
    /// 128 bits as hexadecimal digits.
    static func word() -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<16).map { _ in
            let byte = UInt8.random(in: 0...255, using: &source)
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// An identifier in the shape 8-4-4-4-12.
    static func identifier() -> String {
        let digits = Array(word())
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return cuts.map { String(digits[$0]) }.joined(separator: "-")
    }

    /// Decimal digits.
    static func digits(_ count: Int) -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<count).map { _ in String(source.next(upperBound: UInt(10))) }.joined()
    }
}
