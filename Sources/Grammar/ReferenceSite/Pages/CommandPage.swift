import GrammarReport
import ProtocolGrammar

/// The page of one command, in the order in which people need its parts.
struct CommandPage {
    let command: Command
    let site: Site
    let links: Links

    init(command: Command, site: Site) {
        self.command = command
        self.site = site
        links = Links(site: site, page: PagePath.command(command))
    }

    private var grammar: Grammar { site.grammar }

    var page: Page {
        Page(
            path: links.page, title: command.name, titleIsCode: true, summary: command.about,
            crumbs: [("Commands", PagePath.start)] + (topic.map { [($0.title, nil)] } ?? []), header: header,
            sections: [forms].compactMap(\.self) + sections(of: .client) + sections(of: .server)
                + [
                    exchanges, errors, programs, history, conversations, invalidLines,
                    Questions(links: links).section(about: .command, command.name), sources,
                ].compactMap(\.self),
            entries: entries)
    }

    private var topic: Topic? {
        grammar.topics.first { topic in topic.commands.contains { $0.name == command.name } }
    }

    @HTMLBuilder
    private var header: HTML {
        Components.facts([
            ("Services", command.services.map(links.service).joined(separator: ", ")),
            ("Versions", grammar.versionCell(command.versions)),
            ("Answered by", names(of: command.forms.flatMap(\.answers).map(\.name))),
            ("Answers", names(of: command.forms.flatMap { grammar.questions(answeredBy: $0) }.map(\.command))),
            ("Grammar", links.line(command.location)),
        ])
        if command.isNamedOnly { Components.prose("Only its name is known, so its lines are not decoded.") }
        if !command.notes.isEmpty {
            tag("p", .class("note")) {
                tag("b") { "Note" }
                " " + command.notes
            }
        }
    }

    /// Links to commands, each once, in the order of the names.
    private func names(of names: [String]) -> HTML {
        var seen: [String] = []
        for name in names.map({ grammar.commandAndForm($0).command }) where !seen.contains(name) && name != command.name
        {
            seen.append(name)
        }
        return seen.map { links.command($0) }.joined(separator: ", ")
    }

    // MARK: - Forms

    private var forms: PageSection? {
        guard !command.forms.isEmpty else { return nil }
        return PageSection(
            id: "forms", title: "Forms", content: Lifelines(forms: command.forms, links: links).html)
    }

    private func sections(of sender: Sender) -> [PageSection] {
        let forms = command.forms(from: sender)
        guard !forms.isEmpty else { return [] }
        return [
            PageSection(
                id: "from-\(sender.rawValue)", title: "From the \(sender.rawValue)",
                content: forms.map { FormSection(form: $0, links: links).html }.joined(),
                parts: forms.map { .init(id: links.anchor(of: $0), title: $0.name, versions: $0.versions) })
        ]
    }

    // MARK: - Examples

    private var exchanges: PageSection? {
        guard !command.examples.isEmpty else { return nil }
        let content = command.examples.enumerated().map { index, example in
            tag(
                "details",
                [.class("exchange")] + grammar.shown(in: example.versions) + (index == 0 ? [.flag("open")] : [])
            ) {
                tag("summary") {
                    tag("b") { example.title.isEmpty ? "Example" : example.title }
                    " "
                    grammar.versionMark(example.versions)
                    " "
                    tag("span", .class("tag")) { example.service }
                }
                WireFigure(
                    title: example.title.isEmpty ? "Example" : example.title,
                    lines: example.lines.map { WireLine($0, in: example, site: site) }
                ).html(links)
                links.line(example.location)
            }
        }
        return PageSection(id: "exchanges", title: "Exchanges", content: content.joined())
    }

    private var invalidLines: PageSection? {
        guard !command.invalidExamples.isEmpty else { return nil }
        let rows = command.invalidExamples.map { example in
            Components.Row(
                Components.sender(example.sender) + HTML(" ") + Components.code(EscapedText.of(example.text.utf8)),
                HTML(grammar.versions.count > 1 ? grammar.describe(example.versions, within: command.versions) : ""),
                HTML(example.service),
                HTML(Components.words(example.error)) + (example.parameter.map { HTML(" (\($0))") } ?? HTML()),
                links.line(example.location), attributes: grammar.shown(in: example.versions))
        }
        return PageSection(
            id: "invalid", title: "Lines that must be refused",
            content: Components.table(["Line", "Versions", "Service", "Reason", "Grammar"], rows))
    }

    // MARK: - Errors

    /// The errors of all forms, folded by the groups that the grammar has for them.
    private var errors: PageSection? {
        let names = Set(command.forms.flatMap { $0.errors.map(\.name) })
        let codes = grammar.sortedErrors.filter { names.contains($0.name) && !isForeign($0) }
        guard !codes.isEmpty else { return nil }
        let content = grammar.grouped(codes).map { group in
            Components.fold(
                tag("b") { group.title } + HTML(" ") + tag("span", .class("soft")) { "\(group.errors.count)" },
                isOpen: codes.count <= 8, ErrorTable(errors: group.errors, links: links).html)
        }
        return PageSection(id: "errors", title: "Errors", content: content.joined())
    }

    /// Whether an error is of versions that the command lacks.
    private func isForeign(_ code: ErrorCode) -> Bool { code.versions.intersection(command.versions).isEmpty }

    // MARK: - Programs and history

    private var programs: PageSection? {
        let rows = command.forms.flatMap { form in
            form.deviations.map { entry in
                Components.Row(
                    links.form(form.fullName),
                    entry.deviation.programs.map { links.program($0.name) }.joined(separator: ", "),
                    grammar.versionCell(entry.versions),
                    HTML(entry.deviation.about),
                    entry.examples.map { Components.code($0.text) }.joined(separator: " "),
                    attributes: grammar.shown(in: entry.versions))
            }
        }
        guard !rows.isEmpty else { return nil }
        return PageSection(
            id: "programs", title: "What programs do differently",
            content: Components.table(["Form", "Programs", "Versions", "Difference", "Line"], rows))
    }

    private var history: PageSection? {
        let items = grammar.sortedVersions.compactMap { version -> HTML? in
            let words = command.changes.filter { $0.version == version.number }.map { HTML($0.text) }
            let changes = words + changedForms(in: version)
            guard !changes.isEmpty else { return nil }
            return tag("li", grammar.shown(in: VersionSet([version.number]))) {
                tag("span", .class("n")) { links.version(version) }
                " "
                changes.joined(separator: " ")
            }
        }
        guard !items.isEmpty, grammar.versions.count > 1 else { return nil }
        return PageSection(
            id: "history", title: "History", content: tag("ol", .class("hist")) { items })
    }

    /// The new, changed and removed forms.
    private func changedForms(in version: Version) -> [HTML] {
        guard let difference = site.history.difference(of: version.number) else { return [] }
        if difference.gone.commands.contains(where: { $0.name == command.name }) { return [HTML("Removed.")] }
        if difference.new.commands.contains(where: { $0.name == command.name }) { return [HTML("New.")] }
        func list(_ title: String, _ forms: [Form]) -> [HTML] {
            let names = forms.filter { $0.command == command.name }.map { links.form($0.fullName) }
            return names.isEmpty ? [] : [HTML("\(title): ") + names.joined(separator: ", ") + HTML(".")]
        }
        return list("New", difference.new.forms) + list("Changed", difference.changedForms.map(\.form))
            + list("Removed", difference.gone.forms)
    }

    /// The conversations in which the command occurs.
    private var conversations: PageSection? {
        var rows: [(title: String, links: [HTML])] = []
        for told in site.conversations.pages where told.commands.contains(command.name) {
            let title = told.conversation.title
            if rows.last?.title != title { rows.append((title, [])) }
            rows[rows.count - 1].links.append(links.conversation(told, short: grammar.versions.count > 1))
        }
        guard !rows.isEmpty else { return nil }
        let content = tag("ul", .class("list")) {
            for row in rows {
                tag("li") {
                    row.title + ": "
                    row.links.joined(separator: ", ")
                }
            }
        }
        return PageSection(id: "conversations", title: "Conversations", content: content)
    }

    private var sources: PageSection? {
        let names = Set(command.forms.flatMap(\.sources)).sorted()
        guard !names.isEmpty else { return nil }
        let content = tag("ul", .class("list")) {
            for name in names {
                tag("li") {
                    links.source(name)
                    grammar.sources[name].map { ": " + $0.about } ?? ""
                }
            }
        }
        return PageSection(id: "sources", title: "Sources", content: content)
    }

    // MARK: - Search

    private var entries: [SearchEntry] {
        var entries = [
            SearchEntry(name: command.name, kind: .command, path: links.page, anchor: nil, about: command.about)
        ]
        for form in command.forms {
            entries.append(
                SearchEntry(
                    name: form.fullName, kind: .form, path: links.page, anchor: links.anchor(of: form),
                    about: form.about))
            for value in form.values {
                entries.append(
                    SearchEntry(
                        name: "\(form.fullName).\(value.name)", kind: .parameter, path: links.page,
                        anchor: "\(links.anchor(of: form)).\(value.name)",
                        about: FormProse.meaning(of: value.main, grammar: grammar)))
            }
        }
        return entries
    }
}
