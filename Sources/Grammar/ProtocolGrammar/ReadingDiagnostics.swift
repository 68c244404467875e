import YAMLTree

/// The diagnostics of reading, and the keys that were read of each mapping.
struct ReadingDiagnostics {
    private struct Mapping {
        var what: String
        var keys: [String] = []
    }

    fileprivate(set) var list = DiagnosticList()
    private var mappings: [SourceLocation: Mapping] = [:]

    var hasErrors: Bool { list.hasErrors }

    mutating func append(_ diagnostic: Diagnostic) { list.append(diagnostic) }

    mutating func appendOnce(_ diagnostic: Diagnostic) {
        list.appendOnce(diagnostic)
    }

    // MARK: - Keys

    /// Begins a mapping, or names it anew.
    mutating func open(_ what: String, at place: SourceLocation) {
        mappings[place, default: Mapping(what: what)].what = what
    }

    mutating func declare(_ key: String, of place: SourceLocation) {
        guard let mapping = mappings[place], !mapping.keys.contains(key) else { return }
        mappings[place]?.keys.append(key)
    }

    /// Says nothing about the keys of a mapping, as it is not known what it is.
    mutating func abandon(_ place: SourceLocation) { mappings[place] = nil }

    /// Reports the keys that nobody read, in all mappings that somebody began.
    mutating func reportUnreadKeys(in node: YAMLNode) {
        for item in node.sequence ?? [] { reportUnreadKeys(in: item) }
        guard let mapping = mappings[node.location] else { return }
        for entry in node.mapping ?? [] {
            if mapping.keys.contains(entry.key) {
                reportUnreadKeys(in: entry.value)
                continue
            }
            var diagnostic = Diagnostic.unknown(
                "unknown-key", "\(mapping.what) has no key '\(entry.key)'", entry.key, among: mapping.keys,
                at: entry.keyLocation)
            if diagnostic.notes.isEmpty {
                diagnostic.notes.append(
                    .init(message: "its keys are \(mapping.keys.joined(separator: ", "))"))
            }
            append(diagnostic)
        }
    }
}

extension ReadingDiagnostics {
    /// Parses a file; nil for one that is no YAML.
    mutating func parse(_ file: SourceFile) -> YAMLNode? { YAMLParser.parse(file, into: &list) }
}

extension DiagnosticList {
    /// Appends what was not said yet: what sessions share is looked at in each of them.
    mutating func appendOnce(_ diagnostic: Diagnostic) {
        if !all.contains(diagnostic) { append(diagnostic) }
    }
}
