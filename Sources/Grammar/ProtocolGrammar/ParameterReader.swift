import YAMLTree

extension GrammarReader {
    /// Reads a parameter, which has several rows if its rules depend on the version.
    mutating func readParameter(_ node: YAMLNode, within whole: VersionSet) -> [Parameter] {
        guard let reader = NodeReader(node, "a parameter", into: &diagnostics) else { return [] }
        let all = versions(reader, "versions", within: whole)
        let literal = versioned(reader, "literal", within: all, String?.none) { Self.literal($0, $1, into: &$2) }
        let type = versioned(reader, "type", within: all, Reference?.none) { reader, key, diagnostics in
            reader.text(key, into: &diagnostics).map { Reference(name: $0, location: reader.place(key)) }
        }
        let isOptional = versioned(reader, "optional", within: all, false) { $0.flag($1, into: &$2) }
        let allowsEmpty = versioned(reader, "empty", within: all, false) { $0.flag($1, into: &$2) }
        let prefix = versioned(reader, "prefix", within: all, "") { $0.text($1, into: &$2) }
        let minimum = versioned(reader, "minimum", within: all, Int?.none) { $0.number($1, Self.anyInt, into: &$2) }
        let maximum = versioned(reader, "maximum", within: all, Int?.none) { $0.number($1, Self.anyInt, into: &$2) }
        let condition = versioned(
            reader, "when", within: all, Parameter.Condition?.none,
            isMap: { $0.mapping?.first?.value.mapping != nil }
        ) { reader, key, diagnostics in
            guard let node = reader.node(key, into: &diagnostics) else { return nil }
            return NodeReader(node, "a condition", into: &diagnostics)?.entries(into: &diagnostics).first.map { entry in
                Parameter.Condition(
                    parameter: entry.key, value: entry.value.scalar ?? "", location: entry.keyLocation)
            }
        }
        readRemarks(reader)
        let isValue = reader.has("type")
        let name =
            (isValue
                ? reader.required("name", into: &diagnostics) : reader.text("name", into: &diagnostics)) ?? ""
        let repetition = repetition(reader)
        let about = reader.text("about", into: &diagnostics) ?? ""
        let isSensitive = reader.flag("sensitive", into: &diagnostics)
        let isIgnorable = reader.flag("ignorable", into: &diagnostics)
        guard reader.has("literal") || reader.has("type") else {
            _ = reader.required("type", into: &diagnostics)
            return []
        }
        let sets =
            literal.sets + type.sets + isOptional.sets + allowsEmpty.sets + prefix.sets + minimum.sets + maximum.sets
            + condition.sets
        var rows: [Parameter] = []
        var missing = VersionSet()
        for versions in VersionClasses(sets).classes(within: all) {
            let version = versions.first ?? 0
            let content: Parameter.Content
            let type = type.value(in: version)
            if let literal = literal.value(in: version) {
                content = .literal(literal)
            } else if let type {
                content = .value(type: type.name)
            } else {
                missing = missing.union(versions)
                continue
            }
            rows.append(
                Parameter(
                    name: name, about: about, content: content, versions: versions,
                    isOptional: isOptional.value(in: version), allowsEmpty: allowsEmpty.value(in: version),
                    prefix: prefix.value(in: version), repetition: repetition,
                    condition: condition.value(in: version), minimum: minimum.value(in: version),
                    maximum: maximum.value(in: version), isSensitive: isSensitive, isIgnorable: isIgnorable,
                    location: reader.has("name") ? reader.place("name") : node.location,
                    typeLocation: type?.location ?? reader.place("type")))
        }
        if !missing.isEmpty, !(literal.sets + type.sets).isEmpty {
            let place = reader.place(reader.has("type") ? "type" : "literal")
            diagnostics.append(
                Diagnostic(
                    .error, "missing-version",
                    "the parameter has neither a type nor a literal in \(grammar.describe(missing))", at: place))
        }
        return rows
    }

    private static let anyInt = Int.min...Int.max

    private static func literal(
        _ reader: NodeReader, _ key: String, into diagnostics: inout ReadingDiagnostics
    ) -> String? {
        let literal = reader.text(key, into: &diagnostics)
        if let literal, literal.isEmpty || literal.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            diagnostics.append(
                Diagnostic(
                    .error, "literal-separator", "a literal must not be empty or contain spaces",
                    at: reader.place(key)))
        }
        return literal
    }

    private mutating func repetition(_ reader: NodeReader) -> Parameter.Repetition {
        let repeated = reader.choice("repeated", ["0+", "1+"], into: &diagnostics)
        let separator = reader.text("separator", into: &diagnostics)
        if let repeated { return .words(minimum: repeated == "0+" ? 0 : 1) }
        guard let separator else { return .once }
        if separator.utf8.count == 1, separator > " " { return .separated(by: separator) }
        diagnostics.append(
            Diagnostic(
                .error, "bad-value", "'separator' must be one ASCII character other than a space",
                at: reader.place("separator")))
        return .separated(by: ",")
    }
}
