import GrammarReport
import ProtocolGrammar

/// Everything that is different between a version and the one that it carries on.
struct VersionChanges {
    let version: Version
    let difference: VersionDifference
    let links: Links

    private var grammar: Grammar { links.site.grammar }
    private var changes: [GrammarDifference.Change] { links.site.history.changes(of: version.number) }

    /// A part with a heading of its own.
    private struct Part {
        var id: String
        var title: String
        var count: Int
        var content: HTML
    }

    var section: PageSection {
        let parts = self.parts
        let content = group {
            if parts.isEmpty { Components.prose("Nothing that the grammar describes.") }
            if parts.count > 1 { summary(of: parts) }
            for part in parts {
                Components.heading(3, part.title, id: part.id)
                part.content
            }
        }
        return PageSection(
            id: "since", title: "New since \(difference.older.name)", content: content,
            parts: parts.map { .init(id: $0.id, title: $0.title) })
    }

    private var parts: [Part] {
        [remarks, commands, forms, lines].compactMap(\.self) + Self.kinds.compactMap(rest)
    }

    /// The kinds of facts in the order in which people need them: what lines and payloads look like, then the rest.
    private static var kinds: [GrammarFact.Kind] {
        let first: [GrammarFact.Kind] = [
            .parameter, .value, .bits, .type, .answer, .error, .payload, .block, .field, .number, .element, .attribute,
            .child,
            .session, .state, .rule, .limit,
        ]
        let last: [GrammarFact.Kind] = [.deviation]
        return first + GrammarFact.Kind.allCases.filter { !first.contains($0) && !last.contains($0) } + last
    }

    /// How much there is of each kind.
    private func summary(of parts: [Part]) -> HTML {
        tag("ul", .class("counts")) {
            for part in parts where part.id != "in-words" {
                tag("li") {
                    tag("a", .href("#" + part.id)) { part.title }
                    " "
                    tag("b") { "\(part.count)" }
                }
            }
        }
    }

    // MARK: - In words

    private var remarks: Part? {
        guard !difference.remarks.isEmpty else { return nil }
        let content = tag("ul", .class("list")) {
            for remark in difference.remarks {
                tag("li") {
                    links.command(remark.command)
                    ": " + remark.text
                }
            }
        }
        return Part(id: "in-words", title: "In words", count: difference.remarks.count, content: content)
    }

    // MARK: - Commands and their forms

    private var commands: Part? {
        part(
            "commands-changed", "Commands", difference.new.commands, difference.gone.commands,
            { links.command($0.name) }, \.about)
    }

    private var forms: Part? {
        part(
            "forms-changed", "Forms", difference.new.forms, difference.gone.forms,
            { links.form($0.fullName) + HTML(" ") + Components.sender($0.sender) }, \.about)
    }

    private func part<Item>(
        _ id: String, _ title: String, _ new: [Item], _ gone: [Item], _ name: (Item) -> HTML,
        _ about: (Item) -> String
    ) -> Part? {
        if new.isEmpty && gone.isEmpty { return nil }
        let rows =
            new.map { Components.Row(name($0), Self.new, HTML(about($0))) }
            + gone.map { Components.Row(name($0), Self.gone, HTML(about($0))) }
        return Part(
            id: id, title: title, count: rows.count, content: Components.table([title, "Change", "Meaning"], rows))
    }

    private static var new: HTML { tag("ins") { "new" } }
    private static var gone: HTML { tag("del") { "gone" } }

    /// The lines of forms that both versions have, each with the words that came and went.
    private var lines: Part? {
        guard !difference.changedForms.isEmpty else { return nil }
        let rows = difference.changedForms.map { change in
            Components.Row(
                links.form(change.form.fullName) + HTML(" ") + Components.sender(change.form.sender),
                Components.stack(
                    tag("code", Attribute("translate", "no")) {
                        WordDifference.html(from: change.before, to: change.after)
                    },
                    words(of: change)))
        }
        return Part(
            id: "lines", title: "Lines", count: rows.count,
            content: Components.table(["Form", "Line; what is new is marked, what is gone is struck out"], rows))
    }

    /// The words that came and went, if only their types say so: a literal became a value with the same name.
    private func words(of change: VersionDifference.FormChange) -> HTML {
        guard change.before == change.after else { return HTML() }
        let gone = change.goneWords.map { word in tag("del") { word } }
        let new = change.newWords.map { word in tag("ins") { word } }
        return (gone + new).joined(separator: ", ")
    }

    // MARK: - All other facts

    /// What the parts above do not tell: what differs of one kind.
    private func rest(_ kind: GrammarFact.Kind) -> Part? {
        // Commands and forms are told above; who speaks a version, or knows of it, is no difference of the protocol.
        if [.command, .form, .client, .program, .question].contains(kind) { return nil }
        let rows = changes.filter { $0.kind == kind }.map { change in
            Components.Row(
                links.subject(of: change),
                change.old == nil ? Self.new : change.new == nil ? Self.gone : HTML(),
                text(of: change))
        }
        guard !rows.isEmpty else { return nil }
        let table = Components.table([kind.title, "Change", "Meaning"], rows)
        return Part(
            id: "\(kind.rawValue)-changes", title: kind.title, count: rows.count,
            content: rows.count > 12 ? Components.fold(HTML("All \(rows.count)"), table) : table)
    }

    private func text(of change: GrammarDifference.Change) -> HTML {
        if let old = change.old, let new = change.new { return WordDifference.html(from: old, to: new) }
        return links.meaning(of: change) ?? HTML(change.new ?? change.old ?? "")
    }
}
