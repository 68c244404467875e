import ProtocolGrammar

extension GrammarFacts {
    mutating func add(_ command: Command) {
        if let version, !grammar.has(command, in: version) { return }
        add(.command, command.name, command.versions, [command.about, command.isNamedOnly ? "known by name" : nil])
        for form in command.forms { add(form) }
    }

    private mutating func add(_ form: Form) {
        let payload = form.payload.map { payload in
            let limit = payload.limit.map { " of at most \($0) bytes" } ?? ""
            let length = payload.length.map { " of \($0) bytes" } ?? ""
            let roots = payload.roots.isEmpty ? "" : " with the root \(list(payload.roots))"
            let header = payload.headerLength.map { " with a header of \($0.name) bytes" } ?? ""
            return "\(payload.format.rawValue)\(limit)\(length)\(roots)\(header)"
        }
        let line = version.flatMap { form.syntax(in: $0) } ?? form.syntax(in: form.versions)
        add(
            .form, form.fullName, form.versions,
            [line, "from a \(form.sender.rawValue) on \(list(form.services))", payload, form.about])
        guard has(form.versions) else { return }
        var names: [String] = []
        for row in form.parameters where !names.contains(row.label) { names.append(row.label) }
        for name in names {
            let rows = form.parameters.filter { $0.label == name && has($0.versions) }
            guard !rows.isEmpty else { continue }
            add(.parameter, "\(form.fullName).\(name)", nil, rows.map(words) + [rows.first?.about])
        }
        for answer in form.answers {
            let condition = answer.condition.map { condition in
                "if \(condition.parameter.name) is \(list(condition.values.map(\.name)))"
            }
            add(.answer, "\(form.fullName) to \(answer.name)", nil, [answer.count.rawValue, condition])
        }
        for error in form.errors where version.map({ !grammar.errors(named: error.name, in: [$0]).isEmpty }) ?? true {
            add(.answer, "\(form.fullName) to error \(error.name)", nil, ["may come"])
        }
        for entry in form.deviations {
            let patches = entry.patches.map { patch in
                [
                    patch.name, patch.absent.map { "absent \($0)" }, patch.type.map { "type \($0.name)" },
                    patch.literal.map { "literal \($0)" }, patch.condition.map { _ in "another condition" },
                ].compactMap(\.self).joined(separator: " ")
            }
            add(
                .deviation, "\(form.fullName) \(list(entry.deviation.programs.map(\.name)))", entry.versions,
                [
                    entry.deviation.about, entry.model.map { "as in \($0)" }, entry.transaction?.rawValue,
                    entry.order.isEmpty ? nil : "order \(list(entry.order.map(\.name)))", list(patches),
                ])
        }
    }

    /// What a parameter is in one or several versions.
    private func words(of row: Parameter) -> String {
        let repetition: String? =
            switch row.repetition {
            case .once: nil
            case .words(let minimum): "repeated \(minimum)+"
            case .separated(let separator): "list separated by \(separator)"
            }
        let words = [
            row.typeName ?? "literal \(row.literal ?? "")", row.prefix.isEmpty ? nil : "prefix \(row.prefix)",
            row.isOptional ? "optional" : nil, row.allowsEmpty ? "may be empty" : nil, repetition,
            row.condition.map { "if \($0.parameter) is \($0.value)" }, row.minimum.map { "at least \($0)" },
            row.maximum.map { "at most \($0)" }, row.isSensitive ? "sensitive" : nil,
            row.isIgnorable ? "ignorable" : nil, version == nil ? "in \(grammar.spelling(of: row.versions))" : nil,
        ]
        return words.compactMap(\.self).joined(separator: " ")
    }
}

extension Parameter {
    /// The name, or the literal in quotes.
    fileprivate var label: String { name.isEmpty ? "'\(literal ?? "")'" : name }
}

extension Grammar {
    fileprivate func errors(named name: String, in versions: [Int]) -> [ErrorCode] {
        errors(named: name, in: VersionSet(versions))
    }
}
