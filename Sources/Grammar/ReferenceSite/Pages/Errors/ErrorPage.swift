import ProtocolGrammar

/// The page of one error.
struct ErrorPage {
    let code: ErrorCode
    let site: Site
    let links: Links
    private let origins: ErrorOrigins

    init(code: ErrorCode, site: Site) {
        self.code = code
        self.site = site
        links = Links(site: site, page: PagePath.error(code))
        origins = ErrorOrigins(code: code, grammar: site.grammar)
    }

    private var grammar: Grammar { site.grammar }

    var page: Page {
        Page(
            path: links.page, title: "\(code.number) \(code.name)", summary: code.about,
            crumbs: [("Errors", PagePath.errors)], header: header,
            sections: [exchanges, requests, refusals, unreadable, consequences, neighbours, questions, sources]
                .compactMap(\.self),
            entries: [
                SearchEntry(
                    name: "\(code.number) \(code.name)", kind: .error,
                    words: ["\(code.number)", code.name] + code.aliases + (code.shown.isEmpty ? [] : [code.shown]),
                    path: links.page, anchor: nil,
                    about: code.about)
            ])
    }

    // MARK: - Facts

    private var header: HTML {
        Components.facts([
            ("Also called", Components.codes(code.aliases)),
            ("Clients showed", Components.code(code.shown)),
            ("Versions", grammar.versionCell(code.versions)),
            ("Connection", Self.connection(code)),
            ("Try again", HTML(Self.retry(code))),
            ("Payload", HTML(code.hasPayload ? "the third word of the line is the number of its bytes" : "")),
            ("Group", groups),
            ("Sources", links.sources(code.sources)),
            ("Grammar", links.line(code.location)),
        ])
    }

    /// Whether the server closes the connection after the error.
    static func connection(_ code: ErrorCode) -> HTML {
        switch code.closesConnection {
        case true?: tag("span", .class("tag closes")) { "closes" } + HTML(" after the line")
        case false?: HTML("stays open")
        case nil: HTML("no source says whether it closes")
        }
    }

    /// Whether the request may be sent again, in words.
    static func retry(_ code: ErrorCode) -> String {
        switch code.retry {
        case .later?: "after a while, as it is"
        case .changed?: "only with something else in the request"
        case .never?: "no use"
        case nil: "no source says"
        }
    }

    private var groups: HTML {
        grammar.errorGroups.filter { group in group.errors.contains { $0.name == code.name } }
            .map {
                links.link(ErrorIndexPage.title(of: $0), to: PagePath.errors, anchor: ErrorIndexPage.anchor(of: $0))
            }
            .joined(separator: ", ")
    }

    // MARK: - Exchanges

    private var exchanges: PageSection? {
        let all = ErrorExchanges(code: code, links: links).all
        guard !all.isEmpty else { return nil }
        let content = all.map { exchange in
            tag("div", [.class("occasion")] + grammar.shown(in: exchange.versions)) {
                tag("p") {
                    exchange.title
                    " "
                    grammar.versionMark(exchange.versions)
                    " "
                    links.line(exchange.location)
                }
                WireFigure(title: "An exchange with \(code.number)", lines: exchange.lines).html(links)
                if !exchange.about.isEmpty { tag("p", .class("small soft")) { exchange.about } }
            }
        }
        return PageSection(
            id: "exchange", title: all.count == 1 ? "An exchange" : "Exchanges", content: content.joined())
    }

    // MARK: - Who sends it

    private var requests: PageSection? {
        if origins.isAnyones {
            return PageSection(
                id: "when", title: "When it comes",
                content: Components.prose("The grammar names no request for it, so it can answer any."))
        }
        let rows = origins.requests.map { request in
            Components.Row(
                links.form(request.form.fullName), request.form.services.map(links.service).joined(separator: ", "),
                request.states.map { states($0.states, of: $0.session) }.joined(separator: "; "),
                grammar.versionCell(request.versions), HTML(request.form.about),
                attributes: grammar.shown(in: request.versions))
        }
        guard !rows.isEmpty else { return nil }
        return PageSection(
            id: "when", title: "When it comes",
            content: Components.prose("It answers these requests in the states that allow them.")
                + Components.table(["Request", "Services", "States", "Versions", "What it asks"], rows))
    }

    private var refusals: PageSection? {
        let rows = origins.refusals.map { refusal in
            let versions = refusal.rule.versions.intersection(code.versions)
            return Components.Row(
                links.ruleCommand(refusal.rule.command.name), states(refusal.states, of: refusal.session),
                grammar.versionCell(versions, within: code.versions), HTML(then(refusal.rule)),
                HTML(refusal.rule.about.isEmpty ? meaning(of: refusal) : refusal.rule.about),
                attributes: grammar.shown(in: versions))
        }
        guard !rows.isEmpty else { return nil }
        return PageSection(
            id: "refused", title: "At the wrong time",
            content: Components.prose("Servers refuse these lines with it in states that do not allow them.")
                + Components.table(["Line", "States", "Versions", "Then", "Meaning"], rows))
    }

    /// What the states are that refuse the line.
    private func meaning(of refusal: ErrorOrigins.Refusal) -> String {
        refusal.session.states.filter { refusal.states.contains($0.name) }.map(\.about).joined(separator: " ")
    }

    private var unreadable: PageSection? {
        guard !origins.failures.isEmpty else { return nil }
        let content =
            Components.prose("It answers lines that cannot be read, for these reasons:")
            + tag("ul", .class("list")) { for failure in origins.failures { tag("li") { failure } } }
        return PageSection(id: "unreadable", title: "Lines that cannot be read", content: content)
    }

    private var consequences: PageSection? {
        let rows = origins.consequences.map { consequence in
            Components.Row(
                states(consequence.states, of: consequence.session), HTML(then(consequence.rule)),
                grammar.versionCell(consequence.rule.versions, within: code.versions), HTML(consequence.rule.about),
                attributes: grammar.shown(in: consequence.rule.versions))
        }
        guard !rows.isEmpty else { return nil }
        return PageSection(
            id: "after", title: "What follows",
            content: Components.table(["States", "Then", "Versions", "Meaning"], rows))
    }

    private func states(_ names: [String], of session: Session) -> HTML {
        let states = names.map {
            links.link($0, to: PagePath.session(session), anchor: StatePage.anchor(of: $0))
        }
        return links.session(session.name) + HTML(": ") + states.joined(separator: ", ")
    }

    private func then(_ rule: Session.Rule) -> String {
        if rule.closes || rule.next?.name == GrammarChecker.closedState { return "closes" }
        return rule.next.map { "goes to \($0.name)" } ?? "stays"
    }

    // MARK: - Around it

    /// The other errors of its groups, those with a name in common, and those that clients showed the same for.
    private var neighbours: PageSection? {
        let group = Set(
            grammar.errorGroups.filter { group in group.errors.contains { $0.name == code.name } }
                .flatMap { $0.errors.map(\.name) })
        let near = grammar.sortedErrors.filter { other in
            other.number != code.number
                && (group.contains(other.name) || other.aliases.contains(where: code.aliases.contains)
                    || (!code.shown.isEmpty && other.shown == code.shown))
        }
        guard !near.isEmpty else { return nil }
        return PageSection(
            id: "near", title: "Related errors", content: ErrorTable(errors: near, links: links).html)
    }

    private var questions: PageSection? { Questions(links: links).section(about: .error, code.name) }

    private var sources: PageSection? {
        guard !code.sources.isEmpty else { return nil }
        return PageSection(id: "sources", title: "Sources", content: links.sourceList(code.sources))
    }
}
