// Shows: nothing of the wire; the acknowledgement of a change waits until the change is on the disk.
import Foundation
import Synchronization

/// Keeps rosters over restarts: a line of JSON a change, the whole roster in it, the last one of an account counts.
///
/// Changes are noted in the order they are made, without waiting; whoever wants to acknowledge one waits for `settle`,
/// and everything that was noted meanwhile goes to the disk in one step. A last line that was cut was never
/// acknowledged and is dropped when the file is read. Where old lines outweigh the last ones, the file is rewritten.
actor Journal {
    /// A line.
    private struct Record: Codable {
        /// The address of the account.
        var account: String
        /// Its roster.
        var roster: Roster
    }

    /// What was noted and is not on the disk.
    private struct Pending {
        /// The lines by account; a later change of the same account takes the place of an earlier one.
        var rosters: [UserKey: Roster] = [:]
        /// Counts the changes.
        var count: UInt64 = 0
    }

    /// What was noted and is not on the disk.
    private nonisolated let pending = Mutex(Pending())
    /// The file; nil where nothing is kept.
    private var file: StateFile?
    /// The last line of each account.
    private var lines: [UserKey: Data] = [:]
    /// Bytes of the file.
    private var size = 0
    /// Bytes of the last lines.
    private var live = 0
    /// The last change on the disk.
    private var settled: UInt64 = 0
    /// True after a failure: nothing more is acknowledged, because the file may end with half a line.
    private var isBroken = false

    /// Keeps nothing.
    init() {}

    /// Reads a file and goes on in it.
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

    /// The rosters that were kept.
    func rosters() -> [UserKey: Roster] {
        lines.compactMapValues { try? JSONDecoder().decode(Record.self, from: $0).roster }
    }

    /// Notes a roster; does not wait.
    nonisolated func note(_ roster: Roster, of key: UserKey) -> UInt64 {
        pending.withLock { pending in
            pending.rosters[key] = roster
            pending.count += 1
            return pending.count
        }
    }

    /// Waits until a change is on the disk.
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

    /// All last lines in one order.
    private static func joined(_ lines: [UserKey: Data]) -> Data {
        lines.sorted { $0.key < $1.key }.reduce(into: Data()) { $0 += $1.value }
    }
}
