import ProtocolGrammar

/// The first page: what there is, and the ways to all other pages.
struct IndexPage {
    let grammar: Grammar

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.index)
        var page = Markdown()
        page.heading(1, Markdown.prose(grammar.name))
        page.paragraph(Markdown.prose(grammar.about))
        page.paragraph(
            "This reference is made from the grammar; change the grammar and not these pages. "
                + "Each example line was read by the tests, in each version that it names.")
        var pages = [
            names.link("Commands by versions", to: PageNames.matrix) + ": who sends what in which version",
            names.link("Errors", to: PageNames.errors) + ": the numbers that stand in place of a command",
            names.link("Types", to: PageNames.types) + ": what a word may be",
            names.link("Payloads", to: PageNames.payloads) + ": what the bytes behind a line may be",
            names.link("States", to: PageNames.states) + ": which command may come when",
        ]
        if !grammar.sources.isEmpty {
            pages.append(names.link("Sources", to: PageNames.sources) + ": who says so")
        }
        if !grammar.programs.isEmpty {
            let programs = grammar.programs.map { names.program($0.name) }.joined(separator: ", ")
            pages.append("What programs do differently: " + programs)
        }
        page.list(pages)
        emitNotation(into: &page)
        page.heading(2, "Services")
        for service in grammar.services {
            page.heading(3, "Service \(Markdown.prose(service.name))")
            page.paragraph(Markdown.prose(service.about))
            let commands = grammar.sortedCommands.filter { $0.services.contains(service.name) }
            page.paragraph(commands.map { names.command($0.name) }.joined(separator: ", "))
        }
        page.heading(2, "Versions")
        page.table(
            ["Version", "Client", "Date", "Known", "Meaning"],
            grammar.sortedVersions.map { version in
                [
                    names.version(version), Markdown.prose(version.client), Markdown.prose(version.date),
                    VersionPage.words(version.status), Markdown.prose(version.about),
                ]
            })
        if !grammar.facts.isEmpty {
            page.heading(2, "Facts of versions")
            page.table(
                ["Fact", "Versions", "Meaning"],
                grammar.facts.map {
                    [Markdown.code($0.name), grammar.describe($0.versions), Markdown.prose($0.about)]
                })
        }
        page.heading(2, "Commands")
        page.table(
            ["Command", "Sender", "Services", "Versions", "Meaning"],
            grammar.sortedCommands.map { command in
                let senders = Sender.allCases.filter { !command.forms(from: $0).isEmpty }.map(\.rawValue)
                return [
                    names.command(command.name), command.isNamedOnly ? "unknown" : senders.joined(separator: ", "),
                    command.services.joined(separator: ", "), grammar.describe(command.versions),
                    Markdown.prose(command.about),
                ]
            })
        return page.text
    }

    private func emitNotation(into page: inout Markdown) {
        page.heading(2, "Notation")
        page.paragraph(
            "A line ends with CR LF, and one blank stands between its words. The syntax of a line shows them in order:")
        page.table(
            ["Word", "Meaning"],
            [
                [
                    Markdown.code("USR"),
                    "the command, and any other word that the table of parameters does not name, as it is",
                ],
                [Markdown.code("TrID"), "the transaction ID, a decimal number; an answer repeats that of its request"],
                [Markdown.code("name"), "a parameter"], [Markdown.code("[name]"), "a parameter that may be left out"],
                [Markdown.code("name..."), "words to the end of the line"],
                [Markdown.code("N=name"), "a parameter behind fixed characters"],
                [Markdown.code("length"), "the number of payload bytes that follow the line"],
            ])
        page.paragraph(
            "In examples, C: stands before lines of a client and S: before those of a server, and a payload is set "
                + "in. Confidence is *observed* for what was seen on the wire, *documented* for what is only written "
                + "about, and *inferred* for what follows from something else.")
    }
}
