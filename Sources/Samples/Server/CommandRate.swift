// Shows: nothing of the wire; how a client that talks too fast is slowed down.

/// Lets commands through at a rate, and after a pause a burst of them.
struct CommandRate: Sendable {
    /// The time one command costs.
    private let cost: Duration
    /// The time that may be used in advance.
    private let credit: Duration
    /// When all that was let through is paid for.
    private var paid: Duration

    /// Starts with the whole burst.
    init(perSecond rate: Int, burst: Int, now: Duration) {
        cost = .seconds(1) / max(1, rate)
        credit = cost * max(0, burst - 1)
        paid = now - credit
    }

    /// Counts a command; gives back how long it has to wait.
    mutating func take(now: Duration) -> Duration? {
        paid = max(paid, now - credit) + cost
        let wait = paid - cost - now
        return wait > .zero ? wait : nil
    }
}
