import MSNP
import MSNPSession
import WireProtocol

/// What was said on some connections: the rows of a table, or the streams of a capture.
public struct Recording: Sendable {
    /// The rows in the order of time, each with its line in the file, or the number of its packet in the capture.
    public var rows: [(row: RecordingRow, line: Int)] = []
    /// What is wrong with lines that are no rows, or with streams that are not whole.
    public var problems: [(line: Int, text: String)] = []

    /// Creates an empty recording.
    public init() {}

    /// Reads a table.
    public init(table: [UInt8]) {
        var hasHeading = false
        for (index, text) in table.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = text.last == 0x0D ? text.dropLast() : text
            guard !line.isEmpty, line.first != UInt8(ascii: "#") else { continue }
            if !hasHeading {
                hasHeading = true
                if line.elementsEqual(RecordingRow.heading.utf8) { continue }
                problems.append((index + 1, "the first row has to be the heading: connection, direction, wire"))
            }
            do throws(RecordingRow.Problem) {
                rows.append((try RecordingRow(line), index + 1))
            } catch {
                problems.append((index + 1, error.description))
            }
        }
    }

    /// The table of a recording, with the bytes as they are, secrets included.
    public var table: String { rows.reduce(RecordingRow.heading + "\n") { $0 + "\($1.row)\n" } }
}

/// One row of a recording: bytes that one end of a connection sent.
public struct RecordingRow: Sendable, CustomStringConvertible {
    package static let heading = SessionRecorder.heading

    /// The connection's name, such as `NS1`.
    public let connection: String
    /// The service that the connection's name stands for.
    public let service: Service
    /// The end that sent the bytes.
    public let sender: Sender
    /// The bytes.
    public var wire: [UInt8]

    /// Why a line is not a row.
    public struct Problem: Error, CustomStringConvertible {
        /// What is wrong, without secrets.
        public let description: String
    }

    /// The row as a line of the table.
    public var description: String { "\(connection)\t\(sender.direction)\t\(SessionRecorder.column(wire))" }

    /// Creates a row; throws if the name of the connection is not that of a service and a number.
    public init(connection: String, sender: Sender, wire: [UInt8]) throws(Problem) {
        (self.connection, self.sender, self.wire) = (connection, sender, wire)
        service = try Self.service(connection)
    }

    /// Parses the columns of a row.
    package init(_ line: ArraySlice<UInt8>) throws(Problem) {
        let columns = line.split(separator: 0x09, omittingEmptySubsequences: false)
        guard columns.count == 3 else {
            throw Problem(description: "three columns are needed, here are \(columns.count)")
        }
        connection = String(decoding: columns[0], as: UTF8.self)
        service = try Self.service(connection)
        switch String(decoding: columns[1], as: UTF8.self) {
        case "C>S": sender = .client
        case "S>C": sender = .server
        case let other: throw Problem(description: "unknown direction \(Self.shown(other)), expected C>S or S>C")
        }
        do throws(WireEscapes.Problem) {
            wire = try WireEscapes.bytes(columns[2])
        } catch {
            throw Problem(description: error.description)
        }
        guard !wire.isEmpty else { throw Problem(description: "the wire column is empty") }
    }

    /// Quotes a wrong column; a long one is left out, because it may be wire bytes with a password.
    private static func shown(_ column: String) -> String {
        column.utf8.count <= 8 ? "'\(column)'" : "of \(column.utf8.count) bytes"
    }

    /// The service of a connection, from a name of letters and a number.
    private static func service(_ name: String) throws(Problem) -> Service {
        let letters = name.prefix { $0.isLetter }
        let digits = name.dropFirst(letters.count)
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw Problem(
                description: "unknown connection \(shown(name)), expected a service and a number, such as NS1")
        }
        guard let service = Service(shortName: String(letters)) else {
            throw Problem(description: "unknown service \(shown(String(letters)))")
        }
        return service
    }
}
