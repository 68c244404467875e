import YAMLTree

/// Puts the values of a conversation into its steps, in one version, and follows its connections.
struct ConversationTeller {
    /// Values that every conversation has: the name of the version, and the size of the payload of a line.
    static let (versionName, lengthName) = ("version", "length")

    private let grammar: Grammar
    private let chain: [Conversation]
    private var actors: [String: Conversation.Actor] = [:]
    private var values: [String: String] = [:]
    private var payloads: [String: (bytes: [UInt8], kind: String?)] = [:]
    /// The open connections, by client and server.
    private var open: [Pair: Int] = [:]
    private var connectionCount = 0
    /// The HTTP requests without an answer.
    private var asked: Set<Pair> = []

    private(set) var told: ToldConversation
    /// What is wrong with the conversation itself; what is wrong with those before it is their own.
    private(set) var diagnostics = DiagnosticList()

    private struct Pair: Hashable {
        var client: String
        var server: String
    }

    init(_ grammar: Grammar, _ conversation: Conversation, _ version: Int) {
        self.grammar = grammar
        told = ToldConversation(conversation: conversation, version: version)
        chain = grammar.chain(of: conversation, in: version) ?? [conversation]
        values[Self.versionName] = grammar.version(number: version)?.name ?? ""
        for value in chain.flatMap(\.values) { values[value.name] = value.texts.value(in: version) }
        told.values = values
        let steps = chain.flatMap(\.steps).filter { $0.versions.contains(version) }
        let borne = Set(steps.compactMap(\.payload?.name))
        for part in chain {
            for var actor in part.actors {
                if case .client(let account) = actor.role {
                    actor.role = .client(account: expanded(account, at: actor.roleLocation, in: part) ?? account)
                }
                actor.about = expanded(actor.about, at: actor.roleLocation, in: part) ?? ""
                told.actors.append(actor)
                actors[actor.name] = actor
            }
            for payload in part.payloads where borne.contains(payload.name) {
                payloads[payload.name] = (bytes(of: payload, in: part), payload.kind?.name)
            }
        }
        for part in chain {
            for step in part.steps where step.versions.contains(version) { tell(step, of: part) }
        }
    }

    private mutating func refuse(
        _ identifier: String, _ message: String, at place: SourceLocation, in part: Conversation
    ) {
        if part.name == told.conversation.name {
            diagnostics.appendOnce(Diagnostic(identifier, message, at: place))
        }
    }

    // MARK: - Texts

    private mutating func expanded(
        _ text: String, at place: SourceLocation, in part: Conversation, length: Int? = nil, limit: Int? = nil
    ) -> String? {
        let limit = limit ?? grammar.limits.line
        do throws(ConversationText.Problem) {
            return try ConversationText(text).expanded(atMost: limit) { name in
                name == Self.lengthName ? length.map { "\($0)" } : values[name]
            }
        } catch {
            switch error {
            case .unclosed:
                refuse("conversation-text", "'$(' needs the name of a value and ')' behind it", at: place, in: part)
            case .tooLong:
                refuse("conversation-text", "with its values it has more than \(limit) bytes", at: place, in: part)
            case .unknown(Self.lengthName):
                refuse("conversation-text", "there is no payload whose length it could be", at: place, in: part)
            case .unknown(let name): refuseUnknown(name, at: place, in: part)
            }
            return nil
        }
    }

    private mutating func refuseUnknown(_ name: String, at place: SourceLocation, in part: Conversation) {
        guard part.name == told.conversation.name else { return }
        let isDeclared = chain.contains { $0.values.contains { $0.name == name } }
        let message =
            isDeclared
            ? "'\(name)' has no text in \(grammar.describe(VersionSet([told.version])))"
            : "no value is named '\(name)'"
        diagnostics.unknown("unknown-value", message, name, among: values.keys.sorted(), at: place, once: true)
    }

    private mutating func bytes(of payload: Conversation.Payload, in part: Conversation) -> [UInt8] {
        func expanded(_ text: String, _ length: Int?) -> [UInt8] {
            let limit = grammar.limits.payload
            return Array(
                (self.expanded(text, at: payload.location, in: part, length: length, limit: limit) ?? "").utf8)
        }
        let body = payload.bytes + (payload.text.map { expanded($0, nil) } ?? []) + payload.footer
        guard let header = payload.header else { return body }
        var result: [UInt8] = []
        for byte in expanded(header, body.count) { result += byte == 0x0A ? [0x0D, 0x0A] : [byte] }
        if result.last != 0x0A { result += [0x0D, 0x0A] }
        return result + [0x0D, 0x0A] + body
    }

    // MARK: - Steps

    private mutating func tell(_ step: Conversation.Step, of part: Conversation) {
        let known = [step.from, step.to].map { (reference: $0, actor: actors[$0.name]) }
        for (reference, actor) in known where actor == nil && part.name == told.conversation.name {
            diagnostics.unknown(
                "unknown-actor", "no actor is named '\(reference.name)'", reference.name,
                among: actors.keys.sorted(), at: reference.location, once: true)
        }
        guard let from = known[0].actor, let to = known[1].actor else { return }
        var payload: (bytes: [UInt8], kind: String?)?
        if let name = step.payload {
            payload = payloads[name.name]
            if payload == nil, part.name == told.conversation.name {
                diagnostics.unknown(
                    "unknown-payload", "no payload here is named '\(name.name)'", name.name,
                    among: chain.flatMap(\.payloads).map(\.name), at: name.location, once: true)
            }
        }
        var text: String? = ""
        switch step.content {
        case .line(let line):
            text = expanded(line, at: step.location, in: part, length: payload?.bytes.count)
        case .request(let line, _), .response(let line):
            text = expanded(line, at: step.location, in: part)
        case .connect, .close, .data: break
        }
        let headers = step.headers.compactMap { expanded($0, at: step.location, in: part) }
        let about = expanded(step.about, at: step.location, in: part)
        guard let text, let about else { return }
        var told = ToldConversation.Step(
            step: step, conversation: part.name, from: from, to: to, text: text, headers: headers,
            payload: payload?.bytes, payloadKind: payload?.kind, about: about)
        guard connect(&told, in: part) else { return }
        self.told.steps.append(told)
    }

    /// Finds the connection of a step; false if it cannot be.
    private mutating func connect(_ step: inout ToldConversation.Step, in part: Conversation) -> Bool {
        let place = step.step.location
        let isWeb: Bool
        let pair: Pair
        switch (step.from.role, step.to.role) {
        case (.client, .server): (pair, isWeb) = (Pair(client: step.from.name, server: step.to.name), false)
        case (.server, .client): (pair, isWeb) = (Pair(client: step.to.name, server: step.from.name), false)
        case (.client, .web): (pair, isWeb) = (Pair(client: step.from.name, server: step.to.name), true)
        case (.web, .client): (pair, isWeb) = (Pair(client: step.to.name, server: step.from.name), true)
        default:
            refuse("conversation-role", "a client and a server talk to each other", at: place, in: part)
            return false
        }
        let (client, server) = (pair.client, pair.server)
        switch step.step.content {
        case .request where isWeb && step.from.name == client:
            if asked.insert(pair).inserted { return true }
            refuse("conversation-order", "the request before this one has no answer yet", at: place, in: part)
        case .response where isWeb && step.from.name == server:
            if asked.remove(pair) != nil { return true }
            refuse("conversation-order", "no request came before this answer", at: place, in: part)
        case .connect where !isWeb && step.from.name == client:
            if open[pair] == nil {
                open[pair] = connectionCount
                step.connection = connectionCount
                connectionCount += 1
                return true
            }
            refuse("conversation-order", "'\(client)' is connected to '\(server)' already", at: place, in: part)
        case .line where !isWeb, .data where !isWeb, .close where !isWeb:
            step.connection = open[pair]
            if step.step.content == .close { open[pair] = nil }
            if step.connection != nil { return true }
            refuse("conversation-order", "'\(client)' is not connected to '\(server)'", at: place, in: part)
        default:
            refuse(
                "conversation-role",
                "lines and connections need a service; a request goes to a web server, which answers it",
                at: place, in: part)
        }
        return false
    }
}
