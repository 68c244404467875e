import ProtocolGrammar

/// The page of one conversation, in the versions in which the same lines are said.
struct ConversationPage {
    let page: ConversationIndex.Page
    let grammar: Grammar
    let index: ConversationIndex
    private let names: PageNames

    init(page: ConversationIndex.Page, grammar: Grammar, index: ConversationIndex) {
        self.page = page
        self.grammar = grammar
        self.index = index
        names = PageNames(grammar: grammar, page: PageNames.conversationPath(page, grammar))
    }

    func emit() -> String {
        let conversation = page.conversation
        var markdown = Markdown()
        let versions = grammar.versionCell(page.versions)
        let head = versions.isEmpty ? "Conversation: " : "Conversation in \(versions): "
        markdown.heading(1, head + Markdown.prose(conversation.title))
        markdown.paragraph(Markdown.prose(conversation.about))
        var facts =
            versions.isEmpty ? [] : ["Versions: " + page.versions.numbers.compactMap(version).joined(separator: ", ")]
        if !beginnings.isEmpty { facts.append("Before it: " + beginnings.joined(separator: ", ")) }
        let others = index.pages.filter { $0.conversation.name == conversation.name && $0.versions != page.versions }
        if !others.isEmpty {
            facts.append(
                "In other versions: " + others.map { names.conversation($0, short: true) }.joined(separator: ", "))
        }
        if !conversation.sources.isEmpty {
            facts.append("Sources: " + conversation.sources.map(names.source).joined(separator: ", "))
        }
        markdown.list(facts)
        if !conversation.notes.isEmpty { markdown.paragraph("Note: " + Markdown.prose(conversation.notes)) }
        emitActors(into: &markdown)
        emitSteps(into: &markdown)
        emitPayloads(into: &markdown)
        markdown.paragraph(names.link("Index", to: PageNames.index))
        return markdown.text
    }

    /// Links to the conversations that come before it, in each of its versions.
    private var beginnings: [String] {
        var links: [String] = []
        for number in page.versions.numbers {
            guard let before = page.conversation.beginning(in: number), let other = index.page(before.name, in: number)
            else { continue }
            let link = "\(names.conversation(other)) (\(grammar.describe(other.versions)))"
            if !links.contains(link) { links.append(link) }
        }
        return links
    }

    private func version(_ number: Int) -> String? { grammar.version(number: number).map(names.version) }

    private func emitActors(into markdown: inout Markdown) {
        let active = Set(page.told.ownSteps.flatMap { [$0.from.name, $0.to.name] })
        markdown.heading(2, "Actors")
        markdown.table(
            ["Actor", "Role", "Meaning"],
            page.told.actors.filter { active.contains($0.name) }.map { actor in
                let role =
                    switch actor.role {
                    case .client(let account): "client of " + Markdown.code(account)
                    case .server(let service): names.service(service) + " server"
                    case .direct(let payload):
                        "direct connection of " + names.payload(named: payload.name)
                    case .web(let services):
                        services.map { names.httpService($0.name) }.joined(separator: ", ")
                    }
                return [Markdown.code(actor.name), role, Markdown.prose(actor.about)]
            })
    }

    private func emitSteps(into markdown: inout Markdown) {
        markdown.heading(2, "Steps")
        markdown.table(
            ["", "From", "To", "Line", "Form", "Meaning"],
            zip(page.told.ownSteps, page.meanings).enumerated().map { number, entry in
                let (step, meaning) = entry
                return [
                    "\(number + 1)", step.from.name, step.to.name, line(of: step), words(for: meaning, of: step),
                    Markdown.prose(step.about),
                ]
            })
    }

    private func line(of step: ToldConversation.Step) -> String {
        let line =
            switch step.step.content {
            case .connect: "connects"
            case .close: "closes the connection"
            case .line, .request, .response: Markdown.code(ExampleText.visible(step.text))
            case .data: "bytes"
            }
        let headers = step.headers.map { Markdown.code(ExampleText.visible($0)) }
        let payload = step.step.payload.map { "with " + names.link($0.name, to: names.page, anchor: anchor($0.name)) }
        return ([line] + headers + [payload].compactMap(\.self)).joined(separator: ", ")
    }

    private func words(for meaning: ConversationIndex.Meaning?, of step: ToldConversation.Step) -> String {
        switch meaning {
        case .form(let name): return names.form(name)
        case .error(let code): return names.error(code)
        case nil:
            return step.httpService == nil ? "" : step.payloadKind.map(names.payload(named:)) ?? ""
        }
    }

    private func anchor(_ payload: String) -> String { PageNames.anchor("Payload \(payload)") }

    /// The payloads, each once.
    private func emitPayloads(into markdown: inout Markdown) {
        var seen: Set<String> = []
        for step in page.told.ownSteps {
            guard let name = step.step.payload?.name, let bytes = step.payload, seen.insert(name).inserted else {
                continue
            }
            markdown.heading(3, "Payload \(Markdown.prose(name))")
            if !step.payloadAbout.isEmpty { markdown.paragraph(Markdown.prose(step.payloadAbout)) }
            let kinds = [step.payloadKind, step.envelopeKind].compactMap(\.self).map(names.payload(named:))
            let size = "\(bytes.count) bytes" + (kinds.isEmpty ? "" : ": ") + kinds.joined(separator: " in ") + "."
            guard step.httpService != nil else {
                markdown.paragraph(size)
                markdown.code(ExampleText.lines(ofPayload: bytes))
                continue
            }
            markdown.paragraph(size + " Blanks and line breaks between elements are not sent; they help to read.")
            markdown.code(ExampleText.lines(ofDocument: bytes), language: "xml")
        }
    }
}
