#if Network
import MSNP
import MSNPSession
import SessionLint

/// A row of a vector file: a command on the wire, according to a public source.
struct VectorRow {
    /// The version numbers; 0 is the pseudo version CVR0.
    let versions: [UInt8]
    let service: Service
    let fromClient: Bool
    /// Whether the grammar must accept it.
    let isValid: Bool
    let wire: [UInt8]
    /// Whether the payload is meaningless, because the row only shows where a command ends.
    let isFramingOnly: Bool
    /// All columns but the last; the list of exceptions names rows by them.
    let key: String

    /// Why a line is not a row.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private static let columnCount = 6

    /// Whether a line has the columns of a row, whatever they hold.
    static func hasColumns(_ line: Substring) -> Bool {
        line.split(separator: "\t", omittingEmptySubsequences: false).count == columnCount
    }

    /// Reads a row; nil for an empty line.
    init?(_ text: String) throws(Problem) {
        guard !text.isEmpty else { return nil }
        let columns = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == Self.columnCount else {
            throw Problem(description: "expected six columns, found \(columns.count)")
        }
        guard let service = Service(shortName: String(columns[1])) else {
            throw Problem(description: "unknown server '\(columns[1])'")
        }
        guard columns[2] == "C>S" || columns[2] == "S>C" else {
            throw Problem(description: "unknown direction '\(columns[2])'")
        }
        guard columns[3] == "valid" || columns[3] == "invalid" else {
            throw Problem(description: "unknown validity '\(columns[3])'")
        }
        self.service = service
        key = columns.prefix(5).joined(separator: "\t")
        versions = try Self.versions(columns[0])
        fromClient = columns[2] == "C>S"
        isFramingOnly = columns[5].contains("framing-only")
        isValid = columns[3] == "valid" || columns[5].contains("state:")
        do throws(WireEscapes.Problem) {
            wire = try WireEscapes.bytes(columns[4].utf8)
        } catch {
            throw Problem(description: error.description)
        }
    }

    /// Reads `N`, `N-M` and lists of them; `CVR0` is 0.
    private static func versions(_ text: Substring) throws(Problem) -> [UInt8] {
        var versions: [UInt8] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.trimmingBlanks.split(separator: "-", omittingEmptySubsequences: false)
            let numbers = ends.compactMap { $0 == "CVR0" ? 0 : UInt8($0) }
            guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last,
                numbers.count <= 2, first <= last
            else { throw Problem(description: "invalid versions '\(text)'") }
            versions.append(contentsOf: first...last)
        }
        return versions
    }
}

extension Substring {
    /// The text without spaces at either end.
    fileprivate var trimmingBlanks: Substring {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
#endif
