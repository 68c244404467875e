import MSNP
import MSNPSession
import WireProtocol

/// Replays one connection of a recording, or follows one that is open.
public struct ConnectionReplay: Sendable {
    private(set) var findings: [Finding] = []
    /// The number of commands from each end.
    private(set) var commands: [Sender: Int] = [:]
    /// The number of unknown commands from each end.
    private(set) var unknown: [Sender: Int] = [:]
    /// The version that the server chose.
    private(set) var agreedVersion: ProtocolVersion?
    /// The account that is signed in.
    private(set) var account: Account?

    private let name: String
    /// The possible states of the session: more than one after a command that did not decode; nil without rules.
    private var states: [SessionState]?
    private var client: RecordedStream<ClientMessage>
    private var server: RecordedStream<ServerMessage>
    private var offered: [String] = []
    private var asked: Set<UInt32> = []
    private var refusals: [UInt32: (code: UInt16, state: SessionState)] = [:]
    private var blocks: FileBlocks?
    private var blocksLine = 0

    /// Whether known deviations are errors.
    private let isStrict: Bool

    init(name: String, service: Service, version: ProtocolVersion, isStrict: Bool) {
        self.isStrict = isStrict
        self.name = name
        states = SessionRules.initial(service).map { [$0] }
        client = RecordedStream(service: service, version: version)
        server = RecordedStream(service: service, version: version)
    }

    /// Replays the bytes of a row.
    mutating func replay(_ bytes: [UInt8], from sender: Sender, line: Int) {
        switch sender {
        case .client:
            client.append(bytes, line: line)
            while let entry = client.next() { examine(entry) }
        case .server:
            let rest = blocks?.take(bytes) ?? bytes
            if rest.count < bytes.count { blocksLine = line }
            guard !rest.isEmpty else { return }
            server.append(rest, line: line)
            while let entry = server.next() { examine(entry) }
        }
    }

    mutating func finish() {
        for (sender, line) in [(Sender.client, client.unfinishedLine), (.server, server.unfinishedLine)] {
            guard let line else { continue }
            report(.error, "the recording of \(name) ends inside a command", sender, line)
        }
        if let blocks, !blocks.isComplete {
            report(.error, "the recording of \(name) ends inside a block of a file", .server, blocksLine)
        }
    }

    // MARK: - Open connections

    /// Follows an open connection; the version is for one that does not negotiate any.
    public init(following service: Service, version: ProtocolVersion, isStrict: Bool = false) {
        self.init(name: "the connection", service: service, version: version, isStrict: isStrict)
    }

    /// The parts that received bytes complete; together with the bytes that are held back, they are what was received.
    public mutating func follow(_ bytes: [UInt8], from sender: Sender) -> [ReplayedPart] {
        var parts: [ReplayedPart] = []
        switch sender {
        case .client:
            client.append(bytes, line: 0)
            while let entry = client.next() { follow(entry, into: &parts) }
            Self.append(client.takeSkipped(), to: &parts)
        case .server:
            let rest = blocks?.take(bytes) ?? bytes
            Self.append(Array(bytes.prefix(bytes.count - rest.count)), to: &parts)
            if !rest.isEmpty { server.append(rest, line: 0) }
            while let entry = server.next() { follow(entry, into: &parts) }
            Self.append(server.takeSkipped(), to: &parts)
        }
        return parts
    }

    /// The bytes of an incomplete command, once a sender has ended.
    public mutating func takeRest(of sender: Sender) -> ReplayedPart? {
        var parts: [ReplayedPart] = []
        Self.append(sender == .client ? client.takeSkipped(atEnd: true) : server.takeSkipped(atEnd: true), to: &parts)
        return parts.first
    }

    private mutating func follow<Message: WireMessage>(
        _ entry: RecordedStream<Message>.Entry, into parts: inout [ReplayedPart]
    ) {
        Self.append(entry.skipped, to: &parts)
        let (service, version) = (server.service, server.version)
        let line: SessionLine? =
            switch entry.arrival {
            case .unframed: nil
            case .message(let envelope, let frame):
                SessionLine(received: envelope, frame, service: service, version: version, raw: entry.raw)
            case .undecodable(_, let frame):
                SessionLine(
                    unreadable: frame, from: Message.sender, service: service, version: version, raw: entry.raw)
            }
        let before = findings.count
        examine(entry)
        let found = findings[before...].map { ReplayedPart.Finding(severity: $0.severity, text: $0.text) }
        findings.removeSubrange(before...)
        // What a connection without end has asked is not kept for ever.
        if asked.count > Self.mostRequests { asked = [] }
        if refusals.count > Self.mostRequests { refusals = [:] }
        parts.append(ReplayedPart(bytes: entry.raw, line: line, findings: found))
    }

    private static func append(_ bytes: [UInt8], to parts: inout [ReplayedPart]) {
        if !bytes.isEmpty { parts.append(.bytes(bytes)) }
    }

    /// The most requests of an open connection that are remembered at a time.
    private static let mostRequests = 65536

    private mutating func report(_ severity: LintReport.Severity, _ text: String, _ sender: Sender, _ line: Int) {
        findings.append(Finding(line: line, sender: sender, severity: severity, text: text))
    }

    private mutating func examine<Message: WireMessage>(_ entry: RecordedStream<Message>.Entry) {
        let sender = Message.sender
        commands[sender, default: 0] += 1
        switch entry.arrival {
        case .unframed(let error):
            report(.error, "\(error)", sender, entry.line)
        case .undecodable(let error, let frame):
            report(.error, "\(error)", sender, entry.line)
            if sender == .client { noteRequest(frame) }
            allowFor(error, sender)
        case .message(let envelope, let frame):
            guard let form = envelope.message.form else {
                unknown[sender, default: 0] += 1
                report(.warning, "\(frame.command): unknown command", sender, entry.line)
                if sender == .client { noteRequest(frame) }
                return
            }
            examine(envelope, form, frame, entry)
        }
    }

    private mutating func examine<Message: WireMessage>(
        _ envelope: Envelope<Message>, _ form: any WireForm, _ frame: Frame, _ entry: RecordedStream<Message>.Entry
    ) {
        let sender = Message.sender
        let version = server.version
        for deviation in envelope.deviations { report(deviation, of: frame, sender, entry.line) }
        checkTransaction(envelope.transaction, form, frame, sender, entry.line)
        checkState(form, envelope.transaction, frame, sender, entry.line)
        let payload = PayloadReport(form, version: version)
        for deviation in payload.deviations {
            report(isStrict ? .error : .warning, "\(frame.command): \(deviation)", sender, entry.line)
        }
        for problem in payload.problems { report(.error, "\(frame.command): \(problem)", sender, entry.line) }
        for problem in payload.insideProblems {
            report(isStrict ? .error : .warning, "\(frame.command): inside, \(problem)", sender, entry.line)
        }
        var writer = LineWriter(version: version)
        do throws(WireEncodingError) {
            try envelope.message.encode(into: &writer, optionalTransaction: envelope.transaction)
            let remarks = Spelling.remarks(
                raw: entry.raw, line: frame.lineBytes.array, encoded: writer.takeBytes(),
                transaction: envelope.transaction, form: form)
            for remark in remarks { report(.note, "\(frame.command): \(remark)", sender, entry.line) }
        } catch {
            report(.error, "\(error)", sender, entry.line)
        }
        follow(form, entry.line)
    }

    private mutating func report(_ deviation: Deviation, of frame: Frame, _ sender: Sender, _ line: Int) {
        let text = "\(frame.command): \(deviation) (at byte \(deviation.offset))"
        report(isStrict ? .error : .warning, text, sender, line)
    }

    /// Records the transaction ID of an undecodable request, so that its answers are not reported as unrelated.
    private mutating func noteRequest(_ frame: Frame) {
        let words = frame.lineBytes.array.split(separator: 0x20)
        guard words.count > 1, let number = TransactionID(wire: WireBytes(Array(words[1]))) else { return }
        asked.insert(number.value)
    }

    private mutating func checkTransaction(
        _ transaction: TransactionID?, _ form: any WireForm, _ frame: Frame, _ sender: Sender, _ line: Int
    ) {
        guard let number = transaction?.value else { return }
        if sender == .client {
            asked.insert(number)
        } else if number != 0, !asked.contains(number) {
            let what = form is ErrorReply ? "the error" : "it"
            report(.warning, "\(frame.command): \(what) answers request \(number), which was never sent", sender, line)
        }
    }
}

extension ConnectionReplay {
    /// Applies the session rules to a command.
    private mutating func checkState(
        _ form: any WireForm, _ transaction: TransactionID?, _ frame: Frame, _ sender: Sender, _ line: Int
    ) {
        guard let states, let before = states.first else { return }
        let reply = form as? ErrorReply
        if let number = transaction?.value, let refusal = refusals[number], refusal.code == reply?.code.number {
            // The rules predicted this answer.
            self.states = [refusal.state]
            return
        }
        let next = next(states, form.formID)
        guard next.isEmpty else {
            self.states = next
            return
        }
        for state in states {
            let known = state.step(for: form.formID, in: server.version, mode: .checked)
            guard let deviation = known.deviation, case .go(let after) = known.step else { continue }
            self.states = [after]
            return report(deviation, of: frame, sender, line)
        }
        // Keep the state, so that one mistake yields one report.
        let place = before.isClosed ? "after the end of the session" : "in the state '\(before)'"
        let what = reply == nil ? "'\(type(of: form).form)'" : "the error"
        var text = "\(frame.command): \(what) is not allowed \(place)"
        if case .error(let code, let closes, let after) = before.step(for: form.formID, in: server.version) {
            if let transaction { refusals[transaction.value] = (code, closes ? before.closed : after) }
            text += ": the server answers \(ErrorCode(code).name.map { "\(code) (\($0))" } ?? "\(code)")"
        }
        report(.error, text, sender, line)
    }

    /// Allows for the possibility that an undecodable command took effect.
    private mutating func allowFor(_ error: WireDecodingError, _ sender: Sender) {
        guard let states else { return }
        let form = ProtocolTable.msnp.id(command: error.command, form: error.form, sender: sender)
        let next = next(states, form)
        self.states = states + next.filter { !states.contains($0) }
    }

    /// The states that a command leads to, from each state that allows it.
    private func next(_ states: [SessionState], _ form: FormID) -> [SessionState] {
        var result: [SessionState] = []
        for state in states {
            let after: SessionState
            switch state.step(for: form, in: server.version) {
            case .go(let next): after = next
            case .ignore: after = state
            case .close, .error: continue
            }
            if !result.contains(after) { result.append(after) }
        }
        return result
    }

    /// Applies what a command says about later commands.
    private mutating func follow(_ form: any WireForm, _ line: Int) {
        switch form {
        case let offer as VER.Offer:
            offered = offer.dialects.map(\.text)
        case let accepted as VER.Accepted:
            guard let name = accepted.dialects.first?.text else { return }
            if !offered.isEmpty, !offered.contains(name) {
                report(.warning, "VER: the server chose \(name), which was not offered", .server, line)
            }
            guard let version = ProtocolVersion(name: name) else {
                report(.warning, "VER: the version \(name) is not known", .server, line)
                return
            }
            agreedVersion = version
            client.adopt(version)
            server.adopt(version)
        case let authenticated as USR.Authenticated: account = authenticated.userHandle
        default:
            if FileBlocks.begin(after: form) { blocks = FileBlocks() }
        }
    }
}

/// Maps each service to its session rules.
enum SessionRules {
    /// The initial state of a connection; nil for a service without rules, which allows everything.
    static func initial(_ service: Service) -> SessionState? {
        let state = SessionState(service)
        // A service without rules would get those of the notification server, which do not apply to it.
        if case .notification = state, service != .notification { return nil }
        return state
    }
}
