/// Unguessable tokens, each valid once and for a limited time.
struct SingleUseTokenStore<Claim: Sendable>: Sendable {
    /// The claim of each token, and when it expires.
    private var open: [String: (claim: Claim, until: Duration)] = [:]
    /// The tokens in order of issue, including used ones.
    private var order: [String] = []
    /// The most open tokens.
    private let limit: Int
    /// The lifetime of a token.
    private let lifetime: Duration

    /// Creates an empty store.
    init(limit: Int, lifetime: Duration) {
        self.limit = limit
        self.lifetime = lifetime
    }

    /// Issues a token: 128 random bits, in hexadecimal digits.
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

    /// Redeems a token; nil if it is unknown, used or expired.
    mutating func redeem(_ cookie: String, now: Duration) -> Claim? {
        guard let entry = open.removeValue(forKey: cookie), now <= entry.until else { return nil }
        return entry.claim
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
    static func identifier() -> String {
        let digits = Array(word())
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return cuts.map { String(digits[$0]) }.joined(separator: "-")
    }

    /// Random decimal digits.
    static func digits(_ count: Int) -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<count).map { _ in String(source.next(upperBound: UInt(10))) }.joined()
    }
}
