import YAMLTree

extension GrammarReader {
    mutating func readCommand(_ node: YAMLNode, file: SourceFile) {
        guard let reader = NodeReader(node, "a command", into: &diagnostics) else { return }
        guard let name = reader.required("command", into: &diagnostics) else {
            return diagnostics.abandon(reader.location)
        }
        sources(reader)
        if let complaint = GrammarName.complaint(name, as: .command) {
            diagnostics.append(Diagnostic("bad-command", complaint, at: reader.place("command")))
            return diagnostics.abandon(reader.location)
        }
        let plainName = Self.baseName(file.path)
        if let complaint = Self.complaint(aboutFile: plainName, ofCommand: name) {
            diagnostics.append(Diagnostic("file-name", complaint, at: reader.place("command")))
        }
        var command = Command(
            name: name, plainName: plainName, about: reader.required("about", into: &diagnostics) ?? "",
            notes: reader.text("notes", into: &diagnostics) ?? "",
            services: services(reader, within: grammar.services.map(\.name)),
            versions: versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
            isNamedOnly: reader.choice("status", ["named"], into: &diagnostics) != nil, forms: [], changes: [],
            examples: [],
            invalidExamples: [], location: reader.place("command"))
        for sender in Sender.allCases {
            guard let forms = reader.node(sender.rawValue, into: &diagnostics),
                let list = NodeReader(forms, "'\(sender.rawValue)'", into: &diagnostics)
            else { continue }
            for entry in list.entries(atMost: GrammarLimit.forms, into: &diagnostics) {
                readForm(entry, sender: sender, into: &command)
            }
        }
        if let names = reader.node("names", into: &diagnostics),
            let list = NodeReader(names, "names", into: &diagnostics)
        {
            for entry in list.entries(into: &diagnostics) {
                guard let text = list.text(entry.key, into: &diagnostics) else { continue }
                guard TargetName.targets.contains(entry.key) else {
                    diagnostics.unknown(
                        "unknown-target", "no code is generated for '\(entry.key)'", entry.key,
                        among: TargetName.targets, at: entry.keyLocation)
                    continue
                }
                command.names.append(TargetName(target: entry.key, name: text, location: entry.value.location))
            }
        }
        if let changes = reader.node("changes", into: &diagnostics),
            let list = NodeReader(changes, "changes", into: &diagnostics)
        {
            for entry in list.entries(into: &diagnostics) {
                guard let number = Int(entry.key), grammar.allVersions.contains(number) else {
                    diagnostics.append(
                        Diagnostic(
                            .error, "bad-version", "'\(entry.key)' is not a version number of 'versions.yaml'",
                            at: entry.keyLocation))
                    continue
                }
                command.changes.append((number, entry.value.scalar ?? ""))
            }
        }
        for example in reader.list("examples", into: &diagnostics) { readExample(example, into: &command) }
        for example in reader.list("invalid", into: &diagnostics) { readInvalidExample(example, into: &command) }
        grammar.commands.append(command)
    }

    /// What is wrong with the name of a command's file, which is its name in code; nil if nothing is.
    private static func complaint(aboutFile file: String, ofCommand name: String) -> String? {
        if GrammarName.isPlain(name) {
            return name == file ? nil : "the command '\(name)' belongs in a file named '\(name).yaml'"
        }
        guard GrammarName.complaint(file, as: .commandFile) != nil else { return nil }
        return "the file of the command '\(name)' needs a name of letters and digits, such as 'OK.yaml' for '+OK'; the "
            + "command has this name in code"
    }

    private mutating func services(_ reader: NodeReader, within whole: [String]) -> [String] {
        let services = reader.references("services", into: &diagnostics)
        guard reader.has("services") else { return whole }
        return services.compactMap { reference in
            if whole.contains(reference.name) { return reference.name }
            diagnostics.unknown(
                "unknown-service", "no service here is named '\(reference.name)'", reference.name, among: whole,
                at: reference.location)
            return nil
        }
    }

    private mutating func readForm(_ entry: YAMLEntry, sender: Sender, into command: inout Command) {
        guard let reader = NodeReader(entry.value, "a form", into: &diagnostics) else { return }
        let rules = TransactionRule.allCases.map(\.rawValue)
        let rule = reader.choice("transaction", rules, into: &diagnostics)
        let evidence = evidence(reader)
        var form = Form(
            command: command.name, name: entry.key, about: reader.text("about", into: &diagnostics) ?? command.about,
            sender: sender, services: services(reader, within: command.services),
            versions: versions(reader, "versions", within: command.versions),
            transaction: rule.flatMap(TransactionRule.init) ?? grammar.transaction, parameters: [],
            payload: nil, answers: reader.list("answers", into: &diagnostics).compactMap { readAnswer($0) },
            errors: readErrorNames(reader),
            sources: evidence?.sources ?? [], confidence: evidence?.confidence ?? "documented",
            notes: reader.text("notes", into: &diagnostics) ?? "", location: entry.keyLocation)
        for node in reader.list("parameters", atMost: GrammarLimit.parameters, into: &diagnostics) {
            form.parameters += readParameter(node, within: form.versions)
            let count = form.parameters.count
            if count > GrammarLimit.rows {
                let what = "'parameters' of '\(form.name)' in all versions"
                diagnostics.append(.tooMany(count, in: what, GrammarLimit.rows, at: node.location))
                break
            }
        }
        if let node = reader.node("payload", into: &diagnostics) { form.payload = readPayload(node) }
        form.deviations = readDeviations(reader, of: form, command)
        if let twin = command.forms.first(where: { $0.name == form.name }) {
            diagnostics.append(
                Diagnostic(
                    .error, "duplicate-form",
                    "'\(form.name)' names two forms of \(command.name); rename one of them",
                    at: form.location,
                    notes: [.init(message: "the first is here", location: twin.location)]))
        }
        command.forms.append(form)
    }

    /// `USR.challenge`, or `{ form: ANS.present, count: 0+ }`, perhaps with a condition.
    private mutating func readAnswer(_ node: YAMLNode) -> Answer? {
        if let name = node.scalar { return Answer(form: Reference(name: name, location: node.location), count: .one) }
        guard let reader = NodeReader(node, "an answer", into: &diagnostics) else { return nil }
        let name = reader.required("form", into: &diagnostics)
        let count = reader.choice("count", Answer.Count.allCases.map(\.rawValue), into: &diagnostics)
        let condition = readAnswerCondition(reader)
        guard let name else { return nil }
        return Answer(
            form: Reference(name: name, location: reader.place("form")),
            count: count.flatMap(Answer.Count.init) ?? .one, condition: condition)
    }

    /// `when: { acknowledgement: [both, positive] }`
    private mutating func readAnswerCondition(_ reader: NodeReader) -> Answer.Condition? {
        guard let node = reader.node("when", into: &diagnostics),
            let list = NodeReader(node, "a condition of an answer", into: &diagnostics),
            let entry = list.entries(into: &diagnostics).first
        else { return nil }
        return Answer.Condition(
            parameter: Reference(name: entry.key, location: entry.keyLocation),
            values: list.names(entry.key, into: &diagnostics))
    }

    private mutating func readPayload(_ node: YAMLNode) -> Payload? {
        guard let reader = NodeReader(node, "a payload", into: &diagnostics) else { return nil }
        _ = reader.required("format", into: &diagnostics)
        let format = reader.choice("format", Payload.Format.allCases.map(\.rawValue), into: &diagnostics)
        reader.remarks("notes", into: &diagnostics)
        return Payload(
            format: format.flatMap(Payload.Format.init) ?? .bytes,
            roots: reader.references("roots", into: &diagnostics).map(\.name),
            limit: reader.number("limit", 0...16_777_216, into: &diagnostics),
            length: reader.number("length", 0...16_777_216, into: &diagnostics),
            lengthBefore: reader.reference("length-before", into: &diagnostics),
            headerLength: reader.reference("header-length", into: &diagnostics),
            about: reader.text("about", into: &diagnostics) ?? "", location: node.location)
    }

    private mutating func readExample(_ node: YAMLNode, into command: inout Command) {
        guard let reader = NodeReader(node, "an example", into: &diagnostics) else { return }
        readRemarks(reader)
        var example = Example(
            title: reader.required("title", into: &diagnostics) ?? "",
            versions: versions(reader, "versions", within: command.versions),
            service: reader.choice("service", command.services, isFixed: false, into: &diagnostics)
                ?? command.services.first ?? "",
            lines: [], location: node.location)
        for line in reader.list("lines", into: &diagnostics) {
            guard let fields = NodeReader(line, "a line", into: &diagnostics) else { continue }
            let sender = fields.sender(into: &diagnostics)
            let form = fields.required("form", into: &diagnostics)
            let payload = fields.text("payload", into: &diagnostics)
            let values =
                fields.node("values", into: &diagnostics)
                .flatMap { NodeReader($0, "values", into: &diagnostics) }?.entries(into: &diagnostics) ?? []
            guard let sender, let form,
                let text = fields.text(sender.rawValue, atMost: grammar.limits.line, into: &diagnostics)
            else { continue }
            example.lines.append(
                .init(
                    sender: sender, text: text, payload: payload, form: form,
                    values: values.map { ($0.key, $0.value) }, location: fields.place(sender.rawValue)))
        }
        command.examples.append(example)
    }

    private mutating func readInvalidExample(_ node: YAMLNode, into command: inout Command) {
        guard let reader = NodeReader(node, "an invalid example", into: &diagnostics) else { return }
        let sender = reader.sender(into: &diagnostics)
        let kinds = MatchFailure.Kind.allCases.map(\.rawValue)
        _ = reader.required("error", into: &diagnostics)
        let error = reader.choice("error", kinds, into: &diagnostics)
        let parameter = reader.text("parameter", into: &diagnostics)
        let payload = reader.text("payload", into: &diagnostics)
        let versions = versions(reader, "versions", within: grammar.allVersions, unstated: command.versions)
        let service = reader.choice(
            "service", grammar.services.map(\.name), isFixed: false, into: &diagnostics)
        reader.remarks("about", into: &diagnostics)
        readRemarks(reader)
        guard let sender, let error,
            let text = reader.text(sender.rawValue, atMost: grammar.limits.line, into: &diagnostics)
        else { return }
        command.invalidExamples.append(
            InvalidExample(
                sender: sender, text: text, payload: payload, versions: versions,
                service: service ?? command.services.first ?? "", error: error, parameter: parameter,
                location: reader.place(sender.rawValue)))
    }
}
