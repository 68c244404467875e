import ProtocolGrammar

/// The way through the manual, beside each page.
struct SideNavigation {
    let site: Site
    let page: Page
    let links: Links

    private var grammar: Grammar { site.grammar }

    var html: HTML {
        tag("nav", .class("side"), .id("browse"), .label("Manual")) {
            tag("h2") { "Manual" }
            tag("ul", .class("plain")) {
                for entry in entries {
                    tag("li") { link(entry.title, to: entry.path) }
                }
            }
            for group in grammar.commandsByTopic {
                tag("div", .flag("data-empties")) {
                    tag("h2") { group.topic?.title ?? (grammar.topics.isEmpty ? "Commands" : "More commands") }
                    tag("ul", .class("tokens")) {
                        for command in group.commands {
                            tag("li", .versions(command.versions, in: grammar)) {
                                link(command.name, to: PagePath.command(command), hints(for: command))
                            }
                        }
                    }
                }
            }
        }
    }

    /// The pages that list others, in the order of the manual.
    private var entries: [(title: String, path: String)] {
        let optional: [(isThere: Bool, title: String, path: String)] = [
            (true, "Start", PagePath.start),
            (true, "Decode a line", PagePath.paste),
            (!site.conversations.pages.isEmpty, "Conversations", PagePath.conversations),
            (grammar.versions.count > 1, "Commands by version", PagePath.matrix),
            (grammar.hasErrors, "Errors", PagePath.errors),
            (!grammar.algorithms.isEmpty, "Algorithms", PagePath.algorithms),
            (true, "Services and states", PagePath.services),
            (!grammar.payloads.isEmpty, "Payloads", PagePath.payloads),
            (!grammar.types.isEmpty, "Types", PagePath.types),
            (true, "Index of fields", PagePath.fields),
            (!grammar.programs.isEmpty, "Programs", PagePath.programs),
            (!grammar.questions.isEmpty, "Open questions", PagePath.questions),
            (!grammar.sources.isEmpty, "Sources", PagePath.sources),
            (!site.files.all.isEmpty, "Files of the grammar", PagePath.files),
            (true, "Notation", PagePath.notation),
        ]
        return optional.filter(\.isThere).map { ($0.title, $0.path) }
    }

    /// What a command is for; the start page says so in its own list.
    private func hints(for command: Command) -> [Attribute] {
        page.path == PagePath.start ? [] : [Attribute("title", command.about)]
    }

    private func link(_ title: String, to path: String, _ attributes: [Attribute] = []) -> HTML {
        let current = path == page.path ? [Attribute("aria-current", "page")] : []
        return .element("a", [links.href(path)] + current + attributes, HTML(title))
    }
}
