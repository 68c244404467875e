/// One line of a vector file: what some public source says a command looks like on the wire.
struct VectorRow {
    /// Where a command was seen.
    enum Server: String {
        /// Dispatch server.
        case dispatch = "DS"
        /// Notification server.
        case notification = "NS"
        /// Switchboard server.
        case switchboard = "SB"
        /// Peer-to-peer file transfer, a protocol of its own.
        case fileTransfer = "FT"
    }

    /// The file's name as it was given.
    let file: String
    /// The line in the file.
    let line: Int
    /// The version numbers the row names; 0 is the pseudo dialect CVR0.
    let versions: [UInt8]
    /// The server that speaks or is spoken to.
    let server: Server
    /// True if the client sends it.
    let fromClient: Bool
    /// True if the grammar has to accept it.
    let isValid: Bool
    /// The bytes.
    let wire: [UInt8]

    /// Why a line is no row.
    struct Problem: Error, CustomStringConvertible {
        /// One line for people.
        let description: String
    }

    /// Reads a row of six columns; nil for an empty line.
    init?(_ text: String, file: String, line: Int) throws(Problem) {
        guard !text.isEmpty else { return nil }
        let columns = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 6 else {
            throw Problem(description: "six columns are needed, here are \(columns.count)")
        }
        guard let server = Server(rawValue: String(columns[1])) else {
            throw Problem(description: "unknown server '\(columns[1])'")
        }
        guard columns[2] == "C>S" || columns[2] == "S>C" else {
            throw Problem(description: "unknown direction '\(columns[2])'")
        }
        guard columns[3] == "valid" || columns[3] == "invalid" else {
            throw Problem(description: "unknown validity '\(columns[3])'")
        }
        self.file = file
        self.line = line
        self.server = server
        versions = try Self.versions(columns[0])
        fromClient = columns[2] == "C>S"
        isValid = columns[3] == "valid" || columns[5].contains("state:")
        wire = try Self.unescaped(columns[4])
    }

    /// Reads `N`, `N-M` and lists of them; `CVR0` is 0.
    private static func versions(_ text: Substring) throws(Problem) -> [UInt8] {
        var versions: [UInt8] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.trimmingBlanks.split(separator: "-", omittingEmptySubsequences: false)
            let numbers = ends.compactMap { $0 == "CVR0" ? 0 : UInt8($0) }
            guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last,
                numbers.count <= 2, first <= last
            else { throw Problem(description: "unreadable versions '\(text)'") }
            versions.append(contentsOf: first...last)
        }
        return versions
    }

    /// Undoes the escapes `\r \n \t \\ \xHH`.
    private static func unescaped(_ text: Substring) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard rest.count >= 2, let value = UInt8(digits, radix: 16) else {
                    throw Problem(description: "unreadable escape '\\x\(digits)'")
                }
                rest = rest.dropFirst(2)
                bytes.append(value)
            default: throw Problem(description: "unknown escape in the wire column")
            }
        }
        return bytes
    }
}

extension Substring {
    /// Without the blanks at both ends.
    fileprivate var trimmingBlanks: Substring {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
