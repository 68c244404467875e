import YAMLTree

/// Puts the values of a conversation into its steps, in one version, and follows its connections.
struct ConversationTeller {
    /// Values that every conversation has: the name of the version, the size of the payload of a line, and what stands
    /// in a payload.
    static let (versionName, lengthName, contentName) = ("version", "length", "content")
    static let ownNames = [versionName, lengthName, contentName]

    let grammar: Grammar
    let chain: [Conversation]
    private var actors: [String: Conversation.Actor] = [:]
    private(set) var values: [String: String] = [:]
    private var payloads: [String: ToldPayload] = [:]
    /// The open connections, by client and server.
    private var open: [Pair: Int] = [:]
    private var connectionCount = 0
    /// The HTTP requests without an answer, with the kinds of their payloads.
    private var asked: [Pair: (service: String, kind: String?)] = [:]

    private(set) var told: ToldConversation
    /// What is wrong with the conversation itself; what is wrong with those before it is their own.
    var diagnostics = DiagnosticList()

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
                payloads[payload.name] = tell(payload, of: part)
                payloads[payload.name]?.about = payload.about
            }
        }
        for part in chain {
            for step in part.steps where step.versions.contains(version) { tell(step, of: part) }
        }
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
        var payload: ToldPayload?
        if let name = step.payload {
            payload = payloads[name.name]
            if payload == nil { refuseUnknownPayload(name, in: part) }
        }
        var text: String? = ""
        switch step.content {
        case .line(let line):
            let own = payload.map { [Self.lengthName: "\($0.bytes.count)"] } ?? [:]
            text = expanded(line, at: step.location, in: part, own)
        case .request(let service): text = grammar.httpServices[service.name]?.request ?? ""
        case .response(let line): text = expanded(line, at: step.location, in: part)
        case .connect, .close, .data: break
        }
        let headers = step.headers.compactMap { expanded($0, at: step.location, in: part) }
        let about = expanded(step.about, at: step.location, in: part)
        guard let text, let about else { return }
        var told = ToldConversation.Step(
            step: step, conversation: part.name, from: from, to: to, text: text, headers: headers,
            payload: payload?.bytes, payloadKind: payload?.kind, envelopeKind: payload?.envelope,
            payloadAbout: payload?.about ?? "", about: about)
        guard connect(&told, in: part) else { return }
        self.told.steps.append(told)
    }

    /// Finds the connection of a step; false if it cannot be.
    private mutating func connect(_ step: inout ToldConversation.Step, in part: Conversation) -> Bool {
        let place = step.step.location
        let isWeb: Bool
        let pair: Pair
        switch (step.from.role, step.to.role) {
        case (.client, .server), (.client, .direct):
            (pair, isWeb) = (Pair(client: step.from.name, server: step.to.name), false)
        case (.server, .client), (.direct, .client):
            (pair, isWeb) = (Pair(client: step.to.name, server: step.from.name), false)
        case (.client, .web): (pair, isWeb) = (Pair(client: step.from.name, server: step.to.name), true)
        case (.web, .client): (pair, isWeb) = (Pair(client: step.to.name, server: step.from.name), true)
        default:
            refuse("conversation-role", "a client and a server talk to each other", at: place, in: part)
            return false
        }
        let (client, server) = (pair.client, pair.server)
        switch step.step.content {
        case .request(let service) where isWeb && step.from.name == client:
            step.httpService = service.name
            if asked.updateValue((service.name, step.payloadKind), forKey: pair) == nil { return true }
            refuse("conversation-order", "the request before this one has no answer yet", at: place, in: part)
        case .response where isWeb && step.from.name == server:
            if let request = asked.removeValue(forKey: pair) {
                (step.httpService, step.requestKind) = request
                return true
            }
            refuse("conversation-order", "no request came before this answer", at: place, in: part)
        case .connect where !isWeb && step.from.name == client:
            if open[pair] == nil {
                open[pair] = connectionCount
                step.connection = connectionCount
                connectionCount += 1
                return true
            }
            refuse("conversation-order", "'\(client)' is connected to '\(server)' already", at: place, in: part)
        case .line where step.frame != nil:
            refuse(
                "conversation-role", "a direct connection has no lines; what goes over it are payloads", at: place,
                in: part)
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
