import MSNP
import MSNPSession
import WireProtocol

/// All connections of one recording.
struct RecordingReplay {
    private var rowFindings: [Finding] = []
    private var connections: [String: ConnectionReplay] = [:]
    private var order: [String] = []
    private var skipped: Set<String> = []
    private let givenVersion: ProtocolVersion?
    private let isStrict: Bool
    private var notificationVersion: ProtocolVersion?
    /// The versions in which accounts signed in, by their names in lower case.
    private var versions: [String: ProtocolVersion] = [:]

    /// Creates a replay; the version is for connections that do not negotiate one.
    init(version: ProtocolVersion?, isStrict: Bool) {
        givenVersion = version
        self.isStrict = isStrict
    }

    /// The findings, by connection.
    var findings: [Finding] { rowFindings + order.flatMap { connections[$0]?.findings ?? [] } }

    /// The number of commands from one end or both.
    func commands(of sender: Sender?) -> Int { count(\.commands, sender) }

    /// The number of unknown commands from one end or both.
    func unknown(of sender: Sender?) -> Int { count(\.unknown, sender) }

    private func count(_ numbers: KeyPath<ConnectionReplay, [Sender: Int]>, _ sender: Sender?) -> Int {
        connections.values.reduce(0) { sum, connection in
            connection[keyPath: numbers].reduce(sum) { sender == nil || sender == $1.key ? $0 + $1.value : $0 }
        }
    }

    mutating func replay(_ recording: Recording) {
        for problem in recording.problems { report(problem.text, problem.line) }
        for (row, line) in recording.rows where open(row, line) {
            connections[row.connection]?.replay(row.wire, from: row.sender, line: line)
            noteVersion(of: row)
        }
        for name in order { connections[name]?.finish() }
    }

    /// The parts that a row completes; nil if the version of its connection is not known.
    mutating func follow(_ row: RecordingRow, line: Int) -> [ReplayedPart]? {
        guard open(row, line) else { return nil }
        let parts = connections[row.connection]?.follow(row.wire, from: row.sender)
        noteVersion(of: row)
        return parts
    }

    /// The bytes of incomplete commands, once everything was followed.
    mutating func takeRests() -> [(connection: String, sender: Sender, part: ReplayedPart)] {
        order.flatMap { name in
            [Sender.client, .server].compactMap { sender in
                connections[name]?.takeRest(of: sender).map { (name, sender, $0) }
            }
        }
    }

    /// Opens the connection of a row, if there is none yet; false if its version is not known.
    private mutating func open(_ row: RecordingRow, _ line: Int) -> Bool {
        guard connections[row.connection] == nil else { return true }
        guard !skipped.contains(row.connection) else { return false }
        guard let version = version(of: row) else {
            skipped.insert(row.connection)
            report("the version of \(row.connection) is not known; name it with --version", line)
            return false
        }
        order.append(row.connection)
        connections[row.connection] = ConnectionReplay(
            name: row.connection, service: row.service, version: version, isStrict: isStrict)
        return true
    }

    private mutating func noteVersion(of row: RecordingRow) {
        guard row.service == .notification, let version = connections[row.connection]?.agreedVersion else { return }
        notificationVersion = version
        if let account = connections[row.connection]?.account { versions[account.string.lowercased()] = version }
    }

    /// The version in which a connection begins. A switchboard uses that of the user's notification server; the others
    /// begin with commands that are the same in all versions.
    private func version(of row: RecordingRow) -> ProtocolVersion? {
        let service = row.service
        if service == .dispatch || service == .notification { return givenVersion ?? ProtocolVersion.complete.last }
        let inherited = notificationVersion ?? givenVersion
        guard service == .switchboard else { return inherited ?? ProtocolVersion.complete.last }
        return row.sender == .client ? versionOfUser(in: row.wire) ?? inherited : inherited
    }

    /// The version of the user who enters a switchboard, if the recording has the sign-in.
    private func versionOfUser(in wire: [UInt8]) -> ProtocolVersion? {
        Set(versions.values).sorted().first { version in
            var stream = RecordedStream<ClientMessage>(service: .switchboard, version: version)
            stream.append(wire, line: 0)
            guard let user = stream.next().flatMap(Self.user) else { return false }
            return versions[user.userHandle.string.lowercased()] == version
        }
    }

    /// The user whom a command brings into a chat.
    private static func user(_ entry: RecordedStream<ClientMessage>.Entry) -> EndpointHandle? {
        switch entry.arrival {
        case .message(let envelope, _):
            switch envelope.message {
            case .usr(.join(let form)): form.user
            case .ans(.answer(let form)): form.user
            default: nil
            }
        default: nil
        }
    }

    private mutating func report(_ text: String, _ line: Int) {
        rowFindings.append(Finding(line: line, sender: nil, severity: .error, text: text))
    }
}

/// Nothing says in which version a connection speaks.
public struct UnknownVersion: Error, CustomStringConvertible {
    /// The name of the connection.
    public let connection: String
    /// What to do.
    public var description: String { "the version of \(connection) is not known; name it with --version" }
}

extension Recording {
    /// Visits each command, and bytes that are none, in order. Incomplete commands come last.
    ///
    /// - Parameters:
    ///   - version: the version of connections that do not negotiate one.
    ///   - visit: is called with the row in which the command ends, of which only the bytes are others, with the
    ///     command, and with the line of that row.
    public func visitCommands(
        version: ProtocolVersion? = nil, _ visit: (RecordingRow, ReplayedPart, Int) -> Void
    ) throws(UnknownVersion) {
        var replay = RecordingReplay(version: version, isStrict: false)
        var last: [String: (row: RecordingRow, line: Int)] = [:]
        func hand(_ part: ReplayedPart, _ row: RecordingRow, _ line: Int) {
            var row = row
            row.wire = part.bytes
            visit(row, part, line)
        }
        for (row, line) in rows {
            guard let parts = replay.follow(row, line: line) else { throw UnknownVersion(connection: row.connection) }
            for part in parts { hand(part, row, line) }
            last["\(row.connection) \(row.sender)"] = (row, line)
        }
        for rest in replay.takeRests() {
            guard let (row, line) = last["\(rest.connection) \(rest.sender)"] else { continue }
            hand(rest.part, row, line)
        }
    }

    /// The recording with a row for each command, and with zeros in place of secrets.
    public func withoutSecrets(version: ProtocolVersion? = nil) throws(UnknownVersion) -> Recording {
        var result = Recording()
        result.problems = problems
        try visitCommands(version: version) { row, part, line in
            var row = row
            row.wire = part.line?.redacted ?? SessionRecorder.hidden(part.bytes)
            result.rows.append((row, line))
        }
        return result
    }
}
