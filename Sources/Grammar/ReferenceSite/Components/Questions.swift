import ProtocolGrammar

/// The contradictions and open questions of a grammar, by what they are about.
struct QuestionIndex: Sendable {
    private struct Key: Hashable {
        var kind: Question.Subject.Kind
        var name: String
    }

    private var byOwner: [Key: [Question]] = [:]
    private var bySubject: [Key: [Question]] = [:]

    init(_ grammar: Grammar) {
        for question in grammar.questions {
            var owners: Set<Key> = []
            for subject in grammar.subjects(of: question) {
                bySubject[Key(kind: subject.kind, name: subject.name), default: []].append(question)
                let owner = Key(kind: subject.kind.owner, name: subject.owner)
                if owners.insert(owner).inserted { byOwner[owner, default: []].append(question) }
            }
        }
    }

    /// The questions about something and all that belongs to it, such as the forms and parameters of a command.
    func all(about kind: Question.Subject.Kind, _ name: String) -> [Question] {
        byOwner[Key(kind: kind, name: name)] ?? []
    }

    /// The questions about anything of some kinds and what belongs to it, each once.
    func all(about kinds: Set<Question.Subject.Kind>, in grammar: Grammar) -> [Question] {
        grammar.questions.filter { question in
            grammar.subjects(of: question).contains { kinds.contains($0.kind.owner) }
        }
    }

    /// The questions about exactly this.
    func questions(of kind: Question.Subject.Kind, _ name: String) -> [Question] {
        bySubject[Key(kind: kind, name: name)] ?? []
    }
}

/// Shows contradictions side by side, and open questions, on any page.
struct Questions {
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    /// The part of a page about something, with all questions about it and what belongs to it; nil if there is none.
    func section(about kind: Question.Subject.Kind, _ name: String) -> PageSection? {
        section(links.site.questions.all(about: kind, name))
    }

    /// The same for everything of some kinds, such as behaviours.
    func section(about kinds: Set<Question.Subject.Kind>) -> PageSection? {
        section(links.site.questions.all(about: kinds, in: grammar))
    }

    private func section(_ questions: [Question]) -> PageSection? {
        guard !questions.isEmpty else { return nil }
        return PageSection(
            id: "questions", title: "Contradictions and open questions",
            content: questions.map { article($0, level: 3) }.joined())
    }

    /// A short mark beside something whose sources disagree, with a link to what they say; nothing if they agree.
    func mark(_ kind: Question.Subject.Kind, _ name: String) -> HTML {
        links.site.questions.questions(of: kind, name).map { question in
            HTML(" ")
                + tag(
                    "a",
                    [.class("asked"), href(question), Attribute("title", question.about)]
                        + grammar.shown(in: grammar.versions(of: question))
                ) {
                    question.isOpen ? "open question" : "contradiction"
                    tag("span", .class("sr")) { ": " + question.about }
                }
        }.joined()
    }

    /// A link to the question where the page itself shows it, and else to the page of all questions.
    private func href(_ question: Question) -> Attribute {
        let isHere = grammar.subjects(of: question).contains { subject in
            links.path(ofOwner: subject) == links.page
        }
        return isHere
            ? .href("#" + Self.anchor(of: question))
            : links.href(PagePath.questions, anchor: Self.anchor(of: question))
    }

    static func anchor(of question: Question) -> String { anchor(ofQuestion: question.name) }

    static func anchor(ofQuestion name: String) -> String { "question-\(name)" }

    /// One question: what it is about, what the sources say side by side, and what the grammar follows.
    func article(_ question: Question, level: Int) -> HTML {
        let id = Self.anchor(of: question)
        return tag(
            "article",
            [.class("question"), Attribute("aria-labelledby", id)]
                + grammar.shown(in: grammar.versions(of: question))
        ) {
            Components.heading(level, question.about, id: id)
            tag("p", .class("about")) {
                tag("span", .class("tag")) { question.isOpen ? "open question" : "contradiction" }
                " about "
                grammar.subjects(of: question).map { links.subject($0) }.joined(separator: ", ")
                " "
                question.statedVersions.map { grammar.versionMark($0) } ?? HTML()
                " "
                links.line(question.location)
            }
            if !question.readings.isEmpty {
                tag("ul", .class("readings")) {
                    for reading in question.readings { self.reading(reading) }
                }
            }
            if !question.why.isEmpty { paragraph("Why", question.why) }
            if !question.notes.isEmpty { paragraph("Note", question.notes) }
        }
    }

    private func reading(_ reading: Question.Reading) -> HTML {
        tag("li", .class(reading.isPreferred ? "reading preferred" : "reading")) {
            tag("p") { reading.about }
            tag("p", .class("who-says")) {
                if reading.isPreferred {
                    tag("b") { "The grammar follows this." }
                    " "
                }
                links.sources(reading.sources)
            }
        }
    }

    private func paragraph(_ title: String, _ text: String) -> HTML {
        tag("p", .class("note")) {
            tag("b") { title }
            " " + text
        }
    }
}

extension Links {
    /// A link to what a question is about.
    func subject(_ subject: Question.Subject) -> HTML {
        let grammar = site.grammar
        switch subject.kind {
        case .command: return command(subject.name)
        case .form: return form(subject.name)
        case .version: return grammar.version(named: subject.name).map(version) ?? HTML(subject.name)
        case .error:
            return grammar.errors.first { $0.name == subject.name }.map { error($0) } ?? HTML(subject.name)
        case .client: return HTML(subject.name)
        case .program: return program(subject.name)
        case .conversation:
            let page = site.conversations.pages.first { $0.conversation.name == subject.name }
            return page.map { conversation($0) } ?? HTML(subject.name)
        case .parameter, .type, .value, .payload, .field, .session, .state, .algorithm, .behaviour, .httpService:
            guard let path = path(ofOwner: subject) else { return tag("code") { subject.name } }
            return code(subject.name, to: path, anchor: anchor(of: subject))
        }
    }

    /// The page of a subject or of what owns it; nil if it has none.
    func path(ofOwner subject: Question.Subject) -> String? {
        let grammar = site.grammar
        switch subject.kind.owner {
        case .command: return grammar.command(named: subject.owner).map(PagePath.command)
        case .type: return grammar.type(named: subject.owner).map(PagePath.type)
        case .error: return grammar.errors.first { $0.name == subject.owner }.map(PagePath.error)
        case .payload: return grammar.payloads.first { $0.name == subject.owner }.map(PagePath.payload)
        case .session: return grammar.sessions.first { $0.name == subject.owner }.map(PagePath.session)
        case .algorithm: return grammar.algorithms[subject.owner].map(PagePath.algorithm)
        case .version: return grammar.version(named: subject.owner).map(PagePath.version)
        case .program: return grammar.programs[subject.owner].map(PagePath.program)
        case .behaviour, .httpService: return PagePath.services
        case .conversation:
            let page = site.conversations.pages.first { $0.conversation.name == subject.owner }
            return page.map { PagePath.conversation($0, grammar) }
        default: return nil
        }
    }

    /// The place on the page of its owner; nil for the page itself.
    private func anchor(of subject: Question.Subject) -> String? {
        switch subject.kind {
        case .parameter:
            guard let point = subject.name.lastIndex(of: "."),
                let form = site.grammar.forms(named: String(subject.name[..<point])).first
            else { return nil }
            return place(of: String(subject.name[subject.name.index(after: point)...]), in: form)?.anchor
        case .httpService: return Self.anchor(ofHTTPService: subject.name)
        case .behaviour: return "behaviour-\(subject.name)"
        case .state: return StatePage.anchor(of: member(of: subject))
        case .value: return TypePage.anchor(ofValue: member(of: subject))
        case .field:
            let payload = site.grammar.payloads.first { $0.name == subject.owner }
            return payload?.parts.first { $0.name == member(of: subject) }?.anchor
        default: return nil
        }
    }

    /// The name without that of the owner.
    private func member(of subject: Question.Subject) -> String {
        String(subject.name.dropFirst(subject.owner.count + 1))
    }
}
