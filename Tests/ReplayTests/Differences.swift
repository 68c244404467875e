import Foundation
import Synchronization
import TestSupport
import YAMLTree

/// Where the sample server answers a recording otherwise than the recorded server did, each with the reason.
///
/// The columns of `Tests/Recordings/server-differences.txt` are the recording, the connections, what the recorded server
/// said, what the sample server says, and why. Forms have names such as `USR.authenticated`, errors their numbers; `-`
/// is nothing, and `MSG.notice#2,3` the second one and the third one of the connection. In `web-differences.txt`, the
/// second column has the names of the elements instead, and the others the texts in them.
final class Differences: Sendable {
    struct Row: Sendable, Hashable, CustomStringConvertible {
        let file: String
        /// The connections, or the names of elements.
        let places: [String]
        let recorded: String
        let here: String
        let reason: String

        var description: String { "\(file) \(places.joined(separator: ",")) \(recorded) \(here)" }

        /// Whether it is about what the recorded server said, for the nth time.
        func isAbout(_ name: String, _ count: Int) -> Bool {
            let parts = recorded.split(separator: "#")
            guard parts.first.map(String.init) == name else { return false }
            return parts.count == 1 || parts[1].split(separator: ",").contains { $0 == "\(count)" }
        }
    }

    /// What is expected in place of what the recorded server said.
    enum Expectation: Equatable {
        case form(String)
        case nothing
    }

    /// What is wrong with the file.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// The files.
    static let (wire, web) = ("server-differences.txt", "web-differences.txt")

    private let rows: [Row]
    private let used = Mutex<Set<Row>>([])
    /// How often the recorded server has said each form, by connection.
    private let counts = Mutex<[String: Int]>([:])

    init(_ rows: [Row]) {
        self.rows = rows
    }

    /// All rows of a file.
    static func rows(in file: String) throws -> [Row] {
        let folder = Repository.folder.appending(path: "Tests/Recordings")
        let text = try Repository.files(in: folder, ending: file)
            .map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 5, columns[4].hasSuffix("."), columns[2] != columns[3] else {
                throw Problem(description: "not five columns with a sentence at the end: \(line)")
            }
            return Row(
                file: columns[0], places: columns[1].split(separator: ",").map(String.init), recorded: columns[2],
                here: columns[3], reason: columns[4])
        }
    }

    /// The rows about a recording.
    static func about(_ recording: String, in file: String) throws -> Differences {
        Differences(try rows(in: file).filter { $0.file == recording })
    }

    /// What the sample server has to say where the recorded server said this.
    func expectation(_ connection: String, _ name: String) -> Expectation {
        let count = counts.withLock { counts in
            counts["\(connection) \(name)", default: 0] += 1
            return counts["\(connection) \(name)"] ?? 1
        }
        let row = rows.first { $0.places.contains(connection) && $0.isAbout(name, count) }
        guard let row else { return .form(name) }
        used.withLock { _ = $0.insert(row) }
        return row.here == "-" ? .nothing : .form(row.here)
    }

    /// Whether the sample server may say this although the recorded server did not.
    func allows(_ connection: String, _ name: String) -> Bool {
        rows.contains { $0.places.contains(connection) && $0.recorded == "-" && $0.here == name }
    }

    /// Whether a service may say this in the place of what was recorded.
    func excuses(_ place: String, _ recorded: String, _ here: String) -> Bool {
        let row = rows.first { $0.places.contains(place) && $0.recorded == recorded && $0.here == here }
        if let row { used.withLock { _ = $0.insert(row) } }
        return row != nil
    }

    /// The rows that were not needed. Whether a row about something additional is needed is not decided: what a server
    /// says unasked may come after the end of the replay.
    var unused: [String] {
        let used = used.withLock { $0 }
        return rows.filter { $0.recorded != "-" && !used.contains($0) }.map(\.description)
    }
}
