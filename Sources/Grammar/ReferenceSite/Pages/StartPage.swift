import ProtocolGrammar

/// The first page: by task, by version, by command.
struct StartPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.start) }

    var page: Page {
        Page(
            path: PagePath.start, title: grammar.name, summary: grammar.about,
            sections: [commands],
            entries: [SearchEntry(name: "Start", kind: .page, path: PagePath.start, anchor: nil, about: grammar.about)])
    }

    private var commands: PageSection {
        let content = tag("div", .class("topics")) {
            for group in grammar.commandsByTopic {
                tag("div", .flag("data-empties")) {
                    if let topic = group.topic { tag("h3") { topic.title } }
                    tag("ul", .class("cmds")) {
                        for command in group.commands {
                            tag("li", grammar.shown(in: command.versions)) {
                                links.link(command.name, to: PagePath.command(command))
                                tag("span") {
                                    command.about + " "
                                    grammar.versionMark(command.versions, within: grammar.openVersions)
                                }
                            }
                        }
                    }
                }
            }
        }
        return PageSection(id: "by-command", title: "Start with a command", content: content)
    }
}
