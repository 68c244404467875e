import ProtocolGrammar

extension VersionDifference {
    /// The difference as plain text, one line per item: `+` for new items and `-` for removed ones.
    public var text: String { text(with: "") }

    /// The difference as plain text, with the parts of things that both versions have: parameters, fields, rules.
    public func text(with all: GrammarDifference) -> String {
        var parts = all
        parts.changes = all.changesOfParts
        return text(with: parts.sections(of: Set(GrammarFact.Kind.allCases).subtracting(GrammarDifference.wholes)))
    }

    private func text(with more: String) -> String {
        var lines = ["\(older.name) to \(newer.name)"]
        if isEmpty && more.isEmpty { lines.append("No differences.") }
        func section(_ title: String, _ items: (Side) -> [(name: String, about: String)]) {
            let (gone, new) = (items(gone), items(new))
            if gone.isEmpty && new.isEmpty { return }
            let width = (gone + new).map(\.name.count).max() ?? 0
            func row(_ sign: String, _ item: (name: String, about: String)) -> String {
                if item.about.isEmpty { return "  \(sign) \(item.name)" }
                return "  \(sign) \(item.name)\(String(repeating: " ", count: width - item.name.count))  \(item.about)"
            }
            lines += ["", title] + gone.map { row("-", $0) } + new.map { row("+", $0) }
        }
        if !remarks.isEmpty { lines += ["", "In words"] + remarks.map { "  \($0.command)  \($0.text)" } }
        section("Commands") { $0.commands.map { ($0.name, $0.about) } }
        section("Forms") { $0.forms.map { ($0.fullName, $0.about) } }
        if !changedForms.isEmpty {
            lines += ["", "Lines"]
            for change in changedForms {
                lines.append("  " + change.form.fullName)
                if change.before == change.after {
                    // A literal became a value with the same name, or the reverse.
                    lines.append("    " + change.after)
                    lines += change.goneWords.map { "    - " + $0 } + change.newWords.map { "    + " + $0 }
                } else {
                    lines += ["    - " + change.before, "    + " + change.after]
                }
            }
        }
        section("Values") { $0.values.map { ("\($0.type).\($0.value.name) = \($0.value.wire)", $0.value.about) } }
        section("Errors") { $0.errors.map { ("\($0.number) \($0.name)", $0.about) } }
        section("Payloads") { $0.payloads.map { ($0.name, $0.about) } }
        return lines.joined(separator: "\n") + "\n" + more
    }
}
