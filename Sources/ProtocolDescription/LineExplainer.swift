/// Tells in words what a line means; how lines are read is told to it.
public struct LineExplainer: Sendable {
    /// What may be known of the place of a line; what is nil is tried in all ways.
    public struct Scope: Sendable {
        /// The number of the version.
        public var version: Int?
        /// The name of the service.
        public var service: String?
        /// Who sends the line.
        public var sender: ProtocolDescription.Sender?

        /// Makes a scope.
        public init(version: Int? = nil, service: String? = nil, sender: ProtocolDescription.Sender? = nil) {
            self.version = version
            self.service = service
            self.sender = sender
        }
    }

    /// A place in which a line is read.
    public struct Context: Sendable, Equatable {
        /// The number of the version.
        public var version: Int
        /// The name of the service.
        public var service: String
        /// Who sends the line.
        public var sender: ProtocolDescription.Sender
    }

    /// What came of reading a line in a context.
    public enum Reading: Sendable, Equatable {
        /// It has a form.
        case decoded(DecodedLine)
        /// The command is there, but the line is wrong; the reason names no context.
        case refused(reason: String)
        /// The context does not have the command.
        case absent
    }

    /// What was found out about a line.
    public struct Explanation: Sendable, Equatable {
        /// Whether the line reads in one context at least.
        public var isRead: Bool
        /// The words, with a line end.
        public var text: String
    }

    let description: ProtocolDescription

    /// Makes an explainer for the lines of a protocol.
    public init(_ description: ProtocolDescription) {
        self.description = description
    }

    /// Explains a line without its line end, once for each set of contexts in which it means the same.
    public func explain(_ line: String, in scope: Scope, reading: (Context) -> Reading) -> Explanation {
        let name = String(line.prefix { $0 != " " })
        if name.count == 3, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(name) {
            return explainError(number, in: scope)
        }
        guard let command = description.command(named: name) else {
            return Explanation(isRead: false, text: unknown(name))
        }
        if command.isNamedOnly { return explainNamed(command, in: scope) }
        var meanings = ContextGroups()
        var refusals = ContextGroups()
        for context in contexts(of: scope) {
            switch reading(context) {
            case .decoded(let line): meanings.add(meaning(of: line, version: context.version, in: scope), context)
            case .refused(let reason): refusals.add("  " + reason + "\n", context)
            case .absent: break
            }
        }
        if !meanings.isEmpty { return Explanation(isRead: true, text: meanings.text(description)) }
        var text = "This is no line of \(name) (tried: \(words(scope))).\n"
        if refusals.isEmpty {
            text += "  \(name) does not exist there; it is sent\n" + whereabouts(of: command)
        } else {
            text += "\n" + refusals.text(description)
        }
        return Explanation(isRead: false, text: text)
    }

    private func contexts(of scope: Scope) -> [Context] {
        let versions = scope.version.map { [$0] } ?? description.versions.map(\.number)
        let services = scope.service.map { [$0] } ?? description.services.map(\.name)
        let senders = scope.sender.map { [$0] } ?? ProtocolDescription.Sender.allCases
        return senders.flatMap { sender in
            services.flatMap { service in
                versions.map { Context(version: $0, service: service, sender: sender) }
            }
        }
    }

    // MARK: - Lines that no form has

    private func words(_ scope: Scope) -> String {
        let version = scope.version.map { description.describe([$0]) } ?? "all versions"
        let sender = scope.sender.map { "from a \($0.rawValue)" } ?? "both senders"
        return "\(version), \(scope.service ?? "all services"), \(sender)"
    }

    private func unknown(_ name: String) -> String {
        var text = "No command is named '\(name.prefix(40))'.\n"
        let same = description.commands.first { $0.name == name.uppercased() }.map { [$0] }
        let near =
            same
            ?? description.commands.filter { command in
                let pairs = zip(command.name, name.uppercased())
                return command.name.count == name.count && pairs.filter { $0 != $1 }.count == 1
            }
        if !near.isEmpty {
            text += "  near it: " + near.map { "\($0.name) (\($0.about))" }.joined(separator: ", ") + "\n"
        }
        return text
    }

    private func whereabouts(of command: ProtocolDescription.Command) -> String {
        var places = ContextGroups()
        for form in command.forms {
            for service in form.services {
                for version in form.versions {
                    places.add("", Context(version: version, service: service, sender: form.sender))
                }
            }
        }
        return places.places(of: "", description).map { "  - \($0)\n" }.joined()
    }

    private func explainNamed(_ command: ProtocolDescription.Command, in scope: Scope) -> Explanation {
        let text = """
            \(command.name): \(command.about)
              on \(command.services.joined(separator: ", ")) in \(description.describe(command.versions))
              Nothing is known of it but its name.

            """
        return Explanation(isRead: scope.version.map(command.exists) ?? true, text: text)
    }

    /// An error reply is a number in place of a command.
    private func explainError(_ number: Int, in scope: Scope) -> Explanation {
        let codes = description.errors.filter { $0.number == number }
        let found = codes.filter { scope.version.map($0.versions.contains) ?? true }
        if scope.sender == .client {
            return Explanation(isRead: false, text: "A number in place of a command comes from servers only.\n")
        }
        if found.isEmpty {
            let versions = codes.flatMap(\.versions)
            let tail = versions.isEmpty ? "." : " there; it exists in \(description.describe(versions))."
            return Explanation(isRead: false, text: "No error has the number \(number)\(tail)\n")
        }
        let texts = found.map { code in
            var lines = [
                "\(code.number) \(code.name): \(code.about)",
                "  an error from a server in \(description.describe(code.versions))",
                "  closes: " + (code.closes.map { $0 ? "yes" : "no" } ?? "unknown"),
            ]
            if code.hasPayload { lines.append("  with a payload") }
            let requests = description.commands.flatMap(\.forms).filter { $0.errors.contains(code.name) }
            if !requests.isEmpty { lines.append("  answers: " + requests.map(\.fullName).joined(separator: ", ")) }
            if !code.sources.isEmpty { lines.append("  sources: " + code.sources.joined(separator: ", ")) }
            return lines.joined(separator: "\n") + "\n"
        }
        return Explanation(isRead: true, text: texts.joined(separator: "\n"))
    }
}

/// A line that was read as a form.
public struct DecodedLine: Sendable, Equatable {
    /// A parameter with its readable words; a list may have any number of them.
    public struct Value: Sendable, Equatable {
        /// The name of the parameter.
        public var name: String
        /// Its words.
        public var words: [String]
        /// Whether they must not be printed.
        public var isSensitive: Bool

        /// Makes a value.
        public init(name: String, words: [String], isSensitive: Bool = false) {
            self.name = name
            self.words = words
            self.isSensitive = isSensitive
        }
    }

    /// The form, such as `USR.challenge`.
    public var form: String
    /// The transaction ID as it stands on the wire.
    public var transaction: String?
    /// The parameters that are present.
    public var values: [Value]

    /// Makes a line.
    public init(form: String, transaction: String?, values: [Value]) {
        self.form = form
        self.transaction = transaction
        self.values = values
    }
}
