#if Network
/// Limits a rate, such as of commands or bytes; allows a burst after a pause.
struct Rate: Sendable, Comparable {
    /// The time that one unit costs.
    private let cost: Duration
    /// The burst, as time.
    private let credit: Duration
    /// When the units so far are paid for.
    private var paid: Duration

    /// Creates a limit with the whole burst available.
    init(perSecond rate: Int, burst: Int, now: Duration) {
        self.init(every: .seconds(1) / max(1, rate), burst: burst, now: now)
    }

    /// Creates a limit with the whole burst available, and one more unit each time a while has passed.
    init(every cost: Duration, burst: Int, now: Duration) {
        self.cost = cost
        credit = cost * max(0, burst - 1)
        paid = now - credit
    }

    /// Counts units and returns how long the last of them has to wait.
    mutating func take(_ count: Int = 1, now: Duration) -> Duration? {
        paid = max(paid, now - credit) + cost * count
        let wait = paid - cost - now
        return wait > .zero ? wait : nil
    }

    /// Takes back the last unit.
    mutating func giveBack() { paid -= cost }

    /// Whether the whole burst is available.
    func isUnused(now: Duration) -> Bool { paid <= now - credit }

    /// Whether more of the first is available.
    static func < (left: Rate, right: Rate) -> Bool { left.paid < right.paid }
}
#endif
