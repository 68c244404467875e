#if Network
// Shows: a change is stored first, then made, then told; one that cannot be stored has never happened.
import Logging
import MSNP

/// Rosters that change together.
struct RosterDraft {
    private let current: [UserKey: Roster]
    private let upcoming: [UserKey: Roster]
    /// The rosters as they are to become.
    private(set) var changed: [UserKey: Roster] = [:]

    init(current: [UserKey: Roster], upcoming: [UserKey: Roster]) {
        (self.current, self.upcoming) = (current, upcoming)
    }

    subscript(key: UserKey) -> Roster? { changed[key] ?? upcoming[key] ?? current[key] }

    /// Changes one roster.
    mutating func change<Result>(
        _ key: UserKey, _ body: (inout Roster) throws(Refusal) -> Result
    ) throws(Refusal) -> Result {
        guard var roster = self[key] else { throw Refusal(.databaseError) }
        let result = try body(&roster)
        changed[key] = roster
        return result
    }
}

/// Tells the operator that changes cannot be stored: why, once for each reason, and how many were refused, once they are
/// stored again; in a while at most one line.
struct StoringLog {
    private static let pause = Duration.seconds(60)

    /// The reason that was told.
    private var told: String?
    /// The changes refused since.
    private var refused = 0
    /// When the next line may follow.
    private var next = Duration.zero

    /// Changes were refused.
    mutating func failed(_ reason: String, changes: Int, now: Duration, _ logger: Logger) {
        refused += changes
        guard reason != told, now >= next else { return }
        logger.error("changes are refused: \(reason)")
        (told, next) = (reason, now + Self.pause)
    }

    /// Changes were stored.
    mutating func succeeded(now: Duration, _ logger: Logger) {
        guard told != nil, now >= next else { return }
        logger.notice("changes are stored again; \(refused) were refused")
        (told, refused, next) = (nil, 0, now + Self.pause)
    }
}

/// The changes on their way to the disk, in order.
struct RosterQueue {
    struct Change {
        let rosters: [UserKey: Roster]
        /// What the rosters keep in memory.
        let bytes: Int
        /// Makes the change and tells of it, or refuses it.
        let finish: (_ isStored: Bool) -> Void
    }

    /// The changes to write next, all at once.
    var waiting: [Change] = []
    /// The rosters as they will be; further changes build on them.
    var upcoming: [UserKey: Roster] = [:]
    /// The bytes of what waits and of what is being written.
    var bytes = 0
    var isWriting = false
}

extension Exchange {
    /// Changes rosters once the change is on disk, and notifies those who can now see the user or no longer can.
    ///
    /// If it cannot be stored, it is refused, and so are the changes that build on it.
    ///
    /// - Parameter full: the error for a user who would keep too much.
    func commit<Change: Sendable, Result: Sendable>(
        by key: UserKey, full: ErrorCode = .listFull, _ body: (inout RosterDraft) throws(Refusal) -> Change,
        then report: @escaping (Change) -> Result
    ) async throws(Refusal) -> Result {
        let (change, changed) = try draft(body)
        if let own = changed[key]?.ownBytes, own > limits.rosterBytes,
            own > (changes.upcoming[key] ?? rosters[key])?.ownBytes ?? 0
        {
            throw Refusal(full)
        }
        let bytes = changed.values.reduce(0) { $0 + $1.bytes }
        guard changes.bytes == 0 || changes.bytes + bytes <= limits.storingBytes else { throw Refusal(.tooManyChanges) }
        changes.bytes += bytes
        changes.upcoming.merge(changed) { $1 }
        let result = await withCheckedContinuation { (done: CheckedContinuation<Result?, Never>) in
            changes.waiting.append(
                RosterQueue.Change(rosters: changed, bytes: bytes) { isStored in
                    guard isStored else { return done.resume(returning: nil) }
                    let (before, name) = (self.watchers(of: key), self.rosters[key]?.friendlyName)
                    self.rosters.merge(changed) { $1 }
                    self.tell(of: key, before: before, isChanged: self.rosters[key]?.friendlyName != name)
                    done.resume(returning: report(change))
                })
            guard !changes.isWriting else { return }
            changes.isWriting = true
            Task { await self.writeChanges() }
        }
        guard let result else { throw Refusal(.databaseError) }
        return result
    }

    /// Computes a change without making it.
    private func draft<Change>(
        _ body: (inout RosterDraft) throws(Refusal) -> Change
    ) throws(Refusal) -> (change: Change, changed: [UserKey: Roster]) {
        var draft = RosterDraft(current: rosters, upcoming: changes.upcoming)
        let change = try body(&draft)
        return (change, draft.changed)
    }

    /// Writes what waits, until nothing does.
    private func writeChanges() async {
        while !changes.waiting.isEmpty {
            var batch = changes.waiting
            changes.waiting = []
            var isStored = true
            do {
                try await journal.store(batch.reduce(into: [:]) { $0.merge($1.rosters) { $1 } })
                storing.succeeded(now: clock.now(), logger)
            } catch {
                isStored = false
                // What came meanwhile builds on what failed.
                batch += changes.waiting
                changes.waiting = []
                storing.failed("\(error)", changes: batch.count, now: clock.now(), logger)
            }
            changes.bytes -= batch.reduce(0) { $0 + $1.bytes }
            if changes.waiting.isEmpty { changes.upcoming = [:] }
            for change in batch { change.finish(isStored) }
        }
        changes.isWriting = false
    }
}
#endif
