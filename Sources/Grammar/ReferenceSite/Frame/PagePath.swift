import ProtocolGrammar

/// The paths of pages below the folder of the site.
enum PagePath {
    static let start = "index.html"
    static let paste = "paste.html"
    static let matrix = "matrix.html"
    static let errors = "errors.html"
    static let types = "types.html"
    static let payloads = "payloads.html"
    static let services = "services.html"
    static let algorithms = "algorithms.html"
    static let conversations = "conversations.html"
    static let programs = "programs.html"
    static let fields = "fields.html"
    static let questions = "questions.html"
    static let sources = "sources.html"
    static let notation = "notation.html"
    static let files = "grammar.html"

    static func command(_ command: Command) -> String { "commands/\(command.plainName).html" }
    static func error(_ code: ErrorCode) -> String { "errors/\(code.number).html" }
    static func version(_ version: Version) -> String { "versions/\(version.name).html" }
    static func payload(_ payload: PayloadType) -> String { "payloads/\(payload.name).html" }
    static func type(_ type: ValueType) -> String { "types/\(type.name).html" }
    static func session(_ session: Session) -> String { "states/\(session.name).html" }
    static func program(_ program: Program) -> String { "programs/\(program.name).html" }
    static func algorithm(_ algorithm: Algorithm) -> String { "algorithms/\(algorithm.name).html" }

    /// The page of a conversation in all versions in which the same is said.
    static func conversation(_ page: ConversationIndex.Page, _ grammar: Grammar) -> String {
        "conversations/\(page.conversation.name)-\(grammar.version(number: page.told.version)?.name ?? "").html"
    }

    /// The page of the fields that begin with a letter.
    static func fields(_ letter: String) -> String { "fields/\(letter).html" }

    /// The page that shows a file of the grammar.
    static func file(_ path: String) -> String { "grammar/\(path).html" }

    /// The way from one page to another, or to a place on it.
    static func relative(_ path: String, from page: String, anchor: String? = nil) -> String {
        let fragment = anchor.map { "#" + $0 } ?? ""
        if path == page, anchor != nil { return fragment }
        let there = path.split(separator: "/").map(String.init)
        let here = page.split(separator: "/").map(String.init).dropLast()
        let shared = zip(there.dropLast(), here).prefix { $0 == $1 }.count
        let up = String(repeating: "../", count: here.count - shared)
        return up + there.dropFirst(shared).joined(separator: "/") + fragment
    }
}
