#if Network
import MSNP
import MSNPSession
import SampleClient
import SampleProxy
import SessionLint
import WireProtocol

/// Formats what happens in a proxy, for people and for programs.
struct ProxyText: Sendable {
    /// Whether to colour it, for a terminal.
    var hasColours = false
    /// Whether to show passwords, tickets and cookies.
    var showsSecrets = false

    /// An event for people.
    func text(of event: ProxyEvent) -> String {
        switch event {
        case .opened(let connection):
            coloured("\(connection.name) opened by \(connection.clientHost) to \(connection.server)", .dim)
        case .closed(let connection, let reason):
            coloured("\(connection.name) closed" + (reason.map { ": \($0)" } ?? ""), reason == nil ? .dim : .red)
        case .part(let connection, let part): text(of: part, connection.name)
        }
    }

    private func text(of part: ProxiedPart, _ name: String) -> String {
        var rows: [String]
        if let line = part.line, line.form != nil {
            rows = TraceText.text(of: TraceLine(line), showsSecrets: showsSecrets).split(
                separator: "\n", omittingEmptySubsequences: false
            ).map(String.init)
        } else {
            rows = [
                "\(part.sender.direction) \(escaped(part.bytes, part.line))",
                part.line == nil ? "      bytes that are no command" : "      not understood",
            ]
        }
        // What comes from outside must not reach the terminal as it is.
        rows = rows.map(TerminalText.line)
        rows[0] = coloured("\(name) \(rows[0])", part.sender == .client ? .cyan : .green)
        for finding in part.findings where finding.severity != .note {
            rows.append(
                coloured(
                    "      \(finding.severity.rawValue): \(finding.text)", finding.severity == .error ? .red : .yellow))
        }
        if let (old, new) = part.replaced {
            rows.append(coloured("      the client is sent to \(new) instead of \(old)", .dim))
        }
        return rows.joined(separator: "\n")
    }

    /// An event as a JSON object on one line.
    func json(of event: ProxyEvent) -> String {
        switch event {
        case .opened(let connection):
            Self.object(
                connection.name,
                [
                    ("event", .string("opened")), ("client", .string(connection.clientHost)),
                    ("server", .string("\(connection.server)")),
                ])
        case .closed(let connection, let reason):
            Self.object(
                connection.name, [("event", .string("closed"))] + (reason.map { [("reason", .string($0))] } ?? []))
        case .part(let connection, let part):
            json(of: part.bytes, part.line, from: part.sender, part.findings, connection.name, replaced: part.replaced)
        }
    }

    /// A part of a connection as a JSON object on one line.
    func json(
        of bytes: [UInt8], _ line: SessionLine?, from sender: Sender, _ findings: [ReplayedPart.Finding],
        _ connection: String, replaced: (from: ServerAddress, to: ServerAddress)? = nil
    ) -> String {
        var members: [(name: String, value: JSONText)] = [("sender", .string(sender.rawValue))]
        if let line {
            members.append(("version", .string(line.version.displayName)))
            members.append(("service", .string(line.service.rawValue)))
        }
        if let line, let json = CommandJSON(line) {
            members += json.members(showsSecrets: showsSecrets)
        } else {
            members.append(("bytes", .string(escaped(bytes, line))))
        }
        if !findings.isEmpty {
            members.append(("findings", .list(findings.map { .string("\($0.severity.rawValue): \($0.text)") })))
        }
        if let (old, new) = replaced {
            members.append(("replaced", .object([("from", .string("\(old)")), ("to", .string("\(new)"))])))
        }
        return Self.object(connection, members)
    }

    private static func object(_ connection: String, _ members: [(name: String, value: JSONText)]) -> String {
        JSONText.object([("connection", .string(connection))] + members).text
    }

    /// The bytes of what was not understood, escaped; they may hold a secret.
    private func escaped(_ bytes: [UInt8], _ line: SessionLine?) -> String {
        SessionRecorder.column(showsSecrets ? bytes : line?.redacted ?? SessionRecorder.hidden(bytes))
    }

    private enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
        case dim = "2"
    }

    private func coloured(_ text: String, _ colour: Colour) -> String {
        let safe = TerminalText.lines(text)
        return hasColours ? "\u{1B}[\(colour.rawValue)m\(safe)\u{1B}[0m" : safe
    }
}
#endif
