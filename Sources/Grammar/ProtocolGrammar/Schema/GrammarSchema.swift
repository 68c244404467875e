import YAMLTree

/// JSON Schemas of the files of a grammar, made from what the reader asks of a specimen.
///
/// The reader declares a key by reading it, whether the specimen has it or not; the specimen shows which mappings stand
/// inside of which others.
public struct GrammarSchema: Sendable {
    /// The name of a file for it, such as `command.json`.
    public var name: String
    /// The schema.
    public var text: String
    /// What the mappings of such files are called in diagnostics.
    public var kinds: [String]
    /// Keys of which neither the reader nor the specimen says what they hold.
    public var unknown: [String]

    /// The schemas of all kinds of files.
    public static let all: [GrammarSchema] = {
        var reader = GrammarReader()
        reader.diagnostics.declarations = KeyDeclarations()
        var nodes: [(role: String, file: SourceFile, node: YAMLNode)] = []
        for (path, text) in GrammarSpecimen.files {
            let file = SourceFile(path: path, bytes: Array(text.utf8))
            guard let node = reader.diagnostics.parse(file) else { continue }
            nodes.append((GrammarReader.role(of: path), file, node))
        }
        for role in GrammarReader.roles {
            for (_, file, node) in nodes where GrammarReader.role(of: file.path) == role {
                reader.read(node, of: file, as: role)
            }
        }
        for (role, _, node) in nodes where role == "grammar-generator.yaml" {
            _ = GenerationOptions.read(node, with: &reader)
        }
        let roles = GrammarReader.roles + ["grammar-generator.yaml"]
        return roles.map { role in
            let name =
                role.hasSuffix(".yaml") ? String(role.dropLast(5)) : role == "types" ? role : String(role.dropLast())
            return GrammarSchema(name, nodes.filter { $0.role == role }.map(\.node), reader.diagnostics.declarations)
        }
    }()

    private init(_ name: String, _ nodes: [YAMLNode], _ declarations: KeyDeclarations?) {
        var writer = Writer(mappings: declarations?.mappings ?? [:])
        for node in nodes { writer.collect(node) }
        let roots = nodes.compactMap { writer.reference(to: $0) }
        var definitions: [(String, JSONValue)] = []
        for kind in writer.order { definitions.append((Writer.name(kind), writer.definition(of: kind))) }
        let scalars: [JSONValue] = ["string", "number", "boolean", "null"].map { .text($0) }
        definitions.append(("any-text", .members([("type", .list(scalars))])))
        let pattern = #"^ *(not +)?[0-9]+ *(\+|- *[0-9]+)? *(, *(not +)?[0-9]+ *(\+|- *[0-9]+)? *)*$"#
        let types: [JSONValue] = [.text("string"), .text("integer")]
        definitions.append(("version-set", .members([("type", .list(types)), ("pattern", .text(pattern))])))
        let schema = JSONValue.members([
            ("$schema", .text("http://json-schema.org/draft-07/schema#")),
            ("title", .text("A grammar's file: \(name)")), ("anyOf", .list(roots)),
            ("definitions", .members(definitions)),
        ])
        self.name = "\(name).json"
        text = schema.rendered() + "\n"
        kinds = writer.order
        unknown = writer.unknown
    }
}

extension GrammarSchema {
    /// Collects what stands in the mappings of each kind.
    private struct Writer {
        struct Kind {
            var keys: [String] = []
            var values: [String: Set<KeyDeclarations.Value>] = [:]
            /// What stands there in the specimen.
            var shown: [String: [JSONValue]] = [:]
            var required: Set<String> = []
            var hasNames = false
            var hasVersions = false
            var names: (values: Set<KeyDeclarations.Value>, shown: [JSONValue]) = ([], [])
        }

        let mappings: [SourceLocation: KeyDeclarations.Mapping]
        var order: [String] = []
        var kinds: [String: Kind] = [:]
        var unknown: [String] = []

        init(mappings: [SourceLocation: KeyDeclarations.Mapping]) { self.mappings = mappings }

        static func name(_ kind: String) -> String {
            String(kind.map { $0.isLetter || $0.isNumber ? $0 : "-" })
        }

        func reference(to node: YAMLNode) -> JSONValue? {
            guard node.mapping != nil, let what = mappings[node.location]?.what else { return nil }
            return .members([("$ref", .text("#/definitions/\(Self.name(what))"))])
        }

        mutating func collect(_ node: YAMLNode) {
            for item in node.sequence ?? [] { collect(item) }
            for entry in node.mapping ?? [] { collect(entry.value) }
            guard let entries = node.mapping, let found = mappings[node.location] else { return }
            var kind = kinds[found.what] ?? Kind(required: found.required)
            if kinds[found.what] == nil { order.append(found.what) }
            kind.required.formIntersection(found.required)
            kind.hasNames = kind.hasNames || found.hasNames
            kind.hasVersions = kind.hasVersions || found.hasVersions
            for key in found.keys {
                if found.hasNames {
                    kind.names.values.formUnion(found.values[key] ?? [])
                } else {
                    if kind.values[key] == nil { kind.keys.append(key) }
                    kind.values[key, default: []].formUnion(found.values[key] ?? [])
                }
            }
            for entry in entries {
                let shown = shown(entry.value)
                if found.hasNames {
                    kind.names.shown += shown
                } else {
                    kind.shown[entry.key, default: []] += shown
                }
            }
            kinds[found.what] = kind
        }

        /// What the reader leaves to what stands there: a mapping of a kind, a list of them, or a text.
        private func shown(_ node: YAMLNode) -> [JSONValue] {
            if node.scalar != nil { return [Self.text] }
            if node.mapping != nil { return [reference(to: node) ?? .members([("type", .text("object"))])] }
            let items = Self.distinct((node.sequence ?? []).flatMap { shown($0) })
            if items.isEmpty { return [] }
            return [.members([("type", .text("array")), ("items", Self.any(of: items))])]
        }

        mutating func definition(of what: String) -> JSONValue {
            guard let kind = kinds[what] else { return .members([]) }
            if kind.hasNames {
                let value = value(kind.names.values, kind.names.shown, "\(what): a name")
                var members: [(String, JSONValue)] = [("type", .text("object")), ("additionalProperties", value)]
                if kind.hasVersions {
                    members.append(("propertyNames", .members([("$ref", .text("#/definitions/version-set"))])))
                }
                return .members(members)
            }
            var properties: [(String, JSONValue)] = []
            for key in kind.keys {
                var value = value(kind.values[key] ?? [], kind.shown[key] ?? [], "\(what): \(key)")
                // The kind of a mapping stands behind its name.
                if ["kind", "operation"].contains(key), let word = what.split(separator: " ").last,
                    what.contains("of \(key) ")
                {
                    value = .members([("const", .text(String(word)))])
                }
                properties.append((key, value))
            }
            return .members([
                ("type", .text("object")), ("properties", .members(properties)),
                ("required", .list(kind.keys.filter(kind.required.contains).map { .text($0) })),
                ("additionalProperties", .flag(false)),
            ])
        }

        private mutating func value(
            _ declared: Set<KeyDeclarations.Value>, _ shown: [JSONValue], _ place: String
        ) -> JSONValue {
            // A choice, a number and a set of versions are read as texts first, and a list of texts as a list.
            let special = declared.subtracting([.text, .list, .shown])
            var result = special.compactMap(Self.schema).sorted { $0.rendered() < $1.rendered() }
            let hasWord = special.contains {
                if case .texts = $0 { false } else if case .choices = $0 { false } else { true }
            }
            if declared.contains(.text), !hasWord { result.append(Self.text) }
            // Maps from versions to values, and what only the specimen tells.
            let isOpen = declared.isEmpty || declared.contains(.shown)
            result += Self.distinct(shown).filter { value in
                if value == Self.text { return isOpen && declared.subtracting([.shown]).isEmpty }
                return isOpen || declared.contains(.list) && special.isEmpty
            }
            if result.isEmpty { unknown.append(place) }
            return Self.any(of: result)
        }

        private static let text = JSONValue.members([("$ref", .text("#/definitions/any-text"))])

        private static func any(of values: [JSONValue]) -> JSONValue {
            let values = distinct(values)
            return values.count == 1 ? values[0] : .members([("anyOf", .list(values))])
        }

        private static func distinct(_ values: [JSONValue]) -> [JSONValue] {
            var seen: Set<JSONValue> = []
            return values.filter { seen.insert($0).inserted }
        }

        /// A scalar is a text for the reader, whatever YAML makes of it.
        private static func schema(_ value: KeyDeclarations.Value) -> JSONValue? {
            func choice(_ words: [String]) -> JSONValue {
                var all: [JSONValue] = words.map { .text($0) }
                for word in words {
                    if let number = Int(word) { all.append(.number(number)) }
                    if let flag = Bool(word) { all.append(.flag(flag)) }
                }
                return .members([("enum", .list(all))])
            }
            switch value {
            case .text, .list, .shown: return nil
            case .texts: return .members([("type", .text("array")), ("items", text)])
            case .versions: return .members([("$ref", .text("#/definitions/version-set"))])
            case .choice(let words): return choice(words)
            case .choices(let words): return .members([("type", .text("array")), ("items", choice(words))])
            case .number(let range):
                var members: [(String, JSONValue)] = [
                    ("type", .list([.text("integer"), .text("string")])), ("pattern", .text("^-?[0-9]+$")),
                ]
                if range.lowerBound > .min { members.append(("minimum", .number(range.lowerBound))) }
                if range.upperBound < .max { members.append(("maximum", .number(range.upperBound))) }
                return .members(members)
            }
        }
    }
}
