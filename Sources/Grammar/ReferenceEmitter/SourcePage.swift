import ProtocolGrammar

/// The page of the public sources, with the number of forms that each one documents.
struct SourcePage {
    let grammar: Grammar

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.sources)
        var page = Markdown()
        page.heading(1, "Sources of \(Markdown.prose(grammar.name))")
        page.paragraph("Where the facts come from. Other pages use the names in the first column.")
        var counts: [String: Int] = [:]
        for form in grammar.commands.flatMap(\.forms) {
            for name in form.sources { counts[name, default: 0] += 1 }
        }
        page.table(
            ["Source", "What it is", "Forms"],
            grammar.sources.map { source in
                [
                    "<a id=\"source-\(source.name)\"></a>\(Markdown.prose(source.name))", Markdown.prose(source.about),
                    String(counts[source.name] ?? 0),
                ]
            })
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
    }
}
