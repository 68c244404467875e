import GrammarReport
import ProtocolGrammar

/// The page of one command.
struct CommandPage {
    let command: Command
    let grammar: Grammar
    let history: VersionHistory
    let conversations: ConversationIndex
    let names: PageNames

    init(command: Command, grammar: Grammar, history: VersionHistory, conversations: ConversationIndex) {
        self.command = command
        self.grammar = grammar
        self.history = history
        self.conversations = conversations
        names = PageNames(grammar: grammar, page: PageNames.commandPath(command))
    }

    func emit() -> String {
        var page = Markdown()
        page.heading(1, Markdown.prose(command.name))
        page.paragraph(Markdown.prose(command.about))
        page.list(["Services: " + names.services(command.services)] + grammar.versionFact(command.versions))
        if command.isNamedOnly {
            page.paragraph("Only its name is known, so its lines are not decoded.")
        }
        if !command.notes.isEmpty { page.paragraph("Note: " + Markdown.prose(command.notes)) }
        page.table(
            ["Form", "Sender", "Services", "Versions", "Purpose"],
            command.forms.map { form in
                [
                    names.form(form.fullName), form.sender.rawValue,
                    form.services == command.services ? "" : form.services.joined(separator: ", "),
                    grammar.versionCell(form.versions, within: command.versions), Markdown.prose(form.about),
                ]
            })
        for sender in Sender.allCases {
            let forms = command.forms(from: sender)
            if forms.isEmpty { continue }
            page.heading(2, "From the \(sender.rawValue)")
            for form in forms { FormSection(form: form, grammar: grammar, names: names).emit(into: &page) }
        }
        emitChanges(into: &page)
        emitExamples(into: &page)
        emitInvalidExamples(into: &page)
        emitConversations(into: &page)
        page.paragraph(
            ([names.link("All commands", to: PageNames.index)] + names.matrixLinks).joined(separator: " - "))
        return page.text
    }

    // MARK: - Changes

    /// The remarks of the grammar, and the new, changed and removed forms.
    private func emitChanges(into page: inout Markdown) {
        let rows = grammar.sortedVersions.compactMap { version -> [String]? in
            let words = command.changes.filter { $0.version == version.number }.map { Markdown.prose($0.text) }
            let forms = changedForms(in: version)
            if words.isEmpty && forms.isEmpty { return nil }
            return [names.version(version), words.joined(separator: " "), forms.joined(separator: "; ")]
        }
        if rows.isEmpty { return }
        page.heading(2, "Changes")
        page.table(["Version", "Change", "Forms"], rows)
    }

    private func changedForms(in version: Version) -> [String] {
        guard let difference = history.difference(of: version.number) else { return [] }
        if difference.gone.commands.contains(where: { $0.name == command.name }) { return ["the command is removed"] }
        if difference.new.commands.contains(where: { $0.name == command.name }) { return ["the command is new"] }
        func list(_ title: String, _ forms: [Form]) -> [String] {
            let links = forms.filter { $0.command == command.name }.map { names.form($0.fullName) }
            return links.isEmpty ? [] : ["\(title): " + links.joined(separator: ", ")]
        }
        return list("new", difference.new.forms) + list("changed", difference.changedForms.map(\.form))
            + list("removed", difference.gone.forms)
    }

    // MARK: - Examples

    private func emitExamples(into page: inout Markdown) {
        guard !command.examples.isEmpty else { return }
        page.heading(2, "Examples")
        for example in command.examples {
            page.heading(3, Markdown.prose(example.title.isEmpty ? "Example" : example.title))
            let place = [grammar.versionCell(example.versions), example.service].filter { !$0.isEmpty }
            page.paragraph(place.joined(separator: ", ") + ":")
            page.code(example.lines.flatMap(ExampleText.lines))
            page.list(example.lines.compactMap { reading(of: $0, in: example) })
        }
    }

    /// The values of an example line by name.
    private func reading(of line: Example.Line, in example: Example) -> String? {
        let values = ExampleText.values(example.values(of: line, by: LineMatcher(grammar)))
        let name = line.text.prefix { $0 != " " }
        return values.map { names.form("\(name).\(line.form)") + ": " + $0 }
    }

    private func emitInvalidExamples(into page: inout Markdown) {
        guard !command.invalidExamples.isEmpty else { return }
        page.heading(2, "Invalid lines")
        page.table(
            ["Line", "Versions", "Service", "Reason"],
            command.invalidExamples.map { example in
                let line = ExampleText.lines(sender: example.sender, text: example.text, payload: nil).joined()
                let parameter = example.parameter.map { " (\(Markdown.prose($0)))" } ?? ""
                return [
                    Markdown.code(line), grammar.versionCell(example.versions, within: command.versions),
                    example.service, Self.words(example.error) + parameter,
                ]
            })
    }

    // MARK: - Conversations

    /// The conversations in which the command occurs.
    private func emitConversations(into page: inout Markdown) {
        var rows: [(title: String, links: [String])] = []
        for told in conversations.pages where told.commands.contains(command.name) {
            let title = told.conversation.title
            if rows.last?.title != title { rows.append((title, [])) }
            rows[rows.count - 1].links.append(names.conversation(told, short: true))
        }
        if rows.isEmpty { return }
        page.heading(2, "Conversations")
        page.list(rows.map { "\(Markdown.prose($0.title)): " + $0.links.joined(separator: ", ") })
    }

    /// `missingParameter` as `missing parameter`; acronyms stay as they are.
    static func words(_ name: String) -> String {
        var words: [String] = []
        for character in name {
            let isInAcronym = words.last?.last?.isUppercase == true && words.last?.first?.isUppercase == true
            if words.isEmpty || (character.isUppercase && !isInAcronym) { words.append("") }
            words[words.count - 1].append(character)
        }
        return words.map { $0.dropFirst().contains(where: \.isUppercase) ? $0 : $0.lowercased() }
            .joined(separator: " ")
    }
}
