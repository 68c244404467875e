import GrammarReport
import ProtocolGrammar

/// The page of one type.
struct TypePage {
    let type: ValueType
    let site: Site
    let links: Links

    init(type: ValueType, site: Site) {
        self.type = type
        self.site = site
        links = Links(site: site, page: PagePath.type(type))
    }

    private var grammar: Grammar { site.grammar }

    /// The place of a value, a bit or a part on the page of its type.
    static func anchor(ofValue name: String) -> String { "value.\(name)" }

    var page: Page {
        Page(
            path: links.page, title: type.name, titleIsCode: true,
            summary: type.about.isEmpty ? TypeKind(type).sentence : type.about, crumbs: [("Types", PagePath.types)],
            header: header, sections: [content, uses, programs, questions].compactMap(\.self), entries: entries)
    }

    private var header: HTML {
        Components.facts([
            ("Kind", HTML(TypeKind(type).name)),
            ("Rule", HTML(type.about.isEmpty ? "" : TypeKind(type).sentence)),
            ("Versions", grammar.versionCell(site.typeUses.versions(of: type))),
            ("Secret", HTML(type.isSensitive ? "yes: the values are never printed" : "")),
            ("Grammar", links.line(type.location)),
        ])
    }

    // MARK: - Values

    private var content: PageSection? {
        switch type.kind {
        case .enumeration(let values, _):
            PageSection(id: "values", title: "Values", content: table(of: values))
        case .flags(let values, let fields):
            PageSection(
                id: "bits", title: "Bits",
                content: BitTable(type: type.name, values: values, fields: fields, links: links).html)
        case .composite(let parts):
            PageSection(id: "parts", title: "Parts", content: table(of: parts))
        case .token(_, let shapes) where !shapes.isEmpty:
            PageSection(id: "shapes", title: "Shapes", content: table(of: shapes))
        case .boolean(let falseWord, let trueWord):
            PageSection(
                id: "values", title: "Values",
                content: Components.table(
                    ["Word", "Meaning"],
                    [
                        Components.Row(Components.code(falseWord), HTML("false")),
                        Components.Row(Components.code(trueWord), HTML("true")),
                    ]))
        case .token, .text, .integer, .guid, .rest: nil
        }
    }

    /// The mark of a value or part that sources disagree about.
    private func mark(_ member: String) -> HTML {
        Questions(links: links).mark(.value, "\(type.name).\(member)")
    }

    private func table(of values: [NamedValue]) -> HTML {
        Components.table(
            ["Word", "Name", "Versions", "Meaning", "Grammar"],
            values.map { value in
                Components.Row(
                    Components.code(value.wire), Components.code(value.name),
                    grammar.versionCell(value.versions, within: grammar.openVersions),
                    HTML(value.about) + mark(value.name),
                    links.line(value.location, short: true),
                    attributes: [.class("row"), .id(Self.anchor(ofValue: value.name))]
                        + grammar.shown(in: value.versions))
            })
    }

    private func table(of parts: [CompositePart]) -> HTML {
        Components.prose("The word is written so:")
            + tag("div", .class("syntax")) {
                tag("div", .class("sx")) { Components.code(CompositePart.syntax(of: parts)) }
            }
            + Components.table(
                ["Part", "Type", "Mark", "Versions", "Presence", "Meaning", "Grammar"],
                parts.map { part in
                    Components.Row(
                        Components.code(part.name), links.type(part.type), Self.mark(of: part),
                        grammar.versionCell(part.versions, within: grammar.openVersions),
                        HTML(part.isOptional ? "optional" : "required"), HTML(part.about) + mark(part.name),
                        links.line(part.location, short: true),
                        attributes: [.class("row"), .id(Self.anchor(ofValue: part.name))]
                            + grammar.shown(in: part.versions))
                })
    }

    private static func mark(of part: CompositePart) -> HTML {
        if !part.before.isEmpty { return HTML("before ") + Components.code(part.before) }
        return part.after.isEmpty ? HTML() : HTML("after ") + Components.code(part.after)
    }

    private func table(of shapes: [TokenShape]) -> HTML {
        Components.table(
            ["Shape", "Versions"],
            shapes.map { shape in
                Components.Row(
                    Self.describe(shape), grammar.versionCell(shape.versions, within: grammar.openVersions),
                    attributes: grammar.shown(in: shape.versions))
            })
    }

    /// A shape in words, such as `{`, then hexadecimal digits, then `}`.
    private static func describe(_ shape: TokenShape) -> HTML {
        if let literal = shape.literal { return Components.code(literal) }
        let count = shape.length > 0 ? "\(shape.length) " : "one or more "
        let characters =
            switch shape.characters {
            case .digits: "digits"
            case .letters: "letters"
            case .hexadecimal: "hexadecimal digits"
            case .any: "characters"
            }
        var middle = HTML(count + characters)
        if !shape.infix.isEmpty { middle += HTML(" with ") + Components.code(shape.infix) }
        return [Components.code(shape.prefix), middle, Components.code(shape.suffix)].filter { !$0.isEmpty }
            .joined(separator: ", then ")
    }

    // MARK: - Uses

    private var uses: PageSection? {
        let content = group {
            Components.table(["Parameter", "Versions", "Meaning"], parameters)
            Components.table(["Part of a payload", "On the wire", "Versions", "Meaning"], payloadParts)
            Components.table(["Part of a type", "Meaning"], types)
            Components.table(["Part of an HTTP service", "On the wire", "Meaning"], services)
        }
        guard !content.isEmpty else { return nil }
        return PageSection(id: "uses", title: "Where it is used", content: content)
    }

    private var parameters: [Components.Row] {
        grammar.sortedCommands.flatMap(\.forms).flatMap { form in
            form.values.compactMap { value -> Components.Row? in
                let rows = value.rows.filter { $0.typeName == type.name }
                guard let first = rows.first, let place = links.place(of: value.name, in: form) else { return nil }
                let versions = rows.reduce(VersionSet()) { $0.union($1.versions) }
                return Components.Row(
                    links.code("\(form.fullName).\(value.name)", to: place.path, anchor: place.anchor),
                    grammar.versionCell(versions), HTML(first.about), attributes: grammar.shown(in: versions))
            }
        }
    }

    private var payloadParts: [Components.Row] {
        grammar.sortedPayloads.flatMap { payload in
            payload.parts.filter { $0.type == type.name && $0.home == nil }.map { part in
                Components.Row(
                    links.code("\(payload.name).\(part.name)", to: PagePath.payload(payload), anchor: part.anchor),
                    Components.code(part.wire), grammar.versionCell(part.versions, within: grammar.openVersions),
                    HTML(part.about), attributes: grammar.shown(in: part.versions))
            }
        }
    }

    private var types: [Components.Row] {
        grammar.sortedTypes.filter { $0.innerTypes.contains(type.name) }
            .map { Components.Row(links.type($0.name), HTML($0.about)) }
    }

    private var services: [Components.Row] {
        grammar.httpServices.flatMap { service in
            service.fields.filter { $0.type == type.name }
                .map { Components.Row(links.httpService(service.name), Components.code($0.header), HTML($0.about)) }
                + service.requests.flatMap { request in
                    request.parameters.filter { parameter in
                        if case .type(type.name) = parameter.value { true } else { false }
                    }
                    .map {
                        Components.Row(
                            links.httpService(service.name) + HTML(" \(request.name)"), Components.code($0.parameter),
                            HTML($0.about))
                    }
                }
        }
    }

    // MARK: - Programs

    private var programs: PageSection? {
        guard !type.deviations.isEmpty else { return nil }
        let rows = type.deviations.map { entry in
            Components.Row(
                entry.deviation.programs.map { links.program($0.name) }.joined(separator: ", "),
                Components.code(entry.example), HTML(entry.deviation.about),
                grammar.versionCell(entry.versions), links.sources(entry.deviation.sources),
                links.line(entry.deviation.location), attributes: grammar.shown(in: entry.versions))
        }
        return PageSection(
            id: "programs", title: "What programs do differently",
            content: Components.table(["Programs", "Example", "Spelling", "Versions", "Sources", "Grammar"], rows))
    }

    private var questions: PageSection? { Questions(links: links).section(about: .type, type.name) }

    // MARK: - Search

    private var entries: [SearchEntry] {
        let about = type.about.isEmpty ? TypeKind(type).sentence : type.about
        let whole = SearchEntry(name: type.name, kind: .type, path: links.page, anchor: nil, about: about)
        func entry(_ value: NamedValue, _ kind: SearchEntry.Kind) -> SearchEntry {
            SearchEntry(
                name: "\(type.name).\(value.name)", kind: kind, words: [value.wire], path: links.page,
                anchor: Self.anchor(ofValue: value.name), about: value.about.isEmpty ? about : value.about)
        }
        switch type.kind {
        case .enumeration(let values, _): return [whole] + values.map { entry($0, .value) }
        case .flags(let values, let fields):
            return [whole] + values.map { entry($0, .bit) }
                + fields.map { field in
                    SearchEntry(
                        name: "\(type.name).\(field.name)", kind: .bit, path: links.page,
                        anchor: Self.anchor(ofValue: field.name), about: field.about)
                }
        case .composite, .token, .text, .integer, .boolean, .guid, .rest: return [whole]
        }
    }
}
