import YAMLTree

/// Turns the nodes of the grammar files into the model and reports their errors.
public struct GrammarReader {
    var grammar = Grammar()
    var errorGroups = ErrorGroups()
    /// The numbers of errors whose versions follow from the requests that name them.
    var unversionedErrors: Set<Int> = []
    var sessionDrafts: [SessionDraft] = []
    /// The errors of all forms, the rules of all states, and the steps of all conversations, so far.
    var (errorCount, ruleCount, stepCount) = (0, 0, 0)
    var diagnostics = ReadingDiagnostics()

    public init() {}

    /// Reads all files. Unreadable parts are reported and left out of the result.
    ///
    /// The path of a file determines its role: `protocol.yaml`, `versions.yaml`, `sources.yaml`, `errors.yaml`, and the
    /// folders `types`, `commands`, `payloads`, `algorithms`, `sessions` and `conversations`.
    public static func read(_ files: [SourceFile]) -> (grammar: Grammar, diagnostics: DiagnosticList) {
        var reader = GrammarReader()
        var nodes: [(role: String, file: SourceFile, node: YAMLNode)] = []
        var size = 0
        for (index, file) in files.enumerated() {
            if index == GrammarLimit.files {
                let place = SourceLocation(file: file.path, line: 1, column: 1, length: 1)
                reader.diagnostics.append(.tooMany(files.count, in: "the grammar", index, at: place))
                break
            }
            guard let node = reader.diagnostics.parse(file) else { continue }
            size += node.count
            if size > GrammarLimit.nodes {
                reader.diagnostics.append(.tooMany(size, in: "the grammar", GrammarLimit.nodes, at: node.location))
                break
            }
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
            "sources.yaml", "versions.yaml", "protocol.yaml", "programs.yaml", "types", "errors.yaml", "commands",
            "payloads", "algorithms", "sessions", "conversations",
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
                case "algorithms": reader.readAlgorithm(node, file: file)
                case "sessions": reader.readSession(node, file: file)
                default: reader.readConversation(node, file: file)
                }
            }
        }
        reader.expandDocuments()
        reader.expandSessions()
        reader.deriveErrorVersions()
        for (_, _, node) in nodes { reader.diagnostics.reportUnreadKeys(in: node) }
        reader.checkErrorGroups()
        return (reader.grammar, reader.diagnostics.list)
    }

    /// The folders with files of one role each.
    public static let folders = ["types", "commands", "payloads", "algorithms", "sessions", "conversations"]

    static func role(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return "" }
        // Payloads may be in folders by subject.
        let folders = parts.dropLast().suffix(2)
        if let folder = folders.last, Self.folders.contains(folder) { return folder }
        return folders.first == "payloads" ? "payloads" : name
    }

    /// The name of a file without its folder and extension.
    static func baseName(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
    }

    // MARK: - protocol.yaml

    mutating func readProtocol(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the protocol", into: &diagnostics) else { return }
        grammar.name = reader.required("protocol", into: &diagnostics) ?? ""
        grammar.nameLocation = reader.place("protocol")
        grammar.about = reader.text("about", into: &diagnostics) ?? ""
        if let services = reader.node("services", into: &diagnostics),
            let list = NodeReader(services, "services", into: &diagnostics)
        {
            for entry in list.entries(atMost: GrammarLimit.services, into: &diagnostics) {
                let about = NodeReader(entry.value, "a service", into: &diagnostics)?
                    .text("about", into: &diagnostics)
                grammar.services.append(Service(name: entry.key, about: about ?? "", location: entry.keyLocation))
            }
        } else {
            diagnostics.append(
                Diagnostic(.error, "missing-key", "the protocol needs the key 'services'", at: node.location))
        }
        if let limits = reader.node("limits", into: &diagnostics) { readLimits(limits) }
        if let behaviours = reader.node("behaviours", into: &diagnostics) { readBehaviours(behaviours) }
        if let services = reader.node("http-services", into: &diagnostics) { readHTTPServices(services) }
        readTypes(of: reader)
    }

    private mutating func readBehaviours(_ node: YAMLNode) {
        guard let list = NodeReader(node, "behaviours", into: &diagnostics) else { return }
        for entry in list.entries(into: &diagnostics) {
            guard let reader = NodeReader(entry.value, "a behaviour", into: &diagnostics) else { continue }
            let evidence = evidence(reader)
            grammar.behaviours.append(
                Behaviour(
                    name: entry.key, about: reader.required("about", into: &diagnostics) ?? "",
                    versions: versions(
                        reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
                    confidence: evidence?.confidence ?? "documented", sources: evidence?.sources ?? [],
                    location: entry.keyLocation))
        }
    }

    private mutating func readHTTPServices(_ node: YAMLNode) {
        guard let list = NodeReader(node, "HTTP services", into: &diagnostics) else { return }
        for entry in list.entries(atMost: GrammarLimit.services, into: &diagnostics) {
            guard let reader = NodeReader(entry.value, "an HTTP service", into: &diagnostics) else { continue }
            let evidence = evidence(reader)
            let hosts = reader.references("hosts", into: &diagnostics)
            let path = reader.required("path", into: &diagnostics) ?? "/"
            for host in hosts where !GrammarName.isHost(host.name) {
                diagnostics.append(
                    Diagnostic(.error, "bad-name", "'\(host.name)' is not the name of a host", at: host.location))
            }
            if !GrammarName.isPath(path) {
                diagnostics.append(
                    Diagnostic(
                        .error, "bad-name", "'\(path)' is not a path; it begins with '/' and has no blanks",
                        at: reader.place("path")))
            }
            grammar.httpServices.append(
                HTTPService(
                    name: entry.key, about: reader.required("about", into: &diagnostics) ?? "",
                    hosts: hosts.map(\.name), path: path,
                    versions: versions(
                        reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions),
                    confidence: evidence?.confidence ?? "documented", sources: evidence?.sources ?? [],
                    location: entry.keyLocation))
        }
    }

    private mutating func readLimits(_ node: YAMLNode) {
        let bounds: [(key: String, range: ClosedRange<Int>, limit: WritableKeyPath<Limits, Int>)] = [
            ("line", 16...65535, \.line), ("parameters", 1...64, \.parameters),
            ("payload", 0...16_777_216, \.payload), ("bufferedBytes", 1...33_554_432, \.bufferedBytes),
            ("headers", 1...10_000, \.headers), ("headerBytes", 1...16_777_216, \.headerBytes),
            ("depth", 1...256, \.depth),
        ]
        guard let list = NodeReader(node, "limits", into: &diagnostics) else { return }
        for bound in bounds {
            guard let number = list.number(bound.key, bound.range, into: &diagnostics) else { continue }
            grammar.limits[keyPath: bound.limit] = number
        }
    }

    // MARK: - Types

    /// Reads a file of types.
    mutating func readTypes(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics) else { return }
        reader.remarks("about", into: &diagnostics)
        readTypes(of: reader)
    }

    private mutating func readTypes(of reader: NodeReader) {
        guard let types = reader.node("types", into: &diagnostics),
            let list = NodeReader(types, "types", into: &diagnostics)
        else { return }
        for entry in list.entries(into: &diagnostics) { readType(entry) }
    }

    // MARK: - sources.yaml

    mutating func readSources(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics),
            let sources = reader.node("sources", into: &diagnostics),
            let list = NodeReader(sources, "sources", into: &diagnostics)
        else { return }
        for entry in list.entries(into: &diagnostics) {
            let about = list.text(entry.key, into: &diagnostics) ?? ""
            grammar.sources.append(
                InformationSource(name: entry.key, about: about, location: entry.keyLocation))
        }
    }

    /// The sources that a key names. Each must be in the list of sources, if there is one.
    @discardableResult mutating func sources(_ reader: NodeReader, _ key: String = "sources")
        -> [String]
    {
        let names = reader.references(key, into: &diagnostics)
        for name in names where !grammar.sources.isEmpty && grammar.sources[name.name] == nil {
            diagnostics.unknown(
                "unknown-source", "no source is named '\(name.name)'", name.name,
                among: grammar.sources.map(\.name),
                at: name.location)
        }
        return names.map(\.name)
    }

    /// Reads `notes` and `sources` where the model does not store them.
    mutating func readRemarks(_ reader: NodeReader) {
        reader.remarks("notes", into: &diagnostics)
        sources(reader)
    }

    /// The confidence and its sources, such as `observed: [hyp, y111]`.
    mutating func evidence(_ reader: NodeReader) -> (confidence: String, sources: [String])? {
        var result: (confidence: String, sources: [String])?
        for confidence in ["observed", "documented", "inferred"] {
            let sources = sources(reader, confidence)
            guard reader.has(confidence) else { continue }
            if result != nil {
                diagnostics.append(
                    Diagnostic(
                        "several-confidences",
                        "\(reader.what) must have only one of the keys 'observed', 'documented' and 'inferred'",
                        at: reader.place(confidence)))
            }
            result = (confidence, sources)
        }
        return result
    }

    // MARK: - Versions

    /// Reads a set such as `8`, `2-7`, `11+` or `2-7, 10`; `whole` if the key is missing.
    mutating func versions(
        _ reader: NodeReader, _ key: String, within whole: VersionSet, unstated: VersionSet? = nil
    ) -> VersionSet {
        guard let text = reader.text(key, into: &diagnostics) else { return unstated ?? whole }
        return versions(text, at: reader.place(key), within: whole)
    }

    mutating func versions(_ text: String, at place: SourceLocation, within whole: VersionSet) -> VersionSet {
        guard text.utf8.count <= GrammarLimit.versionLetters else {
            diagnostics.append(.tooLong(text, "the set of versions", GrammarLimit.versionLetters, at: place))
            return whole
        }
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
