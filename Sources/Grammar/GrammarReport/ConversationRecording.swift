import ProtocolGrammar

/// A conversation in one version as a recording: a row for each line, with the connection, the direction and the bytes.
public struct ConversationRecording: Sendable {
    /// The name of a file for it, such as `chat-MSNP8.tsv`.
    public let name: String
    /// The rows, below their heading.
    public let text: String

    /// Tells the whole story of a conversation, with those before it.
    public init(_ conversation: Conversation, in version: Version, of grammar: Grammar) {
        name = "\(conversation.name)-\(version.name).tsv"
        var names: [Int: String] = [:]
        var counts: [String: Int] = [:]
        var text = "connection\tdirection\twire\n"
        for step in grammar.told(conversation, in: version.number).steps {
            guard let connection = step.connection, let sender = step.sender, let service = step.service else {
                continue
            }
            if names[connection] == nil {
                counts[service, default: 0] += 1
                names[connection] = "\(service)\(counts[service, default: 0])"
            }
            var bytes: [UInt8] = step.step.content.isLine ? Array(step.text.utf8) + [0x0D, 0x0A] : []
            bytes += step.payload ?? []
            guard !bytes.isEmpty, let name = names[connection] else { continue }
            text += "\(name)\t\(sender == .client ? "C>S" : "S>C")\t\(Self.escaped(bytes))\n"
        }
        self.text = text
    }

    /// All conversations in all their versions.
    public static func all(of grammar: Grammar) -> [ConversationRecording] {
        grammar.sortedVersions.flatMap { version in
            grammar.conversations(in: version.number).map { ConversationRecording($0, in: version, of: grammar) }
        }
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        var result = ""
        for byte in bytes {
            switch byte {
            case 0x0A: result += "\\n"
            case 0x0D: result += "\\r"
            case 0x09: result += "\\t"
            case 0x5C: result += "\\\\"
            case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
            }
        }
        return result
    }
}
