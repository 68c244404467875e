import YAMLTree

extension GrammarChecker {
    /// The rules over conversations that need no lines to be decoded.
    mutating func checkConversations() {
        for conversation in grammar.conversations {
            checkName(conversation.name, as: .conversation, at: conversation.location)
            if let twin = grammar.conversations[conversation.name], twin.location != conversation.location {
                error(
                    "duplicate-name", "the conversation '\(conversation.name)' is told twice",
                    at: conversation.location, notes: [.init(message: "the first is here", location: twin.location)])
            }
            if conversation.steps.isEmpty {
                error(
                    "conversation-step", "the conversation '\(conversation.name)' has no step",
                    at: conversation.location)
            }
            for actor in conversation.actors { checkService(of: actor) }
            for step in conversation.steps {
                if case .request(let service) = step.content { checkHTTPService(service) }
            }
            for kind in conversation.payloads.compactMap(\.kind) { _ = payloadType(kind) }
            checkBeginnings(of: conversation)
        }
        guard !diagnostics.hasErrors else { return }
        for conversation in grammar.conversations { checkMembers(of: conversation) }
        checkUnusedMembers()
    }

    private mutating func checkService(of actor: Conversation.Actor) {
        switch actor.role {
        case .client: break
        case .server(let service):
            guard !grammar.services.contains(where: { $0.name == service }) else { return }
            diagnostics.unknown(
                "unknown-service", "no service is named '\(service)'", service, among: grammar.services.map(\.name),
                at: actor.roleLocation)
        case .direct(let payload): checkFrame(payload)
        case .web(let services):
            for service in services { checkHTTPService(service) }
            let hosts = Set(services.compactMap { grammar.httpServices[$0.name]?.hosts.first })
            if hosts.count > 1 {
                error(
                    "conversation-role", "these services have different hosts; each needs an actor of its own",
                    at: actor.roleLocation)
            }
        }
    }

    /// Payloads follow each other on a direct connection, so each must say where it ends.
    private mutating func checkFrame(_ reference: Reference) {
        guard let payload = payloadType(reference) else { return }
        if case .binary(let content) = payload.content, content.dataLength != nil { return }
        error(
            "conversation-role",
            "'\(payload.name)' does not say its size; a direct connection needs a binary payload with 'data-length'",
            at: reference.location)
    }

    private mutating func payloadType(_ reference: Reference) -> PayloadType? {
        if let payload = grammar.payloads.first(where: { $0.name == reference.name }) { return payload }
        diagnostics.unknown(
            "unknown-payload", "no payload of the grammar is named '\(reference.name)'", reference.name,
            among: grammar.payloads.map(\.name), at: reference.location)
        return nil
    }

    private mutating func checkBeginnings(of conversation: Conversation) {
        for version in conversation.versions.numbers {
            guard let before = conversation.beginning(in: version),
                grammar.chain(of: conversation, in: version) == nil
            else { continue }
            guard let other = grammar.conversations[before.name] else {
                diagnostics.unknown(
                    "unknown-conversation", "no conversation is named '\(before.name)'", before.name,
                    among: grammar.conversations.map(\.name), at: before.location)
                return
            }
            let isTold = other.versions.contains(version)
            let place = grammar.describe(VersionSet([version]))
            let reason =
                isTold
                ? "more than \(GrammarLimit.beginnings) conversations come before this one"
                : "'\(before.name)' is not told in \(place)"
            return error("conversation-beginning", reason, at: before.location)
        }
    }

    /// The names of a conversation, and of those before it, are different.
    private mutating func checkMembers(of conversation: Conversation) {
        var chain: [Conversation] = []
        for version in conversation.versions.numbers {
            for part in grammar.chain(of: conversation, in: version)?.dropLast() ?? []
            where !chain.contains(where: { $0.name == part.name }) {
                chain.append(part)
            }
        }
        checkNames(
            conversation.actors.map { ($0.name, $0.location) }, among: chain.map { ($0.name, $0.actors.map(\.name)) },
            of: conversation)
        checkNames(
            conversation.values.map { ($0.name, $0.location) }, among: chain.map { ($0.name, $0.values.map(\.name)) },
            of: conversation)
        checkNames(
            conversation.payloads.map { ($0.name, $0.location) },
            among: chain.map { ($0.name, $0.payloads.map(\.name)) }, of: conversation)
        for value in conversation.values
        where ConversationTeller.ownNames.contains(value.name) {
            error("bad-name", "every conversation has a value named '\(value.name)'", at: value.location)
        }
    }

    private mutating func checkNames(
        _ names: [(String, SourceLocation)], among others: [(owner: String, names: [String])],
        of conversation: Conversation
    ) {
        checkNames(names, of: conversation.name)
        for (name, location) in names {
            guard let owner = others.first(where: { $0.names.contains(name) })?.owner else { continue }
            error("duplicate-name", "'\(owner)', which comes before, has a '\(name)', too", at: location)
        }
    }

    // MARK: - What nothing uses

    private mutating func checkUnusedMembers() {
        /// The names that are used, by the conversation that declares them.
        var used: [String: Set<String>] = [:]
        for conversation in grammar.conversations {
            let names = Set(conversation.texts.flatMap { ConversationText($0).names }.map { "value " + $0 })
                .union(conversation.steps.flatMap { [$0.from.name, $0.to.name] }.map { "actor " + $0 })
                .union(conversation.steps.compactMap(\.payload?.name).map { "payload " + $0 })
                .union(conversation.payloads.compactMap(\.envelope?.name).map { "payload " + $0 })
            for version in conversation.versions.numbers {
                for part in grammar.chain(of: conversation, in: version) ?? [] {
                    used[part.name, default: []].formUnion(names)
                }
            }
        }
        for conversation in grammar.conversations {
            let members =
                conversation.actors.map { ("actor", $0.name, $0.location) }
                + conversation.values.map { ("value", $0.name, $0.location) }
                + conversation.payloads.map { ("payload", $0.name, $0.location) }
            for (kind, name, location) in members where used[conversation.name]?.contains("\(kind) \(name)") != true {
                error("unused-member", "nothing uses the \(kind) '\(name)'; remove it", at: location)
            }
        }
    }

    // MARK: - Lines

    /// Each line is right in each of its versions, and on an open connection.
    mutating func checkConversationLines() {
        for conversation in grammar.conversations {
            var reading = ConversationReading()
            for version in conversation.versions.numbers {
                let teller = ConversationTeller(grammar, conversation, version)
                for diagnostic in teller.diagnostics.all where reading.failed.insert(diagnostic.location).inserted {
                    diagnostics.append(diagnostic)
                }
                for step in teller.told.ownSteps where !reading.failed.contains(step.step.location) {
                    guard let (message, notes) = complaint(about: step, version, &reading) else { continue }
                    reading.failed.insert(step.step.location)
                    error("conversation-line", message, at: step.step.location, notes: notes)
                }
            }
        }
    }

    /// What was decoded so far.
    private struct ConversationReading {
        /// The places of steps that have an error already.
        var failed: Set<SourceLocation> = []
        /// Lines and the first version of a class of versions in which they are the same.
        var known: Set<String> = []
        var classes: [String: [VersionSet]] = [:]
    }

    private mutating func complaint(
        about step: ToldConversation.Step, _ version: Int, _ reading: inout ConversationReading
    ) -> (message: String, notes: [Diagnostic.Note])? {
        switch step.step.content {
        case .connect, .close: return nil
        case .data: return complaint(aboutData: step, version).map { ($0, []) }
        case .request: return complaint(aboutRequest: step, version).map { ($0, []) }
        case .response: return complaint(aboutResponse: step, version).map { ($0, []) }
        case .line: return complaint(aboutLine: step, version, &reading)
        }
    }

    private func complaint(aboutData step: ToldConversation.Step, _ version: Int) -> String? {
        guard let frame = step.frame else { return nil }
        let exists = grammar.payloads.contains { $0.name == frame.name && $0.versions.contains(version) }
        guard exists else { return "'\(frame.name)' does not exist in \(grammar.describe(VersionSet([version])))" }
        guard step.payloadKind == frame.name, step.envelopeKind == nil else {
            return "all that goes over this connection are payloads of the kind '\(frame.name)'"
        }
        return nil
    }

    private mutating func complaint(
        aboutLine step: ToldConversation.Step, _ version: Int, _ reading: inout ConversationReading
    ) -> (message: String, notes: [Diagnostic.Note])? {
        guard let sender = step.sender, let service = step.service else { return nil }
        let place = grammar.describe(VersionSet([version]))
        let name = String(step.text.prefix { $0 != " " })
        if sender == .server, name.utf8.count == 3, name.utf8.allSatisfy(\.isDigit) {
            let isError = isError(step.text, payloadCount: step.payload?.count, in: version)
            return isError ? nil : ("this is no error of \(place)", [])
        }
        if let command = grammar.command(named: name) {
            let classes = reading.classes[name] ?? versionClasses(of: command, within: grammar.allVersions)
            reading.classes[name] = classes
            let first = classes.first { $0.contains(version) }?.first ?? version
            let key =
                "\(first) \(sender) \(service) \(step.payload?.count ?? -1) \(step.payloadKind ?? "") \(step.text)"
            guard reading.known.insert(key).inserted else { return nil }
        }
        do throws(MatchFailure) {
            let found = try matcher.match(
                Array(step.text.utf8), payloadCount: step.payload?.count, sender: sender, service: service,
                version: version)
            if found.form.payload == nil, step.payload != nil {
                return ("\(found.form.fullName) has no payload", [])
            }
            guard let kind = step.envelopeKind ?? step.payloadKind,
                !grammar.payloads(of: found.form).contains(where: { $0.name == kind && $0.versions.contains(version) })
            else { return nil }
            return ("'\(kind)' is no payload of \(found.form.fullName) in \(place)", [])
        } catch {
            let form = error.form.map { "'\(name).\($0)': " } ?? ""
            return ("this line cannot be read in \(place)", [.init(message: form + error.sentence, location: nil)])
        }
    }

    /// Whether a line is an error with a transaction ID, and where there is one, with the length of a payload.
    private func isError(_ text: String, payloadCount: Int?, in version: Int) -> Bool {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count > 1, let number = Int(words[0]), UInt32(words[1]) != nil,
            grammar.errors.contains(where: { $0.number == number && $0.versions.contains(version) })
        else { return false }
        guard let payloadCount else { return words.count == 2 }
        return words.count == 3 && Int(words[2]) == payloadCount && grammar.errorPayloadVersions.contains(version)
    }
}

extension Conversation {
    /// All texts that may name values.
    fileprivate var texts: [String] {
        let accounts = actors.compactMap { actor in
            if case .client(let account) = actor.role { account } else { nil }
        }
        return accounts + actors.map(\.about) + steps.map(\.about)
            + payloads.flatMap { [$0.header, $0.text].compactMap(\.self) }
            + steps.flatMap { step -> [String] in
                switch step.content {
                case .line(let text), .response(let text): [text] + step.headers
                case .connect, .close, .data, .request: step.headers
                }
            }
    }
}
