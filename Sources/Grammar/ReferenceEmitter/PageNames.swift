import ProtocolGrammar

/// The paths of pages and the links to them, as seen from one page.
struct PageNames {
    let grammar: Grammar
    /// The path of the page that the links stand on.
    let page: String

    static let index = "README.md"
    static let matrix = "matrix.md"
    static let errors = "errors.md"
    static let types = "types.md"
    static let payloads = "payloads.md"
    static let states = "states.md"
    static let sources = "sources.md"

    static func commandPath(_ command: Command) -> String { "commands/\(command.plainName).md" }

    /// The link to the page of the commands by versions; none where there is one version.
    var matrixLinks: [String] {
        grammar.versions.count > 1 ? [link("Commands by versions", to: Self.matrix)] : []
    }

    static func versionPath(_ version: Version) -> String { "versions/\(version.name).md" }

    static func payloadPath(_ payload: PayloadType) -> String { "payloads/\(payload.name).md" }

    /// The path of a page about a conversation, by the first of its versions.
    static func conversationPath(_ page: ConversationIndex.Page, _ grammar: Grammar) -> String {
        "conversations/\(page.conversation.name)-\(grammar.version(number: page.told.version)?.name ?? "").md"
    }

    /// A link to a page, or to a place on it.
    func link(_ text: String, to path: String, anchor: String? = nil) -> String {
        var target = path
        if path == page, anchor != nil {
            target = ""
        } else if let slash = page.firstIndex(of: "/") {
            let folder = page[...slash]
            target = path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : "../" + path
        }
        return "[\(Markdown.prose(text))](\(target)\(anchor.map { "#" + $0 } ?? ""))"
    }

    func command(_ name: String) -> String {
        guard let command = grammar.command(named: name) else { return Markdown.code(name) }
        return link(name, to: Self.commandPath(command))
    }

    /// A link to `USR` or `USR.challenge`.
    func form(_ name: String) -> String {
        let (first, second) = grammar.commandAndForm(name)
        guard second != nil, let command = grammar.command(named: first), !grammar.forms(named: name).isEmpty
        else { return self.command(name) }
        return link(name, to: Self.commandPath(command), anchor: Self.anchor(name))
    }

    func type(_ name: String) -> String {
        guard grammar.type(named: name) != nil else { return Markdown.code(name) }
        return link(name, to: Self.types, anchor: Self.anchor(name))
    }

    func error(_ code: ErrorCode) -> String {
        link("\(code.number) \(code.name)", to: Self.errors, anchor: "error-\(code.number)")
    }

    /// A link to a source, if the grammar describes it.
    func source(_ name: String) -> String {
        grammar.sources[name] == nil ? Markdown.prose(name) : link(name, to: Self.sources, anchor: "source-\(name)")
    }

    func version(_ version: Version) -> String {
        link(version.name, to: Self.versionPath(version))
    }

    func payload(named name: String) -> String {
        grammar.payloads.first { $0.name == name }.map(payload) ?? Markdown.code(name)
    }

    func payload(_ payload: PayloadType) -> String {
        link(payload.name, to: Self.payloadPath(payload))
    }

    /// A link to a conversation; a short one has the versions alone.
    func conversation(_ page: ConversationIndex.Page, short isShort: Bool = false) -> String {
        let title = isShort ? grammar.describe(page.versions) : page.conversation.title
        return link(title, to: Self.conversationPath(page, grammar))
    }

    func service(_ name: String) -> String {
        guard grammar.services.contains(where: { $0.name == name }) else { return Markdown.code(name) }
        return link(name, to: Self.index, anchor: Self.anchor("Service \(name)"))
    }

    func httpService(_ name: String) -> String {
        guard grammar.httpServices[name] != nil else { return Markdown.code(name) }
        return link("HTTP service " + name, to: Self.index, anchor: "http-services")
    }

    func services(_ names: [String]) -> String { names.map(service).joined(separator: ", ") }

    /// What a rule of a session names: a form, `error` or `error.NUMBER`.
    func ruleCommand(_ name: String) -> String {
        if name == "error" { return link("any error", to: Self.errors) }
        if name.hasPrefix("error."), let code = grammar.errors.first(where: { "error.\($0.number)" == name }) {
            return error(code)
        }
        return form(name)
    }

    /// The anchor that GitHub derives from a heading.
    static func anchor(_ heading: String) -> String {
        heading.lowercased().compactMap { character in
            if character.isLetter || character.isNumber || character == "-" || character == "_" {
                return String(character)
            }
            return character == " " ? "-" : nil
        }
        .joined()
    }
}
