import YAMLTree

/// The diagnostics of reading, and the keys that were read from each mapping.
struct ReadingDiagnostics {
    private struct Mapping {
        var what: String
        /// In the order of reading.
        var keys: [String] = []
        var known: Set<String> = []
    }

    /// What the keys of each mapping may hold, if that is recorded; the schemas are made from it.
    var declarations: KeyDeclarations?

    fileprivate(set) var list = DiagnosticList()
    private var mappings: [SourceLocation: Mapping] = [:]

    var hasErrors: Bool { list.hasErrors }

    mutating func append(_ diagnostic: Diagnostic) { list.append(diagnostic) }

    mutating func appendOnce(_ diagnostic: Diagnostic) {
        list.appendOnce(diagnostic)
    }

    mutating func similarName(to word: String, among known: [String]) -> String? {
        list.similarName(to: word, among: known)
    }

    // MARK: - Keys

    /// Starts to record the keys of a mapping, or renames it.
    mutating func open(_ what: String, at place: SourceLocation) {
        mappings[place, default: Mapping(what: what)].what = what
        declarations?.open(what, at: place)
    }

    mutating func declare(_ key: String, of place: SourceLocation) {
        guard mappings[place]?.known.insert(key).inserted == true else { return }
        mappings[place]?.keys.append(key)
    }

    /// Reports no unread keys of a mapping, because its kind is unknown.
    mutating func abandon(_ place: SourceLocation) {
        mappings[place] = nil
        declarations?.mappings[place] = nil
    }

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
            let known = "known keys: \(mapping.keys.joined(separator: ", "))"
            list.unknown(
                "unknown-key", "\(mapping.what) has no key '\(entry.key)'", entry.key, among: mapping.keys,
                at: entry.keyLocation, otherwise: known)
        }
    }

    mutating func unknown(
        _ identifier: String, _ message: @autoclosure () -> String, _ word: String,
        among known: @autoclosure () -> [String], at location: SourceLocation, once: Bool = false
    ) {
        list.unknown(identifier, message(), word, among: known(), at: location, once: once)
    }
}

extension ReadingDiagnostics {
    /// Parses a file; nil if it is not valid YAML.
    mutating func parse(_ file: SourceFile) -> YAMLNode? {
        // Payloads consist of lines that end with CR LF.
        YAMLParser.parse(file, lineKeys: ["payload", "text", "trailer"], into: &list)
    }
}

extension Diagnostic {
    /// An error about more things than a grammar may have.
    static func tooMany(_ count: Int, in what: String, _ limit: Int, at location: SourceLocation) -> Diagnostic {
        Diagnostic("too-many", "\(what) has \(count) items, more than the \(limit) allowed", at: location)
    }

    /// An error about a text with more bytes than it may have.
    static func tooLong(_ text: String, _ what: String, _ limit: Int, at location: SourceLocation) -> Diagnostic {
        Diagnostic("too-long", "\(what) has \(text.utf8.count) bytes, more than the \(limit) allowed", at: location)
    }
}

extension DiagnosticList {
    /// Appends a diagnostic once, although shared states are checked in each session.
    mutating func appendOnce(_ diagnostic: Diagnostic) {
        if !all.contains(diagnostic) { append(diagnostic) }
    }

    /// Appends an error about an unknown name, with a suggestion if a known name is similar.
    ///
    /// The known names are asked for only where the error is shown, since a hostile file has many of both.
    mutating func unknown(
        _ identifier: String, _ message: @autoclosure () -> String, _ word: String,
        among known: @autoclosure () -> [String], at location: SourceLocation, once: Bool = false,
        otherwise note: @autoclosure () -> String? = nil
    ) {
        guard !isFull(of: location.file) else { return }
        let similar = similarName(to: word, among: known()).map { "did you mean '\($0)'?" }
        let notes = (similar ?? note()).map { [Diagnostic.Note(message: $0)] } ?? []
        let diagnostic = Diagnostic(identifier, message(), at: location, notes: notes)
        if once { appendOnce(diagnostic) } else { append(diagnostic) }
    }
}
