import GrammarReport
import ProtocolGrammar

/// The page of the commands by versions.
struct MatrixPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.matrix) }

    var page: Page {
        Page(
            path: PagePath.matrix, title: "Commands by version",
            summary: "Who sends which command in which version, and where commands change.", header: legend,
            sections: [PageSection(id: "matrix", title: "All commands", content: table)],
            entries: [
                SearchEntry(
                    name: "Commands by version", kind: .page, words: ["matrix", "versions"], path: PagePath.matrix,
                    anchor: nil, about: "Who sends which command in which version.")
            ])
    }

    private var legend: HTML {
        tag("p", .class("prose")) {
            tag("b", .class("c")) { "C" }
            ": clients send it. "
            tag("b", .class("s")) { "S" }
            ": servers send it. "
            tag("ins") { "Marked" }
            ": forms are new, changed or gone since the version before. ?: only its name is known. A number leads to "
            "what is different in that version."
        }
    }

    private var table: HTML {
        tag(
            "div", .class("scroll matrix"), Attribute("tabindex", "0"), Attribute("role", "group"),
            .label("Commands by version")
        ) {
            tag("table") {
                tag("thead") {
                    tag("tr") {
                        tag("th", Attribute("scope", "col")) { "Command" }
                        for version in grammar.sortedVersions {
                            tag("th", Attribute("scope", "col")) {
                                links.link(
                                    "\(version.number)", to: PagePath.version(version), Attribute("title", version.name)
                                )
                            }
                        }
                    }
                }
                for group in grammar.commandsByTopic {
                    tag("tbody", .flag("data-empties")) {
                        if let topic = group.topic {
                            tag("tr", .class("group")) {
                                tag(
                                    "th", Attribute("scope", "rowgroup"),
                                    Attribute("colspan", "\(grammar.versions.count + 1)")
                                ) { tag("span") { topic.title } }
                            }
                        }
                        for command in group.commands { row(command) }
                    }
                }
            }
        }
    }

    private func row(_ command: Command) -> HTML {
        tag("tr", grammar.shown(in: command.versions)) {
            tag("th", Attribute("scope", "row")) { links.command(command.name) }
            for version in grammar.sortedVersions { tag("td") { cell(command, in: version.number) } }
        }
    }

    private func cell(_ command: Command, in version: Int) -> HTML {
        if command.isNamedOnly { return HTML(command.versions.contains(version) ? "?" : "") }
        let senders = Set(command.forms.filter { $0.versions.contains(version) }.map(\.sender))
        let letters = Sender.allCases.filter(senders.contains)
            .map { sender in
                tag("b", .class(sender == .client ? "c" : "s")) { sender == .client ? "C" : "S" }
            }
            .joined()
        guard isDifferent(command, in: version) else { return letters }
        return letters.isEmpty ? tag("del") { tag("span", .class("sr")) { "gone" } } : tag("ins") { letters }
    }

    private func isDifferent(_ command: Command, in version: Int) -> Bool {
        guard let difference = site.history.difference(of: version) else { return false }
        let forms = difference.new.forms + difference.gone.forms + difference.changedForms.map(\.form)
        return forms.contains { $0.command == command.name }
            || difference.new.commands.contains { $0.name == command.name }
    }
}
