import ProtocolGrammar

/// The page of the public sources: what each is worth, and what it attests.
struct SourcesPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.sources) }

    private static let summary = "Where the facts come from. Other pages use these names."

    var page: Page {
        Page(
            path: PagePath.sources, title: "Sources", summary: Self.summary,
            sections: [
                PageSection(id: "sources", title: "All sources", content: grammar.sources.map(section).joined())
            ],
            entries: [
                SearchEntry(name: "Sources", kind: .page, path: PagePath.sources, anchor: nil, about: Self.summary)
            ]
                + grammar.sources.map { source in
                    SearchEntry(
                        name: source.name, kind: .source, path: PagePath.sources,
                        anchor: Links.anchor(ofSource: source.name), about: source.about)
                })
    }

    private func section(_ source: InformationSource) -> HTML {
        let id = Links.anchor(ofSource: source.name)
        let attested = attested(by: source.name).filter { !$0.links.isEmpty }
        return tag("section", .class("source"), Attribute("aria-labelledby", id)) {
            tag("div", .class("form-head")) {
                Components.heading(3, source.name, id: id)
                links.line(source.location)
            }
            Components.prose(source.about)
            if attested.isEmpty {
                tag("p", .class("small soft")) { "No fact names it." }
            } else {
                Components.fold(
                    HTML(attested.map { Self.count($0.links.count, $0.title) }.joined(separator: ", ")),
                    Components.facts(
                        attested.map { ($0.title.capitalizedFirst, $0.links.joined(separator: ", ")) }))
            }
        }
    }

    /// Such as `1 error` or `2 errors`.
    private static func count(_ number: Int, _ plural: String) -> String {
        "\(number) \(number == 1 ? String(plural.dropLast()) : plural)"
    }

    /// What a source says, by kinds; each title is a plural.
    private func attested(by source: String) -> [(title: String, links: [HTML])] {
        let forms = grammar.sortedCommands.flatMap(\.forms).filter { $0.sources.contains(source) }
        var confidences: [String] = []
        for form in forms where !confidences.contains(form.confidence) { confidences.append(form.confidence) }
        let byConfidence = confidences.map { confidence in
            ("\(confidence) forms", forms.filter { $0.confidence == confidence }.map { links.form($0.fullName) })
        }
        return byConfidence + [
            ("errors", grammar.sortedErrors.filter { $0.sources.contains(source) }.map(links.error)),
            (
                "payloads",
                grammar.sortedPayloads.filter { $0.sources.contains(source) }.map { links.payload($0) }
            ),
            ("conversations", conversations(from: source)),
            (
                "algorithms",
                grammar.sortedAlgorithms.filter { algorithm in
                    algorithm.sources.contains(source) || algorithm.known.contains { $0.sources.contains(source) }
                        || algorithm.vectors.contains { $0.sources.contains(source) }
                }
                .map { links.algorithm($0.name) }
            ),
            (
                "HTTP services",
                grammar.httpServices.filter { $0.sources.contains(source) }.map { links.httpService($0.name) }
            ),
            (
                "behaviours",
                grammar.behaviours.filter { $0.sources.contains(source) }.map { behaviour in
                    links.code(behaviour.name, to: PagePath.services, anchor: "behaviour-\(behaviour.name)")
                }
            ),
            (
                "clients",
                grammar.clients.filter { $0.sources.contains(source) }.map { client in
                    links.link(client.name, to: PagePath.services, anchor: "clients")
                }
            ),
            ("programs", grammar.programs.filter { $0.sources.contains(source) }.map { links.program($0.name) }),
            ("versions", grammar.sortedVersions.filter { $0.sources.contains(source) }.map { links.version($0) }),
        ]
    }

    /// Each conversation once, on the page of the newest versions.
    private func conversations(from source: String) -> [HTML] {
        grammar.conversations.filter { $0.sources.contains(source) }.compactMap { conversation in
            site.conversations.pages.last { $0.conversation.name == conversation.name }.map { links.conversation($0) }
        }
    }
}
