import Synchronization

/// The notices that wait for a session, bounded in number and bytes.
///
/// Posting never waits. A mailbox that overflows is closed, and its session ends.
final class Mailbox: Sendable {
    /// The notices, in order.
    let notices: AsyncStream<Notice>
    /// Ends when the mailbox overflows; its session may be stuck in a write and would not see the end of `notices`.
    let overflow: AsyncStream<Never>
    private let overflowed: AsyncStream<Never>.Continuation
    private let continuation: AsyncStream<Notice>.Continuation
    /// The number of waiting bytes.
    private let waiting = Mutex(0)
    private let limit: Int
    /// The budget of all sessions.
    private let budget: Budget

    init(limits: ServerLimits, budget: Budget) {
        (notices, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(limits.notices))
        (overflow, overflowed) = AsyncStream.makeStream()
        limit = limits.noticeBytes
        self.budget = budget
    }

    deinit {
        budget.free(waiting.withLock { $0 })
    }

    /// Posts a notice; if there is no room, closes the mailbox and returns false.
    @discardableResult
    func post(_ notice: Notice) -> Bool {
        let size = notice.size
        let fits = waiting.withLock { waiting in
            guard waiting + size <= limit, budget.take(size) else { return false }
            waiting += size
            return true
        }
        if fits, case .enqueued = continuation.yield(notice) { return true }
        if fits { taken(size) }
        continuation.finish()
        overflowed.finish()
        return false
    }

    /// Releases the bytes of a notice after it is written.
    func taken(_ size: Int) {
        waiting.withLock { $0 -= size }
        budget.free(size)
    }
}

/// The bytes that may wait for all sessions together.
final class Budget: Sendable {
    /// The remaining bytes.
    private let left: Mutex<Int>

    init(_ bytes: Int) {
        left = Mutex(bytes)
    }

    /// Takes bytes if enough remain.
    func take(_ bytes: Int) -> Bool {
        left.withLock { left in
            guard left >= bytes else { return false }
            left -= bytes
            return true
        }
    }

    /// Returns bytes.
    func free(_ bytes: Int) {
        left.withLock { $0 += bytes }
    }
}
