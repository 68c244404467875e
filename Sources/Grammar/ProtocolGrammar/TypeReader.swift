import YAMLTree

extension GrammarReader {
    private static let kinds = [
        "token", "text", "integer", "boolean", "guid", "enumeration", "flags", "composite", "rest",
    ]

    mutating func readType(_ entry: YAMLEntry) {
        guard let kind = readKind(entry.value, "a type", Self.kinds),
            let reader = NodeReader(entry.value, "a type of kind \(kind)", into: &diagnostics)
        else { return }
        let about = reader.text("about", into: &diagnostics) ?? ""
        let isSensitive = reader.flag("sensitive", into: &diagnostics)
        let deviations = readSpellings(reader)
        readRemarks(reader)
        let value: ValueType.Kind
        switch kind {
        case "token": value = .token(limit: readLimit(reader), shapes: readShapes(reader))
        case "text": value = .text(limit: readLimit(reader))
        case "rest": value = .rest(limit: readLimit(reader))
        case "integer":
            let minimum = reader.number("minimum", Int.min...Int.max, into: &diagnostics) ?? 0
            let maximum = reader.number("maximum", Int.min...Int.max, into: &diagnostics) ?? 4_294_967_295
            if minimum > maximum {
                diagnostics.append(
                    Diagnostic(
                        .error, "range-backwards", "the minimum is above the maximum", at: reader.place("minimum"))
                )
                return
            }
            value = .integer(minimum: minimum, maximum: maximum)
        case "boolean":
            value = .boolean(
                falseWord: reader.text("false", into: &diagnostics) ?? "0",
                trueWord: reader.text("true", into: &diagnostics) ?? "1")
        case "guid": value = .guid(braces: reader.flag("braces", into: &diagnostics))
        case "enumeration":
            let isOpen = reader.flag("open", into: &diagnostics)
            value = .enumeration(values: readValues(reader), isOpen: isOpen)
        case "flags": value = .flags(values: readValues(reader, areBits: true), fields: readFields(reader))
        default: value = .composite(parts: readParts(reader))
        }
        if let twin = grammar.types[entry.key] {
            diagnostics.append(
                Diagnostic(
                    .error, "duplicate-name", "the type '\(entry.key)' is declared twice", at: entry.keyLocation,
                    notes: [.init(message: "the first is here", location: twin.location)]))
        }
        grammar.types.append(
            ValueType(
                name: entry.key, about: about, kind: value, isSensitive: isSensitive, deviations: deviations,
                location: entry.keyLocation))
    }

    /// The key `kind`, which determines what other keys there are.
    mutating func readKind(_ node: YAMLNode, _ what: String, _ kinds: [String]) -> String? {
        guard let reader = NodeReader(node, what, into: &diagnostics) else { return nil }
        _ = reader.required("kind", into: &diagnostics)
        let kind = reader.choice("kind", kinds.sorted(), into: &diagnostics)
        if kind == nil { diagnostics.abandon(reader.location) }
        return kind
    }

    private mutating func readLimit(_ reader: NodeReader) -> Int {
        reader.number("limit", 1...65535, into: &diagnostics) ?? grammar.limits.line
    }

    private mutating func readShapes(_ reader: NodeReader) -> [TokenShape] {
        reader.list("shapes", atMost: GrammarLimit.shapes, into: &diagnostics).compactMap { node in
            guard let shape = NodeReader(node, "a shape", into: &diagnostics) else { return nil }
            let characters = shape.choice(
                "characters", TokenShape.Characters.allCases.map(\.rawValue), into: &diagnostics)
            return TokenShape(
                literal: shape.text("literal", into: &diagnostics),
                prefix: shape.text("prefix", into: &diagnostics) ?? "",
                characters: characters.flatMap(TokenShape.Characters.init) ?? .any,
                length: shape.number("length", 1...65535, into: &diagnostics) ?? 0,
                suffix: shape.text("suffix", into: &diagnostics) ?? "",
                infix: shape.text("contains", into: &diagnostics) ?? "",
                versions: versions(shape, "versions", within: grammar.allVersions))
        }
    }

    private mutating func readValues(_ reader: NodeReader, areBits: Bool = false) -> [NamedValue] {
        guard let node = reader.node("values", into: &diagnostics),
            let list = NodeReader(node, "values", into: &diagnostics)
        else {
            diagnostics.append(
                Diagnostic(.error, "missing-key", "\(reader.what) needs the key 'values'", at: reader.location))
            return []
        }
        var result: [NamedValue] = []
        var byWord: [String: NamedValue] = [:]
        for entry in list.entries(atMost: GrammarLimit.values, into: &diagnostics) {
            var value = NamedValue(
                name: entry.key, wire: entry.value.scalar ?? "", versions: grammar.allVersions, about: "",
                location: entry.keyLocation)
            if entry.value.scalar == nil {
                guard let detail = NodeReader(entry.value, "a value", into: &diagnostics) else { continue }
                readRemarks(detail)
                value.wire = detail.required("value", into: &diagnostics) ?? ""
                value.versions = versions(detail, "versions", within: grammar.allVersions)
                value.about = detail.text("about", into: &diagnostics) ?? ""
            }
            if areBits {
                let number =
                    value.wire.hasPrefix("0x") ? UInt32(value.wire.dropFirst(2), radix: 16) : UInt32(value.wire)
                guard let number else {
                    diagnostics.append(
                        Diagnostic(
                            .error, "bad-number", "the bit '\(entry.key)' needs a number below 2^32",
                            at: entry.value.location))
                    continue
                }
                value.wire = String(number)
            } else if value.wire.isEmpty || value.wire.utf8.contains(where: { $0 <= 0x20 }) {
                diagnostics.append(
                    Diagnostic(
                        .error, "literal-separator", "the word of '\(entry.key)' must not be empty or contain spaces",
                        at: entry.value.location))
            }
            if let twin = byWord[value.wire] {
                diagnostics.append(
                    Diagnostic(
                        .error, "equal-values", "'\(entry.key)' has the same value as '\(twin.name)'",
                        at: entry.keyLocation,
                        notes: [.init(message: "'\(twin.name)' is here", location: twin.location)]))
            }
            byWord[value.wire] = byWord[value.wire] ?? value
            result.append(value)
        }
        return result
    }

    private mutating func readFields(_ reader: NodeReader) -> [BitField] {
        guard let node = reader.node("fields", into: &diagnostics),
            let list = NodeReader(node, "the fields of flags", into: &diagnostics)
        else { return [] }
        return list.entries(into: &diagnostics).compactMap { entry in
            guard let field = NodeReader(entry.value, "a field of flags", into: &diagnostics) else { return nil }
            let type = field.required("type", into: &diagnostics) ?? ""
            let versions = versions(field, "versions", within: grammar.allVersions)
            let about = field.text("about", into: &diagnostics) ?? ""
            guard let text = field.required("bits", into: &diagnostics) else { return nil }
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
            guard ends.count <= 2, let low = ends.first, let high = ends.last, 0...31 ~= low, low...31 ~= high else {
                diagnostics.append(
                    Diagnostic(
                        "bad-number", "'bits' must be a range within 0-31, not '\(text)'", at: field.place("bits")))
                return nil
            }
            return BitField(
                name: entry.key, bits: low...high, type: type, versions: versions, about: about,
                location: entry.keyLocation)
        }
    }

    private mutating func readParts(_ reader: NodeReader) -> [CompositePart] {
        var parts: [CompositePart] = []
        for node in reader.list("parts", atMost: GrammarLimit.parts, into: &diagnostics) {
            guard let part = NodeReader(node, "a part", into: &diagnostics) else { continue }
            let isOptional = part.flag("optional", into: &diagnostics)
            let after = part.text("after", atMost: GrammarLimit.markLetters, into: &diagnostics) ?? ""
            let before = part.text("before", atMost: GrammarLimit.markLetters, into: &diagnostics) ?? ""
            let follows = parts.last.map { $0.before.isEmpty } ?? false
            if follows, after.isEmpty {
                diagnostics.append(
                    Diagnostic(
                        .error, "missing-key",
                        "a part needs the key 'after', unless it is the first or follows one with 'before'",
                        at: node.location))
            }
            if !before.isEmpty, !parts.isEmpty || !after.isEmpty {
                diagnostics.append(
                    Diagnostic(
                        .error, "misplaced-key",
                        "only the first part can have the key 'before', and not together with 'after'",
                        at: part.place("before")))
            }
            if follows, !isOptional, parts.last?.isOptional == true {
                diagnostics.append(
                    Diagnostic(
                        .error, "optional-not-last", "an optional part may only be followed by optional parts",
                        at: node.location))
            }
            parts.append(
                CompositePart(
                    name: part.required("name", into: &diagnostics) ?? "",
                    type: part.required("type", into: &diagnostics) ?? "", after: after, before: before,
                    isOptional: isOptional,
                    versions: versions(part, "versions", within: grammar.allVersions),
                    isIgnorable: part.flag("ignorable", into: &diagnostics),
                    about: part.text("about", into: &diagnostics) ?? "", location: part.place("type")))
        }
        return parts
    }
}
