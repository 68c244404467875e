import GrammarReport
import ProtocolGrammar

/// The page of one version.
struct VersionPage {
    let version: Version
    let grammar: Grammar
    let history: VersionHistory
    let conversations: ConversationIndex
    let names: PageNames

    init(version: Version, grammar: Grammar, history: VersionHistory, conversations: ConversationIndex) {
        self.version = version
        self.grammar = grammar
        self.history = history
        self.conversations = conversations
        names = PageNames(grammar: grammar, page: PageNames.versionPath(version))
    }

    func emit() -> String {
        var page = Markdown()
        page.heading(1, Markdown.prose(version.name))
        page.paragraph(Markdown.prose(version.about))
        var facts = ["Number: \(version.number)", "Known: \(Self.words(version.status))"]
        if let client = grammar.firstClient(of: version) {
            facts.append("Client: " + Markdown.prose(client.name))
            if !client.date.isEmpty { facts.append("Date: " + Markdown.prose(client.date)) }
        }
        if !version.sources.isEmpty {
            facts.append("Sources: " + version.sources.map(names.source).joined(separator: ", "))
        }
        if let base = version.base.flatMap({ grammar.version(number: $0) }) {
            facts.append("Based on: \(names.version(base)), whose every fact holds here unless another is given")
        }
        if let before = neighbour(before: true) { facts.append("Before: " + names.version(before)) }
        if let after = neighbour(before: false) { facts.append("After: " + names.version(after)) }
        page.list(facts)
        if !version.notes.isEmpty { page.paragraph("Note: " + Markdown.prose(version.notes)) }
        if let difference = history.difference(of: version.number) {
            emit(difference, into: &page)
        } else {
            emitChanges(into: &page)
        }
        emitCommands(into: &page)
        emitAlgorithms(into: &page)
        let told = conversations.pages.filter { $0.versions.contains(version.number) }
        if !told.isEmpty {
            page.heading(2, "Conversations")
            page.table(
                ["Conversation", "Meaning"],
                told.map { [names.conversation($0), Markdown.prose($0.conversation.about)] })
        }
        page.paragraph(
            ([names.link("All versions", to: PageNames.index, anchor: "versions")] + names.matrixLinks)
                .joined(separator: " - "))
        return page.text
    }

    /// How much is known about a version.
    static func words(_ status: Version.Status) -> String {
        switch status {
        case .complete: "all that is public"
        case .partial: "parts of it"
        case .named: "little more than its name"
        }
    }

    private func neighbour(before: Bool) -> Version? {
        before
            ? grammar.sortedVersions.last { $0.number < version.number }
            : grammar.sortedVersions.first { $0.number > version.number }
    }

    // MARK: - Differences from the previous version

    private func emit(_ difference: VersionDifference, into page: inout Markdown) {
        page.heading(2, "Since \(Markdown.prose(difference.older.name))")
        if difference.isEmpty { page.paragraph("No differences.") }
        emitChanges(into: &page)
        emit(difference.new, "New", into: &page)
        if !difference.changedForms.isEmpty {
            page.heading(3, "Changed")
            page.table(
                ["Form", Markdown.prose(difference.older.name), Markdown.prose(version.name), "New", "Gone"],
                difference.changedForms.map { change in
                    [
                        names.form(change.form.fullName), Markdown.code(change.before), Markdown.code(change.after),
                        change.newWords.map(Markdown.code).joined(separator: ", "),
                        change.goneWords.map(Markdown.code).joined(separator: ", "),
                    ]
                })
        }
        emit(difference.gone, "Gone", into: &page)
    }

    private func emit(_ side: VersionDifference.Side, _ title: String, into page: inout Markdown) {
        if side.isEmpty { return }
        page.heading(3, title)
        page.table(
            ["Kind", "Name", "Meaning"],
            side.commands.map { ["command", names.command($0.name), Markdown.prose($0.about)] }
                + side.forms.map { ["form", names.form($0.fullName), Markdown.prose($0.about)] }
                + side.values.map { value in
                    let about = value.value.about.isEmpty ? "" : ": " + value.value.about
                    return [
                        "value", "\(Markdown.code(value.value.wire)) of \(names.type(value.type))",
                        Markdown.prose(value.value.name + about),
                    ]
                }
                + side.errors.map { ["error", names.error($0), Markdown.prose($0.about)] }
                + side.payloads.map { ["payload", names.payload($0), Markdown.prose($0.about)] })
    }

    /// The remarks of commands about this version.
    private func emitChanges(into page: inout Markdown) {
        page.list(
            grammar.sortedCommands.flatMap { command in
                command.changes.filter { $0.version == version.number }
                    .map { "\(names.command(command.name)): \(Markdown.prose($0.text))" }
            })
    }

    private func emitAlgorithms(into page: inout Markdown) {
        let algorithms = grammar.sortedAlgorithms.filter { $0.versions.contains(version.number) }
        guard !algorithms.isEmpty else { return }
        page.heading(2, "Algorithms")
        page.table(
            ["Algorithm", "Purpose"], algorithms.map { [names.algorithm($0.name), Markdown.prose($0.about)] })
    }

    private func emitCommands(into page: inout Markdown) {
        let commands = grammar.sortedCommands.filter { grammar.has($0, in: version.number) }
        guard !commands.isEmpty else { return }
        page.heading(2, "Commands")
        page.table(
            ["Command", "From clients", "From servers"],
            commands.map { command in
                [names.command(command.name)]
                    + Sender.allCases.map { sender in
                        command.forms(from: sender).filter { $0.versions.contains(version.number) }
                            .map {
                                names.link(
                                    $0.name, to: PageNames.commandPath(command),
                                    anchor: PageNames.anchor($0.fullName))
                            }
                            .joined(separator: ", ")
                    }
            })
    }
}
