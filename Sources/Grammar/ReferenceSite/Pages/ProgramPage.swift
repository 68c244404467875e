import GrammarReport
import ProtocolGrammar

/// The page of one program, with its deviations from the protocol.
struct ProgramPage {
    let program: Program
    let site: Site
    let links: Links

    init(program: Program, site: Site) {
        self.program = program
        self.site = site
        links = Links(site: site, page: PagePath.program(program))
    }

    private var grammar: Grammar { site.grammar }

    var page: Page {
        Page(
            path: links.page, title: program.title, summary: program.about, crumbs: [("Programs", PagePath.programs)],
            header: header,
            sections: [
                forms, types, payloads, states, Questions(links: links).section(about: .program, program.name),
            ].compactMap(\.self),
            entries: [
                SearchEntry(
                    name: program.title, kind: .program, words: [program.name], path: links.page, anchor: nil,
                    about: program.about)
            ])
    }

    @HTMLBuilder
    private var header: HTML {
        Components.facts([
            ("Side", Components.sender(program.side)),
            ("Versions", grammar.versionCell(program.versions)),
            ("Sources", program.sources.map(links.source).joined(separator: ", ")),
            ("Grammar", links.line(program.location)),
        ])
        tag("p", .class("note")) {
            "Readers accept and report these deviations, unless they are strict. New programs must not send them."
        }
    }

    private func isMine(_ deviation: Deviation) -> Bool {
        deviation.programs.contains { $0.name == program.name }
    }

    /// The versions of a deviation that the program speaks.
    private func versions(_ set: VersionSet) -> HTML {
        let spoken = set.intersection(program.versions)
        return HTML(grammar.versions.count > 1 ? grammar.describe(spoken.isEmpty ? set : spoken) : "")
    }

    private func sources(of deviation: Deviation) -> HTML {
        deviation.sources.map(links.source).joined(separator: ", ")
    }

    /// The section of a table, if that has rows.
    private func section(_ id: String, _ title: String, _ head: [String], _ rows: [Components.Row]) -> PageSection? {
        rows.isEmpty
            ? nil
            : PageSection(
                id: id, title: title, content: Components.table(head + ["Difference", "Sources", "Grammar"], rows))
    }

    private func row(_ cells: [HTML], _ deviation: Deviation, shown: VersionSet?) -> Components.Row {
        Components.Row(
            cells: cells + [HTML(deviation.about), sources(of: deviation), links.line(deviation.location)],
            attributes: shown.map(grammar.shown) ?? [])
    }

    private func examples(_ examples: [DeviationExample]) -> HTML {
        examples.map { Components.code(EscapedText.of($0.text.utf8)) }.joined(separator: " ")
    }

    // MARK: - What is different

    private var forms: PageSection? {
        let rows = grammar.sortedCommands.flatMap(\.forms).flatMap { form in
            form.deviations.filter { isMine($0.deviation) }.map { entry in
                row(
                    [links.form(form.fullName), versions(entry.versions), examples(entry.examples)], entry.deviation,
                    shown: entry.versions)
            }
        }
        return section("forms", "Lines", ["Form", "Versions", "Line"], rows)
    }

    private var types: PageSection? {
        let rows = grammar.types.flatMap { type in
            type.deviations.filter { isMine($0.deviation) }.map { entry in
                row(
                    [links.type(type.name), versions(entry.versions), Components.code(entry.example)],
                    entry.deviation, shown: entry.versions)
            }
        }
        return section("types", "Values", ["Type", "Versions", "Value"], rows)
    }

    private var payloads: PageSection? {
        let rows = grammar.payloads.flatMap { payload in
            payload.deviations.filter { isMine($0.deviation) }.map { entry in
                row([links.payload(payload), Components.code(entry.example)], entry.deviation, shown: nil)
            }
        }
        return section("payloads", "Payloads", ["Payload", "Document"], rows)
    }

    /// What it sends in states that do not allow it.
    private var states: PageSection? {
        let rows = grammar.sortedSessions.flatMap { session in
            session.allStates.flatMap { state in
                state.rules.compactMap { rule -> Components.Row? in
                    guard let entry = rule.deviation, isMine(entry.deviation) else { return nil }
                    let place = links.state(state.name, of: session)
                    return row(
                        [place, versions(rule.versions), examples(entry.examples)], entry.deviation,
                        shown: rule.versions)
                }
            }
        }
        return section("states", "Lines at another time", ["State", "Versions", "Line"], rows)
    }
}

/// The list of all programs whose deviations are known.
struct ProgramListPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.programs) }

    var page: Page {
        let summary = "Programs that people run, and what each is known to do differently."
        return Page(
            path: PagePath.programs, title: "Programs", summary: summary,
            sections: [
                PageSection(
                    id: "all", title: "All programs",
                    content: Components.table(
                        ["Program", "Side", "Versions", "What it is", "Deviations"],
                        grammar.programs.map { program in
                            Components.Row(
                                links.program(program.name), Components.sender(program.side),
                                grammar.versionCell(program.versions),
                                HTML(program.about), HTML("\(count(of: program))"),
                                attributes: grammar.shown(in: program.versions))
                        }))
            ],
            entries: [SearchEntry(name: "Programs", kind: .page, path: PagePath.programs, anchor: nil, about: summary)])
    }

    private func count(of program: Program) -> Int {
        let rules = grammar.sessions.flatMap(\.allStates).flatMap(\.rules).compactMap { $0.deviation?.deviation }
        let all =
            grammar.commands.flatMap(\.forms).flatMap { $0.deviations.map(\.deviation) }
            + grammar.types.flatMap { $0.deviations.map(\.deviation) }
            + grammar.payloads.flatMap { $0.deviations.map(\.deviation) } + rules
        return all.count { deviation in deviation.programs.contains { $0.name == program.name } }
    }
}

extension Links {
    /// A link to a state, with the name of its session.
    func state(_ name: String, of session: Session) -> HTML {
        code("\(session.name).\(name)", to: PagePath.session(session), anchor: StatePage.anchor(of: name))
    }
}
