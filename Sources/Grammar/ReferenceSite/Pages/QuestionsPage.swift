import ProtocolGrammar

/// The page of all contradictions and open questions, by subject.
struct QuestionsPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.questions) }

    var page: Page {
        let open = grammar.questions.filter(\.isOpen)
        let decided = grammar.questions.filter { !$0.isOpen }
        return Page(
            path: PagePath.questions, title: "Contradictions and open questions",
            summary: "What the sources say differently, which reading the grammar follows and why, and what no source "
                + "tells. Whoever knows more can settle it.",
            header: Components.facts([
                ("Contradictions", HTML("\(decided.count)")), ("Open questions", HTML("\(open.count)")),
            ]),
            sections: [
                section("contradictions", "Contradictions", decided), section("open", "Open questions", open),
                EvidenceSummary(links: links).section,
            ].compactMap(\.self),
            entries: entries)
    }

    private func section(_ id: String, _ title: String, _ questions: [Question]) -> PageSection? {
        guard !questions.isEmpty else { return nil }
        let groups = grouped(questions)
        let questions = Questions(links: links)
        let content = groups.map { group in
            tag("div", grammar.versions.count > 1 ? [.flag("data-empties")] : []) {
                Components.heading(3, group.title, id: "\(id)-\(group.id)")
                group.questions.map { questions.article($0, level: 4) }
            }
        }
        return PageSection(
            id: id, title: title, content: content.joined(),
            parts: groups.map { .init(id: "\(id)-\($0.id)", title: $0.title, versions: nil) })
    }

    private struct Group {
        var id: String
        var title: String
        var questions: [Question]
    }

    /// The questions by the topic of the first command that each is about, or by the kind of what it is about.
    private func grouped(_ questions: [Question]) -> [Group] {
        var groups = grammar.topics.map { Group(id: $0.name, title: $0.title, questions: []) }
        groups += Self.others.map { Group(id: $0.id, title: $0.title, questions: []) }
        for question in questions {
            let id = groupID(of: question)
            if let index = groups.firstIndex(where: { $0.id == id }) { groups[index].questions.append(question) }
        }
        return groups.filter { !$0.questions.isEmpty }
    }

    /// The groups of questions that are about no command of a topic.
    private static let others = [
        (id: "of-commands", title: "More commands"), (id: "of-errors", title: "Errors"),
        (id: "of-payloads", title: "Payloads"), (id: "of-types", title: "Types"),
        (id: "of-algorithms", title: "Algorithms"), (id: "of-conversations", title: "Conversations"),
        (id: "of-versions", title: "Versions and programs"), (id: "of-services", title: "Services and states"),
    ]

    private func groupID(of question: Question) -> String {
        guard let subject = grammar.subjects(of: question).first else { return "of-commands" }
        switch subject.kind.owner {
        case .error: return "of-errors"
        case .payload: return "of-payloads"
        case .type: return "of-types"
        case .algorithm: return "of-algorithms"
        case .conversation: return "of-conversations"
        case .version, .client, .program: return "of-versions"
        case .session, .behaviour, .httpService: return "of-services"
        default:
            let topic = grammar.topics.first { topic in topic.commands.contains { $0.name == subject.owner } }
            return topic?.name ?? "of-commands"
        }
    }

    private var entries: [SearchEntry] {
        let own = SearchEntry(
            name: "Contradictions and open questions", kind: .page, path: PagePath.questions, anchor: nil,
            about: "What the sources say differently, and what no source tells.")
        return [own]
            + grammar.questions.map { question in
                SearchEntry(
                    name: question.about, kind: .question,
                    words: grammar.subjects(of: question).map(\.name), path: PagePath.questions,
                    anchor: Questions.anchor(of: question),
                    about: question.preferred?.about
                        ?? question.readings.map(\.about).joined(separator: " Or: "))
            }
    }
}
