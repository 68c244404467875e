import Foundation
import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol
import YAMLTree

@testable import SessionLint

/// A recording with a real program at one end or both, read as `msnp lint` reads it.
struct Recording: Sendable, CustomTestStringConvertible {
    /// A command of either end.
    struct Line: Sendable {
        /// The name of the connection, such as `NS1`.
        var connection: String
        /// The bytes as they were sent, with the payload.
        var raw: [UInt8]
        /// The command, if it was read, and the end that sent it.
        var message: Message
        var transaction: TransactionID?
        /// The row in which it begins.
        var row: Int

        /// Its name, such as `USR.authenticated`, or the number of an error.
        var name: String { form.map(Recording.name) ?? "?" }

        var form: (any WireForm)? {
            switch message {
            case .client(let message): message.form
            case .server(let message): message.form
            case .unreadable: nil
            }
        }
    }

    enum Message: Sendable {
        case client(ClientMessage)
        case server(ServerMessage)
        /// A line that does not fit the grammar, and the end that sent it.
        case unreadable(Sender)
    }

    enum Event: Sendable {
        case said(Line)
        /// Somebody asked a web service.
        case asked(WebRecording.Exchange)
        /// The connection ended; the end that closed it first.
        case closed(String, by: Sender)
    }

    /// What is known about a connection.
    struct Connection: Sendable {
        var service: Service
        var version = ProtocolVersion(0)
        /// The account that uses it; empty until it is named.
        var account = ""
    }

    /// The name of the file.
    let file: String
    private(set) var events: [Event] = []
    private(set) var connections: [String: Connection] = [:]
    private var clients: [String: RecordedStream<ClientMessage>] = [:]
    private var servers: [String: RecordedStream<ServerMessage>] = [:]

    var testDescription: String { file }

    /// What was said to web services.
    var exchanges: [WebRecording.Exchange] {
        events.compactMap { if case .asked(let exchange) = $0 { exchange } else { nil } }
    }

    /// Whether the server has accounts and lists from before the recording.
    let hasPast: Bool
    /// Whether somebody wrote it, so that a server that closes a connection is right.
    let isStory: Bool

    /// All recordings, by name.
    static func all() throws -> [Recording] {
        try Repository.files(in: Repository.folder.appending(path: "Tests/Recordings"), ending: ".tsv")
            .map { try Recording($0.path, $0.bytes, hasPast: $0.path.contains("escargot")) }
    }

    /// Whether an error answers a request.
    func refuses(_ request: Line) -> Bool {
        events.contains { event in
            guard case .said(let line) = event, case .server(.error) = line.message else { return false }
            return line.connection == request.connection && line.transaction == request.transaction
        }
    }

    /// The name of a form, such as `USR.authenticated`, or the number of an error.
    static func name(_ form: any WireForm) -> String {
        (form as? ErrorReply).map { "\($0.code.number)" } ?? "\(type(of: form).command).\(type(of: form).form)"
    }

    /// - Parameter exchanges: what was said to web services; a row `# HTTP 0` stands for the first of it.
    init(
        _ file: String, _ bytes: [UInt8], hasPast: Bool, isStory: Bool = false, exchanges: [WebRecording.Exchange] = []
    ) throws {
        (self.file, self.hasPast, self.isStory) = (file, hasPast, isStory)
        var closed: Set<String> = []
        for (index, text) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let row = String(decoding: text, as: UTF8.self)
            if row.hasPrefix("#") {
                let words = row.split(separator: " ").map(String.init)
                if words.count == 3, words[1] == "HTTP", let number = Int(words[2]) {
                    events.append(.asked(exchanges[number]))
                }
                guard words.count == 5, words[2] == "closed", closed.insert(words[1]).inserted else { continue }
                events.append(.closed(words[1], by: words[4] == "server" ? .server : .client))
            } else if !row.isEmpty, row != RecordingRow.heading {
                append(try RecordingRow(text), index + 1)
            }
        }
        for name in connections.keys.sorted() { settleEnd(of: name) }
        (clients, servers) = ([:], [:])
    }

    /// A connection ends after its last row: some ends are not recorded, and some programs close before they have read
    /// everything.
    private mutating func settleEnd(of name: String) {
        let last = events.lastIndex {
            if case .said(let line) = $0 { line.connection == name } else { false }
        }
        let end = events.firstIndex {
            if case .closed(name, _) = $0 { true } else { false }
        }
        guard let last, end ?? 0 < last else { return }
        let event = end.map { events[$0] } ?? .closed(name, by: .client)
        events.insert(event, at: last + 1)
        if let end { events.remove(at: end) }
    }

    private mutating func append(_ row: RecordingRow, _ number: Int) {
        let name = row.connection
        if connections[name] == nil { open(name, row) }
        switch row.sender {
        case .client:
            clients[name]?.append(row.wire, line: number)
            while let entry = clients[name]?.next() {
                let (message, transaction) = Self.content(entry.arrival)
                add(entry.raw, message.map { .client($0) } ?? .unreadable(.client), transaction, name, entry.line)
            }
        case .server:
            servers[name]?.append(row.wire, line: number)
            while let entry = servers[name]?.next() {
                let (message, transaction) = Self.content(entry.arrival)
                add(entry.raw, message.map { .server($0) } ?? .unreadable(.server), transaction, name, entry.line)
            }
        }
    }

    private static func content<Content>(_ arrival: Arrival<Content>) -> (Content?, TransactionID?) {
        if case .message(let envelope, _) = arrival { (envelope.message, envelope.transaction) } else { (nil, nil) }
    }

    /// Notes a new connection; a switchboard has the version with which its account is signed in.
    private mutating func open(_ name: String, _ row: RecordingRow) {
        var connection = Connection(service: row.service)
        connection.version = ProtocolVersion.complete.last ?? ProtocolVersion(0)
        if row.service == .switchboard {
            let words = row.wire.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            connection.account = words.count > 2 ? String(words[2].prefix { $0 != ";" }) : ""
            let home = connections.filter {
                $0.value.service == .notification && $0.value.account == connection.account
            }
            connection.version = home.values.first?.version ?? connection.version
        }
        connections[name] = connection
        clients[name] = RecordedStream(service: row.service, version: connection.version)
        servers[name] = RecordedStream(service: row.service, version: connection.version)
    }

    private mutating func add(
        _ raw: [UInt8], _ message: Message, _ transaction: TransactionID?, _ connection: String, _ row: Int
    ) {
        let line = Line(connection: connection, raw: raw, message: message, transaction: transaction, row: row)
        events.append(.said(line))
        switch message {
        case .client(.usr(.initial(let request))): connections[connection]?.account = request.userHandle.string
        case .server(.ver(.accepted(let choice))):
            guard let version = choice.dialects.first.flatMap({ ProtocolVersion(name: $0.text) }) else { return }
            connections[connection]?.version = version
            clients[connection]?.adopt(version)
            servers[connection]?.adopt(version)
        default: break
        }
    }
}
