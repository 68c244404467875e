import YAMLTree

/// Turns the nodes of the grammar files into the model, and everything wrong on the way into diagnostics.
public struct GrammarReader {
    var grammar = Grammar()
    var errorGroups = ErrorGroups()
    var sessionDrafts: [SessionDraft] = []
    public internal(set) var diagnostics = DiagnosticList()

    public init() {}

    /// Reads all files; what cannot be read is left out of the result and reported.
    ///
    /// The role of a file follows from its path: `protocol.yaml`, `versions.yaml`, `sources.yaml`, `errors.yaml`, and the
    /// folders `types`, `commands`, `payloads` and `sessions`.
    public static func read(_ files: [SourceFile]) -> (grammar: Grammar, diagnostics: DiagnosticList) {
        var reader = GrammarReader()
        var nodes: [(role: String, file: SourceFile, node: YAMLNode)] = []
        for file in files {
            guard let node = YAMLParser.parse(file, into: &reader.diagnostics) else { continue }
            nodes.append((role(of: file.path), file, node))
        }
        let start = files.first?.path ?? "Grammar/protocol.yaml"
        for role in ["versions.yaml", "protocol.yaml"] where !files.contains(where: { Self.role(of: $0.path) == role })
        {
            reader.diagnostics.append(
                Diagnostic(
                    .error, "missing-file", "the grammar has no file '\(role)'",
                    at: SourceLocation(file: start, line: 1, column: 1, length: 1)))
        }
        // Later files refer to what earlier ones declare.
        for role in [
            "versions.yaml", "protocol.yaml", "sources.yaml", "programs.yaml", "types", "errors.yaml", "commands",
            "payloads",
            "sessions",
        ] {
            for (_, file, node) in nodes.filter({ $0.role == role }) {
                switch role {
                case "versions.yaml": reader.readVersions(node)
                case "protocol.yaml": reader.readProtocol(node)
                case "sources.yaml": reader.readSources(node)
                case "programs.yaml": reader.readPrograms(node)
                case "types": reader.readTypes(node)
                case "errors.yaml": reader.readErrors(node)
                case "commands": reader.readCommand(node, file: file)
                case "payloads": reader.readPayload(node, file: file)
                default: reader.readSession(node, file: file)
                }
            }
        }
        reader.expandSessions()
        reader.checkErrorGroups()
        for (role, _, node) in nodes where role != "sources.yaml" { reader.checkSources(in: node) }
        return (reader.grammar, reader.diagnostics)
    }

    static func role(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return "" }
        if parts.count > 1, ["types", "commands", "payloads", "sessions"].contains(parts[parts.count - 2]) {
            return parts[parts.count - 2]
        }
        return name
    }

    /// The name of a file without folder and ending.
    static func baseName(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
    }

    // MARK: - protocol.yaml

    mutating func readProtocol(_ node: YAMLNode) {
        let keys = ["protocol", "about", "services", "limits", "types"]
        guard let reader = NodeReader(node, "the protocol", keys: keys, into: &diagnostics) else { return }
        grammar.name = reader.required("protocol", into: &diagnostics) ?? ""
        grammar.about = reader.text("about", into: &diagnostics) ?? ""
        if let services = reader.node("services"),
            let list = NodeReader(services, "services", keys: [], into: &diagnostics)
        {
            for entry in list.all {
                let about = NodeReader(entry.value, "a service", keys: ["about"], into: &diagnostics)?
                    .text("about", into: &diagnostics)
                grammar.services.append(Service(name: entry.key, about: about ?? "", location: entry.keyLocation))
            }
        } else {
            diagnostics.append(
                Diagnostic(.error, "missing-key", "the protocol needs the key 'services'", at: node.location))
        }
        if let limits = reader.node("limits") { readLimits(limits) }
        readTypes(of: reader)
    }

    private mutating func readLimits(_ node: YAMLNode) {
        let bounds: [(key: String, range: ClosedRange<Int>, limit: WritableKeyPath<Limits, Int>)] = [
            ("line", 16...65535, \.line), ("parameters", 1...64, \.parameters),
            ("payload", 0...16_777_216, \.payload), ("bufferedBytes", 1...33_554_432, \.bufferedBytes),
            ("headers", 1...10_000, \.headers), ("headerBytes", 1...16_777_216, \.headerBytes),
            ("depth", 1...256, \.depth),
        ]
        guard let list = NodeReader(node, "limits", keys: bounds.map(\.key), into: &diagnostics) else { return }
        for bound in bounds {
            guard let number = list.number(bound.key, bound.range, into: &diagnostics) else { continue }
            grammar.limits[keyPath: bound.limit] = number
        }
    }

    // MARK: - Types

    /// Reads a file that has nothing but types.
    mutating func readTypes(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", keys: ["about", "types"], into: &diagnostics) else { return }
        readTypes(of: reader)
    }

    private mutating func readTypes(of reader: NodeReader) {
        guard let types = reader.node("types"), let list = NodeReader(types, "types", keys: [], into: &diagnostics)
        else { return }
        for entry in list.all { readType(entry) }
    }

    // MARK: - sources.yaml

    mutating func readSources(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", keys: ["sources"], into: &diagnostics),
            let sources = reader.node("sources"),
            let list = NodeReader(sources, "sources", keys: [], into: &diagnostics)
        else { return }
        for entry in list.all {
            let about = list.text(entry.key, into: &diagnostics) ?? ""
            grammar.sources.append(
                InformationSource(name: entry.key, about: about, location: entry.keyLocation))
        }
    }

    /// Sources may be named anywhere; each has to be in the list of sources, where there is one.
    private mutating func checkSources(in node: YAMLNode) {
        guard !grammar.sources.isEmpty else { return }
        for entry in node.mapping ?? [] {
            checkSources(in: entry.value)
            guard entry.key == "sources" else { continue }
            for source in entry.value.sequence ?? [] {
                guard let name = source.scalar, grammar.sources[name] == nil else { continue }
                diagnostics.append(
                    .unknown(
                        "unknown-source", "no source is named '\(name)'", name, among: grammar.sources.map(\.name),
                        at: source.location))
            }
        }
        for item in node.sequence ?? [] { checkSources(in: item) }
    }

    // MARK: - Versions

    /// Reads a set such as `8`, `2-7`, `11+` or `2-7, 10`; `whole` where the key is missing.
    mutating func versions(
        _ reader: NodeReader, _ key: String, within whole: VersionSet, unstated: VersionSet? = nil
    ) -> VersionSet {
        guard let text = reader.text(key, into: &diagnostics) else { return unstated ?? whole }
        return versions(text, at: reader.place(key), within: whole)
    }

    mutating func versions(_ text: String, at place: SourceLocation, within whole: VersionSet) -> VersionSet {
        let known = grammar.allVersions
        var result = VersionSet()
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.trimmingBlanks
            let isOpen = word.hasSuffix("+")
            let ends = (isOpen ? String(word.dropLast()) : word).split(separator: "-", omittingEmptySubsequences: false)
            let numbers = ends.map { Int($0.trimmingBlanks) }
            guard let first = numbers.first.flatMap({ $0 }), numbers.count <= 2, !(isOpen && numbers.count == 2),
                let last = isOpen ? VersionSet.maximum : numbers.last.flatMap({ $0 }), first >= 0,
                last <= VersionSet.maximum
            else {
                diagnostics.append(
                    Diagnostic(
                        .error, "bad-version",
                        "'\(word)' is not a set of versions; write '8', '2-7', '11+' or '2-7, 10'", at: place))
                return whole
            }
            guard first <= last else {
                diagnostics.append(
                    Diagnostic(
                        .error, "version-backwards", "the range '\(word)' runs backwards; write '\(last)-\(first)'",
                        at: place))
                return whole
            }
            let range = VersionSet(first...last).intersection(isOpen ? grammar.openVersions : known)
            if !isOpen, let stray = range.subtracting(whole).numbers.first {
                diagnostics.append(
                    Diagnostic(
                        .error, "versions-outside",
                        "version \(stray) of '\(word)' is outside the versions around it", at: place))
            }
            result = result.union(range)
        }
        let inside = result.intersection(whole)
        if inside.isEmpty {
            diagnostics.append(
                Diagnostic(.error, "versions-empty", "'\(text)' names no version that exists here", at: place))
            return whole
        }
        return inside
    }
}

extension StringProtocol {
    var trimmingBlanks: String {
        var result = Substring(self)
        while result.first == " " { result.removeFirst() }
        while result.last == " " { result.removeLast() }
        return String(result)
    }
}
