// Shows: nothing of the wire; how a client that does not read is kept from using up the server.
import Synchronization

/// The notices that wait for one session, bounded in number and bytes.
///
/// Nobody who posts ever waits. A mailbox that runs over is closed, and its session ends.
final class Mailbox: Sendable {
    /// The notices in the order they were posted.
    let notices: AsyncStream<Notice>
    /// Ends when the mailbox runs over: its session may be stuck in a write and would not see the end of `notices`.
    let overflow: AsyncStream<Never>
    /// Ends `overflow`.
    private let overflowed: AsyncStream<Never>.Continuation
    /// Where they go in.
    private let continuation: AsyncStream<Notice>.Continuation
    /// The bytes that wait here.
    private let waiting = Mutex(0)
    /// The most bytes that may.
    private let limit: Int
    /// What waits for all sessions.
    private let budget: Budget

    /// An empty mailbox.
    init(limits: ServerLimits, budget: Budget) {
        (notices, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(limits.notices))
        (overflow, overflowed) = AsyncStream.makeStream()
        limit = limits.noticeBytes
        self.budget = budget
    }

    deinit {
        budget.free(waiting.withLock { $0 })
    }

    /// Puts a notice in; false if there is no room, which closes the mailbox.
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

    /// Counts a notice out once it was written.
    func taken(_ size: Int) {
        waiting.withLock { $0 -= size }
        budget.free(size)
    }
}

/// Bytes that may wait for all sessions together.
final class Budget: Sendable {
    /// What is left.
    private let left: Mutex<Int>

    /// Starts with all of it.
    init(_ bytes: Int) {
        left = Mutex(bytes)
    }

    /// Takes bytes if there are so many.
    func take(_ bytes: Int) -> Bool {
        left.withLock { left in
            guard left >= bytes else { return false }
            left -= bytes
            return true
        }
    }

    /// Gives bytes back.
    func free(_ bytes: Int) {
        left.withLock { $0 += bytes }
    }
}
