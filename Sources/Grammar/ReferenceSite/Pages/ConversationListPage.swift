import ProtocolGrammar

/// The list of all conversations, with the versions in which each is told.
struct ConversationListPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.conversations) }

    var page: Page {
        let summary = "Whole stories, line by line. Each line is decoded, and the tests play all of them."
        return Page(
            path: PagePath.conversations, title: "Conversations", summary: summary,
            sections: groups.map { section($0) },
            entries: [
                SearchEntry(
                    name: "Conversations", kind: .page, path: PagePath.conversations, anchor: nil, about: summary)
            ])
    }

    /// Conversations that begin with the first byte, then those that go on from others.
    private var groups: [(id: String, title: String, conversations: [Conversation])] {
        let all = grammar.conversations.enumerated()
            .sorted { ($0.element.versions.first ?? 0, $0.offset) < ($1.element.versions.first ?? 0, $1.offset) }
            .map(\.element)
        let first = all.filter { conversation in
            conversation.versions.numbers.allSatisfy { conversation.beginning(in: $0) == nil }
        }
        let names = Set(first.map(\.name))
        let rest = all.filter { !names.contains($0.name) }
        return [("first", "From the first byte", first), ("later", "In the course of others", rest)]
            .filter { !$0.2.isEmpty }
    }

    private func section(_ group: (id: String, title: String, conversations: [Conversation])) -> PageSection {
        let content = tag("div", .class("lives stories")) {
            tag("table") {
                tag("thead") {
                    tag("tr") {
                        tag("th", Attribute("scope", "col")) { "Conversation" }
                        if hasAxis { tag("th", Attribute("scope", "col")) { VersionAxis(grammar: grammar).html } }
                    }
                }
                tag("tbody") {
                    for conversation in group.conversations { row(conversation) }
                }
            }
        }
        return PageSection(id: group.id, title: group.title, content: content)
    }

    private var hasAxis: Bool { grammar.versions.count > 1 }

    private func row(_ conversation: Conversation) -> HTML {
        let pages = site.conversations.pages.filter { $0.conversation.name == conversation.name }
        return tag("tr", grammar.shown(in: conversation.versions)) {
            tag("th", Attribute("scope", "row")) {
                if let last = pages.last { links.conversation(last) } else { conversation.title }
                tag("p") { conversation.about }
            }
            if hasAxis { tag("td") { ConversationAxis(pages: pages, links: links).html } }
        }
    }
}
