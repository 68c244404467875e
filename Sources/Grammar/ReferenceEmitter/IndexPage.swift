import ProtocolGrammar

/// The first page, with links to all other pages.
struct IndexPage {
    let grammar: Grammar
    let conversations: ConversationIndex
    let dissector: String?

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.index)
        var page = Markdown()
        page.heading(1, Markdown.prose(grammar.name))
        page.paragraph(Markdown.prose(grammar.about))
        page.paragraph(
            "This reference is generated from the grammar. Edit the grammar, not these pages. "
                + "The tests decode each example line in each version that it names.")
        var pages = names.matrixLinks.map { $0 + ": who sends what in which version" }
        if grammar.hasErrors {
            pages.append(
                names.link("Errors", to: PageNames.errors) + ": the numbers that servers send instead of a command")
        }
        pages += [
            names.link("Types", to: PageNames.types) + ": the values of words",
            names.link("Payloads", to: PageNames.payloads) + ": the contents after a line",
        ]
        if !grammar.sessions.isEmpty {
            pages.append(names.link("States", to: PageNames.states) + ": when each command may come")
        }
        if !grammar.algorithms.isEmpty {
            pages.append(names.link("Algorithms", to: PageNames.algorithms) + ": how secrets and digests are computed")
        }
        if !grammar.sources.isEmpty {
            pages.append(names.link("Sources", to: PageNames.sources) + ": where the facts come from")
        }
        if !grammar.programs.isEmpty {
            let programs = grammar.programs.map { names.program($0.name) }.joined(separator: ", ")
            pages.append("Deviations of programs: " + programs)
        }
        if let dissector {
            pages.append(
                "[\(Markdown.prose(dissector))](\(dissector)): a dissector for Wireshark 4.0 and later; it belongs in the "
                    + "folder of personal Lua plugins")
        }
        page.list(pages)
        emitNotation(into: &page)
        emitFraming(names, into: &page)
        page.heading(2, "Services")
        for service in grammar.services {
            page.heading(3, "Service \(Markdown.prose(service.name))")
            page.paragraph(Markdown.prose(service.about))
            let commands = grammar.sortedCommands.filter { $0.services.contains(service.name) }
            page.paragraph(commands.map { names.command($0.name) }.joined(separator: ", "))
        }
        emitVersions(into: &page, names)
        emitClients(into: &page, names)
        emitBehaviours(into: &page, names)
        emitHTTPServices(into: &page, names)
        emitConversations(names, into: &page)
        if !grammar.facts.isEmpty {
            page.heading(2, "Facts of versions")
            page.table(
                ["Fact", "Versions", "Meaning"],
                grammar.facts.map {
                    [Markdown.code($0.name), grammar.versionCell($0.versions), Markdown.prose($0.about)]
                })
        }
        page.heading(2, "Commands")
        page.table(
            ["Command", "Sender", "Services", "Versions", "Meaning"],
            grammar.sortedCommands.map { command in
                let senders = Sender.allCases.filter { !command.forms(from: $0).isEmpty }.map(\.rawValue)
                return [
                    names.command(command.name), command.isNamedOnly ? "unknown" : senders.joined(separator: ", "),
                    command.services.joined(separator: ", "), grammar.versionCell(command.versions),
                    Markdown.prose(command.about),
                ]
            })
        return page.text
    }

    private func emitVersions(into page: inout Markdown, _ names: PageNames) {
        if grammar.hasOnlyVersion { return }
        page.heading(2, "Versions")
        page.table(
            ["Version", "Client", "Date", "Known", "Meaning"],
            grammar.sortedVersions.map { version in
                let client = grammar.firstClient(of: version)
                return [
                    names.version(version), Markdown.prose(client?.name ?? ""), Markdown.prose(client?.date ?? ""),
                    VersionPage.words(version.status), Markdown.prose(version.about),
                ]
            })
    }

    private func emitClients(into page: inout Markdown, _ names: PageNames) {
        guard !grammar.clients.isEmpty else { return }
        page.heading(2, "Clients")
        page.table(
            ["Client", "Build", "Date", "Versions", "Meaning", "Lines", "HTTP services", "Confidence", "Sources"],
            grammar.clients.map { client in
                [
                    Markdown.prose(client.name), Markdown.prose(client.build), Markdown.prose(client.date),
                    grammar.versionCell(client.versions),
                    [client.about, client.notes].filter { !$0.isEmpty }.map(Markdown.prose).joined(separator: " "),
                    client.lines.map { Markdown.code($0.name) }.joined(separator: ", "),
                    client.services.map { Markdown.code($0.name) }.joined(separator: ", "), client.confidence,
                    client.sources.map(names.source).joined(separator: ", "),
                ]
            })
    }

    private func emitBehaviours(into page: inout Markdown, _ names: PageNames) {
        guard !grammar.behaviours.isEmpty else { return }
        page.heading(2, "Behaviour")
        page.paragraph("What holds for many commands, or for the connection as a whole.")
        page.table(
            ["Behaviour", "Versions", "Meaning", "Confidence", "Sources"],
            grammar.behaviours.map { behaviour in
                [
                    Markdown.code(behaviour.name),
                    grammar.versionCell(behaviour.versions, within: grammar.openVersions),
                    Markdown.prose(behaviour.about), behaviour.confidence,
                    behaviour.sources.map(names.source).joined(separator: ", "),
                ]
            })
    }

    private func emitHTTPServices(into page: inout Markdown, _ names: PageNames) {
        guard !grammar.httpServices.isEmpty else { return }
        page.heading(2, "HTTP services")
        page.paragraph("What clients ask over HTTP, and where they look for it. The scheme https stands for TLS.")
        page.table(
            ["Service", "Method", "Scheme", "Hosts", "Path", "Versions", "Meaning", "Requests", "In"],
            grammar.httpServices.map { service in
                let requests = grammar.sortedPayloads.filter { $0.serviceRequest?.service.name == service.name }
                return [
                    Markdown.code(service.name), service.method, service.scheme,
                    service.hosts.map(Markdown.code).joined(separator: ", "),
                    Markdown.code(service.path), grammar.versionCell(service.versions, within: grammar.openVersions),
                    Markdown.prose(service.about), requests.map { names.payload($0) }.joined(separator: ", "),
                    service.envelope.map { names.payload(named: $0.name) } ?? "",
                ]
            })
        for service in grammar.httpServices {
            HTTPServiceSection(service: service, names: names, grammar: grammar).emit(into: &page)
        }
    }

    private func emitConversations(_ names: PageNames, into page: inout Markdown) {
        if conversations.pages.isEmpty { return }
        page.heading(2, "Conversations")
        page.table(
            ["Conversation", "Versions", "Meaning"],
            grammar.conversations.map { conversation in
                let pages = conversations.pages.filter { $0.conversation.name == conversation.name }
                let links = pages.map { names.conversation($0, short: grammar.versions.count > 1) }
                    .joined(separator: ", ")
                return grammar.versions.count > 1
                    ? [Markdown.prose(conversation.title), links, Markdown.prose(conversation.about)]
                    : [links, "", Markdown.prose(conversation.about)]
            })
    }

    private func emitNotation(into page: inout Markdown) {
        page.heading(2, "Notation")
        page.paragraph(
            "A line ends with CR LF, and spaces separate its words. The syntax of a line shows them in order:")
        var words = [
            [
                Markdown.code(grammar.sortedCommands.first?.name ?? "NAME"),
                "the command, or any other word that the table of parameters does not name",
            ]
        ]
        if grammar.hasTransactions {
            words.append([
                Markdown.code("TrID"), "the transaction ID, a decimal number; a reply repeats that of its request",
            ])
        }
        words += [
            [Markdown.code("name"), "a parameter"], [Markdown.code("[name]"), "an optional parameter"],
            [Markdown.code("name..."), "all remaining words"],
            [Markdown.code("N=name"), "a parameter with a prefix"],
            [Markdown.code("length"), "the number of payload bytes that follow the line"],
        ]
        page.table(["Word", "Meaning"], words)
        page.paragraph(
            "In examples, C: marks lines of a client and S: lines of a server, and payloads are indented. "
                + "Confidence is *observed* for facts seen on the wire, *documented* for facts known only from "
                + "descriptions, and *inferred* for conclusions from other facts.")
    }

    /// Which lines a reader must not take for all there is.
    private func emitFraming(_ names: PageNames, into page: inout Markdown) {
        let forms = grammar.sortedCommands.flatMap(\.forms).filter { $0.payload != nil }
        guard !forms.isEmpty else { return }
        page.heading(2, "Framing")
        let isLast = forms.allSatisfy { $0.payload?.lengthBefore == nil }
        let trailer = grammar.trailer == "\r\n" ? "CR LF" : Markdown.code(ExampleText.visible(grammar.trailer))
        page.paragraph(
            "A payload follows these lines, directly after CR LF. The \(isLast ? "last word" : "word `length`") of the line "
                + "is the number of its bytes, and "
                + (grammar.trailer.isEmpty
                    ? "the next line begins right behind the last of them."
                    : "\(trailer), which the number does not count, follows the last of them."))
        page.table(
            ["Form", "Sender", "Versions"],
            forms.map { [names.form($0.fullName), $0.sender.rawValue, grammar.versionCell($0.versions)] })
        guard !grammar.errorPayloadVersions.isEmpty else { return }
        page.paragraph(
            "An error may bear a payload too (\(grammar.describe(grammar.errorPayloadVersions))): if it does, the length is a "
                + "third word.")
    }
}
