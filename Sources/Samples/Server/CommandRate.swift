/// Limits the rate of commands; allows a burst after a pause.
struct CommandRate: Sendable {
    /// The time that one command costs.
    private let cost: Duration
    /// The burst, as time.
    private let credit: Duration
    /// When the commands so far are paid for.
    private var paid: Duration

    /// Creates a limit with the whole burst available.
    init(perSecond rate: Int, burst: Int, now: Duration) {
        cost = .seconds(1) / max(1, rate)
        credit = cost * max(0, burst - 1)
        paid = now - credit
    }

    /// Counts a command and returns how long it has to wait.
    mutating func take(now: Duration) -> Duration? {
        paid = max(paid, now - credit) + cost
        let wait = paid - cost - now
        return wait > .zero ? wait : nil
    }
}
