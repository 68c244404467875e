import MSNP
import WireProtocol

/// One row of a recording: bytes that one end of a connection sent.
struct RecordingRow {
    static let heading = "connection\tdirection\twire"

    /// The connection's name, such as `NS1`.
    var connection: String
    /// The service that the connection's name stands for.
    var service: Service
    /// The end that sent the bytes.
    var sender: Sender
    var wire: [UInt8]

    /// Why a line is not a row.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// Parses the columns of a row.
    init(_ line: ArraySlice<UInt8>) throws(Problem) {
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

extension Service {
    /// The service with a two-letter short name; nil if the grammar has none.
    public init?(shortName: String) {
        let name: String
        switch shortName {
        case "DS": name = "dispatch"
        case "NS": name = "notification"
        case "SB": name = "switchboard"
        case "FT": name = "fileTransfer"
        default: return nil
        }
        self.init(rawValue: name)
    }
}
