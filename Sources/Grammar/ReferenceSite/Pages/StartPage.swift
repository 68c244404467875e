import ProtocolGrammar

/// The first page: how to read a line, then the ways in by task, by version and by command.
struct StartPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.start) }

    var page: Page {
        Page(
            path: PagePath.start, title: grammar.name, summary: grammar.about, header: specimen,
            sections: [reading, useCases, versions, commands].compactMap(\.self),
            entries: [SearchEntry(name: "Start", kind: .page, path: PagePath.start, anchor: nil, about: grammar.about)])
    }

    // MARK: - Reading

    /// A short exchange, so that the first thing to see is the protocol itself.
    @HTMLBuilder
    private var specimen: HTML {
        if let example = Self.specimen(of: grammar) {
            WireFigure(
                title: example.title.isEmpty ? "An exchange" : example.title,
                lines: example.lines.map { WireLine($0, in: example, site: site) }
            ).html(links)
            tag("p", .class("small soft")) {
                example.title.isEmpty ? "" : example.title + " "
                grammar.versionMark(example.versions)
                " "
                Components.sender(.client, "→ client")
                " "
                Components.sender(.server, "← server")
            }
        }
    }

    /// The longest exchange of the first topic with at most four lines of both sides and no payload; of several, the one
    /// that holds in most versions.
    private static func specimen(of grammar: Grammar) -> Example? {
        let examples = grammar.commandsByTopic.first?.commands.flatMap(\.examples) ?? []
        let short = examples.filter { example in
            example.lines.count <= 4 && Set(example.lines.map(\.sender)).count == 2
                && example.lines.allSatisfy { $0.payload == nil }
        }
        return short.reduce(nil) { longest, example in
            guard let longest else { return example }
            let order = (longest.lines.count, longest.versions.numbers.count)
            return order >= (example.lines.count, example.versions.numbers.count) ? longest : example
        }
    }

    private var reading: PageSection {
        let content = group {
            Components.prose(
                "A line is a command and words between spaces, and ends with CR LF."
                    + (grammar.hasTransactions
                        ? " The second word is usually a number, the transaction ID, which an answer repeats." : ""))
            if grammar.commands.contains(where: { $0.forms.contains { $0.payload != nil } }) {
                Components.prose("Some lines have a payload. A word of the line then counts its bytes.")
            }
            if grammar.hasErrors {
                Components.prose("An error is a line whose command is a number. ")
            }
            tag("p", .class("prose")) {
                "Point to a word, or tap it, to see what it means; a link leads to its parameter. "
                links.link("Notation", to: PagePath.notation)
                " has the rest. "
                links.link("Decode a line", to: PagePath.paste)
                " reads a line that you have."
            }
            if let dissector = site.dissector {
                tag("p", .class("prose")) {
                    "Wireshark 4 decodes captures with "
                    links.link(dissector, to: dissector, Attribute("download", ""))
                    " in its folder of personal Lua plugins."
                }
            }
        }
        return PageSection(id: "reading", title: "Read a line in a minute", content: content)
    }

    // MARK: - By task

    private var useCases: PageSection? {
        guard !grammar.useCases.isEmpty else { return nil }
        let content = tag("div", .class("tasks")) {
            for useCase in grammar.useCases {
                tag("div") {
                    tag("h3") { useCase.title }
                    tag("p") { useCase.about }
                    tag("ul") { conversations(of: useCase) + algorithms(of: useCase) }
                }
            }
        }
        return PageSection(id: "by-task", title: "Start with a task", content: content)
    }

    /// The conversations, each with its versions, which lead to the pages for them.
    private func conversations(of useCase: UseCase) -> [HTML] {
        useCase.conversations.compactMap { entry in
            guard let conversation = grammar.conversations[entry.conversation.name] else { return nil }
            let pages = site.conversations.pages.filter { $0.conversation.name == conversation.name }
            return tag("li", grammar.shown(in: conversation.versions)) {
                for (index, page) in pages.enumerated() {
                    if index == 0 {
                        links.link(entry.title, to: PagePath.conversation(page, grammar))
                        " "
                    }
                }
                for page in grammar.versions.count > 1 ? pages : [] {
                    HTML.element(
                        "a",
                        [.class("v"), links.href(PagePath.conversation(page, grammar))]
                            + grammar.shown(in: page.versions), HTML(grammar.spelling(of: page.versions)))
                }
            }
        }
    }

    private func algorithms(of useCase: UseCase) -> [HTML] {
        useCase.algorithms.compactMap { entry in
            grammar.algorithms[entry.algorithm.name].map { algorithm in
                tag("li", grammar.shown(in: algorithm.versions)) {
                    links.link(entry.title, to: PagePath.algorithm(algorithm))
                    if grammar.versions.count > 1 {
                        " "
                        tag("span", .class("v")) { grammar.spelling(of: algorithm.versions) }
                    }
                }
            }
        }
    }

    // MARK: - By version

    private var versions: PageSection? {
        guard grammar.versions.count > 1 else { return nil }
        let content = group {
            Components.prose(
                "Choose a version in the header and every page shows that version alone; against a second one, every "
                    + "page shows what differs.")
            eras
            tag("table", .class("epochs")) {
                tag("thead") {
                    tag("tr") {
                        for (title, style) in [
                            ("Version", ""), ("Client", "client-cell"), ("Date", ""), ("Meaning", ""),
                        ] {
                            tag("th", Attribute("scope", "col"), .class(style)) { title }
                        }
                    }
                }
                tag("tbody") {
                    for version in grammar.sortedVersions { row(version) }
                }
            }
        }
        return PageSection(id: "by-version", title: "Start with a version", content: content)
    }

    private func row(_ version: Version) -> HTML {
        let client = grammar.firstClient(of: version)
        return tag("tr") {
            tag("th", Attribute("scope", "row")) { links.version(version) }
            tag("td", .class("client-cell")) { client?.name ?? "" }
            tag("td", .class("date")) { client?.date ?? "" }
            tag("td") {
                version.about
                if version.status == .named { tag("span", .class("tag")) { " known by name" } }
            }
        }
    }

    /// What is done how in which versions, on the axis of versions.
    @HTMLBuilder
    private var eras: HTML {
        let axis = VersionAxis(grammar: grammar)
        let rows = grammar.useCases.filter { $0.conversations.count > 1 }
        if !rows.isEmpty {
            tag("table", .class("eras")) {
                tag("thead") {
                    tag("tr") {
                        tag("th", Attribute("scope", "col")) { tag("span", .class("sr")) { "Task" } }
                        tag("td") { axis.html }
                    }
                }
                tag("tbody") {
                    for useCase in rows {
                        for (index, track) in tracks(of: useCase).enumerated() {
                            tag("tr") {
                                tag("th", Attribute("scope", "row")) {
                                    index == 0 ? HTML(useCase.title) : tag("span", .class("sr")) { useCase.title }
                                }
                                tag("td") {
                                    tag("div", .class("track")) { track.map { axis.span($0.title, $0.versions) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The conversations of a use case in rows, in which no two are in one version.
    private func tracks(of useCase: UseCase) -> [[(title: String, versions: VersionSet)]] {
        var result: [[(title: String, versions: VersionSet)]] = []
        for entry in useCase.conversations {
            guard let versions = grammar.conversations[entry.conversation.name]?.versions else { continue }
            let place = result.firstIndex { $0.allSatisfy { $0.versions.intersection(versions).isEmpty } }
            if let place {
                result[place].append((entry.title, versions))
            } else {
                result.append([(entry.title, versions)])
            }
        }
        return result
    }

    // MARK: - By command

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
