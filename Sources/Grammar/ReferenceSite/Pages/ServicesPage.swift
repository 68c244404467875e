import GrammarReport
import ProtocolGrammar

/// The page of all services with the states of their connections, and of what holds for whole connections.
struct ServicesPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.services) }

    private static let summary = "Who talks over which connections, and what holds for all of their lines."

    var page: Page {
        Page(
            path: PagePath.services, title: "Services and states", summary: Self.summary,
            sections: [
                services, states, framing, behaviours, http, clients, facts,
                Questions(links: links).section(about: [.behaviour, .httpService, .client]),
            ].compactMap(\.self),
            entries: entries)
    }

    // MARK: - Services and states

    private var services: PageSection {
        let content = grammar.services.map { service in
            let id = Links.anchor(ofService: service.name)
            let sessions = grammar.sortedSessions.filter { $0.services.contains(service.name) }
            return tag("div") {
                Components.heading(3, service.name, id: id)
                Components.prose(service.about)
                Components.facts([
                    ("States", sessions.map { links.session($0.name) }.joined(separator: ", ")),
                    ("Grammar", links.line(service.location)),
                ])
                commands(of: service)
            }
        }
        return PageSection(
            id: "services", title: "Services", content: content.joined(),
            parts: grammar.services.map { .init(id: Links.anchor(ofService: $0.name), title: $0.name) })
    }

    private func commands(of service: Service) -> HTML {
        let commands = grammar.sortedCommands.filter { $0.services.contains(service.name) }
        if commands.isEmpty { return HTML() }
        return tag("ul", .class("tokens")) {
            for command in commands {
                tag("li", grammar.shown(in: command.versions)) { links.command(command.name) }
            }
        }
    }

    private var states: PageSection? {
        guard !grammar.sessions.isEmpty else { return nil }
        return PageSection(
            id: "states", title: "States",
            content: Components.table(
                ["Session", "Meaning", "Services", "States"],
                grammar.sortedSessions.map { session in
                    Components.Row(
                        links.session(session.name), HTML(session.about),
                        session.services.map(links.service).joined(separator: ", "),
                        session.states.map {
                            links.code($0.name, to: PagePath.session(session), anchor: StatePage.anchor(of: $0.name))
                        }
                        .joined(separator: ", "))
                }))
    }

    // MARK: - What holds for connections

    /// Which lines a reader must not take for all there is.
    private var framing: PageSection? {
        let forms = grammar.sortedCommands.flatMap(\.forms).filter { $0.payload != nil }
        guard !forms.isEmpty else { return nil }
        let isLast = forms.allSatisfy { $0.payload?.lengthBefore == nil }
        let trailer = grammar.trailer == "\r\n" ? "CR LF" : EscapedText.of(grammar.trailer.utf8)
        let end =
            grammar.trailer.isEmpty
            ? "the next line begins right behind the last of them."
            : "\(trailer), which the number does not count, follows the last of them."
        let content = group {
            tag("p", .class("prose")) {
                "A line ends with CR LF. A payload follows these lines, directly after CR LF. The "
                if isLast {
                    "last word"
                } else {
                    "word "
                    Components.code("length")
                }
                " of the line is the number of its bytes, and " + end
            }
            if !grammar.errorPayloadVersions.isEmpty {
                Components.prose(
                    "An error may bear a payload too (\(grammar.describe(grammar.errorPayloadVersions))): if it does, "
                        + "the length is a third word.")
            }
            Components.fold(
                tag("b") { "Lines with a payload" } + HTML(" ") + tag("span", .class("soft")) { "\(forms.count)" },
                isOpen: forms.count <= 8,
                Components.table(
                    ["Form", "Sender", "Payload", "Versions"],
                    forms.map { form in
                        Components.Row(
                            links.form(form.fullName), Components.sender(form.sender),
                            HTML(form.payload.map { FormProse.text(of: $0, grammar: grammar) } ?? ""),
                            grammar.versionCell(form.versions),
                            attributes: grammar.shown(in: form.versions))
                    }))
        }
        return PageSection(id: "framing", title: "Framing", content: content)
    }

    private var behaviours: PageSection? {
        guard !grammar.behaviours.isEmpty else { return nil }
        let content = group {
            Components.prose("What holds for many commands, or for the connection as a whole.")
            Components.table(
                ["Behaviour", "Meaning", "Versions", "Evidence", "Sources", "Grammar"],
                grammar.behaviours.map { behaviour in
                    Components.Row(
                        Components.code(behaviour.name), HTML(behaviour.about),
                        versions(behaviour.versions), HTML(behaviour.confidence),
                        behaviour.sources.map(links.source).joined(separator: ", "), links.line(behaviour.location),
                        attributes: [.id("behaviour-\(behaviour.name)")] + grammar.shown(in: behaviour.versions))
                })
        }
        return PageSection(id: "behaviours", title: "Behaviour", content: content)
    }

    private var facts: PageSection? {
        guard !grammar.facts.isEmpty else { return nil }
        return PageSection(
            id: "facts", title: "Facts of versions",
            content: Components.table(
                ["Fact", "Meaning", "Versions", "Grammar"],
                grammar.facts.map { fact in
                    Components.Row(
                        Components.code(fact.name), HTML(fact.about), versions(fact.versions),
                        links.line(fact.location), attributes: grammar.shown(in: fact.versions))
                }))
    }

    private func versions(_ set: VersionSet) -> HTML {
        HTML(grammar.versions.count > 1 ? grammar.describe(set, within: grammar.openVersions) : "")
    }

    // MARK: - HTTP services and clients

    private var http: PageSection? {
        guard !grammar.httpServices.isEmpty else { return nil }
        let content = group {
            Components.prose("What clients ask over HTTP, and where they look for it. The scheme https stands for TLS.")
            grammar.httpServices.map { HTTPServiceSection(service: $0, links: links).html }.joined()
        }
        return PageSection(
            id: "http", title: "HTTP services", content: content,
            parts: grammar.httpServices.map {
                .init(id: Links.anchor(ofHTTPService: $0.name), title: $0.name, versions: $0.versions)
            })
    }

    private var clients: PageSection? {
        guard !grammar.clients.isEmpty else { return nil }
        return PageSection(
            id: "clients", title: "Official clients",
            content: Components.table(
                [
                    "Client", "Build", "Date", "Versions", "Meaning", "Lines", "HTTP services", "Evidence", "Sources",
                    "Grammar",
                ],
                grammar.clients.map { client in
                    Components.Row(
                        HTML(client.name), HTML(client.build), HTML(client.date),
                        grammar.versionCell(client.versions),
                        HTML([client.about, client.notes].filter { !$0.isEmpty }.joined(separator: " ")),
                        client.lines.map { Components.code(EscapedText.of($0.name.utf8)) }.joined(separator: ", "),
                        client.services.map { links.httpService($0.name) }.joined(separator: ", "),
                        HTML(client.confidence), client.sources.map(links.source).joined(separator: ", "),
                        links.line(client.location), attributes: grammar.shown(in: client.versions))
                }))
    }

    // MARK: - Search

    private var entries: [SearchEntry] {
        func entry(_ name: String, _ kind: SearchEntry.Kind, _ anchor: String?, _ about: String) -> SearchEntry {
            SearchEntry(name: name, kind: kind, path: PagePath.services, anchor: anchor, about: about)
        }
        return [entry("Services and states", .page, nil, Self.summary)]
            + grammar.services.map { entry($0.name, .service, Links.anchor(ofService: $0.name), $0.about) }
            + grammar.httpServices.map { entry($0.name, .service, Links.anchor(ofHTTPService: $0.name), $0.about) }
            + grammar.behaviours.map { entry($0.name, .page, "behaviour-\($0.name)", $0.about) }
    }
}
