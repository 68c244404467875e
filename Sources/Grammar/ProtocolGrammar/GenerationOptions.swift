import YAMLTree

/// What to generate for a target: everything, or only the part that it uses.
public struct GenerationOptions: Sendable {
    /// The end of a connection that the code is for.
    public enum Role: String, Sendable, CaseIterable {
        case client, server, both
    }

    /// Who sees the generated declarations.
    public enum Access: String, Sendable, CaseIterable {
        case `public`, package, `internal`
    }

    /// Nil for all versions.
    public var versions: VersionSet?
    public var role = Role.both
    public var access = Access.public
    /// The package whose grammar it is; nil for that of the target itself. The plugin alone looks for it.
    public var package: String?

    public init() {}

    /// Whether the code writes what this side sends.
    public func writes(_ sender: Sender) -> Bool { role == .both || role.rawValue == sender.rawValue }

    /// Whether the code reads what this side sends.
    public func reads(_ sender: Sender) -> Bool { role == .both || role.rawValue != sender.rawValue }

    /// Reads a file of options, such as `versions: 12` and `role: client`, for a grammar.
    public static func read(
        _ file: SourceFile, for grammar: Grammar
    ) -> (options: GenerationOptions, diagnostics: DiagnosticList) {
        var reader = GrammarReader()
        reader.grammar = grammar
        guard let node = reader.diagnostics.parse(file), let options = read(node, with: &reader) else {
            return (GenerationOptions(), reader.diagnostics.list)
        }
        reader.diagnostics.reportUnreadKeys(in: node)
        return (options, reader.diagnostics.list)
    }
    static func read(_ node: YAMLNode, with reader: inout GrammarReader) -> GenerationOptions? {
        guard let mapping = NodeReader(node, "the file of options", into: &reader.diagnostics) else { return nil }
        var options = GenerationOptions()
        let versions = reader.versions(mapping, "versions", within: reader.grammar.allVersions, goesOn: false)
        if mapping.has("versions") { options.versions = versions }
        let role = mapping.choice("role", Role.allCases.map(\.rawValue), into: &reader.diagnostics)
        let access = mapping.choice("access", Access.allCases.map(\.rawValue), into: &reader.diagnostics)
        options.package = mapping.text("grammar", into: &reader.diagnostics)
        options.role = role.flatMap(Role.init) ?? .both
        options.access = access.flatMap(Access.init) ?? .public
        return options
    }
}
