import Foundation
import Synchronization

/// Keeps rosters across restarts: one line of JSON per change with the whole roster; an account's last line counts.
///
/// Changes are noted in order, without waiting. To acknowledge one, wait for `settle`, which writes everything noted so
/// far in one step. A truncated last line was never acknowledged and is dropped on reading. The file is rewritten when
/// outdated lines outweigh current ones.
actor Journal {
    /// A line.
    private struct Record: Codable {
        /// The address of the account.
        var account: String
        var roster: Roster
    }

    /// What was noted but is not on disk yet.
    private struct Pending {
        /// The lines by account; a later change replaces an earlier one.
        var rosters: [UserKey: Roster] = [:]
        /// The number of changes so far.
        var count: UInt64 = 0
    }

    /// What was noted but is not on disk yet.
    private nonisolated let pending = Mutex(Pending())
    /// The file; nil if nothing is stored.
    private var file: StateFile?
    /// The current line of each account.
    private var lines: [UserKey: Data] = [:]
    /// The size of the file.
    private var size = 0
    /// The size of the current lines.
    private var live = 0
    /// The last change on disk.
    private var settled: UInt64 = 0
    /// Whether writing failed; nothing more is acknowledged then, because the file may end with half a line.
    private var isBroken = false

    /// Creates a journal that stores nothing.
    init() {}

    /// Reads a file and continues it.
    init(path: String) throws {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        for (index, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
            if line.endIndex == data.endIndex { break }
            guard let record = try? JSONDecoder().decode(Record.self, from: Data(line)) else {
                throw StateError(description: "\(path): line \(index + 1) cannot be read")
            }
            lines[UserKey(record.account)] = Data(line) + Data([UInt8(ascii: "\n")])
        }
        var file = try StateFile(appendingTo: path)
        let whole = Self.joined(lines)
        if whole != data { try file.replace(with: whole) }
        size = whole.count
        live = whole.count
        self.file = file
    }

    /// The stored rosters.
    func rosters() -> [UserKey: Roster] {
        lines.compactMapValues { try? JSONDecoder().decode(Record.self, from: $0).roster }
    }

    /// Notes a roster, without waiting.
    nonisolated func note(_ roster: Roster, of key: UserKey) -> UInt64 {
        pending.withLock { pending in
            pending.rosters[key] = roster
            pending.count += 1
            return pending.count
        }
    }

    /// Waits until a change is on disk.
    func settle(_ change: UInt64) throws {
        guard !isBroken else { throw StateError(description: "the state file is broken") }
        guard file != nil else {
            pending.withLock { $0.rosters = [:] }
            return
        }
        guard change > settled else { return }
        let (rosters, count) = pending.withLock { pending in
            let all = pending.rosters
            pending.rosters = [:]
            return (all, pending.count)
        }
        do {
            try write(rosters)
            settled = count
        } catch {
            isBroken = true
            throw error
        }
    }

    /// Writes the lines of some accounts.
    private func write(_ rosters: [UserKey: Roster]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var bytes = Data()
        for (key, roster) in rosters {
            var line = try encoder.encode(Record(account: key.address, roster: roster))
            line.append(UInt8(ascii: "\n"))
            live += line.count - (lines.updateValue(line, forKey: key)?.count ?? 0)
            bytes += line
        }
        if size + bytes.count > 4 * live + (1 << 20) {
            let whole = Self.joined(lines)
            try file?.replace(with: whole)
            size = whole.count
        } else {
            try file?.append(bytes)
            size += bytes.count
        }
    }

    /// All current lines, in a fixed order.
    private static func joined(_ lines: [UserKey: Data]) -> Data {
        lines.sorted { $0.key < $1.key }.reduce(into: Data()) { $0 += $1.value }
    }
}
