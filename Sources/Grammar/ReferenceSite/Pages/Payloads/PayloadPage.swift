import ProtocolGrammar

/// The page of one kind of payload content.
struct PayloadPage {
    let payload: PayloadType
    let site: Site
    let links: Links

    init(payload: PayloadType, site: Site) {
        self.payload = payload
        self.site = site
        links = Links(site: site, page: PagePath.payload(payload))
    }

    private var grammar: Grammar { site.grammar }

    var page: Page {
        Page(
            path: links.page, title: payload.name, titleIsCode: true, summary: payload.about,
            crumbs: [("Payloads", PagePath.payloads)], header: header,
            sections: [content, places, examples, programs, questions, sources].compactMap(\.self), entries: entries)
    }

    static func kind(of payload: PayloadType) -> String {
        switch payload.content {
        case .mime: "MIME message"
        case .xml: "XML document"
        case .blocks: "sequence of header blocks"
        case .binary: "binary header"
        }
    }

    @HTMLBuilder
    private var header: HTML {
        Components.facts([
            ("Kind", HTML(Self.kind(of: payload))),
            ("Identified by", PayloadIndexPage.mark(of: payload)),
            ("Versions", grammar.versionCell(payload.versions)),
            ("Evidence", links.evidence(payload.confidence, payload.sources)),
            ("Grammar", links.line(payload.location)),
        ])
        Components.note(payload.notes)
    }

    private var content: PageSection {
        switch payload.content {
        case .mime(let content):
            PageSection(
                id: "message", title: "Message",
                content: HeaderFields(payload: payload, links: links).message(content))
        case .blocks(let content):
            PageSection(
                id: "blocks", title: "Blocks", content: HeaderFields(payload: payload, links: links).blocks(content),
                parts: content.blocks.map { .init(id: "block.\($0.name)", title: $0.name) })
        case .xml(let content):
            PageSection(
                id: "document", title: "Document", content: XMLSection(content: content, links: links).html,
                parts: content.all.map { .init(id: "element.\($0.name)", title: "<\($0.element)>") })
        case .binary(let content):
            PageSection(
                id: "bytes", title: "Bytes", content: BinaryFields(content: content, links: links).html)
        }
    }

    // MARK: - Places

    private var places: PageSection? {
        let content = Components.facts([
            ("Follows", payload.commands.map { links.form($0.name) }.joined(separator: ", ")),
            ("Inside", payload.bearers.map(place).joined(separator: ", ")),
            ("Contains", inside.map { links.payload($0) }.joined(separator: ", ")),
            ("Posted to", request),
            ("Answered by", payload.serviceRequest.map { links.payload(named: $0.answer.name) } ?? HTML()),
            ("Answers", requests.map { links.payload($0) }.joined(separator: ", ")),
            ("Envelope of", services.map { links.httpService($0.name) }.joined(separator: ", ")),
            ("Computed by", algorithms),
        ])
        guard !content.isEmpty else { return nil }
        return PageSection(id: "places", title: "Where it occurs", content: content)
    }

    private var inside: [PayloadType] {
        grammar.sortedPayloads.filter { $0.bearers.contains { $0.payload.name == payload.name } }
    }

    private var requests: [PayloadType] {
        grammar.sortedPayloads.filter { $0.serviceRequest?.answer.name == payload.name }
    }

    private var services: [HTTPService] { grammar.httpServices.filter { $0.envelope?.name == payload.name } }

    private var request: HTML {
        guard let request = payload.serviceRequest, let service = grammar.httpServices[request.service.name]
        else { return HTML() }
        return links.httpService(service.name) + HTML(", ") + Components.code(service.request)
            + (service.envelope.map { HTML(", in ") + links.payload(named: $0.name) } ?? HTML())
    }

    /// The fields that algorithms use or compute.
    private var algorithms: HTML {
        grammar.sortedAlgorithms.flatMap { algorithm in
            algorithm.places.filter { $0.name.hasPrefix(payload.name + ".") }.map { place in
                Components.code(String(place.name.dropFirst(payload.name.count + 1))) + HTML(" in ")
                    + links.algorithm(algorithm.name)
            }
        }
        .joined(separator: ", ")
    }

    /// A payload around this one, with what must hold in it.
    private func place(_ bearer: PayloadType.Bearer) -> HTML {
        let conditions = bearer.conditions.map { condition in
            switch condition.requirement {
            case .number(let value): "\(condition.name) is \(value)"
            case .equal(let other): "\(condition.name) equals \(other)"
            case .present: "\(condition.name) is there"
            case .absent: "\(condition.name) is not there"
            }
        }
        let link = links.payload(named: bearer.payload.name)
        return conditions.isEmpty ? link : link + HTML(" if \(conditions.joined(separator: " and "))")
    }

    // MARK: - Examples

    private var examples: PageSection? {
        guard !payload.examples.isEmpty else { return nil }
        let content = payload.examples.enumerated().map { index, example in
            tag("details", [.class("exchange")] + (index == 0 ? [.flag("open")] : [])) {
                tag("summary") {
                    tag("b") { example.title.isEmpty ? "Example" : example.title }
                    " "
                    tag("span", .class("tag")) { "\(example.bytes.count) bytes" }
                }
                PayloadText.html(example.bytes)
                links.line(example.location)
            }
        }
        return PageSection(id: "examples", title: "Examples", content: content.joined())
    }

    // MARK: - Evidence

    private var programs: PageSection? {
        guard !payload.deviations.isEmpty else { return nil }
        let rows = payload.deviations.map { entry in
            Components.Row(
                entry.deviation.programs.map { links.program($0.name) }.joined(separator: ", "),
                HTML(entry.deviation.about), Components.codes(entry.elements.map { "<\($0.name)>" }),
                Components.code(EscapedText.of(entry.example.utf8)), links.sources(entry.deviation.sources),
                links.line(entry.deviation.location))
        }
        return PageSection(
            id: "programs", title: "What programs do differently",
            content: Components.table(["Programs", "Difference", "Elements", "Example", "Sources", "Grammar"], rows))
    }

    private var questions: PageSection? { Questions(links: links).section(about: .payload, payload.name) }

    private var sources: PageSection? {
        guard !payload.sources.isEmpty else { return nil }
        return PageSection(id: "sources", title: "Sources", content: links.sourceList(payload.sources))
    }

    // MARK: - Search

    private var entries: [SearchEntry] {
        var mark: [String] = []
        switch payload.content {
        case .mime(let content): mark = [content.contentType]
        case .xml(let content): mark = content.elements.filter { $0.name == content.root }.map(\.element)
        case .blocks(let content): mark = content.contentType.map { [$0] } ?? []
        case .binary: break
        }
        return [
            SearchEntry(
                name: payload.name, kind: .payload, words: mark, path: links.page, anchor: nil, about: payload.about)
        ]
            // A child without a type is an element that has an entry of its own.
            + payload.parts.filter { $0.home == nil && ($0.kind != .child || $0.type != nil) }.map { part in
                let kind: SearchEntry.Kind =
                    switch part.kind {
                    case .header: .header
                    case .element, .child: .element
                    case .line, .attribute, .number: .field
                    }
                return SearchEntry(
                    name: part.wire, kind: kind, words: ["\(payload.name).\(part.name)"], path: links.page,
                    anchor: part.anchor, about: part.about)
            }
    }
}
