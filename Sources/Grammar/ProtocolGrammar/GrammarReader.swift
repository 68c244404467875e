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
    /// Whether a source was named although no file lists them.
    private var lacksSources = false
    var diagnostics = ReadingDiagnostics()

    public init() {}

    /// Reads all files. Unreadable parts are reported and left out of the result.
    ///
    /// The path of a file determines its role: `protocol.yaml`, `versions.yaml`, `sources.yaml`, `errors.yaml`,
    /// `questions.yaml`, and the folders `types`, `commands`, `payloads`, `algorithms`, `sessions` and `conversations`.
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
            if Self.isOptions(file.path) { continue }
            if let complaint = Self.complaint(aboutPlaceOf: file, into: &reader.diagnostics) {
                reader.diagnostics.append(complaint)
                continue
            }
            guard let node = reader.diagnostics.parse(file) else { continue }
            size += node.count
            if size > GrammarLimit.nodes {
                reader.diagnostics.append(.tooMany(size, in: "the grammar", GrammarLimit.nodes, at: node.location))
                break
            }
            nodes.append((role(of: file.path), file, node))
        }
        if !files.contains(where: { role(of: $0.path) == "protocol.yaml" }) {
            let start = files.first?.path ?? "Grammar/protocol.yaml"
            reader.diagnostics.append(
                Diagnostic(
                    .error, "missing-file", "the grammar has no file 'protocol.yaml'",
                    at: SourceLocation(file: start, line: 1, column: 1, length: 1)))
        }
        if !files.contains(where: { role(of: $0.path) == "versions.yaml" }) { reader.grammar.versions = [.only] }
        for role in roles {
            for (_, file, node) in nodes.filter({ $0.role == role }) {
                reader.read(node, of: file, as: role)
            }
        }
        reader.expandDocuments()
        reader.expandSessions()
        reader.deriveErrorVersions()
        for (_, _, node) in nodes { reader.diagnostics.reportUnreadKeys(in: node) }
        reader.checkErrorGroups()
        return (reader.grammar, reader.diagnostics.list)
    }

    mutating func read(_ node: YAMLNode, of file: SourceFile, as role: String) {
        switch role {
        case "versions.yaml": readVersions(node)
        case "protocol.yaml":
            readProtocol(node)
            nameOnlyVersion()
        case "sources.yaml": readSources(node)
        case "programs.yaml": readPrograms(node)
        case "types": readTypes(node)
        case "errors.yaml": readErrors(node)
        case "commands": readCommand(node, file: file)
        case "payloads": readPayload(node, file: file)
        case "algorithms": readAlgorithm(node, file: file)
        case "sessions": readSession(node, file: file)
        case "questions.yaml": readQuestions(node)
        default: readConversation(node, file: file)
        }
    }

    /// The roles of files. Later files refer to what earlier ones declare.
    static let roles = [
        "sources.yaml", "versions.yaml", "protocol.yaml", "programs.yaml", "types", "errors.yaml", "commands",
        "payloads", "algorithms", "sessions", "conversations", "questions.yaml",
    ]

    /// The files with a role of their own.
    public static let singleFiles = roles.filter { $0.hasSuffix(".yaml") }

    /// The folders with files of one role each.
    public static let folders = roles.filter { !$0.hasSuffix(".yaml") }

    /// Whether a file says what to generate; one may stand beside `protocol.yaml`.
    private static func isOptions(_ path: String) -> Bool {
        path.split(separator: "/").last == "grammar-generator.yaml"
    }

    /// The folder for a file whose first key says what it describes.
    private static func folderFor(_ file: SourceFile) -> String? {
        let start = String(decoding: file.bytes.prefix(4096), as: UTF8.self)
        let line = start.split(separator: "\n").first { !$0.hasPrefix("#") && !$0.hasPrefix(" ") } ?? ""
        let key = line.prefix { $0 != ":" }
        return folders.first { $0 == key || $0 == "\(key)s" }
    }

    /// Where a file that has no role could belong.
    private static func advice(
        on file: SourceFile, _ role: String, into diagnostics: inout ReadingDiagnostics
    ) -> String {
        if let similar = diagnostics.similarName(to: role, among: singleFiles) { return "did you mean '\(similar)'?" }
        let folder = file.path.split(separator: "/").dropLast().last.map(String.init) ?? ""
        if let similar = diagnostics.similarName(to: folder, among: folders) {
            return "did you mean the folder '\(similar)'?"
        }
        if let folder = folderFor(file) { return "it belongs in the folder '\(folder)'" }
        let (single, several) = (singleFiles.sorted(), folders.sorted())
        return "the files of a grammar are \(single.joined(separator: ", ")) and those in the folders "
            + several.joined(separator: ", ")
    }

    /// What is wrong with the place or the name of a file; nil if it has a role.
    private static func complaint(
        aboutPlaceOf file: SourceFile, into diagnostics: inout ReadingDiagnostics
    ) -> Diagnostic? {
        let path = file.path
        let place = SourceLocation(file: path, line: 1, column: 1)
        if path.hasSuffix(".yml") {
            let name = baseName(String(path.dropLast(4)))
            return Diagnostic(
                "stray-file", "the names of grammar files end with '.yaml'; rename it to '\(name).yaml'", at: place)
        }
        let role = role(of: path)
        if roles.contains(role) { return nil }
        let note = advice(on: file, role, into: &diagnostics)
        return Diagnostic(
            "stray-file", "a grammar has no file '\(role)' in this place", at: place,
            notes: [Diagnostic.Note(message: note)])
    }

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

    // MARK: - Types

    /// Reads a file of types.
    mutating func readTypes(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics) else { return }
        reader.remarks("about", into: &diagnostics)
        readTypes(of: reader)
    }

    mutating func readTypes(of reader: NodeReader) {
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
        if grammar.sources.isEmpty, let first = names.first, !lacksSources {
            lacksSources = true
            diagnostics.append(
                Diagnostic(
                    .warning, "missing-file",
                    "the grammar names sources, but has no file 'sources.yaml' that lists them", at: first.location))
        }
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
}

extension StringProtocol {
    var trimmingBlanks: String {
        var result = Substring(self)
        while result.first == " " { result.removeFirst() }
        while result.last == " " { result.removeLast() }
        return String(result)
    }
}
