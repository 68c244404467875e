import YAMLTree

extension GrammarReader {
    /// The keys that every deviation has.
    private static let commonKeys = ["programs", "about", "sources", "notes"]

    private mutating func deviation(_ reader: NodeReader) -> Deviation {
        for key in ["programs", "about"] where !reader.has(key) { _ = reader.required(key, into: &diagnostics) }
        return Deviation(
            programs: reader.references("programs", into: &diagnostics),
            about: reader.text("about", into: &diagnostics) ?? "",
            sources: reader.references("sources", into: &diagnostics).map(\.name), location: reader.location)
    }

    // MARK: - Types

    mutating func readSpellings(_ reader: NodeReader) -> [SpellingDeviation] {
        reader.list("deviations", into: &diagnostics).compactMap { node in
            let keys = ["spelling", "versions", "example"] + Self.commonKeys
            guard let entry = NodeReader(node, "a deviation of a type", keys: keys, into: &diagnostics),
                entry.required("spelling", into: &diagnostics) != nil,
                let spelling = entry.choice("spelling", Spelling.allCases.map(\.rawValue), into: &diagnostics)
                    .flatMap(Spelling.init),
                let example = entry.required("example", into: &diagnostics)
            else { return nil }
            return SpellingDeviation(
                spelling: spelling, deviation: deviation(entry),
                versions: versions(entry, "versions", within: grammar.allVersions), example: example)
        }
    }

    // MARK: - Forms

    mutating func readDeviations(_ reader: NodeReader, of form: Form) -> [FormDeviation] {
        reader.list("deviations", into: &diagnostics).compactMap { readDeviation($0, of: form) }
    }

    private mutating func readDeviation(_ node: YAMLNode, of form: Form) -> FormDeviation? {
        let keys = ["versions", "as-in", "transaction", "order", "parameters", "example", "examples"] + Self.commonKeys
        guard let entry = NodeReader(node, "a deviation of a form", keys: keys, into: &diagnostics) else { return nil }
        let patches = readPatches(entry)
        // Without versions of its own it is known where its patches name versions, and where they do not in all
        // versions of the form.
        let named = patches.reduce(VersionSet()) { $0.union($1.versions).union($1.missing) }
        let stated = entry.has("versions") ? versions(entry, "versions", within: grammar.allVersions) : nil
        let rule = entry.choice("transaction", TransactionRule.allCases.map(\.rawValue), into: &diagnostics)
        var result = FormDeviation(
            deviation: deviation(entry), versions: stated ?? (named.isEmpty ? form.versions : named),
            model: entry.number("as-in", 0...VersionSet.maximum, into: &diagnostics),
            transaction: rule.flatMap(TransactionRule.init),
            order: entry.references("order", into: &diagnostics), patches: patches, examples: [])
        let examples = (entry.node("example").map { [$0] } ?? []) + entry.list("examples", into: &diagnostics)
        for example in examples { readExample(example, of: form, into: &result) }
        if examples.isEmpty { _ = entry.required("example", into: &diagnostics) }
        if let model = result.model, !form.versions.contains(model) {
            diagnostics.append(
                Diagnostic(
                    .error, "bad-version", "'\(form.name)' does not exist in version \(model)", at: entry.place("as-in")
                ))
        }
        return result
    }

    private mutating func readPatches(_ reader: NodeReader) -> [ParameterPatch] {
        guard let node = reader.node("parameters"),
            let list = NodeReader(node, "'parameters'", keys: [], into: &diagnostics)
        else { return [] }
        let keys = ["versions", "missing", "absent", "when", "type", "literal"]
        return list.all.compactMap { entry in
            guard let patch = NodeReader(entry.value, "a patch of a parameter", keys: keys, into: &diagnostics) else {
                return nil
            }
            var result = ParameterPatch(name: entry.key, location: entry.keyLocation)
            if patch.has("versions") {
                result.versions = versions(patch, "versions", within: grammar.allVersions)
            }
            if patch.has("missing") { result.missing = versions(patch, "missing", within: grammar.allVersions) }
            result.absent = patch.text("absent", into: &diagnostics)
            result.literal = patch.text("literal", into: &diagnostics)
            result.type = patch.text("type", into: &diagnostics).map {
                Reference(name: $0, location: patch.place("type"))
            }
            if let node = patch.node("when"), let when = NodeReader(node, "'when'", keys: [], into: &diagnostics) {
                result.condition = .some(
                    when.all.first.map {
                        Parameter.Condition(
                            parameter: $0.key, value: $0.value.scalar ?? "", location: $0.keyLocation)
                    })
            }
            return result
        }
    }

    private mutating func readExample(_ node: YAMLNode, of form: Form, into deviation: inout FormDeviation) {
        let keys = [form.sender.rawValue, "payload", "versions"]
        guard let reader = NodeReader(node, "an example", keys: keys, into: &diagnostics),
            let text = reader.required(form.sender.rawValue, into: &diagnostics)
        else { return }
        deviation.examples.append(
            FormDeviation.Example(
                text: text, payload: reader.text("payload", into: &diagnostics),
                versions: versions(reader, "versions", within: deviation.versions),
                location: reader.place(form.sender.rawValue)))
    }
}
