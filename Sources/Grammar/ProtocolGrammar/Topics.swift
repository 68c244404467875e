import YAMLTree

/// What some commands are about, such as presence.
public struct Topic: Named, Sendable {
    public var name: String
    public var title: String
    /// The commands, in the order in which people meet them; none is in two topics.
    public var commands: [Reference]
    public var location: SourceLocation
}

/// Something that people want to do with the protocol, such as to sign in.
public struct UseCase: Named, Sendable {
    public var name: String
    public var title: String
    public var about: String
    /// The conversations that show it, each with what is particular about it.
    public var conversations: [(conversation: Reference, title: String)]
    /// The computations that it needs, each with what it gives.
    public var algorithms: [(algorithm: Reference, title: String)]
    public var location: SourceLocation
}

extension Grammar {
    /// The commands by topics, and at the end those in none; such a group has no topic.
    public var commandsByTopic: [(topic: Topic?, commands: [Command])] {
        let named = topics.map { topic in (topic, topic.commands.compactMap { command(named: $0.name) }) }
        let taken = Set(named.flatMap { $0.1.map(\.name) })
        let rest = sortedCommands.filter { !taken.contains($0.name) }
        return named + (rest.isEmpty ? [] : [(nil, rest)])
    }
}

extension GrammarReader {
    mutating func readTopics(_ node: YAMLNode) {
        guard let list = NodeReader(node, "topics", into: &diagnostics) else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let reader = NodeReader(entry.value, "a topic", into: &diagnostics) else { continue }
            grammar.topics.append(
                Topic(
                    name: entry.key, title: reader.required("title", into: &diagnostics) ?? "",
                    commands: reader.references("commands", into: &diagnostics), location: entry.keyLocation))
        }
    }

    mutating func readUseCases(_ node: YAMLNode) {
        guard let list = NodeReader(node, "use cases", into: &diagnostics) else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let reader = NodeReader(entry.value, "a use case", into: &diagnostics) else { continue }
            grammar.useCases.append(
                UseCase(
                    name: entry.key, title: reader.required("title", into: &diagnostics) ?? "",
                    about: reader.text("about", into: &diagnostics) ?? "",
                    conversations: readTitled("conversations", of: reader).map { ($0, $1) },
                    algorithms: readTitled("algorithms", of: reader).map { ($0, $1) }, location: entry.keyLocation))
        }
    }

    /// Names with what is particular about each.
    private mutating func readTitled(_ key: String, of reader: NodeReader) -> [(Reference, String)] {
        guard let node = reader.node(key, into: &diagnostics),
            let list = NodeReader(node, "'\(key)'", into: &diagnostics)
        else { return [] }
        return list.entries(into: &diagnostics).map { entry in
            (Reference(name: entry.key, location: entry.keyLocation), list.text(entry.key, into: &diagnostics) ?? "")
        }
    }
}

extension GrammarChecker {
    /// Each command of a topic exists, and is in no other one.
    mutating func checkTopics() {
        checkNames(grammar.topics.map { ($0.name, $0.location) }, of: "topics")
        var seen: [String: SourceLocation] = [:]
        for command in grammar.topics.flatMap(\.commands) {
            if grammar.command(named: command.name) == nil {
                diagnostics.unknown(
                    "unknown-command", "no command is named '\(command.name)'", command.name,
                    among: grammar.commands.map(\.name), at: command.location)
            } else if let first = seen.updateValue(command.location, forKey: command.name) {
                error(
                    "duplicate-command", "'\(command.name)' is in a topic already", at: command.location,
                    notes: [Diagnostic.Note(message: "the first is here", location: first)])
            }
        }
    }

    mutating func checkUseCases() {
        checkNames(grammar.useCases.map { ($0.name, $0.location) }, of: "use cases")
        for conversation in grammar.useCases.flatMap(\.conversations).map(\.conversation)
        where grammar.conversations[conversation.name] == nil {
            diagnostics.unknown(
                "unknown-conversation", "no conversation is named '\(conversation.name)'", conversation.name,
                among: grammar.conversations.map(\.name), at: conversation.location)
        }
        for algorithm in grammar.useCases.flatMap(\.algorithms).map(\.algorithm)
        where grammar.algorithms[algorithm.name] == nil {
            diagnostics.unknown(
                "unknown-algorithm", "no algorithm is named '\(algorithm.name)'", algorithm.name,
                among: grammar.algorithms.map(\.name), at: algorithm.location)
        }
    }
}
