import ProtocolGrammar

/// The pages about conversations: one for all versions in which the same lines are said.
struct ConversationIndex: Sendable {
    /// What a step means.
    enum Meaning: Sendable {
        case form(String)
        case error(ErrorCode)
    }

    struct Page: Sendable {
        var told: ToldConversation
        var versions: VersionSet
        var meanings: [Meaning?]

        var conversation: Conversation { told.conversation }
        /// The commands that occur in it.
        var commands: Set<String> {
            Set(
                meanings.compactMap { meaning in
                    if case .form(let name) = meaning { String(name.prefix { $0 != "." }) } else { nil }
                })
        }
    }

    private(set) var pages: [Page] = []

    init(_ grammar: Grammar) {
        let matcher = LineMatcher(grammar)
        for conversation in grammar.conversations {
            var first: [[String]] = []
            let start = pages.count
            for version in conversation.versions.numbers {
                let told = grammar.told(conversation, in: version)
                let lines = Self.lines(of: told, grammar.version(number: version)?.name ?? "")
                if let index = first.firstIndex(of: lines) {
                    pages[start + index].versions = pages[start + index].versions.union(VersionSet([version]))
                    continue
                }
                first.append(lines)
                pages.append(
                    Page(
                        told: told, versions: VersionSet([version]),
                        meanings: told.ownSteps.map { Self.meaning(of: $0, version, matcher) }))
            }
        }
    }

    /// The page of a conversation in a version.
    func page(_ name: String, in version: Int) -> Page? {
        pages.first { $0.conversation.name == name && $0.versions.contains(version) }
    }

    /// What is said, without the name of the version.
    private static func lines(of told: ToldConversation, _ version: String) -> [String] {
        told.ownSteps.map { step in
            let words = step.text.split(separator: " ", omittingEmptySubsequences: false)
            let line = words.map { $0 == version ? "$(version)" : String($0) }.joined(separator: " ")
            let payload = step.payload.map { String(decoding: $0, as: UTF8.self) } ?? ""
            return "\(step.from.name) \(step.to.name) \(line) \(step.about) \(step.headers) \(payload)"
        }
    }

    private static func meaning(of step: ToldConversation.Step, _ version: Int, _ matcher: LineMatcher) -> Meaning? {
        guard case .line = step.step.content, let sender = step.sender, let service = step.service else { return nil }
        if sender == .server, let number = Int(step.text.prefix { $0 != " " }),
            let code = matcher.grammar.errors.first(where: { $0.number == number && $0.versions.contains(version) })
        {
            return .error(code)
        }
        let found = try? matcher.match(
            Array(step.text.utf8), payloadCount: step.payload?.count, sender: sender, service: service,
            version: version)
        return found.map { .form($0.form.fullName) }
    }
}
