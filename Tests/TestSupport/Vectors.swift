import Foundation
import MSNP
import MSNPSession
import SessionLint
import WireProtocol
import YAMLTree

/// A row of the files of real wire lines: one command, with its payload.
package struct VectorRow: Sendable {
    /// The file and the line.
    package var place: String
    /// The known versions; 0 is the pseudo version CVR0.
    package var versions: [Int]
    package var service: Service
    package var sender: Sender
    /// Whether the line alone is right; it may still come at the wrong time.
    package var isValid: Bool
    package var wire: [UInt8]
    /// What the file has: versions, server, direction, validity, wire bytes with escapes, source.
    package var columns: [String]

    package var source: String { columns[5] }

    /// Every row that the list of exceptions does not name.
    package static let all: [VectorRow] = {
        let exceptions = Set(rows("exceptions.tsv").map { $0.split(separator: "\t").dropLast() })
        return ["vectors-lists.tsv", "vectors-session.tsv", "vectors-switchboard.tsv"].flatMap { name in
            rows(name).enumerated().compactMap { index, row in
                let columns = [name[...]] + row.split(separator: "\t").dropLast()
                return exceptions.contains(columns[...]) ? nil : VectorRow(row, place: "\(name):\(index + 1)")
            }
        }
    }()

    private init(_ row: Substring, place: String) {
        let columns = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard columns.count == 6, let service = Service(shortName: columns[1]),
            let wire = try? WireEscapes.bytes(columns[4].utf8)
        else { preconditionFailure("\(place) is no row of wire bytes") }
        self.place = place
        self.columns = columns
        self.service = service
        self.wire = wire
        versions = columns[0].split(separator: ",").flatMap { part -> ClosedRange<Int> in
            let ends = part.split(separator: "-").map { $0.trimmingCharacters(in: .whitespaces) }
            let numbers = ends.compactMap { $0 == "CVR0" ? 0 : Int($0) }
            guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last, first <= last else {
                preconditionFailure("\(place) has no versions")
            }
            return first...last
        }
        .filter { number in ProtocolVersion.known.contains { Int($0.number) == number } }
        sender = columns[2] == "C>S" ? .client : .server
        isValid = columns[3] == "valid" || columns[5].contains("state:")
    }
}

/// The rows of a file of vectors.
private func rows(_ name: String) -> [Substring] {
    let file = Repository.folder.appending(path: "Grammar/vectors/\(name)")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { preconditionFailure("cannot read \(file)") }
    return text.split(separator: "\n")
}
