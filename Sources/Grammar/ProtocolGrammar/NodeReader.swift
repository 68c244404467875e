import YAMLTree

/// Reads the keys of one mapping; what is missing, unknown or of the wrong kind becomes a diagnostic.
struct NodeReader {
    let what: String
    let location: SourceLocation
    private let entries: [String: YAMLEntry]
    private let order: [YAMLEntry]

    init?(_ node: YAMLNode, _ what: String, keys: [String], into diagnostics: inout DiagnosticList) {
        guard let mapping = node.mapping else {
            diagnostics.append(
                Diagnostic(.error, "wrong-kind", "\(what) must be a mapping, not \(node.kindName)", at: node.location))
            return nil
        }
        self.what = what
        location = node.location
        order = mapping
        var entries: [String: YAMLEntry] = [:]
        for entry in mapping {
            entries[entry.key] = entry
            if !keys.isEmpty, !keys.contains(entry.key) {
                var diagnostic = Diagnostic.unknown(
                    "unknown-key", "\(what) has no key '\(entry.key)'", entry.key, among: keys, at: entry.keyLocation)
                if diagnostic.notes.isEmpty {
                    diagnostic.notes.append(.init(message: "its keys are \(keys.joined(separator: ", "))"))
                }
                diagnostics.append(diagnostic)
            }
        }
        self.entries = entries
    }

    var all: [YAMLEntry] { order }

    func has(_ key: String) -> Bool { entries[key] != nil }

    func node(_ key: String) -> YAMLNode? { entries[key]?.value }

    func place(_ key: String) -> SourceLocation { entries[key]?.value.location ?? location }

    func text(_ key: String, into diagnostics: inout DiagnosticList) -> String? {
        guard let node = entries[key]?.value else { return nil }
        guard let text = node.scalar else {
            diagnostics.append(
                Diagnostic(.error, "wrong-kind", "'\(key)' must be a text, not \(node.kindName)", at: node.location))
            return nil
        }
        return text
    }

    func required(_ key: String, into diagnostics: inout DiagnosticList) -> String? {
        if !has(key) {
            diagnostics.append(Diagnostic(.error, "missing-key", "\(what) needs the key '\(key)'", at: location))
        }
        return text(key, into: &diagnostics)
    }

    func flag(_ key: String, into diagnostics: inout DiagnosticList) -> Bool {
        choice(key, ["true", "false"], into: &diagnostics) == "true"
    }

    func choice(_ key: String, _ choices: [String], into diagnostics: inout DiagnosticList) -> String? {
        guard let text = text(key, into: &diagnostics) else { return nil }
        guard choices.contains(text) else {
            let list = choices.joined(separator: ", ")
            diagnostics.append(
                .unknown("bad-value", "'\(key)' must be one of \(list)", text, among: choices, at: place(key)))
            return nil
        }
        return text
    }

    func number(_ key: String, _ range: ClosedRange<Int>, into diagnostics: inout DiagnosticList) -> Int? {
        guard let text = text(key, into: &diagnostics) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            diagnostics.append(
                Diagnostic(
                    .error, "bad-number",
                    "'\(key)' must be a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'",
                    at: place(key)))
            return nil
        }
        return number
    }

    func list(_ key: String, into diagnostics: inout DiagnosticList) -> [YAMLNode] {
        guard let node = entries[key]?.value else { return [] }
        guard let list = node.sequence else {
            diagnostics.append(
                Diagnostic(.error, "wrong-kind", "'\(key)' must be a list, not \(node.kindName)", at: node.location))
            return []
        }
        return list
    }

    /// One name, or a list of names.
    func names(_ key: String, into diagnostics: inout DiagnosticList) -> [Reference] {
        guard let node = entries[key]?.value, let text = node.scalar else {
            return references(key, into: &diagnostics)
        }
        return [Reference(name: text, location: node.location)]
    }

    func references(_ key: String, into diagnostics: inout DiagnosticList) -> [Reference] {
        list(key, into: &diagnostics).compactMap { node in
            guard let text = node.scalar else {
                diagnostics.append(
                    Diagnostic(
                        .error, "wrong-kind", "each of '\(key)' must be a text, not \(node.kindName)", at: node.location
                    ))
                return nil
            }
            return Reference(name: text, location: node.location)
        }
    }
}

extension Diagnostic {
    /// An error about a name that leads nowhere, with a suggestion where one is near.
    static func unknown(
        _ identifier: String, _ message: String, _ word: String, among known: [String], at location: SourceLocation
    ) -> Diagnostic {
        var notes: [Note] = []
        if let near = suggestion(for: word, among: known) {
            notes.append(Note(message: "did you mean '\(near)'?", location: nil))
        }
        return Diagnostic(.error, identifier, message, at: location, notes: notes)
    }
}
