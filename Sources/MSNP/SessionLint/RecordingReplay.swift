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

    mutating func replay(_ file: [UInt8]) {
        var hasHeading = false
        for (index, text) in file.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = text.last == 0x0D ? text.dropLast() : text
            guard !line.isEmpty, line.first != UInt8(ascii: "#") else { continue }
            if !hasHeading {
                hasHeading = true
                if line.elementsEqual(RecordingRow.heading.utf8) { continue }
                report("the first row has to be the heading: connection, direction, wire", index + 1)
            }
            do throws(RecordingRow.Problem) {
                replay(try RecordingRow(line), line: index + 1)
            } catch {
                report(error.description, index + 1)
            }
        }
        for name in order { connections[name]?.finish() }
    }

    private mutating func replay(_ row: RecordingRow, line: Int) {
        if connections[row.connection] == nil {
            guard !skipped.contains(row.connection) else { return }
            guard let version = version(of: row) else {
                skipped.insert(row.connection)
                return report("the version of \(row.connection) is not known; name it with --version", line)
            }
            order.append(row.connection)
            connections[row.connection] = ConnectionReplay(
                name: row.connection, service: row.service, version: version, isStrict: isStrict)
        }
        connections[row.connection]?.replay(row.wire, from: row.sender, line: line)
        if row.service == .notification, let version = connections[row.connection]?.agreedVersion {
            notificationVersion = version
            if let account = connections[row.connection]?.account { versions[account.string.lowercased()] = version }
        }
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
