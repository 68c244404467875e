import ProtocolGrammar

/// The states of a session: drawn, and each with who may send what.
struct StatePage {
    let session: Session
    let site: Site
    let links: Links

    init(session: Session, site: Site) {
        self.session = session
        self.site = site
        links = Links(site: site, page: PagePath.session(session))
    }

    private var grammar: Grammar { site.grammar }
    private var title: String { Components.words(session.name).capitalizedFirst + " session" }

    static func anchor(of state: String) -> String { "state-\(state)" }

    var page: Page {
        Page(
            path: links.page, title: title, summary: session.about,
            crumbs: [("Services and states", PagePath.services)], header: header,
            sections: [
                PageSection(
                    id: "drawing", title: "Drawing", content: StateDrawing(session: session, links: links).html),
                PageSection(
                    id: "states", title: "States", content: states.map(section).joined(),
                    parts: states.map { .init(id: Self.anchor(of: $0.name), title: $0.name) }),
                Questions(links: links).section(about: .session, session.name),
            ].compactMap(\.self), entries: entries)
    }

    private var header: HTML {
        Components.facts([
            ("Services", session.services.map(links.service).joined(separator: ", ")),
            ("Begins as", session.states.first.map { link($0.name) } ?? HTML()),
            ("Grammar", links.line(session.location)),
        ])
    }

    private func link(_ state: String) -> HTML { links.code(state, to: links.page, anchor: Self.anchor(of: state)) }

    /// All states; the closed one only where a rule leads to it, or where something may still be said.
    private var states: [Session.State] {
        let isEndNamed = session.states.contains { state in
            state.strictRules.contains { $0.next?.name == GrammarChecker.closedState }
        }
        return isEndNamed || !session.closed.isEmpty ? session.allStates : session.states
    }

    // MARK: - A state

    private func section(_ state: Session.State) -> HTML {
        let id = Self.anchor(of: state.name)
        return tag("section", .class("form state"), Attribute("aria-labelledby", id)) {
            tag("div", .class("form-head")) { Components.heading(3, state.name, id: id) }
            Components.prose(state.about)
            Components.facts([
                ("Reached from", origins(of: state)), ("Anything else", HTML(outcome(of: state))),
                ("Grammar", links.line(state.location)),
            ])
            rules(of: state)
            deviations(of: state)
        }
    }

    private func outcome(of state: Session.State) -> String {
        if state.name == GrammarChecker.closedState { return "" }
        return switch state.otherwise {
        case .close: "closes the connection"
        case .ignore: "is ignored"
        case .allow: "is allowed"
        }
    }

    /// The states from which a rule leads to this one.
    private func origins(of state: Session.State) -> HTML {
        session.states.filter { other in
            other.name != state.name && other.strictRules.contains { $0.next?.name == state.name }
        }
        .map { link($0.name) }.joined(separator: ", ")
    }

    private func rules(of state: Session.State) -> HTML {
        Components.table(
            ["Line", "Sender", "Versions", "Then", "Meaning", "Grammar"],
            state.strictRules.map { rule in
                Components.Row(
                    links.ruleCommand(rule.command.name), Components.sender(rule.sender), HTML(versions(of: rule)),
                    then(rule), HTML(rule.about), links.line(rule.command.location),
                    attributes: grammar.shown(in: grammar.versions(of: rule)))
            })
    }

    private func then(_ rule: Session.Rule) -> HTML {
        var parts: [HTML] = []
        if let error = rule.error {
            let codes = grammar.errors(named: error.name, in: rule.versions).map(links.error)
            parts.append(HTML("error ") + (codes.isEmpty ? Components.code(error.name) : codes.joined(separator: ", ")))
        }
        if rule.closes { parts.append(tag("span", .class("tag closes")) { "closes" }) }
        if let next = rule.next { parts.append(link(next.name)) }
        return parts.isEmpty ? tag("span", .class("soft")) { "stays" } : parts.joined(separator: ", ")
    }

    /// The versions of a rule in words; nothing if it holds in all.
    private func versions(of rule: Session.Rule) -> String {
        let versions = grammar.versions(of: rule)
        if grammar.versions.count < 2 || grammar.openVersions.isSubset(of: versions) { return "" }
        return grammar.describe(versions)
    }

    /// What programs are known to send in the state although it does not allow it.
    private func deviations(of state: Session.State) -> HTML {
        let rows = state.rules.compactMap { rule in
            rule.deviation.map { entry in
                Components.Row(
                    links.ruleCommand(rule.command.name), Components.sender(rule.sender), HTML(versions(of: rule)),
                    entry.deviation.programs.map { links.program($0.name) }.joined(separator: ", "),
                    HTML(entry.deviation.about), links.line(entry.deviation.location),
                    attributes: grammar.shown(in: grammar.versions(of: rule)))
            }
        }
        if rows.isEmpty { return HTML() }
        return Components.fold(
            tag("b") { "Known deviations" } + HTML(" ") + tag("span", .class("soft")) { "\(rows.count)" },
            Components.table(["Line", "Sender", "Versions", "Programs", "Difference", "Grammar"], rows))
    }

    // MARK: - Search

    private var entries: [SearchEntry] {
        [
            SearchEntry(
                name: title, kind: .page, words: [session.name], path: links.page, anchor: nil, about: session.about)
        ]
            + states.map { state in
                SearchEntry(
                    name: "\(session.name).\(state.name)", kind: .state, path: links.page,
                    anchor: Self.anchor(of: state.name), about: state.about)
            }
    }
}
