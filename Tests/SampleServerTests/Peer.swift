import MSNPTransport
import TestSupport
import Testing

/// A raw client: it sends text as it stands and reads lines, knowing nothing of the protocol but which lines bear a
/// payload.
actor Peer {
    /// Why a line did not come.
    struct Missing: Error, CustomStringConvertible {
        let wanted: String
        let log: [String]
        var description: String { "no '\(wanted)' after \(log)" }
    }

    /// All lines so far; behind one with a payload stands the payload.
    private(set) var log: [String] = []
    /// All that was said, in the order it was sent and read.
    private var transcript: [(direction: String, text: String)] = []
    private var buffer: [UInt8] = []
    private let connection: RawConnection

    /// Connects.
    init(_ port: Int, limits: TransportLimits = .default) {
        connection = RawConnection(port: port, limits: limits)
    }

    /// Sends a line.
    func send(_ line: String) { sendRaw(line + "\r\n") }

    /// Sends text as it stands.
    func sendRaw(_ text: String) {
        transcript.append(("C>S", text))
        connection.send(Array(text.utf8))
    }

    /// Sends a line whose last word is the length of what follows.
    func send(_ line: String, payload: String) {
        sendRaw(line + " \(payload.utf8.count)\r\n" + payload)
    }

    /// What was said, as rows of a recording.
    func rows(_ connection: String) -> [String] {
        transcript.map { direction, text in
            let wire = text.unicodeScalars.map { scalar in
                switch scalar {
                case "\\": "\\\\"
                case "\r": "\\r"
                case "\n": "\\n"
                case "\t": "\\t"
                default: String(scalar)
                }
            }.joined()
            return "\(connection)\t\(direction)\t\(wire)"
        }
    }

    /// Takes nothing more from the network, as a client that hangs.
    func stopReading() { connection.stopReading() }

    /// Reads again.
    func goOnReading() { connection.goOnReading() }

    /// Closes the connection.
    func close() { connection.close() }

    /// Reads on to the line that begins with a text.
    @discardableResult
    func expect(_ wanted: String) async throws -> String {
        while let line = await next() {
            if line.hasPrefix(wanted) { return line }
        }
        throw Missing(wanted: wanted, log: log)
    }

    /// Reads to the end of the connection and gives back the lines of it.
    func rest() async -> [String] {
        var lines: [String] = []
        while let line = await next() { lines.append(line) }
        return lines
    }

    /// Reads all there is as text, to the end of the connection.
    func everything() async -> String {
        while let chunk = await chunk() { buffer += chunk }
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Reads on to the answer to a `PNG` and gives back the lines before it.
    func settled() async throws -> [String] {
        send("PNG")
        var lines: [String] = []
        while let line = await next() {
            if line.hasPrefix("QNG") { return lines }
            lines.append(line)
        }
        throw Missing(wanted: "QNG", log: log)
    }

    /// The next line, with a payload behind a bar.
    private func next() async -> String? {
        guard var line = await line() else { return nil }
        let words = line.split(separator: " ")
        let bears = ["MSG", "UBX", "UBN", "UBM", "GCF", "FQY"].contains(words.first ?? "")
        let pushes = ["ADL", "RML"].contains(words.first ?? "") && words.dropFirst().first == "0"
        if bears || pushes, let count = words.last.flatMap({ Int($0) }) {
            while buffer.count < count {
                guard let chunk = await chunk() else { return nil }
                buffer += chunk
            }
            let payload = String(decoding: buffer.prefix(count), as: UTF8.self)
            transcript.append(("S>C", line + "\r\n" + payload))
            line += "|" + payload
            buffer.removeFirst(count)
        } else {
            transcript.append(("S>C", line + "\r\n"))
        }
        log.append(line)
        return line
    }

    /// The next piece of bytes.
    private func chunk() async -> [UInt8]? {
        for await chunk in connection.incoming { return chunk }
        return nil
    }

    /// The next line.
    private func line() async -> String? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeSubrange(...end)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard let chunk = await chunk() else { return nil }
            buffer += chunk
        }
    }
}
