#if Network
import MSNPSession
import SampleClient
import WireProtocol

/// Formats a command for people; without its secrets, unless they are asked for.
enum TraceText {
    /// The line, then its form and parameters, then its payload.
    static func text(of trace: TraceLine, showsSecrets: Bool = false) -> String {
        let shown = showsSecrets ? trace.raw : PayloadSecrets.hidden(in: trace.raw).payload
        var rows = String(decoding: shown, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false
        ).map { String($0) }
        let line = rows.isEmpty ? "" : rows.removeFirst()
        while rows.last == "" { rows.removeLast() }
        var text = "\(trace.sender.direction) \(showsSecrets ? line : hidingSecrets(line, trace.fields))"
        let name = trace.form.map { "\(trace.command).\($0)" } ?? "unknown command"
        let fields = trace.fields.filter { $0.name != "payload" }.map { description($0, showsSecrets) }
        text += "\n      " + ([name] + fields).joined(separator: "  ")
        for row in rows { text += "\n      | " + row }
        return text
    }

    /// A parameter as `name=value`, quoted if it has spaces.
    private static func description(_ field: Field, _ showsSecrets: Bool) -> String {
        let isHidden = field.isSensitive && !showsSecrets
        guard !isHidden, case .text(let value) = field.value, value.contains(" ") || field.isSensitive else {
            return field.description
        }
        guard value.contains(" ") else { return "\(field.name)=\(value)" }
        return "\(field.name)=\"\(value)\""
    }

    /// The line with every secret word redacted.
    private static func hidingSecrets(_ line: String, _ fields: [Field]) -> String {
        let secrets = fields.filter(\.isSensitive).flatMap { field -> [String] in
            switch field.value {
            case .text(let text): [text]
            case .list(let texts): texts
            }
        }
        guard !secrets.isEmpty else { return line }
        return line.split(separator: " ", omittingEmptySubsequences: false).map { word in
            secrets.contains { !$0.isEmpty && word.hasSuffix($0) } ? "<redacted>" : String(word)
        }.joined(separator: " ")
    }
}
#endif
