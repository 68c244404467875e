import GrammarReport
import ProtocolGrammar

/// The page that lists all kinds of payload content.
struct PayloadIndexPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.payloads) }

    var page: Page {
        Page(
            path: PagePath.payloads, title: "Payloads", summary: "What stands in the bytes that follow a line.",
            sections: kinds + [bearers].compactMap(\.self),
            entries: [
                SearchEntry(
                    name: "Payloads", kind: .page, path: PagePath.payloads, anchor: nil,
                    about: "What stands in the bytes that follow a line.")
            ])
    }

    private var kinds: [PageSection] {
        var order: [String] = []
        var members: [String: [PayloadType]] = [:]
        for payload in grammar.sortedPayloads {
            let kind = PayloadPage.kind(of: payload)
            if members[kind] == nil { order.append(kind) }
            members[kind, default: []].append(payload)
        }
        return order.map { kind in
            PageSection(
                id: "kind." + kind.split(separator: " ").joined(separator: "-"),
                title: kind.capitalizedFirst + ((members[kind]?.count ?? 0) == 1 ? "" : "s"),
                content: table(members[kind] ?? []))
        }
    }

    private func table(_ payloads: [PayloadType]) -> HTML {
        Components.table(
            ["Payload", "Identified by", "Versions", "In", "Meaning"],
            payloads.map { payload in
                Components.Row(
                    links.payload(payload), Self.mark(of: payload),
                    grammar.versionCell(payload.versions, within: grammar.openVersions),
                    payload.commands.map { links.form($0.name) }.joined(separator: ", "), HTML(payload.about),
                    attributes: grammar.shown(in: payload.versions))
            })
    }

    /// What tells it from others: its content type, its root, or its size.
    static func mark(of payload: PayloadType) -> HTML {
        switch payload.content {
        case .mime(let content): Components.code(content.contentType)
        case .xml(let content):
            content.elements.first { $0.name == content.root }.map { Components.code("<\($0.element)>") } ?? HTML()
        case .blocks(let content) where content.contentType != nil: Components.code(content.contentType ?? "")
        case .blocks(let content):
            content.fields.filter { $0.isRequired && $0.initial != nil }
                .map { Components.code("\($0.header): \($0.initial ?? "")") }.joined(separator: ", ")
        case .binary(let content): HTML("\(content.numbers.reduce(0) { $0 + $1.width }) bytes")
        }
    }

    /// The forms whose lines announce a payload.
    private var bearers: PageSection? {
        let forms = grammar.sortedCommands.flatMap(\.forms).filter { $0.payload != nil }
        guard !forms.isEmpty else { return nil }
        let rows = forms.map { form in
            Components.Row(
                links.form(form.fullName), Components.sender(form.sender),
                grammar.versionCell(form.versions, within: grammar.openVersions),
                HTML(form.payload.map { FormProse.text(of: $0, grammar: grammar) } ?? ""),
                attributes: grammar.shown(in: form.versions))
        }
        return PageSection(
            id: "forms", title: "Forms with a payload",
            content: Components.table(["Form", "Sender", "Versions", "Payload"], rows))
    }
}
