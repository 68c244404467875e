/// The one set of rules for names that the grammar declares.
///
/// Names become identifiers, file names and anchors, so no other characters may reach those.
public enum GrammarName {
    /// What a name stands for.
    enum Kind: String {
        case `protocol` = "a protocol"
        case version = "a version"
        case service = "a service"
        case command = "a command"
        case commandFile = "the file of a command"
        case type = "a type"
        case form = "a form"
        case payload = "a payload"
        case algorithm = "an algorithm"
        case session = "a session"
        case conversation = "a conversation"
        case program = "a program"
        case source = "a source"
        /// A parameter, a value, a part, a field, a state, an error or anything else with an owner.
        case member = "a member"

        /// A name that keeps the rules.
        fileprivate var example: String {
            switch self {
            case .protocol: "IMAP"
            case .version: "IMAP4"
            case .service: "notification"
            case .command: "FETCH"
            case .commandFile: "OK"
            case .type: "GroupNumber"
            case .form: "signIn"
            case .payload: "profile"
            case .algorithm: "md5SignIn"
            case .session: "switchboard"
            case .conversation: "signIn"
            case .program: "pidgin-2.10"
            case .source: "imap-wiki"
            case .member: "userHandle"
            }
        }

        fileprivate var longest: Int { self == .command ? 8 : 64 }
    }

    /// What is wrong with a name and how to write it; nil for a usable one.
    static func complaint(_ name: String, as kind: Kind) -> String? {
        if isUsable(name, as: kind) { return nil }
        if kind == .command {
            return name == errorReply
                ? "'\(name)' cannot be a command word: it stands for replies with a number in place of a command"
                : "'\(shown(name))' cannot be a command word; write one to eight printable ASCII characters, such as "
                    + "'\(kind.example)'"
        }
        let limit = name.utf8.count > kind.longest ? ", with at most \(kind.longest) letters" : ""
        return "'\(shown(name))' cannot name \(kind.rawValue); write it like '\(kind.example)'\(limit)"
    }

    private static func shown(_ name: String) -> Substring {
        name.utf8.count > 80 ? name.prefix(40) + "..." : name[...]
    }

    private static func isUsable(_ name: String, as kind: Kind) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= kind.longest else { return false }
        if kind == .command { return name.utf8.allSatisfy { 0x21...0x7E ~= $0 } && name != Self.errorReply }
        let startsWell =
            switch kind {
            case .protocol, .type: first.isLetter && first & 0x20 == 0
            case .form, .payload, .algorithm, .session, .conversation, .service: first.isLetter && first & 0x20 != 0
            case .version, .program, .member: first.isLetter
            case .command, .commandFile, .source: first.isLetter || first.isDigit
            }
        let mayHavePoints = kind == .program || kind == .source
        return startsWell
            && name.utf8.allSatisfy { byte in
                byte.isLetter || byte.isDigit
                    || mayHavePoints && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."))
            }
    }

    /// What rules and values call the reply with a number in place of a command.
    static let errorReply = "error"

    /// Whether a name has only the letters and digits that every kind of name may have.
    static func isPlain(_ name: String) -> Bool { name.utf8.allSatisfy { $0.isLetter || $0.isDigit } }

    /// Whether a name can be that of a member.
    static func isUsable(_ name: String) -> Bool { isUsable(name, as: .member) }

    /// Whether a name can be that of a program, such as `pidgin-2.10`.
    static func isUsableForProgram(_ name: String) -> Bool { isUsable(name, as: .program) }

    /// Whether a text is the name of an element or attribute in a document, without a namespace of its own.
    static func isXMLName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isLetter || first == UInt8(ascii: "_"), name.utf8.count <= 64 else {
            return false
        }
        return name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.:".utf8.contains($0) }
    }

    /// Whether a text is the name of a header field.
    static func isHeaderName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_".utf8.contains($0) }
    }

    /// Whether a text is the name of a host.
    static func isHost(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter || first.isDigit else { return false }
        return text.utf8.count <= 253 && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-.".utf8.contains($0) }
    }

    /// Whether a text is the path of a web address.
    static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && text.utf8.count <= 256
            && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "/-_.~".utf8.contains($0) }
    }

    /// Whether a text is a content type without parameters, or a character set.
    static func isContentType(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "/-_.+".utf8.contains($0) }
    }
}
