import GrammarReport
import ProtocolGrammar

/// The part of a command's page about one form.
struct FormSection {
    let form: Form
    let grammar: Grammar
    let names: PageNames

    func emit(into page: inout Markdown) {
        page.heading(3, Markdown.prose(form.fullName))
        page.paragraph(Markdown.prose(form.about))
        page.table(
            ["Versions", "Line"],
            form.generations.map { [grammar.versionCell($0.versions), Markdown.code($0.line)] })
        page.table(["Parameter", "Type", "Versions", "Meaning"], form.parameters.compactMap { row(of: $0) })
        if form.payload != nil { emitPayload(into: &page) }
        page.table(
            ["Error", "Meaning", "Closes"],
            form.errors.flatMap { grammar.errors(named: $0.name, in: form.versions) }.map { code in
                [names.error(code), Markdown.prose(code.about), code.closesConnection == true ? "yes" : ""]
            })
        page.table(["Answer", "Number", "Versions", "Meaning"], form.answers.map { row(of: $0) })
        var facts: [String] = []
        func fact(_ name: String, _ items: [String]) {
            if !items.isEmpty { facts.append("\(name): " + items.joined(separator: ", ")) }
        }
        fact("Services", form.services.map(names.service))
        fact("Transaction", transaction)
        fact("Answers to", grammar.questions(answeredBy: form).map { names.form($0.fullName) })
        fact("Sources", form.sources.map(names.source))
        fact("Confidence", [form.confidence])
        fact("Algorithms", names.algorithms(of: form.fullName))
        page.list(facts)
        page.table(
            ["Known deviation", "Programs", "Versions", "Line"],
            form.deviations.map { entry in
                [
                    Markdown.prose(entry.deviation.about),
                    entry.deviation.programs.map { names.program($0.name) }.joined(separator: ", "),
                    grammar.versionCell(entry.versions),
                    entry.examples.map { Markdown.code($0.text) }.joined(separator: " "),
                ]
            })
        if !form.notes.isEmpty { page.paragraph("Note: " + Markdown.prose(form.notes)) }
    }

    /// A row of the table of parameters; nil for a literal without further rules.
    private func row(of parameter: Parameter) -> [String]? {
        let versions = grammar.versionCell(parameter.versions, within: form.versions)
        let meaning = Markdown.prose(FormProse.meaning(of: parameter, grammar: grammar))
        guard let literal = parameter.literal else {
            return [Markdown.code(parameter.name), parameter.typeName.map(names.type) ?? "", versions, meaning]
        }
        if versions == "all", meaning.isEmpty { return nil }
        return [Markdown.code(literal), "literal", versions, meaning]
    }

    private func emitPayload(into page: inout Markdown) {
        guard let payload = form.payload else { return }
        page.paragraph("Payload: " + Markdown.prose(FormProse.text(of: payload, grammar: grammar)))
        let kinds = grammar.payloads(of: form)
        page.table(
            ["Content", "Versions", "Meaning"],
            kinds.map {
                [names.payload($0), grammar.versionCell($0.versions, within: form.versions), Markdown.prose($0.about)]
            })
    }

    private var transaction: [String] {
        guard grammar.hasTransactions else { return [] }
        return switch form.transaction {
        case .required: []
        case .absent: ["none"]
        case .zero: ["always 0"]
        case .optional: ["optional"]
        }
    }

    /// The values of the request that allow the answer, such as ", if `kind` is `quick` or `slow`".
    private func condition(of answer: Answer) -> String {
        guard let condition = answer.condition else { return "" }
        let values = condition.values.map { Markdown.code($0.name) }
        return ", if \(Markdown.code(condition.parameter.name)) is \(values.joined(separator: " or "))"
    }

    private func row(of answer: Answer) -> [String] {
        let number =
            switch answer.count {
            case .one: "one"
            case .atMostOne: "none or one"
            case .any: "any number"
            case .some: "one or more"
            }
        let forms = grammar.forms(named: answer.name, from: form.sender.other)
        let versions = forms.reduce(VersionSet()) { $0.union($1.versions) }
        let about = forms.count == 1 ? forms.first?.about : grammar.command(named: answer.name)?.about
        return [
            names.form(answer.name), number + condition(of: answer),
            grammar.versionCell(versions, within: form.versions),
            Markdown.prose(about ?? ""),
        ]
    }
}
