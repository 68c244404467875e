import MSNP
import MSNPSession
import WireProtocol

/// Splits what one end sent into commands, each with the row in which it begins.
struct RecordedStream<Message: WireMessage> {
    /// A command, or what is wrong with it.
    struct Entry {
        var arrival: Arrival<Message>
        /// Its bytes; only the line, if it is not a command.
        var raw: [UInt8]
        /// The bytes before it that were left out after an error.
        var skipped: [UInt8]
        /// The row in which it begins.
        var line: Int
    }

    private var codec: MessageCodec<Message>
    private var rows: [(offset: UInt64, line: Int)] = []
    private var bytes: [UInt8] = []
    private var end: UInt64 = 0

    init(service: Service, version: ProtocolVersion) {
        codec = MessageCodec(service: service, version: version, limits: .grammar)
    }

    /// The service of the connection.
    var service: Service { codec.service }
    /// The version of the commands.
    var version: ProtocolVersion { codec.version }

    /// The row in which an incomplete command began.
    var unfinishedLine: Int? {
        codec.bufferedBytes > 0 ? line(of: end - UInt64(codec.bufferedBytes)) : nil
    }

    mutating func adopt(_ version: ProtocolVersion) { codec.adopt(version) }

    mutating func append(_ piece: [UInt8], line: Int) {
        rows.append((end, line))
        end += UInt64(piece.count)
        bytes += piece
        codec.append(piece)
    }

    mutating func next() -> Entry? {
        guard let arrival = codec.next() else { return nil }
        let offset =
            switch arrival {
            case .message(_, let frame), .undecodable(_, let frame): frame.offset
            case .unframed(let error): error.offset
            }
        // The bytes before the command were skipped after an error.
        let used = bytes.count - codec.bufferedBytes
        let skipped = Int(clamping: offset) - (Int(clamping: end) - bytes.count)
        let start = min(max(0, skipped), used)
        let entry = Entry(
            arrival: arrival, raw: Array(bytes[start..<used]), skipped: Array(bytes[..<start]), line: line(of: offset))
        bytes.removeFirst(used)
        // Only the row of the bytes that are left is looked for again.
        while rows.count > 1, rows[1].offset <= end - UInt64(bytes.count) { rows.removeFirst() }
        return entry
    }

    /// Takes the bytes that belong to no command and were left out, or with `atEnd` all that is left.
    mutating func takeSkipped(atEnd: Bool = false) -> [UInt8] {
        let count = atEnd ? bytes.count : bytes.count - codec.bufferedBytes
        defer { bytes.removeFirst(count) }
        return Array(bytes[..<count])
    }

    private func line(of offset: UInt64) -> Int {
        rows.last { $0.offset <= offset }?.line ?? 1
    }
}
