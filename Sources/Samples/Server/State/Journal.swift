#if Network
/// Keeps rosters across restarts: an append-only file of changes, in which an account's last roster counts.
///
/// A change is on disk when `store` returns, and not there at all when it throws. A torn last line was never
/// acknowledged; what is wrong anywhere else is refused. The file is rewritten when outdated lines outweigh current
/// ones.
actor Journal {
    /// The rosters that were there when the journal was opened.
    nonisolated let stored: [UserKey: Roster]
    /// The bytes behind the last sound line when the journal was opened; they are dropped.
    nonisolated let tornBytes: Int
    /// The file; nil if nothing is stored.
    private var file: StateFile?
    /// The current rosters.
    private var rosters: [UserKey: Roster]
    /// The size of the file at which it is rewritten next.
    private var fullSize: Int
    private var isClosed = false

    /// Creates a journal that stores nothing.
    init() {
        (stored, rosters, tornBytes, fullSize) = ([:], [:], 0, 0)
    }

    /// Locks and reads a file, or creates it; what is there stays as it is until the first change.
    init(path: String, calls: DiskCalls = .system) throws(StateError) {
        var read = Reading(rosters: [:], total: 0, sound: 0, live: 0)
        file = try StateFile(opening: path, orCreatingWith: JournalRecord.header, calls: calls) {
            content throws(StateError) in
            read = try Self.read(content, path: path)
            return read.sound
        }
        rosters = read.rosters
        stored = read.rosters
        tornBytes = read.total - read.sound
        fullSize = Self.fullSize(live: read.live)
    }

    /// Unlocks the file.
    func close() {
        file = nil
        isClosed = true
    }

    /// Stores rosters that change together.
    func store(_ changed: [UserKey: Roster]) throws(StateError) {
        guard !isClosed else { throw StateError(description: "the state file is closed") }
        guard file != nil, !changed.isEmpty else { return }
        try file?.append(try Self.line(of: changed))
        rosters.merge(changed) { $1 }
        if let size = file?.size, size >= fullSize { compact() }
    }

    /// Rewrites the file with the current rosters; if that fails, the file stays as it is for a while.
    private func compact() {
        let whole = rosters.sorted { $0.key < $1.key }.reduce(into: Optional(JournalRecord.header)) { bytes, roster in
            guard let line = try? Self.line(of: [roster.key: roster.value]) else { return bytes = nil }
            bytes? += line
        }
        do throws(StateError) {
            guard let whole else { throw StateError(description: "a roster cannot be written") }
            try file?.replace(with: whole)
            fullSize = Self.fullSize(live: whole.count)
        } catch {
            fullSize += Self.slack
        }
    }

    /// When to rewrite a file whose current lines have this size.
    private static func fullSize(live: Int) -> Int { 4 * live + slack }
    private static let slack = 1 << 20

    private static func line(of rosters: [UserKey: Roster]) throws(StateError) -> [UInt8] {
        do {
            let entries = rosters.sorted { $0.key < $1.key }
                .map { JournalRecord.Entry(account: $0.key.address, roster: $0.value) }
            return try JournalRecord.line(of: entries)
        } catch {
            throw StateError(description: "a roster cannot be written: \(error)")
        }
    }

    /// What is in a file.
    private struct Reading {
        var rosters: [UserKey: Roster]
        /// The bytes of the file, those up to the last sound line, and those of current lines.
        var total, sound, live: Int
    }

    private static func read(_ content: [UInt8], path: String) throws(StateError) -> Reading {
        guard content.starts(with: JournalRecord.header) else {
            throw StateError(description: "\(path) is no state file of this server")
        }
        var rosters: [UserKey: Roster] = [:]
        var (position, number, sound) = (JournalRecord.header.count, 1, JournalRecord.header.count)
        var sizes: [UserKey: Int] = [:]
        var damaged: Int?
        while position < content.count, let end = content[position...].firstIndex(of: 0x0A) {
            number += 1
            let entries: [JournalRecord.Entry]?
            do {
                entries = try JournalRecord.entries(of: content[position..<end])
            } catch {
                throw StateError(description: "\(path): line \(number) cannot be read")
            }
            position = end + 1
            guard let entries else {
                damaged = damaged ?? number
                continue
            }
            if let damaged {
                throw StateError(description: "\(path): line \(damaged) is damaged, and line \(number) is not")
            }
            for entry in entries {
                rosters[UserKey(entry.account)] = entry.roster
                sizes[UserKey(entry.account)] = (position - sound) / entries.count
            }
            sound = position
        }
        return Reading(rosters: rosters, total: content.count, sound: sound, live: sizes.values.reduce(0, +))
    }
}
#endif
