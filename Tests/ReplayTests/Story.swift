import ProtocolGrammar
import TestSupport
import Testing

@testable import SessionLint

/// A conversation of the grammar in one version, as a recording of what it says.
struct Story: Sendable, CustomTestStringConvertible {
    let told: ToldConversation
    /// The names of the connections, such as `NS1`: the service, and a number in the order of the connections.
    private var names: [Int: String] = [:]
    /// The recording, as `msnp lint` reads it.
    private(set) var rows: [String] = [RecordingRow.heading]
    /// The requests and answers of HTTP; a row such as `# HTTP 0` says when each of them comes.
    private(set) var exchanges: [WebRecording.Exchange] = []
    /// The rows, counted from 1, of lines that the session does not allow.
    private(set) var mistakes: [Int] = []

    var testDescription: String { "\(told.conversation.name) in version \(told.version)" }

    /// All conversations in all of their versions.
    static let all: [Story] = Repository.grammar.conversations.flatMap { conversation in
        conversation.versions.numbers.map { Story(Repository.grammar.told(conversation, in: $0)) }
    }

    init(_ told: ToldConversation) {
        self.told = told
        var counts: [String: Int] = [:]
        var open: [Int] = []
        var asked: [ToldConversation.Step] = []
        for step in told.steps {
            if case .request = step.step.content { asked.append(step) }
            if case .response = step.step.content,
                let index = asked.firstIndex(where: { $0.from.name == step.to.name && $0.to.name == step.from.name })
            {
                rows.append("# HTTP \(exchanges.count)")
                exchanges.append(Self.exchange(asked.remove(at: index), step, row: rows.count))
            }
            guard let connection = step.connection, let service = step.service, let sender = step.sender else {
                continue
            }
            switch step.step.content {
            case .connect:
                let letters = Self.letters(of: service)
                counts[letters, default: 0] += 1
                names[connection] = "\(letters)\(counts[letters] ?? 1)"
                open.append(connection)
            case .close:
                open.removeAll { $0 == connection }
                rows.append("# \(names[connection] ?? "") closed by \(sender)")
            case .line:
                if step.step.isMistake { mistakes.append(rows.count + 1) }
                append(step.text + "\r\n", step.payload ?? [], names[connection] ?? "", sender)
            case .data: append("", step.payload ?? [], names[connection] ?? "", sender)
            case .request, .response: break
            }
        }
        rows += open.map { "# \(names[$0] ?? "") closed by client" }
    }

    /// A request and its answer as they are on the wire.
    private static func exchange(
        _ request: ToldConversation.Step, _ response: ToldConversation.Step, row: Int
    ) -> WebRecording.Exchange {
        func headers(_ step: ToldConversation.Step) -> [WebRecording.Header] {
            step.headers.map { header in
                let name = header.prefix { $0 != ":" }
                return WebRecording.Header(name: String(name), value: String(header.dropFirst(name.count + 2)))
            }
        }
        let service = Repository.grammar.httpServices[request.httpService ?? ""]
        let body = String(decoding: request.payload ?? [], as: UTF8.self)
        var all = headers(request) + [WebRecording.Header(name: "Host", value: service?.hosts.first ?? "")]
        if service?.envelope != nil, let action = body.firstMatch(of: /Body><([^ >]+) xmlns="([^"]+)"/) {
            all.append(WebRecording.Header(name: "SOAPAction", value: "\"\(action.2)/\(action.1)\""))
        }
        let account = if case .client(let account) = request.from.role { account } else { String?.none }
        return WebRecording.Exchange(
            request: "\(service?.method ?? "") \(service?.path ?? "") HTTP/1.1", headers: all, body: body,
            status: Int(response.text.prefix { $0 != " " }) ?? 0, answerHeaders: headers(response),
            answer: String(decoding: response.payload ?? [], as: UTF8.self), row: row, account: account)
    }

    /// The bytes of the recording.
    var bytes: [UInt8] { Array(rows.joined(separator: "\n").utf8) }

    private static func letters(of service: String) -> String {
        switch service {
        case "dispatch": "DS"
        case "switchboard": "SB"
        case "fileTransfer": "FT"
        default: "NS"
        }
    }

    private mutating func append(
        _ line: String, _ payload: [UInt8], _ connection: String, _ sender: ProtocolGrammar.Sender
    ) {
        let wire = (Array(line.utf8) + payload).map(Self.escaped).joined()
        rows.append("\(connection)\t\(sender == .client ? "C>S" : "S>C")\t\(wire)")
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case 0x0D: "\\r"
        case 0x0A: "\\n"
        case UInt8(ascii: "\\"): "\\\\"
        case 0x20..<0x7F: String(UnicodeScalar(byte))
        default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}
