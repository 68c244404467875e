import YAMLTree

extension GrammarReader {
    /// What every deviation has.
    private mutating func deviation(_ reader: NodeReader) -> Deviation {
        let programs = reader.references("programs", into: &diagnostics)
        if programs.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .error, "missing-key", "\(reader.what) needs the key 'programs' with one program at least",
                    at: reader.location))
        }
        reader.remarks("notes", into: &diagnostics)
        return Deviation(
            programs: programs,
            about: reader.required("about", into: &diagnostics) ?? "", sources: sources(reader),
            location: reader.location)
    }

    // MARK: - Types

    mutating func readSpellings(_ reader: NodeReader) -> [SpellingDeviation] {
        reader.list("deviations", atMost: GrammarLimit.formDeviations, into: &diagnostics).compactMap { node in
            guard let entry = NodeReader(node, "a deviation of a type", into: &diagnostics) else { return nil }
            let deviation = deviation(entry)
            let versions = versions(entry, "versions", within: grammar.allVersions)
            let example = entry.required("example", atMost: grammar.limits.line, into: &diagnostics) ?? ""
            _ = entry.required("spelling", into: &diagnostics)
            return entry.choice("spelling", Spelling.allCases.map(\.rawValue), into: &diagnostics)
                .flatMap(Spelling.init)
                .map { SpellingDeviation(spelling: $0, deviation: deviation, versions: versions, example: example) }
        }
    }

    // MARK: - Documents

    mutating func readDocumentDeviations(_ reader: NodeReader) -> [DocumentDeviation] {
        reader.list("deviations", into: &diagnostics).compactMap { node in
            guard let entry = NodeReader(node, "a deviation of a document", into: &diagnostics) else { return nil }
            let deviation = deviation(entry)
            let elements = entry.references("elements", into: &diagnostics)
            let example = entry.required("example", into: &diagnostics) ?? ""
            _ = entry.required("document", into: &diagnostics)
            return entry.choice("document", DocumentDeviation.Fault.allCases.map(\.rawValue), into: &diagnostics)
                .flatMap(DocumentDeviation.Fault.init)
                .map { DocumentDeviation(fault: $0, elements: elements, deviation: deviation, example: example) }
        }
    }

    // MARK: - Forms

    /// - Parameter command: the command with the forms before this one.
    mutating func readDeviations(_ reader: NodeReader, of form: Form, _ command: Command) -> [FormDeviation] {
        let nodes = reader.list("deviations", atMost: GrammarLimit.formDeviations, into: &diagnostics)
        let before = command.forms.reduce(0) { $0 + $1.deviations.count }
        let limit = GrammarLimit.commandDeviations
        if before <= limit, before + nodes.count > limit {
            let count = before + nodes.count
            diagnostics.append(
                .tooMany(count, in: "'deviations' of the command", limit, at: nodes[limit - before].location))
        }
        return nodes.prefix(max(0, limit - before)).compactMap { readDeviation($0, of: form) }
    }

    private mutating func readDeviation(_ node: YAMLNode, of form: Form) -> FormDeviation? {
        guard let entry = NodeReader(node, "a deviation of a form", into: &diagnostics) else { return nil }
        let patches = readPatches(entry)
        // Without versions of its own it is known where its patches name versions, and where they do not in all
        // versions of the form.
        let named = patches.reduce(VersionSet()) { $0.union($1.versions).union($1.missing) }
        let rule = entry.choice("transaction", TransactionRule.allCases.map(\.rawValue), into: &diagnostics)
        var result = FormDeviation(
            deviation: deviation(entry),
            versions: versions(
                entry, "versions", within: grammar.allVersions, unstated: named.isEmpty ? form.versions : named),
            model: entry.number("as-in", 0...VersionSet.maximum, into: &diagnostics),
            transaction: rule.flatMap(TransactionRule.init),
            order: entry.references("order", into: &diagnostics), patches: patches, examples: [])
        result.examples = readExamples(entry, from: form.sender, versions: result.versions)
        if let model = result.model, !form.versions.contains(model) {
            diagnostics.append(
                Diagnostic(
                    .error, "bad-version", "'\(form.name)' does not exist in version \(model)", at: entry.place("as-in")
                ))
        }
        return result
    }

    private mutating func readPatches(_ reader: NodeReader) -> [ParameterPatch] {
        guard let node = reader.node("parameters", into: &diagnostics),
            let list = NodeReader(node, "'parameters'", into: &diagnostics)
        else { return [] }
        return list.entries(into: &diagnostics).compactMap { entry in
            guard let patch = NodeReader(entry.value, "a patch of a parameter", into: &diagnostics) else { return nil }
            var result = ParameterPatch(name: entry.key, location: entry.keyLocation)
            let all = grammar.allVersions
            result.versions = versions(patch, "versions", within: all, unstated: VersionSet())
            result.missing = versions(patch, "missing", within: all, unstated: VersionSet())
            result.absent = patch.text("absent", into: &diagnostics)
            result.literal = patch.text("literal", into: &diagnostics)
            result.type = patch.text("type", into: &diagnostics).map {
                Reference(name: $0, location: patch.place("type"))
            }
            if let node = patch.node("when", into: &diagnostics),
                let when = NodeReader(node, "a condition of a patch", into: &diagnostics)
            {
                result.condition = .some(
                    when.entries(into: &diagnostics).first.map {
                        Parameter.Condition(
                            parameter: $0.key, value: $0.value.scalar ?? "", location: $0.keyLocation)
                    })
            }
            return result
        }
    }

    // MARK: - Rules of sessions

    /// The deviation that a rule is; `nil` for a rule of the protocol.
    mutating func readRuleDeviation(
        _ reader: NodeReader, from sender: Sender, versions: VersionSet
    ) -> RuleDeviation? {
        guard reader.has("programs") else {
            for key in ["programs", "example", "examples"] { _ = reader.node(key, into: &diagnostics) }
            for key in ["example", "examples"] where reader.has(key) {
                let message = "only a rule with 'programs' has an example"
                diagnostics.append(Diagnostic("misplaced-key", message, at: reader.place(key)))
            }
            return nil
        }
        for key in ["error", "closes"] where reader.has(key) {
            let message = "what is known of programs is accepted; it has no '\(key)'"
            diagnostics.append(Diagnostic("misplaced-key", message, at: reader.place(key)))
        }
        return RuleDeviation(
            deviation: deviation(reader), examples: readExamples(reader, from: sender, versions: versions))
    }

    // MARK: - Examples

    private mutating func readExamples(
        _ reader: NodeReader, from sender: Sender, versions: VersionSet
    ) -> [DeviationExample] {
        let example = reader.node("example", into: &diagnostics)
        let examples = (example.map { [$0] } ?? []) + reader.list("examples", into: &diagnostics)
        if examples.isEmpty { _ = reader.required("example", into: &diagnostics) }
        return examples.compactMap { readExample($0, from: sender, versions: versions) }
    }

    private mutating func readExample(
        _ node: YAMLNode, from sender: Sender, versions whole: VersionSet
    ) -> DeviationExample? {
        guard let reader = NodeReader(node, "an example of a deviation", into: &diagnostics) else { return nil }
        return DeviationExample(
            text: reader.required(sender.rawValue, atMost: grammar.limits.line, into: &diagnostics) ?? "",
            payload: reader.text("payload", into: &diagnostics),
            versions: versions(reader, "versions", within: whole), location: reader.place(sender.rawValue))
    }
}
