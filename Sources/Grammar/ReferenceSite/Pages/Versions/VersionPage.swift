import GrammarReport
import ProtocolGrammar

/// The page of one version.
struct VersionPage {
    let version: Version
    let site: Site
    let links: Links

    init(version: Version, site: Site) {
        self.version = version
        self.site = site
        links = Links(site: site, page: PagePath.version(version))
    }

    private var grammar: Grammar { site.grammar }

    var page: Page {
        Page(
            path: links.page, title: version.name, summary: version.about, crumbs: [("Versions", PagePath.matrix)],
            header: header,
            sections: [since, next, tasks, facts, commands, clients, against, questions, sources].compactMap(\.self),
            entries: [
                SearchEntry(
                    name: version.name, kind: .version, words: ["\(version.number)"] + speakers.map(\.name),
                    path: links.page, anchor: nil, about: version.about)
            ])
    }

    /// The clients that offer it, the oldest first.
    private var speakers: [OfficialClient] { grammar.clients.filter { $0.versions.contains(version.number) } }

    // MARK: - Facts

    @HTMLBuilder
    private var header: HTML {
        let client = grammar.firstClient(of: version)
        Components.facts([
            ("First client", HTML(client?.name ?? "")),
            ("Date", HTML(client?.date ?? "")),
            ("Known", HTML(Self.words(version.status))),
            ("Carries on", base),
            ("Before", neighbour(before: true).map(links.version) ?? HTML()),
            ("After", neighbour(before: false).map(links.version) ?? HTML()),
            ("Size", HTML(size)),
            ("Sources", links.sources(version.sources)),
            ("Grammar", links.line(version.location)),
        ])
        Components.note(version.notes)
    }

    /// How much is known about a version.
    static func words(_ status: Version.Status) -> String {
        switch status {
        case .complete: "all that is public"
        case .partial: "parts of it"
        case .named: "little more than its name"
        }
    }

    private var base: HTML {
        guard let base = version.base.flatMap({ grammar.version(number: $0) }) else { return HTML() }
        return links.version(base) + HTML(", whose every fact holds here unless another is given")
    }

    private var size: String {
        let commands = grammar.commands.filter { grammar.has($0, in: version.number) }
        let forms = commands.flatMap(\.forms).count { $0.versions.contains(version.number) }
        return commands.isEmpty ? "" : "\(Self.count(commands.count, "command")), \(Self.count(forms, "form"))"
    }

    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    private func neighbour(before: Bool) -> Version? {
        before
            ? grammar.sortedVersions.last { $0.number < version.number }
            : grammar.sortedVersions.first { $0.number > version.number }
    }

    // MARK: - Changes

    private var since: PageSection? {
        if let difference = site.history.difference(of: version.number) {
            return VersionChanges(version: version, difference: difference, links: links).section
        }
        let remarks = grammar.sortedCommands.flatMap { command in
            command.changes.filter { $0.version == version.number }.map { (command.name, $0.text) }
        }
        guard !remarks.isEmpty else { return nil }
        let content = tag("ul", .class("list")) {
            for (name, text) in remarks {
                tag("li") {
                    links.command(name)
                    ": " + text
                }
            }
        }
        return PageSection(id: "since", title: "Remarks", content: content)
    }

    /// What the versions that carry on this one do to it, in short.
    private var next: PageSection? {
        let differences = grammar.sortedVersions.compactMap { site.history.difference(of: $0.number) }
            .filter { $0.older.number == version.number }
        guard !differences.isEmpty else { return nil }
        let content = differences.map { difference in
            let gone = difference.gone.commands.map { links.command($0.name) }
            let new = difference.new.commands.map { links.command($0.name) }
            return tag("p", .class("prose")) {
                links.link(
                    "All that \(difference.newer.name) changes", to: PagePath.version(difference.newer), anchor: "since"
                )
                "."
                if !new.isEmpty { HTML(" New commands: ") + new.joined(separator: ", ") + HTML(".") }
                if !gone.isEmpty { HTML(" Gone: ") + gone.joined(separator: ", ") + HTML(".") }
            }
        }
        let names = differences.map(\.newer.name).joined(separator: " and ")
        return PageSection(id: "next", title: "Changed in \(names)", content: content.joined())
    }

    // MARK: - What people do with it

    /// The conversations and algorithms of the version by what people want to do, such as to sign in.
    private var tasks: PageSection? {
        let rows = grammar.useCases.compactMap { useCase -> Components.Row? in
            let told = useCase.conversations.compactMap { entry -> HTML? in
                site.conversations.page(entry.conversation.name, in: version.number).map {
                    links.link(entry.title, to: PagePath.conversation($0, grammar))
                }
            }
            let computed = useCase.algorithms.compactMap { entry -> HTML? in
                grammar.algorithms[entry.algorithm.name].flatMap { algorithm in
                    algorithm.versions.contains(version.number)
                        ? links.link(entry.title, to: PagePath.algorithm(algorithm)) : nil
                }
            }
            if told.isEmpty && computed.isEmpty { return nil }
            return Components.Row(
                HTML(useCase.title), told.joined(separator: ", "), computed.joined(separator: ", "),
                HTML(useCase.about))
        }
        let all = rows + others
        guard !all.isEmpty else { return nil }
        return PageSection(
            id: "tasks", title: "How it goes",
            content: Components.table(["Task", "Conversations", "Algorithms", "Meaning"], all))
    }

    /// The conversations and algorithms that no task names.
    private var others: [Components.Row] {
        let named = Set(grammar.useCases.flatMap { $0.conversations.map(\.conversation.name) })
        let computed = Set(grammar.useCases.flatMap { $0.algorithms.map(\.algorithm.name) })
        let conversations = site.conversations.pages
            .filter { $0.versions.contains(version.number) && !named.contains($0.conversation.name) }
            .map {
                Components.Row(
                    HTML($0.conversation.title), links.link("told", to: PagePath.conversation($0, grammar)), HTML(),
                    HTML($0.conversation.about))
            }
        let algorithms = grammar.sortedAlgorithms
            .filter { $0.versions.contains(version.number) && !computed.contains($0.name) }
            .map { Components.Row(HTML($0.name), HTML(), links.algorithm($0.name), HTML($0.about)) }
        return conversations + algorithms
    }

    private var facts: PageSection? {
        let rows =
            grammar.facts.filter { $0.versions.contains(version.number) }
            .map { Components.Row(HTML(Components.words($0.name)), HTML($0.about), links.line($0.location)) }
        guard !rows.isEmpty else { return nil }
        return PageSection(
            id: "facts", title: "Facts", content: Components.table(["Fact", "Meaning", "Grammar"], rows))
    }

    // MARK: - Commands

    private var commands: PageSection? {
        let groups = grammar.commandsByTopic.compactMap { group -> HTML? in
            let commands = group.commands.filter { grammar.has($0, in: version.number) }
            if commands.isEmpty { return nil }
            return tag("div") {
                if let topic = group.topic { tag("h3") { topic.title } }
                tag("ul", .class("cmds")) { for command in commands { item(command) } }
            }
        }
        guard !groups.isEmpty else { return nil }
        return PageSection(
            id: "commands", title: "Its commands", content: tag("div", .class("topics")) { groups.joined() })
    }

    private func item(_ command: Command) -> HTML {
        tag("li") {
            links.link(command.name, to: PagePath.command(command))
            tag("span") {
                for sender in Sender.allCases {
                    let forms = command.forms(from: sender).filter { $0.versions.contains(version.number) }
                    if !forms.isEmpty {
                        Components.sender(
                            sender, (sender == .client ? "→ " : "← ") + forms.map(\.name).joined(separator: ", "))
                    }
                }
                if command.isNamedOnly { tag("span", .class("tag")) { "known by name" } }
            }
        }
    }

    // MARK: - Around it

    private var clients: PageSection? {
        guard !speakers.isEmpty else { return nil }
        let rows = speakers.map { client in
            Components.Row(
                HTML(client.name), HTML(client.build), HTML(client.date), HTML(grammar.describe(client.versions)),
                HTML(client.about), links.evidence(client.confidence, client.sources), links.line(client.location))
        }
        return PageSection(
            id: "clients", title: "Clients that speak it",
            content: Components.table(
                ["Client", "Build", "Date", "Versions", "Meaning", "Evidence", "Grammar"], rows))
    }

    private var against: PageSection? {
        let others = grammar.sortedVersions.filter { $0.number != version.number && $0.status != .named }
        guard version.status != .named, !others.isEmpty else { return nil }
        let content = group {
            tag("p", .class("prose needs-js")) {
                "Choose two versions in the header, and each page of a command shows what differs. The table of "
                links.link("commands by version", to: PagePath.matrix)
                " marks in which versions a command changes."
            }
            tag("p", .class("prose")) {
                "What changed step by step: "
                grammar.sortedVersions.filter { site.history.difference(of: $0.number) != nil }
                    .map { links.link($0.name, to: PagePath.version($0), anchor: "since") }.joined(separator: ", ")
                "."
            }
        }
        return PageSection(id: "against", title: "Against other versions", content: content)
    }

    private var questions: PageSection? { Questions(links: links).section(about: .version, "\(version.number)") }

    private var sources: PageSection? {
        guard !version.sources.isEmpty else { return nil }
        return PageSection(id: "sources", title: "Sources", content: links.sourceList(version.sources))
    }
}
