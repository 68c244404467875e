import YAMLTree

extension GrammarReader {
    mutating func readConversation(_ node: YAMLNode, file: SourceFile) {
        guard let reader = NodeReader(node, "a conversation", into: &diagnostics) else { return }
        let name = reader.required("conversation", into: &diagnostics)
        let title = reader.required("title", into: &diagnostics)
        let about = reader.text("about", into: &diagnostics) ?? ""
        let notes = reader.text("notes", into: &diagnostics) ?? ""
        let sources = sources(reader)
        let versions = versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions)
        let beginnings: Versioned<Reference?> = versioned(reader, "after", within: versions, nil) { map, key, found in
            map.text(key, into: &found).map { Reference(name: $0, location: map.place(key)) }
        }
        let actors = entries(of: reader, "actors", GrammarLimit.actors).compactMap { readActor($0) }
        let values = entries(of: reader, "values", GrammarLimit.conversationValues).map { entry in
            readConversationValue(entry, of: reader, within: versions)
        }
        let payloads = entries(of: reader, "payloads", GrammarLimit.conversationPayloads)
            .compactMap { readConversationPayload($0) }
        let steps = reader.list("steps", atMost: GrammarLimit.conversationSteps, into: &diagnostics)
            .compactMap { readStep($0, within: versions) }
        guard let name, let title else { return }
        if Self.baseName(file.path) != name {
            diagnostics.append(
                Diagnostic(
                    .error, "file-name", "the conversation '\(name)' belongs in a file named '\(name).yaml'",
                    at: reader.place("conversation")))
        }
        stepCount += steps.count
        if stepCount > GrammarLimit.allSteps {
            diagnostics.append(
                .tooMany(
                    stepCount, in: "'steps' of all conversations", GrammarLimit.allSteps,
                    at: reader.place("conversation")))
            return
        }
        grammar.conversations.append(
            Conversation(
                name: name, title: title, about: about, notes: notes, sources: sources, versions: versions,
                beginnings: beginnings, actors: actors, values: values, payloads: payloads, steps: steps,
                location: reader.place("conversation")))
    }

    /// The entries of a mapping of names.
    private mutating func entries(of reader: NodeReader, _ key: String, _ limit: Int) -> [YAMLEntry] {
        guard let node = reader.node(key, into: &diagnostics),
            let list = NodeReader(node, "'\(key)'", into: &diagnostics)
        else { return [] }
        return list.entries(atMost: limit, into: &diagnostics)
    }

    private mutating func readActor(_ entry: YAMLEntry) -> Conversation.Actor? {
        guard let reader = NodeReader(entry.value, "an actor", into: &diagnostics) else { return nil }
        let about = reader.text("about", into: &diagnostics) ?? ""
        let roles: [(key: String, role: (String) -> Conversation.Actor.Role)] = [
            ("client", { .client(account: $0) }), ("service", { .server(service: $0) }),
        ]
        var found = roles.compactMap { key, role in
            reader.text(key, into: &diagnostics).map { (key: key, role: role($0)) }
        }
        if let payload = reader.reference("direct", into: &diagnostics) {
            found.append((key: "direct", role: .direct(payload: payload)))
        }
        let services = reader.names("web", into: &diagnostics)
        if !services.isEmpty { found.append((key: "web", role: .web(services: services))) }
        guard let first = found.first, found.count == 1 else {
            diagnostics.append(
                Diagnostic(
                    "conversation-role",
                    "an actor must have exactly one of the keys 'client', 'service', 'direct' and 'web'",
                    at: reader.location))
            return nil
        }
        return Conversation.Actor(
            name: entry.key, role: first.role, about: about, location: entry.keyLocation,
            roleLocation: reader.place(first.key))
    }

    /// Reads a text, or a mapping of versions to texts.
    private mutating func readConversationValue(
        _ entry: YAMLEntry, of reader: NodeReader, within whole: VersionSet
    ) -> Conversation.Value {
        var value = Conversation.Value(
            name: entry.key, texts: Versioned(nil), about: "", location: entry.keyLocation)
        guard
            let list = reader.node("values", into: &diagnostics).flatMap({
                NodeReader($0, "'values'", into: &diagnostics)
            })
        else { return value }
        let limit = grammar.limits.line
        value.texts = versioned(list, entry.key, within: whole, nil) { map, key, found in
            map.text(key, atMost: limit, into: &found)
        }
        return value
    }

    private mutating func readConversationPayload(_ entry: YAMLEntry) -> Conversation.Payload? {
        guard let reader = NodeReader(entry.value, "a payload of a conversation", into: &diagnostics) else {
            return nil
        }
        let limit = grammar.limits.payload
        let payload = Conversation.Payload(
            name: entry.key,
            kind: reader.reference("kind", into: &diagnostics),
            envelope: reader.reference("within", into: &diagnostics),
            header: reader.text("header", atMost: limit, into: &diagnostics), bytes: hexadecimal(reader, "bytes"),
            footer: hexadecimal(reader, "footer"), text: reader.text("text", atMost: limit, into: &diagnostics),
            about: reader.text("about", into: &diagnostics) ?? "", location: entry.keyLocation)
        if payload.header == nil, payload.text == nil, payload.bytes.isEmpty {
            diagnostics.append(
                Diagnostic(
                    "missing-key", "a payload of a conversation needs 'header', 'text' or 'bytes'",
                    at: reader.location))
        }
        return payload
    }

    private mutating func readStep(_ node: YAMLNode, within whole: VersionSet) -> Conversation.Step? {
        guard let reader = NodeReader(node, "a step", into: &diagnostics) else { return nil }
        let limit = grammar.limits.line
        func text(_ key: String) -> String? { reader.text(key, atMost: limit, into: &diagnostics) }
        func name(_ key: String) -> Reference? { reader.reference(key, into: &diagnostics) }
        let (from, connecting, closing, to) = (name("from"), name("connect"), name("close"), name("to"))
        let (line, request, response) = (text("line"), name("request"), text("response"))
        let versions = versions(reader, "versions", within: whole)
        let headers = reader.references("headers", into: &diagnostics)
        let payload = name("payload")
        let isMistake = reader.flag("mistake", into: &diagnostics)
        let about = reader.text("about", into: &diagnostics) ?? ""
        let keys = ["connect", "close", "line", "request", "response"].filter(reader.has)
        let content: Conversation.Step.Content? =
            switch (connecting, closing, from, line, request, response) {
            case (_?, nil, nil, nil, nil, nil): .connect
            case (nil, _?, nil, nil, nil, nil): .close
            case (nil, nil, _?, let line?, nil, nil): .line(line)
            case (nil, nil, _?, nil, let request?, nil): .request(request)
            case (nil, nil, _?, nil, nil, let response?): .response(response)
            case (nil, nil, _?, nil, nil, nil) where payload != nil: .data
            default: nil
            }
        guard let content, let to, let from = from ?? connecting ?? closing else {
            diagnostics.append(
                Diagnostic(
                    "conversation-step",
                    "a step has 'to', and 'connect', 'close' or 'from'; with 'from' it has 'line', 'request', "
                        + "'response' or a payload alone", at: node.location))
            return nil
        }
        return Conversation.Step(
            content: content, from: from, to: to, versions: versions, headers: headers.map(\.name), payload: payload,
            isMistake: isMistake, about: about, location: keys.first.map(reader.place) ?? node.location)
    }
}
