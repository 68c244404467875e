import GrammarReport
import ProtocolGrammar

/// The page that lists all kinds of payload content.
struct PayloadIndexPage {
    let grammar: Grammar

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.payloads)
        var page = Markdown()
        page.heading(1, "Payloads of \(Markdown.prose(grammar.name))")
        page.paragraph("The contents of the bytes that follow a line.")
        if grammar.payloads.isEmpty { page.paragraph("The grammar describes none.") }
        page.table(
            ["Payload", "Kind", "Identified by", "Versions", "In", "Meaning"],
            grammar.sortedPayloads.map { payload in
                [
                    names.payload(payload), PayloadPage.kind(of: payload), Self.mark(of: payload),
                    grammar.versionCell(payload.versions, within: grammar.openVersions),
                    payload.commands.map { names.form($0.name) }.joined(separator: ", "),
                    Markdown.prose(payload.about),
                ]
            })
        let bearers = grammar.sortedCommands.flatMap(\.forms).filter { $0.payload != nil }
        if !bearers.isEmpty {
            page.heading(2, "Forms with a payload")
            page.table(
                ["Form", "Sender", "Versions", "Payload"],
                bearers.map { form in
                    [
                        names.form(form.fullName), form.sender.rawValue,
                        grammar.versionCell(form.versions, within: grammar.openVersions),
                        form.payload.map { Markdown.prose(FormProse.text(of: $0, grammar: grammar)) } ?? "",
                    ]
                })
        }
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
    }

    private static func mark(of payload: PayloadType) -> String {
        switch payload.content {
        case .mime(let content): Markdown.code(content.contentType)
        case .xml(let content):
            content.elements.first { $0.name == content.root }.map { Markdown.code("<\($0.element)>") } ?? ""
        case .blocks(let content) where content.contentType != nil: Markdown.code(content.contentType ?? "")
        case .blocks(let content):
            content.fields.filter { $0.isRequired && $0.initial != nil }
                .map { Markdown.code("\($0.header): \($0.initial ?? "")") }.joined(separator: ", ")
        case .binary(let content): "\(content.numbers.reduce(0) { $0 + $1.width }) bytes"
        }
    }
}
