import ProtocolGrammar

/// The page of one conversation, in the versions in which the same is said.
struct ConversationPage {
    let told: ConversationIndex.Page
    let site: Site
    let links: Links

    init(told: ConversationIndex.Page, site: Site) {
        self.told = told
        self.site = site
        links = Links(site: site, page: PagePath.conversation(told, site.grammar))
    }

    private var grammar: Grammar { site.grammar }
    private var conversation: Conversation { told.conversation }
    private var actors: ConversationActors { ConversationActors(page: told, links: links) }

    var page: Page {
        let versions = grammar.versions.count > 1 ? grammar.describe(told.versions) : ""
        return Page(
            path: links.page, title: conversation.title, summary: conversation.about,
            crumbs: [("Conversations", PagePath.conversations)] + (versions.isEmpty ? [] : [(versions, nil)]),
            header: header,
            sections: [steps, people, Questions(links: links).section(about: .conversation, conversation.name)]
                .compactMap(\.self), isWide: true, entries: [entry])
    }

    // MARK: - Around it

    @HTMLBuilder
    private var header: HTML {
        Components.facts([
            ("Versions", grammar.versionCell(told.versions)),
            ("Before it", beginnings), ("After it", sequels),
            ("Sources", conversation.sources.map(links.source).joined(separator: ", ")),
            ("Grammar", links.line(conversation.location)),
        ])
        if grammar.versions.count > 1 {
            ConversationAxis(pages: others, current: told.versions, links: links).figure
        }
        if !conversation.notes.isEmpty {
            tag("p", .class("note")) {
                tag("b") { "Note" }
                " " + conversation.notes
            }
        }
    }

    /// The pages of the same conversation, this one included.
    private var others: [ConversationIndex.Page] {
        site.conversations.pages.filter { $0.conversation.name == conversation.name }
    }

    /// The conversations that come before it, in each of its versions.
    private var beginnings: HTML {
        var pages: [ConversationIndex.Page] = []
        for number in told.versions.numbers {
            guard let before = conversation.beginning(in: number),
                let page = site.conversations.page(before.name, in: number)
            else { continue }
            if !pages.contains(where: { $0.isSame(as: page) }) { pages.append(page) }
        }
        return list(of: pages)
    }

    /// The conversations that begin where this one ends.
    private var sequels: HTML {
        list(
            of: site.conversations.pages.filter { page in
                page.versions.intersection(told.versions).numbers.contains { version in
                    page.conversation.beginning(in: version)?.name == conversation.name
                }
            })
    }

    /// Links to conversations, each named once, by versions where there is one for only some of those of this page.
    private func list(of pages: [ConversationIndex.Page]) -> HTML {
        var groups: [(title: String, pages: [ConversationIndex.Page])] = []
        for page in pages {
            if let index = groups.firstIndex(where: { $0.pages[0].conversation.name == page.conversation.name }) {
                groups[index].pages.append(page)
            } else {
                groups.append((page.conversation.title, [page]))
            }
        }
        if groups.isEmpty { return HTML() }
        return tag("ul") {
            for group in groups {
                tag("li") {
                    if group.pages.count == 1, told.versions.isSubset(of: group.pages[0].versions) {
                        links.conversation(group.pages[0])
                    } else {
                        group.title + ": "
                        group.pages.map { page in
                            links.link(
                                grammar.describe(page.versions.intersection(told.versions)),
                                to: PagePath.conversation(page, grammar))
                        }
                        .joined(separator: ", ")
                    }
                }
            }
        }
    }

    // MARK: - Sections

    private var steps: PageSection {
        let actors = actors
        let content = group {
            tag("p", .class("hint")) {
                tag(
                    "button", .class("button unfold needs-js"), Attribute("type", "button"),
                    Attribute("aria-pressed", "false")
                ) { "Open all steps" }
                " "
                tag("span", .class("soft small")) { "An arrow opens to its line, decoded." }
            }
            tag("div", .class("seq"), Attribute("style", "--lanes:\(max(1, actors.active.count))")) {
                actors.lanes
                tag("ol", .class("steps")) {
                    for (index, pair) in zip(told.told.ownSteps, told.meanings).enumerated() {
                        tag("li") {
                            SequenceStep(
                                number: index + 1, told: pair.0, meaning: pair.1, version: told.told.version,
                                actors: actors
                            ).html
                        }
                    }
                }
            }
        }
        return PageSection(id: "steps", title: "Steps", content: content)
    }

    private var people: PageSection { PageSection(id: "actors", title: "Actors", content: actors.table) }

    private var entry: SearchEntry {
        let versions = grammar.versions.count > 1 ? " (\(grammar.describe(told.versions)))" : ""
        return SearchEntry(
            name: conversation.title + versions, kind: .conversation, words: [conversation.name], path: links.page,
            anchor: nil, about: conversation.about)
    }
}

extension ConversationIndex.Page {
    func isSame(as other: Self) -> Bool { conversation.name == other.conversation.name && versions == other.versions }
}
