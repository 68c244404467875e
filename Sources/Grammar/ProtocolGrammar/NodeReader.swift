import YAMLTree

/// Reads one mapping: to read a key is to declare it.
///
/// A missing key or a wrong kind becomes a diagnostic. At the end, so do keys that nothing read.
struct NodeReader {
    let what: String
    let location: SourceLocation
    private let entries: [String: YAMLEntry]
    private let order: [YAMLEntry]

    init?(_ node: YAMLNode, _ what: String, into diagnostics: inout ReadingDiagnostics) {
        guard let mapping = node.mapping else {
            diagnostics.append(
                Diagnostic(.error, "wrong-kind", "\(what) must be a mapping, not \(node.kindName)", at: node.location))
            return nil
        }
        self.what = what
        location = node.location
        order = mapping
        entries = Dictionary(mapping.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        diagnostics.open(what, at: node.location)
    }

    private func entry(
        _ key: String, as value: KeyDeclarations.Value, into diagnostics: inout ReadingDiagnostics
    ) -> YAMLEntry? {
        diagnostics.declare(key, of: location)
        diagnostics.declarations?.add(value, key, of: location)
        return entries[key]
    }

    /// The entries of a mapping whose keys are names.
    func entries(atMost limit: Int = .max, into diagnostics: inout ReadingDiagnostics) -> [YAMLEntry] {
        diagnostics.declarations?.openNames(at: location)
        for entry in order {
            diagnostics.declare(entry.key, of: location)
        }
        return Self.prefix(order, limit, what, at: \.keyLocation, into: &diagnostics)
    }

    /// The items up to a limit; any more are refused.
    private static func prefix<Item>(
        _ items: [Item], _ limit: Int, _ what: String, at place: KeyPath<Item, SourceLocation>,
        into diagnostics: inout ReadingDiagnostics
    ) -> [Item] {
        guard items.count > limit else { return items }
        diagnostics.append(.tooMany(items.count, in: what, limit, at: items[limit][keyPath: place]))
        return Array(items.prefix(limit))
    }

    func has(_ key: String) -> Bool { entries[key] != nil }

    func place(_ key: String) -> SourceLocation { entries[key]?.value.location ?? location }

    func node(
        _ key: String, as value: KeyDeclarations.Value = .shown, into diagnostics: inout ReadingDiagnostics
    ) -> YAMLNode? {
        entry(key, as: value, into: &diagnostics)?.value
    }

    /// A text; nil for one with more bytes than the limit.
    func text(_ key: String, atMost limit: Int = .max, into diagnostics: inout ReadingDiagnostics) -> String? {
        guard let node = node(key, as: .text, into: &diagnostics) else { return nil }
        guard let text = node.scalar else {
            diagnostics.append(
                Diagnostic(.error, "wrong-kind", "'\(key)' must be text, not \(node.kindName)", at: node.location))
            return nil
        }
        guard text.utf8.count <= limit else {
            diagnostics.append(.tooLong(text, "'\(key)'", limit, at: node.location))
            return nil
        }
        return text
    }

    func required(_ key: String, atMost limit: Int = .max, into diagnostics: inout ReadingDiagnostics) -> String? {
        diagnostics.declarations?.require(key, of: location)
        if !has(key) {
            diagnostics.append(Diagnostic(.error, "missing-key", "\(what) needs the key '\(key)'", at: location))
        }
        return text(key, atMost: limit, into: &diagnostics)
    }

    /// Reads texts for the editors of the grammar; nothing else uses them.
    func remarks(_ keys: String..., into diagnostics: inout ReadingDiagnostics) {
        for key in keys { _ = text(key, into: &diagnostics) }
    }

    /// Which of the keys `client` and `server` is present.
    func sender(into diagnostics: inout ReadingDiagnostics) -> Sender? {
        let senders = Sender.allCases.filter { node($0.rawValue, into: &diagnostics) != nil }
        if senders.count == 1 { return senders[0] }
        diagnostics.append(
            Diagnostic("rule-sender", "\(what) must have exactly one of the keys 'client' and 'server'", at: location)
        )
        return nil
    }

    func flag(_ key: String, into diagnostics: inout ReadingDiagnostics) -> Bool {
        choice(key, ["true", "false"], into: &diagnostics) == "true"
    }

    /// - Parameter isFixed: whether the choices are the same in all grammars.
    func choice(
        _ key: String, _ choices: [String], isFixed: Bool = true, into diagnostics: inout ReadingDiagnostics
    ) -> String? {
        if isFixed { diagnostics.declarations?.add(.choice(choices), key, of: location) }
        guard let text = text(key, into: &diagnostics) else { return nil }
        return Self.choice(key, text, choices, at: place(key), into: &diagnostics)
    }

    /// A list whose items are choices.
    func choices(_ key: String, _ choices: [String], into diagnostics: inout ReadingDiagnostics) -> [String] {
        diagnostics.declarations?.add(.choices(choices), key, of: location)
        return references(key, into: &diagnostics).compactMap {
            Self.choice(key, $0.name, choices, at: $0.location, into: &diagnostics)
        }
    }

    private static func choice(
        _ key: String, _ text: String, _ choices: [String], at location: SourceLocation,
        into diagnostics: inout ReadingDiagnostics
    ) -> String? {
        guard choices.contains(text) else {
            let list = choices.joined(separator: ", ")
            diagnostics.unknown("bad-value", "'\(key)' must be one of \(list)", text, among: choices, at: location)
            return nil
        }
        return text
    }

    func number(_ key: String, _ range: ClosedRange<Int>, into diagnostics: inout ReadingDiagnostics) -> Int? {
        diagnostics.declarations?.add(.number(range), key, of: location)
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

    func list(_ key: String, atMost limit: Int = .max, into diagnostics: inout ReadingDiagnostics) -> [YAMLNode] {
        guard let node = node(key, as: .list, into: &diagnostics) else { return [] }
        guard let list = node.sequence else {
            let word = node.scalar.flatMap { $0.utf8.count <= 40 ? $0 : nil }
            let hint = word.map { "write a list of one as '[\($0)]'" } ?? "each item of a list begins with '- '"
            diagnostics.append(
                Diagnostic(
                    .error, "wrong-kind", "'\(key)' must be a list, not \(node.kindName)", at: node.location,
                    notes: [.init(message: hint)]))
            return []
        }
        return Self.prefix(list, limit, "'\(key)'", at: \.location, into: &diagnostics)
    }

    /// One name, or a list of names.
    func names(_ key: String, into diagnostics: inout ReadingDiagnostics) -> [Reference] {
        diagnostics.declarations?.add(.texts, key, of: location)
        guard let node = node(key, as: .text, into: &diagnostics), let text = node.scalar else {
            return references(key, into: &diagnostics)
        }
        return [Reference(name: text, location: node.location)]
    }

    /// A name that refers to something else; nil if the key is missing.
    func reference(_ key: String, into diagnostics: inout ReadingDiagnostics) -> Reference? {
        text(key, into: &diagnostics).map { Reference(name: $0, location: place(key)) }
    }

    func references(_ key: String, into diagnostics: inout ReadingDiagnostics) -> [Reference] {
        diagnostics.declarations?.add(.texts, key, of: location)
        return list(key, into: &diagnostics).compactMap { node in
            guard let text = node.scalar else {
                diagnostics.append(
                    Diagnostic(
                        .error, "wrong-kind", "each of '\(key)' must be text, not \(node.kindName)", at: node.location
                    ))
                return nil
            }
            return Reference(name: text, location: node.location)
        }
    }
}
