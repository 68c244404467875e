import ProtocolGrammar

/// The page of all error replies.
struct ErrorPage {
    let grammar: Grammar

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.errors)
        var page = Markdown()
        page.heading(1, "Errors of \(Markdown.prose(grammar.name))")
        page.paragraph("An error is a number instead of a command, followed by the transaction ID of the request.")
        if !grammar.errorPayloadVersions.isEmpty {
            page.paragraph("A payload may follow in \(grammar.describe(grammar.errorPayloadVersions)).")
        }
        let forms = grammar.sortedCommands.flatMap(\.forms)
        let rows = grammar.sortedErrors.map { code -> [String] in
            let users = forms.filter { form in
                form.errors.contains { $0.name == code.name }
                    && !form.versions.intersection(code.versions).isEmpty
            }
            let closes = code.closesConnection.map { $0 ? "yes" : "no" } ?? "unknown"
            return [
                "<a id=\"error-\(code.number)\"></a>\(code.number)", Markdown.code(code.name),
                Markdown.prose(code.about), grammar.versionCell(code.versions, within: grammar.openVersions), closes,
                code.hasPayload ? "yes" : "",
                (users.map { names.form($0.fullName) } + code.failures.map { Self.failure($0) })
                    .joined(separator: ", "),
                code.aliases.map(Markdown.code).joined(separator: ", "),
                code.shown.isEmpty ? "" : Markdown.code(code.shown),
                code.sources.map(names.source).joined(separator: ", "),
            ]
        }
        page.table(
            [
                "Number", "Name", "Meaning", "Versions", "Closes", "Payload", "Answers to", "Also called", "Shown as",
                "Sources",
            ], rows)
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
    }

    /// The unreadable lines of one kind, in words.
    private static func failure(_ kind: MatchFailure.Kind) -> String { "lines with \(Markdown.code(kind.rawValue))" }
}
