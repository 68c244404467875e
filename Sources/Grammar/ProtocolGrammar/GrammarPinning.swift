extension Grammar {
    /// The part of the grammar for some versions: what exists in none of them is gone, and what exists in all
    /// of them is no longer optional.
    public func pinned(to wanted: VersionSet) -> Grammar {
        let kept = wanted.intersection(allVersions)
        var result = self
        result.versions = versions.filter { kept.contains($0.number) }
        // Code can ask for a fact that holds in none of the versions.
        result.facts = []
        for var fact in facts {
            fact.versions = fact.versions.intersection(kept)
            result.facts.append(fact)
        }
        result.errorPayloadVersions = errorPayloadVersions.intersection(kept)
        result.errors = errors.compactMap { code in
            Self.narrowed(code, \.versions, to: kept)
        }
        result.commands = []
        for command in commands { result.commands.append(pinned(command, to: kept)) }
        result.httpServices = []
        result.httpServices.append(contentsOf: httpServices.compactMap { Self.narrowed($0, \.versions, to: kept) })
        result.payloads = payloads.compactMap { result.pinned($0, to: kept) }
        let left = Set(result.payloads.map(\.name))
        for index in result.payloads.indices {
            result.payloads[index].bearers.removeAll { !left.contains($0.payload.name) }
        }
        let included = Set(result.payloads.flatMap(\.includes))
        result.elementSets = elementSets.filter { included.contains($0.name) }
        result.algorithms = []
        result.algorithms.append(contentsOf: algorithms.compactMap { Self.narrowed($0, \.versions, to: kept) })
        result.sessions = sessions.map { result.pinned($0, to: kept) }
        // No code is made of stories, and their lines are those of all versions.
        result.conversations = []
        // Nor of what nobody knows.
        result.questions = []
        result.types = []
        let used = result.usedTypes(among: types)
        for type in types where used.contains(type.name) { result.types.append(Self.pinned(type, to: kept)) }
        return result
    }

    private static func narrowed<Value>(
        _ value: Value, _ path: WritableKeyPath<Value, VersionSet>, to kept: VersionSet
    ) -> Value? {
        var value = value
        value[keyPath: path] = value[keyPath: path].intersection(kept)
        return value[keyPath: path].isEmpty ? nil : value
    }

    private func pinned(_ command: Command, to kept: VersionSet) -> Command {
        var command = command
        command.versions = command.versions.intersection(kept)
        command.forms = command.forms.compactMap { form in
            guard var form = Self.narrowed(form, \.versions, to: kept) else { return nil }
            form.parameters = form.parameters.compactMap { Self.narrowed($0, \.versions, to: kept) }
            form.answers = form.answers.compactMap { pinned($0, to: form, kept) }
            form.deviations = form.deviations.compactMap { Self.narrowed($0, \.versions, to: kept) }
            return form
        }
        command.changes = command.changes.filter { kept.contains($0.version) }
        return command
    }

    /// An answer without the values that are gone; nil if it depends on those alone.
    private func pinned(_ answer: Answer, to form: Form, _ kept: VersionSet) -> Answer? {
        guard let condition = answer.condition,
            let type = form.values.first(where: { $0.name == condition.parameter.name })?.main.typeName,
            case .enumeration(let values, _) = types[type]?.kind
        else { return answer }
        let left = values.filter { !$0.versions.intersection(kept).isEmpty }.map(\.name)
        var answer = answer
        answer.condition?.values.removeAll { !left.contains($0.name) }
        return answer.condition?.values.isEmpty == true ? nil : answer
    }

    private static func pinned(_ type: ValueType, to kept: VersionSet) -> ValueType {
        var type = type
        type.deviations = type.deviations.compactMap { narrowed($0, \.versions, to: kept) }
        switch type.kind {
        case .enumeration(let values, let isOpen):
            let values = values.compactMap { narrowed($0, \.versions, to: kept) }
            type.kind = .enumeration(values: values, isOpen: isOpen)
        case .flags(let values, let fields):
            type.kind = .flags(
                values: values.compactMap { narrowed($0, \.versions, to: kept) },
                fields: fields.compactMap { narrowed($0, \.versions, to: kept) })
        case .token(let limit, let shapes):
            let left = shapes.compactMap { narrowed($0, \.versions, to: kept) }
            // A token without shapes accepts any word.
            type.kind = .token(limit: limit, shapes: left.isEmpty ? shapes : left)
        case .composite(let parts):
            type.kind = .composite(parts: parts.compactMap { narrowed($0, \.versions, to: kept) })
        default: break
        }
        return type
    }

    /// The commands must be pinned already.
    private func pinned(_ payload: PayloadType, to kept: VersionSet) -> PayloadType? {
        guard var payload = Self.narrowed(payload, \.versions, to: kept) else { return nil }
        func fields(_ fields: [PayloadType.Field]) -> [PayloadType.Field] {
            fields.compactMap { Self.narrowed($0, \.versions, to: kept) }
        }
        switch payload.content {
        case .mime(var content):
            content.fields = fields(content.fields)
            payload.content = .mime(content)
        case .blocks(var content):
            for index in content.blocks.indices { content.blocks[index].fields = fields(content.blocks[index].fields) }
            payload.content = .blocks(content)
        case .xml, .binary: break
        }
        payload.commands = payload.commands.filter { hasForm($0.name) }
        return payload
    }

    private func pinned(_ session: Session, to kept: VersionSet) -> Session {
        func pinned(_ rules: [Session.Rule]) -> [Session.Rule] {
            rules.compactMap { rule in
                rule.command.name.hasPrefix("error") || hasForm(rule.command.name)
                    ? Self.narrowed(rule, \.versions, to: kept) : nil
            }
        }
        var session = session
        for index in session.states.indices { session.states[index].rules = pinned(session.states[index].rules) }
        session.closed = pinned(session.closed)
        return session
    }

    /// Whether `USR` or `USR.challenge` still exists.
    private func hasForm(_ name: String) -> Bool {
        !forms(named: name).isEmpty
    }

    /// The types that forms and payloads use, directly or as parts and fields of other types.
    func usedTypes(among types: NamedList<ValueType>) -> Set<String> {
        let forms = commands.flatMap(\.forms)
        var pending = forms.flatMap { form in
            (form.parameters + form.deviations.flatMap { form.patched(by: $0).parameters }).compactMap(\.typeName)
        }
        for set in elementSets { pending += set.elements.flatMap(\.types) }
        pending += httpServices.flatMap(\.types)
        for payload in payloads {
            switch payload.content {
            case .mime(let content): pending += content.fields.map(\.type)
            case .blocks(let content): pending += content.types
            case .xml(let content): pending += content.elements.flatMap(\.types)
            case .binary(let content):
                pending += (content.numbers + content.footer).compactMap(\.type)
                if let entries = content.entryType { pending.append(entries.name) }
            }
        }
        var used: Set<String> = []
        while let name = pending.popLast() {
            if used.insert(name).inserted { pending += types[name]?.innerTypes ?? [] }
        }
        return used
    }
}
