import GrammarReport
import ProtocolGrammar

/// The page of the commands by versions.
struct MatrixPage {
    let grammar: Grammar
    let history: VersionHistory

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.matrix)
        var page = Markdown()
        page.heading(1, "Commands of \(Markdown.prose(grammar.name)) by versions")
        page.paragraph(
            "C: clients send it. S: servers send it. **Bold**: forms are new, changed or removed since the "
                + "previous version. ?: only its name is known. The numbers are those of the versions.")
        page.table(
            ["Command"] + grammar.sortedVersions.map { names.link("\($0.number)", to: PageNames.versionPath($0)) },
            grammar.sortedCommands.map { command in
                [names.command(command.name)] + grammar.sortedVersions.map { cell(command, in: $0.number) }
            },
            keepsEmptyColumns: true)
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
    }

    private func cell(_ command: Command, in version: Int) -> String {
        if command.isNamedOnly { return command.versions.contains(version) ? "?" : "" }
        let senders = command.forms.filter { $0.versions.contains(version) }.map(\.sender)
        let text = (senders.contains(.client) ? "C" : "") + (senders.contains(.server) ? "S" : "")
        return !text.isEmpty && isDifferent(command, in: version) ? "**\(text)**" : text
    }

    private func isDifferent(_ command: Command, in version: Int) -> Bool {
        guard let difference = history.difference(of: version) else { return false }
        let forms = difference.new.forms + difference.gone.forms + difference.changedForms.map(\.form)
        return forms.contains { $0.command == command.name }
            || difference.new.commands.contains { $0.name == command.name }
    }
}
