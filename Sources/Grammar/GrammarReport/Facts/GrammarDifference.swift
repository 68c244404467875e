import ProtocolGrammar

/// Everything that is different between two grammars, or two versions of one.
public struct GrammarDifference: Sendable {
    /// A fact that only one side has, or that the sides say differently.
    public struct Change: Sendable, Hashable {
        /// What it is about.
        public var kind: GrammarFact.Kind
        /// Its name.
        public var name: String
        /// What the older side says; nil if it says nothing.
        public var old: String?
        /// What the newer side says; nil if it says nothing.
        public var new: String?
    }

    /// What the older side is called.
    public var older: String
    /// What the newer side is called.
    public var newer: String
    /// The changes by kind, and in the order of the grammars.
    public var changes: [Change] = []

    /// Compares the facts of two sides.
    public init(from old: GrammarFacts, named older: String, to new: GrammarFacts, named newer: String) {
        self.older = older
        self.newer = newer
        let (before, after) = (Self.texts(of: old), Self.texts(of: new))
        var seen: Set<Key> = []
        var found: [Change] = []
        for fact in old.all + new.all {
            let key = Key(kind: fact.kind, name: fact.name)
            guard seen.insert(key).inserted, before[key] != after[key] else { continue }
            found.append(Change(kind: fact.kind, name: fact.name, old: before[key], new: after[key]))
        }
        for kind in GrammarFact.Kind.allCases { changes += found.filter { $0.kind == kind } }
    }

    private struct Key: Hashable {
        var kind: GrammarFact.Kind
        var name: String
    }

    /// Several facts of one name, such as two rules for one command, count as one.
    private static func texts(of facts: GrammarFacts) -> [Key: String] {
        Dictionary(facts.all.map { (Key(kind: $0.kind, name: $0.name), $0.text) }) { "\($0) | \($1)" }
    }

    /// What has parts that are facts of their own.
    static let wholes: Set<GrammarFact.Kind> = [.command, .form, .value, .error, .payload]

    /// The changes without the parts of what is new or gone as a whole, such as the parameters of a new form.
    public var changesOfParts: [Change] {
        let owners = Set(
            changes.filter { Self.wholes.contains($0.kind) }.map { "\($0.name) \($0.old == nil) \($0.new == nil)" })
        return changes.filter { change in
            !change.ownerNames.contains { owners.contains("\($0) \(change.old == nil) \(change.new == nil)") }
        }
    }

    /// The difference as plain text: `+` for what is new, `-` for what is gone, both for what changed.
    public var text: String {
        "\(older) to \(newer)\n"
            + (changes.isEmpty ? "No differences.\n" : sections(of: Set(GrammarFact.Kind.allCases)))
    }

    /// The sections of some kinds.
    func sections(of kinds: Set<GrammarFact.Kind>) -> String {
        var lines: [String] = []
        for kind in GrammarFact.Kind.allCases where kinds.contains(kind) {
            let rows = changes.filter { $0.kind == kind }
            if rows.isEmpty { continue }
            lines += ["", kind.title]
            for row in rows {
                if let old = row.old { lines.append("  - \(row.name)\(old.isEmpty ? "" : ": \(old)")") }
                if let new = row.new { lines.append("  + \(row.name)\(new.isEmpty ? "" : ": \(new)")") }
            }
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    /// The difference as JSON: an object with `from`, `to` and `changes`.
    public var json: String {
        let rows = changes.map { change in
            let members = [
                ("kind", change.kind.rawValue), ("name", change.name), ("old", change.old), ("new", change.new),
            ].compactMap { key, value in value.map { "\(JSONValue.quoted(key)): \(JSONValue.quoted($0))" } }
            return "    {\(members.joined(separator: ", "))}"
        }
        let list = rows.isEmpty ? "[]" : "[\n\(rows.joined(separator: ",\n"))\n  ]"
        let (from, to) = (JSONValue.quoted(older), JSONValue.quoted(newer))
        return "{\n  \"from\": \(from),\n  \"to\": \(to),\n  \"changes\": \(list)\n}\n"
    }
}

extension GrammarDifference.Change {
    /// The names of what it may be a part of: `USR.challenge` and `USR` for `USR.challenge.nonce`.
    fileprivate var ownerNames: [String] {
        let first = name.prefix { $0 != " " }
        let parts = first.split(separator: ".")
        return (1..<max(1, parts.count + (first.endIndex < name.endIndex ? 1 : 0))).map {
            parts.prefix($0).joined(separator: ".")
        }
    }
}
