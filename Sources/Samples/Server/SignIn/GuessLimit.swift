#if Network
/// Limits attempts by key, such as guesses from an address: some at once, and one more each time a while has passed.
struct GuessLimit: Sendable {
    private var rates: [String: Rate] = [:]
    /// The wrong guesses allowed at once.
    private let burst: Int
    /// The time after which another is allowed.
    private let time: Duration
    /// The most keys to remember.
    private let limit: Int

    init(burst: Int, every time: Duration, limit: Int) {
        (self.burst, self.time, self.limit) = (burst, time, limit)
    }

    /// Counts a guess as wrong until it `succeeds`; false, without counting it, if there were too many.
    mutating func begin(_ key: String, now: Duration) -> Bool {
        var rate = rates[key] ?? Rate(every: time, burst: burst, now: now)
        guard rate.take(now: now) == nil else { return false }
        if rates[key] == nil, rates.count >= limit { makeRoom(now: now) }
        rates[key] = rate
        return true
    }

    /// Takes back what `begin` counted.
    mutating func succeed(_ key: String) {
        rates[key]?.giveBack()
    }

    /// Forgets the keys without recent guesses; if there are none, those that have waited longest.
    private mutating func makeRoom(now: Duration) {
        rates = rates.filter { !$0.value.isUnused(now: now) }
        guard rates.count >= limit else { return }
        let oldest = rates.sorted { $0.value < $1.value }.prefix(max(1, limit / 4))
        for (key, _) in oldest { rates[key] = nil }
    }
}
#endif
