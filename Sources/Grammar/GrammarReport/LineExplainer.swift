import ProtocolGrammar

/// Explains lines in words.
public struct LineExplainer: Sendable {
    /// Where a line occurs; nil stands for every possibility.
    public struct Scope: Sendable {
        /// The number of the version.
        public var version: Int?
        /// The name of the service.
        public var service: String?
        /// Who sends the line.
        public var sender: Sender?

        /// Makes a scope.
        public init(version: Int? = nil, service: String? = nil, sender: Sender? = nil) {
            self.version = version
            self.service = service
            self.sender = sender
        }
    }

    /// The meaning of a line, or why it has none.
    public struct Explanation: Sendable, Equatable {
        /// Whether the line decodes in at least one context.
        public var isRead: Bool
        /// The explanation, with a final line break.
        public var text: String
    }

    let grammar: Grammar

    /// Makes an explainer for the lines of a grammar.
    public init(_ grammar: Grammar) {
        self.grammar = grammar
    }

    /// Explains a line once for each set of contexts in which it has the same meaning.
    ///
    /// Text after a line break is the payload. Without a line break, the payload may be missing.
    public func explain(_ typed: String, in scope: Scope = Scope()) -> Explanation {
        let line = GivenLine(typed)
        let name = String(line.text.prefix { $0 != " " })
        if grammar.hasErrors, name.count == 3,
            name.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(name)
        {
            return explainError(number, in: scope)
        }
        guard let command = grammar.command(named: name) else {
            return Explanation(isRead: false, text: unknown(name))
        }
        if command.isNamedOnly { return explainNamed(command, in: scope) }
        let (right, refusals) = readings(of: line, in: scope, isStrict: true)
        // A line that is valid nowhere may be a known deviation.
        let meanings = right.isEmpty ? readings(of: line, in: scope, isStrict: false).meanings : right
        if !meanings.isEmpty { return Explanation(isRead: true, text: meanings.text) }
        var text = "This is not a line of \(name) (tried: \(words(scope))).\n"
        if refusals.isEmpty {
            text += "  \(name) does not exist there; it is sent\n" + whereabouts(of: command)
        } else {
            text += "\n" + refusals.text
        }
        return Explanation(isRead: false, text: text)
    }

    /// The meanings of the line and the reasons against it, by context.
    private func readings(
        of line: GivenLine, in scope: Scope, isStrict: Bool
    ) -> (meanings: ContextGroups, refusals: ContextGroups) {
        let matcher = LineMatcher(grammar)
        var meanings = ContextGroups(grammar)
        var refusals = ContextGroups(grammar)
        for context in contexts(of: scope) {
            switch LineReading(line, in: context, by: matcher, isStrict: isStrict) {
            case .decoded(let match):
                let meaning = LineMeaning(line: match, version: context.version, scope: scope, grammar: grammar)
                meanings.add(meaning.text, context)
            case .refused(let reason): refusals.add("  " + reason + "\n", context)
            case .absent: break
            }
        }
        return (meanings, refusals)
    }

    private func contexts(of scope: Scope) -> [LineContext] {
        let versions = scope.version.map { [$0] } ?? grammar.allVersions.numbers
        let services = scope.service.map { [$0] } ?? grammar.services.map(\.name)
        let senders = scope.sender.map { [$0] } ?? Sender.allCases
        return senders.flatMap { sender in
            services.flatMap { service in
                versions.map { LineContext(version: $0, service: service, sender: sender) }
            }
        }
    }

    // MARK: - Lines without a form

    private func words(_ scope: Scope) -> String {
        let version = scope.version.map { grammar.describe(VersionSet([$0])) } ?? "all versions"
        let sender = scope.sender.map { "from a \($0.rawValue)" } ?? "both senders"
        return "\(version), \(scope.service ?? "all services"), \(sender)"
    }

    private func unknown(_ name: String) -> String {
        var text = "No command is named '\(name.prefix(40))'.\n"
        let near =
            grammar.command(named: name.uppercased()).map { [$0] }
            ?? grammar.sortedCommands.filter { command in
                let pairs = zip(command.name, name.uppercased())
                return command.name.count == name.count && pairs.filter { $0 != $1 }.count == 1
            }
        if !near.isEmpty {
            text += "  similar: " + near.map { "\($0.name) (\($0.about))" }.joined(separator: ", ") + "\n"
        }
        return text
    }

    private func whereabouts(of command: Command) -> String {
        var places = ContextGroups(grammar)
        for form in command.forms {
            for service in form.services { places.add("", form.sender, service, form.versions) }
        }
        return places.places(of: "").map { "  - \($0)\n" }.joined()
    }

    private func explainNamed(_ command: Command, in scope: Scope) -> Explanation {
        let text = """
            \(command.name): \(command.about)
              on \(command.services.joined(separator: ", ")) in \(grammar.describe(command.versions))
              Only its name is known.

            """
        return Explanation(isRead: scope.version.map { grammar.has(command, in: $0) } ?? true, text: text)
    }

    /// An error reply is a number in place of a command.
    private func explainError(_ number: Int, in scope: Scope) -> Explanation {
        if scope.sender == .client {
            return Explanation(isRead: false, text: "Only servers send a number instead of a command.\n")
        }
        let codes = grammar.sortedErrors.filter { $0.number == number }
        let found = codes.filter { scope.version.map($0.versions.contains) ?? true }
        if found.isEmpty {
            let versions = codes.reduce(VersionSet()) { $0.union($1.versions) }
            let tail = versions.isEmpty ? "." : " there; it exists in \(grammar.describe(versions))."
            return Explanation(isRead: false, text: "No error has the number \(number)\(tail)\n")
        }
        return Explanation(isRead: true, text: found.map(meaning).joined(separator: "\n"))
    }

    private func meaning(of code: ErrorCode) -> String {
        var lines = [
            "\(code.number) \(code.name): \(code.about)",
            "  an error from a server in \(grammar.describe(code.versions))",
            "  closes: " + (code.closesConnection.map { $0 ? "yes" : "no" } ?? "unknown"),
        ]
        if let retry = code.retry { lines.append("  retry: \(retry.rawValue)") }
        if code.hasPayload { lines.append("  with a payload") }
        let requests = grammar.sortedCommands.flatMap(\.forms).filter { form in
            form.errors.contains { $0.name == code.name }
        }
        if !requests.isEmpty { lines.append("  answers: " + requests.map(\.fullName).joined(separator: ", ")) }
        if !code.sources.isEmpty { lines.append("  sources: " + code.sources.joined(separator: ", ")) }
        return lines.joined(separator: "\n") + "\n"
    }
}
