import YAMLTree

extension GrammarReader {
    mutating func readCommand(_ node: YAMLNode, file: SourceFile) {
        let keys = [
            "command", "about", "status", "services", "versions", "client", "server", "changes", "examples", "invalid",
            "notes", "sources", "names",
        ]
        guard let reader = NodeReader(node, "a command", keys: keys, into: &diagnostics),
            let name = reader.required("command", into: &diagnostics)
        else { return }
        if name != Self.baseName(file.path) {
            diagnostics.append(
                Diagnostic(
                    .error, "file-name", "the command '\(name)' belongs in a file named '\(name).yaml'",
                    at: reader.place("command")))
        }
        if !(1...4).contains(name.utf8.count) || !name.utf8.allSatisfy({ $0.isLetter || $0.isDigit }) {
            diagnostics.append(
                Diagnostic(
                    .error, "bad-command", "'\(name)' is not a command word of 1 to 4 letters and digits",
                    at: reader.place("command")))
            return
        }
        var command = Command(
            name: name, about: reader.required("about", into: &diagnostics) ?? "",
            services: services(reader, within: grammar.services.map(\.name)),
            versions: versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
            isNamedOnly: reader.choice("status", ["named"], into: &diagnostics) != nil, forms: [], changes: [],
            examples: [],
            invalidExamples: [], location: reader.place("command"))
        for sender in Sender.allCases {
            guard let forms = reader.node(sender.rawValue),
                let list = NodeReader(forms, "'\(sender.rawValue)'", keys: [], into: &diagnostics)
            else { continue }
            for entry in list.all { readForm(entry, sender: sender, into: &command) }
        }
        if let names = reader.node("names"), let list = NodeReader(names, "names", keys: [], into: &diagnostics) {
            for entry in list.all {
                guard let text = list.text(entry.key, into: &diagnostics) else { continue }
                command.names.append(TargetName(target: entry.key, name: text, location: entry.value.location))
            }
        }
        if let changes = reader.node("changes"),
            let list = NodeReader(changes, "changes", keys: [], into: &diagnostics)
        {
            for entry in list.all {
                guard let number = Int(entry.key), grammar.allVersions.contains(number) else {
                    diagnostics.append(
                        Diagnostic(.error, "bad-version", "'\(entry.key)' is not a version", at: entry.keyLocation))
                    continue
                }
                command.changes.append((number, entry.value.scalar ?? ""))
            }
        }
        for example in reader.list("examples", into: &diagnostics) { readExample(example, into: &command) }
        for example in reader.list("invalid", into: &diagnostics) { readInvalidExample(example, into: &command) }
        grammar.commands.append(command)
    }

    private mutating func services(_ reader: NodeReader, within whole: [String]) -> [String] {
        guard reader.has("services") else { return whole }
        return reader.references("services", into: &diagnostics).compactMap { reference in
            if whole.contains(reference.name) { return reference.name }
            diagnostics.append(
                .unknown(
                    "unknown-service", "no service here is named '\(reference.name)'", reference.name, among: whole,
                    at: reference.location))
            return nil
        }
    }

    private mutating func readForm(_ entry: YAMLEntry, sender: Sender, into command: inout Command) {
        let keys = [
            "about", "services", "versions", "transaction", "parameters", "payload", "answers", "errors", "sources",
            "confidence", "notes", "deviations",
        ]
        guard let reader = NodeReader(entry.value, "a form", keys: keys, into: &diagnostics) else { return }
        let rules = TransactionRule.allCases.map(\.rawValue)
        let rule = reader.choice("transaction", rules, into: &diagnostics)
        let confidence = ["observed", "documented", "inferred"]
        var form = Form(
            command: command.name, name: entry.key, about: reader.text("about", into: &diagnostics) ?? command.about,
            sender: sender, services: services(reader, within: command.services),
            versions: versions(reader, "versions", within: command.versions),
            transaction: rule.flatMap(TransactionRule.init) ?? .required, parameters: [],
            payload: nil, answers: reader.list("answers", into: &diagnostics).compactMap { readAnswer($0) },
            errors: readErrorNames(reader),
            sources: reader.references("sources", into: &diagnostics).map(\.name),
            confidence: reader.choice("confidence", confidence, into: &diagnostics) ?? "documented",
            notes: reader.text("notes", into: &diagnostics) ?? "", location: entry.keyLocation)
        for node in reader.list("parameters", into: &diagnostics) {
            form.parameters += readParameter(node, within: form.versions)
        }
        if let node = reader.node("payload") { form.payload = readPayload(node) }
        form.deviations = readDeviations(reader, of: form)
        if let twin = command.forms.first(where: { $0.name == form.name }) {
            diagnostics.append(
                Diagnostic(
                    .error, "duplicate-form",
                    "'\(form.name)' names two forms of \(command.name); client and server need names of their own",
                    at: form.location,
                    notes: [.init(message: "the first is here", location: twin.location)]))
        }
        command.forms.append(form)
    }

    /// `USR.challenge`, or `{ form: ANS.present, count: 0+ }`.
    private mutating func readAnswer(_ node: YAMLNode) -> Answer? {
        if let name = node.scalar { return Answer(form: Reference(name: name, location: node.location), count: .one) }
        guard let reader = NodeReader(node, "an answer", keys: ["form", "count"], into: &diagnostics),
            let name = reader.required("form", into: &diagnostics)
        else { return nil }
        let count = reader.choice("count", Answer.Count.allCases.map(\.rawValue), into: &diagnostics)
        return Answer(
            form: Reference(name: name, location: reader.place("form")),
            count: count.flatMap(Answer.Count.init) ?? .one)
    }

    private mutating func readPayload(_ node: YAMLNode) -> Payload? {
        let keys = ["format", "roots", "limit", "length", "about", "notes"]
        guard let reader = NodeReader(node, "a payload", keys: keys, into: &diagnostics),
            reader.required("format", into: &diagnostics) != nil,
            let format = reader.choice("format", Payload.Format.allCases.map(\.rawValue), into: &diagnostics)
                .flatMap(Payload.Format.init)
        else { return nil }
        return Payload(
            format: format, roots: reader.references("roots", into: &diagnostics).map(\.name),
            limit: reader.number("limit", 0...16_777_216, into: &diagnostics),
            length: reader.number("length", 0...16_777_216, into: &diagnostics),
            about: reader.text("about", into: &diagnostics) ?? "", location: node.location)
    }

    private mutating func readExample(_ node: YAMLNode, into command: inout Command) {
        let keys = ["title", "versions", "service", "lines", "sources", "notes"]
        guard let reader = NodeReader(node, "an example", keys: keys, into: &diagnostics) else { return }
        var example = Example(
            title: reader.required("title", into: &diagnostics) ?? "",
            versions: versions(reader, "versions", within: command.versions),
            service: reader.choice("service", command.services, into: &diagnostics) ?? command.services.first ?? "",
            lines: [], location: node.location)
        for line in reader.list("lines", into: &diagnostics) {
            let keys = ["client", "server", "payload", "form", "values"]
            guard let fields = NodeReader(line, "a line", keys: keys, into: &diagnostics),
                let form = fields.required("form", into: &diagnostics)
            else { continue }
            let sender: Sender = fields.has("server") ? .server : .client
            guard let text = fields.required(sender.rawValue, into: &diagnostics) else { continue }
            let values = fields.node("values").flatMap { NodeReader($0, "values", keys: [], into: &diagnostics) }
            example.lines.append(
                .init(
                    sender: sender, text: text, payload: fields.text("payload", into: &diagnostics), form: form,
                    values: values?.all.map { ($0.key, $0.value) } ?? [], location: fields.place(sender.rawValue)))
        }
        command.examples.append(example)
    }

    private mutating func readInvalidExample(_ node: YAMLNode, into command: inout Command) {
        let keys = [
            "client", "server", "payload", "versions", "service", "error", "parameter", "about", "sources", "notes",
        ]
        guard let reader = NodeReader(node, "an invalid example", keys: keys, into: &diagnostics) else { return }
        let sender: Sender = reader.has("server") ? .server : .client
        let kinds = MatchFailure.Kind.allCases.map(\.rawValue)
        guard let text = reader.required(sender.rawValue, into: &diagnostics),
            reader.required("error", into: &diagnostics) != nil,
            let error = reader.choice("error", kinds, into: &diagnostics)
        else { return }
        command.invalidExamples.append(
            InvalidExample(
                sender: sender, text: text, payload: reader.text("payload", into: &diagnostics),
                versions: versions(reader, "versions", within: grammar.allVersions),
                service: reader.choice("service", grammar.services.map(\.name), into: &diagnostics)
                    ?? command.services.first ?? "",
                error: error, parameter: reader.text("parameter", into: &diagnostics),
                location: reader.place(sender.rawValue)))
    }
}
