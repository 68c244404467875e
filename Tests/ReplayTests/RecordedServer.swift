import MSNP
import MSNPSession
import Synchronization
import TestSupport
import WireProtocol

/// Plays the server of a recording to another client, as one of the recorded users.
///
/// A request is answered with what the recorded server said to the next request of the same form, with the transaction
/// ID of the new one; lines without a transaction ID that followed it come along. What else the recorded server said
/// unasked comes when the client has arrived, in recorded order. Some recorded clients end before they have a status or
/// lists; then the status, the privacy and the lists of the new client are accepted.
final class RecordedServer: Sendable {
    /// A request in the recording, and all that was said until the next one.
    struct Block: Sendable {
        let request: String
        let transaction: TransactionID?
        /// What the request says behind the transaction ID.
        let words: [UInt8]
        var lines: [Recording.Line] = []

        /// Whether the request was refused.
        var isRefused: Bool { lines.contains { $0.transaction == transaction && $0.isError } }
    }

    private struct State {
        var blocks: [String: [Block]] = [:]
        var said: [Recording.Line] = []
        var complaints: [String] = []
        var main: MemoryLink?
    }

    /// The connection whose server is played.
    let connection: String
    let account: String
    let version: ProtocolVersion
    private let recording: Recording
    private let state: Mutex<State>

    init(_ recording: Recording, _ connection: String) {
        (self.recording, self.connection) = (recording, connection)
        account = recording.connections[connection]?.account ?? ""
        version = recording.connections[connection]?.version ?? ProtocolVersion(0)
        state = Mutex(State(blocks: Self.blocks(of: recording)))
    }

    /// How the recorded server signed the user out, if it did.
    var farewell: Recording.Line? {
        for case .said(let line) in recording.events where line.connection == connection && line.isFarewell {
            return line
        }
        return nil
    }

    /// What was said to the client so far.
    var said: [Recording.Line] { state.withLock { $0.said } }
    /// What the client said that it should not.
    var complaints: [String] { state.withLock { $0.complaints } }

    /// The blocks of each connection.
    private static func blocks(of recording: Recording) -> [String: [Block]] {
        var blocks: [String: [Block]] = [:]
        for case .said(let line) in recording.events {
            let name = line.connection
            switch line.message {
            case .client, .unreadable(.client):
                blocks[name, default: []].append(
                    Block(request: line.name, transaction: line.transaction, words: line.raw.behindTransaction))
            case .server, .unreadable(.server):
                let number = line.transaction
                let isAnswer = number != nil && number != .zero
                let index = isAnswer ? blocks[name]?.lastIndex { $0.transaction == number } : nil
                let last = (blocks[name]?.count ?? 0) - 1
                if last >= 0 { blocks[name]?[index ?? last].lines.append(line) }
            }
        }
        return blocks
    }

    // MARK: - Connections

    /// Serves a link of the client.
    func serve(_ address: ServerAddress, _ link: MemoryLink) async {
        if address == Self.address {
            state.withLock { $0.main = link }
            await serve(connection, .notification, link)
        } else {
            await serve(nil, .switchboard, link)
        }
    }

    /// The address of the notification server.
    static let address = ServerAddress(host: "ns.example", port: 1863)

    private func serve(_ name: String?, _ service: Service, _ link: MemoryLink) async {
        let start = service == .switchboard ? version : ProtocolVersion.complete.last ?? version
        var codec = MessageCodec<ClientMessage>(service: service, version: start, limits: .grammar)
        var name = name
        while let text = await link.hearWhole() {
            codec.append(Array(text.utf8))
            while let arrival = codec.next() {
                guard case .message(let envelope, _) = arrival, let form = envelope.message.form,
                    envelope.deviations.isEmpty
                else {
                    complain("the client's line is not right: \(arrival)")
                    continue
                }
                if case .out = envelope.message { return link.hangUp() }
                name = name ?? switchboard(of: envelope.message)
                guard let name else { return link.hangUp() }
                answer(Recording.name(form), envelope.transaction, Array(text.utf8), name, link)
                if case .ver = envelope.message { codec.adopt(version) }
            }
        }
    }

    /// The recorded switchboard with the cookie of a client's first line.
    private func switchboard(of message: ClientMessage) -> String? {
        let wanted: String
        switch message {
        case .usr(.join(let form)): wanted = form.cookie.string
        case .ans(.answer(let form)): wanted = form.cookie.string
        default: return nil
        }
        for case .said(let line) in recording.events {
            switch line.message {
            case .client(.usr(.join(let form))) where form.cookie.string == wanted: return line.connection
            case .client(.ans(.answer(let form))) where form.cookie.string == wanted: return line.connection
            default: continue
            }
        }
        return nil
    }

    // MARK: - Answers

    private func answer(
        _ request: String, _ transaction: TransactionID?, _ wire: [UInt8], _ name: String, _ link: MemoryLink
    ) {
        guard let block = take(request, wire.behindTransaction, name) else {
            switch request {
            // These the recorded client could do without.
            case "CHG.change", "BLP.choose": link.say(bytes: wire)
            case "ADL.add": link.say("ADL \(transaction ?? .zero) OK")
            default:
                complain("nothing is recorded about \(request)")
                link.say("500 \(transaction ?? .zero)")
            }
            return
        }
        for line in block.lines where !line.isFarewell {
            say(line, line.transaction == block.transaction ? transaction : nil, link)
        }
        switch request {
        case "ANS.answer", "CAL.invite":
            sayRest(of: name, link)
            mark(name, link)
        case "MSG.message": mark("\(name) answers", link)
        default: break
        }
    }

    /// Takes the next request of a form out of the recording, preferably the same one, or one that was not refused.
    private func take(_ request: String, _ words: [UInt8], _ name: String) -> Block? {
        state.withLock { state in
            guard let blocks = state.blocks[name] else { return nil }
            let index =
                blocks.firstIndex { $0.request == request && !$0.isRefused && $0.words == words }
                ?? blocks.firstIndex { $0.request == request && !$0.isRefused }
                ?? blocks.firstIndex { $0.request == request }
            return index.flatMap { state.blocks[name]?.remove(at: $0) }
        }
    }

    /// Says a line, with another transaction ID if it answers a request.
    private func say(_ line: Recording.Line, _ transaction: TransactionID?, _ link: MemoryLink) {
        state.withLock { $0.said.append(line) }
        guard let transaction else { return link.say(bytes: line.raw) }
        var words = line.raw.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
        guard words.count > 1 else { return link.say(bytes: line.raw) }
        let end = words[1].drop { $0 != 0x0D && $0 != 0x0A }
        words[1] = Array("\(transaction)".utf8) + end
        link.say(bytes: Array(words.joined(separator: [0x20])))
    }

    /// Says what the recorded server said unasked elsewhere on a connection, but not its farewell.
    private func sayRest(of name: String, _ link: MemoryLink) {
        let lines = state.withLock { state in
            let blocks = state.blocks[name] ?? []
            for index in blocks.indices { state.blocks[name]?[index].lines.removeAll(where: \.isUnasked) }
            return blocks.flatMap(\.lines).filter { $0.isUnasked && !$0.isFarewell }
        }
        for line in lines { say(line, nil, link) }
    }

    /// Says everything else on the main connection, and at the end the recorded farewell, or else something that the
    /// client shows.
    func finish() {
        guard let link = state.withLock({ $0.main }) else { return }
        sayRest(of: connection, link)
        if let farewell { return say(farewell, nil, link) }
        var writer = LineWriter(version: version, policy: .fitting)
        let mark = try? NLN.Changed(
            status: .online, user: NetworkHandle(network: .windowsLive, userHandle: Account("end@example.com")),
            networkID: .windowsLive, friendlyName: WireText(Self.end),
            capabilities: Capabilities(client: [], extended: []), msnObject: MSNObject("0"))
        try? mark?.encode(into: &writer)
        link.say(bytes: writer.takeBytes())
    }

    /// What the client shows at the end of a connection.
    static let end = "End of the recording"

    /// Says something that the client shows in a conversation.
    private func mark(_ name: String, _ link: MemoryLink) {
        var writer = LineWriter(version: version, policy: .fitting)
        let text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n\(Self.end) of \(name)"
        let mark = try? MSG.Delivered(
            userHandle: Account("end@example.com"), friendlyName: "End", payload: WireBytes(text))
        try? mark?.encode(into: &writer)
        link.say(bytes: writer.takeBytes())
    }

    private func complain(_ text: String) { state.withLock { $0.complaints.append(text) } }
}

extension Recording.Line {
    var isError: Bool {
        if case .server(.error) = message { true } else { false }
    }

    /// Whether it ends the session.
    var isFarewell: Bool {
        if case .server(.out(.ended)) = message { true } else { false }
    }

    /// Whether it is neither an answer nor a part of one.
    var isUnasked: Bool { (transaction == nil || transaction == .zero) && !name.hasSuffix(".synchronized") }
}

extension [UInt8] {
    /// The bytes behind the second word.
    fileprivate var behindTransaction: [UInt8] {
        let words = split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        return words.count > 2 ? Array(words[2]) : []
    }
}
