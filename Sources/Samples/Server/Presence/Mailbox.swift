#if Network
import Synchronization

/// The notices that wait for a session, bounded in number and bytes.
///
/// Posting never waits. Three quarters are for messages, and one has room only while its sender has no more waiting than
/// is free there: one sender gets half, two a third each. Joining a chat counts as a message to all in it. Of news about
/// somebody, such as their presence, only the latest waits once a quarter is in use. A mailbox that overflows
/// nevertheless is closed, and its session ends.
final class Mailbox: Sendable {
    /// What became of a notice.
    enum Outcome: Equatable {
        /// It waits.
        case posted
        /// The sender has too much waiting here; nothing has changed.
        case refused
        /// The mailbox is closed.
        case closed
    }

    /// Waits for the session, with what it counts for.
    private struct Entry {
        let notice: Notice
        let size: Int
    }

    /// What one sender has waiting.
    private struct Share {
        var count = 0
        var bytes = 0
    }

    /// Into how many parts a mailbox is divided: the last is not for messages, and after the first, only the latest
    /// news waits.
    private static let parts = 4

    private struct State {
        /// The waiting notices by number, in order.
        var entries: [UInt64: Entry] = [:]
        /// The numbers of the first notice, and of the next one.
        var first: UInt64 = 0
        var next: UInt64 = 0
        /// The numbers of news that a later notice replaces.
        var news: [Notice.Subject: UInt64] = [:]
        var shares: [UserKey: Share] = [:]
        /// The waiting bytes, and those of the notice that is being written.
        var bytes = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Wakes the session.
    private let wakeups: AsyncStream<Void>
    private let wakeup: AsyncStream<Void>.Continuation
    /// Ends when the mailbox overflows; its session may be in a write and would not see the end of the notices.
    let overflow: AsyncStream<Never>
    private let overflowed: AsyncStream<Never>.Continuation
    private let limits: ServerLimits
    /// The budget of all sessions.
    private let budget: Budget

    init(limits: ServerLimits, budget: Budget) {
        (wakeups, wakeup) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (overflow, overflowed) = AsyncStream.makeStream()
        self.limits = limits
        self.budget = budget
    }

    deinit {
        budget.free(state.withLock { $0.bytes })
    }

    /// Posts a notice.
    @discardableResult
    func post(_ notice: Notice) -> Outcome {
        let size = notice.size
        let outcome = state.withLock { state -> Outcome in
            guard !state.isClosed else { return .closed }
            if isRefused(notice, size, in: state) { return .refused }
            let replaced = isFilling(state) ? notice.subject.flatMap { state.news[$0] } : nil
            let old = replaced.flatMap { state.entries[$0]?.size }
            guard old != nil || state.entries.count < limits.notices, take(size - (old ?? 0), in: &state) else {
                state.isClosed = true
                return .closed
            }
            put(Entry(notice: notice.detached(), size: size), at: replaced, in: &state)
            return .posted
        }
        switch outcome {
        case .posted: wakeup.yield()
        case .refused: break
        case .closed:
            wakeup.finish()
            overflowed.finish()
        }
        return outcome
    }

    /// Whether a notice would be refused now.
    func refuses(_ notice: Notice) -> Bool {
        let size = notice.size
        return state.withLock { !$0.isClosed && isRefused(notice, size, in: $0) }
    }

    /// The next notice and its size, or nil once the mailbox is closed; call `taken` when it is written.
    func next() async -> (notice: Notice, size: Int)? {
        var iterator = wakeups.makeAsyncIterator()
        while true {
            if let entry = state.withLock({ take(from: &$0) }) { return (entry.notice, entry.size) }
            guard await iterator.next() != nil else { return nil }
        }
    }

    /// Releases the bytes of a notice after it is written.
    func taken(_ size: Int) {
        state.withLock { $0.bytes -= size }
        budget.free(size)
    }

    private func isRefused(_ notice: Notice, _ size: Int, in state: State) -> Bool {
        guard notice.canBeRefused, let sender = notice.sender else { return false }
        return !hasRoom(for: size, from: sender, in: state)
    }

    /// Whether a sender has no more waiting than is free, in the mailbox and of all memory for notices.
    private func hasRoom(for size: Int, from sender: UserKey, in state: State) -> Bool {
        let share = state.shares[sender] ?? Share()
        let bytes = min(limits.noticeBytes - limits.noticeBytes / Self.parts, budget.left) - state.bytes
        let count = limits.notices - limits.notices / Self.parts - state.entries.count
        return share.bytes + size <= bytes && share.count + 1 <= count
    }

    /// Takes room for more bytes; a mailbox with nothing waiting always has some.
    private func take(_ size: Int, in state: inout State) -> Bool {
        guard state.bytes == 0 || state.bytes + size <= limits.noticeBytes else { return false }
        guard budget.take(size, evenIfSpent: state.bytes == 0 || size <= 0) else { return false }
        state.bytes += size
        return true
    }

    /// Whether more than a quarter is in use.
    private func isFilling(_ state: State) -> Bool {
        state.entries.count > limits.notices / Self.parts || state.bytes > limits.noticeBytes / Self.parts
    }

    /// Puts a notice at the end, or in place of news.
    private func put(_ entry: Entry, at replaced: UInt64?, in state: inout State) {
        if let replaced {
            state.entries[replaced] = entry
            return
        }
        state.entries[state.next] = entry
        if let subject = entry.notice.subject { state.news[subject] = state.next }
        state.next += 1
        guard let sender = entry.notice.sender else { return }
        state.shares[sender, default: Share()].count += 1
        state.shares[sender, default: Share()].bytes += entry.size
    }

    /// Takes the first notice out; its bytes stay counted.
    private func take(from state: inout State) -> Entry? {
        let number = state.first
        guard let entry = state.entries.removeValue(forKey: number) else { return nil }
        state.first += 1
        if let subject = entry.notice.subject, state.news[subject] == number { state.news[subject] = nil }
        if let sender = entry.notice.sender, var share = state.shares[sender] {
            share.count -= 1
            share.bytes -= entry.size
            state.shares[sender] = share.count == 0 ? nil : share
        }
        return entry
    }
}

/// The bytes that may wait for all sessions together.
final class Budget: Sendable {
    private let remaining: Mutex<Int>

    init(_ bytes: Int) {
        remaining = Mutex(bytes)
    }

    /// The remaining bytes; below 0 if more than there were have been taken.
    var left: Int { remaining.withLock { $0 } }

    /// Takes bytes if enough remain, or in any case.
    func take(_ bytes: Int, evenIfSpent: Bool) -> Bool {
        remaining.withLock { remaining in
            guard evenIfSpent || remaining >= bytes else { return false }
            remaining -= bytes
            return true
        }
    }

    /// Returns bytes.
    func free(_ bytes: Int) {
        remaining.withLock { $0 += bytes }
    }
}
#endif
