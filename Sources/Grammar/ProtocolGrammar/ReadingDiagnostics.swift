import YAMLTree

/// The diagnostics of reading, and the keys that were read from each mapping.
struct ReadingDiagnostics {
    private struct Mapping {
        var what: String
        /// In the order of reading.
        var keys: [String] = []
        var known: Set<String> = []
    }

    fileprivate(set) var list = DiagnosticList()
    private var mappings: [SourceLocation: Mapping] = [:]

    var hasErrors: Bool { list.hasErrors }

    mutating func append(_ diagnostic: Diagnostic) { list.append(diagnostic) }

    mutating func appendOnce(_ diagnostic: Diagnostic) {
        list.appendOnce(diagnostic)
    }

    // MARK: - Keys

    /// Starts to record the keys of a mapping, or renames it.
    mutating func open(_ what: String, at place: SourceLocation) {
        mappings[place, default: Mapping(what: what)].what = what
    }

    mutating func declare(_ key: String, of place: SourceLocation) {
        guard mappings[place]?.known.insert(key).inserted == true else { return }
        mappings[place]?.keys.append(key)
    }

    /// Reports no unread keys of a mapping, because its kind is unknown.
    mutating func abandon(_ place: SourceLocation) { mappings[place] = nil }

    /// Reports the keys that nothing read, in all recorded mappings.
    mutating func reportUnreadKeys(in node: YAMLNode) {
        for item in node.sequence ?? [] { reportUnreadKeys(in: item) }
        guard let mapping = mappings[node.location] else { return }
        for entry in node.mapping ?? [] {
            if mapping.known.contains(entry.key) {
                reportUnreadKeys(in: entry.value)
                continue
            }
            if list.isFull(of: entry.keyLocation.file) { return }
            var diagnostic = Diagnostic.unknown(
                "unknown-key", "\(mapping.what) has no key '\(entry.key)'", entry.key, among: mapping.keys,
                at: entry.keyLocation)
            if diagnostic.notes.isEmpty {
                diagnostic.notes.append(
                    .init(message: "known keys: \(mapping.keys.joined(separator: ", "))"))
            }
            append(diagnostic)
        }
    }
}

extension ReadingDiagnostics {
    /// Parses a file; nil if it is not valid YAML.
    mutating func parse(_ file: SourceFile) -> YAMLNode? {
        // Payloads consist of lines that end with CR LF.
        YAMLParser.parse(file, lineKeys: ["payload", "text"], into: &list)
    }
}

extension DiagnosticList {
    /// Appends a diagnostic once, although shared states are checked in each session.
    mutating func appendOnce(_ diagnostic: Diagnostic) {
        if !all.contains(diagnostic) { append(diagnostic) }
    }
}
