import GrammarReport
import ProtocolGrammar

/// The part of a command's page about one form.
struct FormSection {
    let form: Form
    let links: Links

    private var grammar: Grammar { links.site.grammar }
    private var id: String { links.anchor(of: form) }
    private var questions: Questions { Questions(links: links) }

    var html: HTML {
        tag(
            "section",
            [.class("form \(form.sender.rawValue)"), Attribute("aria-labelledby", id)]
                + grammar.shown(in: form.versions)
        ) {
            tag("div", .class("form-head")) {
                Components.heading(3, form.name, id: id)
                Components.sender(form.sender, "from the \(form.sender.rawValue)")
                grammar.versionMark(form.versions)
                questions.mark(.form, form.fullName)
            }
            Components.prose(form.about)
            syntax
            parameters
            payload
            answers
            facts
            if !form.notes.isEmpty {
                tag("p", .class("note")) {
                    tag("b") { "Note" }
                    " " + form.notes
                }
            }
        }
    }

    // MARK: - Syntax

    /// One line for each run of versions that have the same.
    private var syntax: HTML {
        tag("div", .class("syntax")) {
            for generation in form.generations {
                tag("div", [.class("sx")] + grammar.shown(in: generation.versions)) {
                    tag("code", Attribute("translate", "no")) { line(generation) }
                    // Where there is one line, the versions of the form say it.
                    if form.generations.count > 1 { grammar.versionMark(generation.versions) }
                }
            }
        }
    }

    /// The words of the line; the names of parameters are links to what they mean.
    private func line(_ generation: Form.Generation) -> HTML {
        let names = Set(form.values.map(\.name))
        return generation.line.split(separator: " ").enumerated().map { index, word in
            if index == 0 { return tag("b") { String(word) } }
            let name = name(in: String(word), among: names)
            return name.map { .element("a", [.href("#\(id).\($0)")], HTML(String(word))) } ?? HTML(String(word))
        }
        .joined(separator: " ")
    }

    /// The parameter that a word of the syntax, such as `[t=ticket]`, stands for.
    private func name(in word: String, among names: Set<String>) -> String? {
        let letters = word.split { !($0.isLetter || $0.isNumber) }.map(String.init)
        return letters.last { names.contains($0) }
    }

    // MARK: - Parameters

    private var parameters: HTML {
        let values = form.values
        if values.isEmpty { return HTML() }
        return tag("dl", .class("params")) {
            for value in values {
                tag("div", [.class("param"), .id("\(id).\(value.name)")] + grammar.shown(in: value.versions)) {
                    tag("dt") { value.name }
                    tag("dd") {
                        for row in value.rows { self.row(row, of: value) }
                        links.line(value.main.location)
                        questions.mark(.parameter, "\(form.fullName).\(value.name)")
                    }
                }
            }
        }
    }

    /// What the parameter is in some of its versions.
    private func row(_ row: Parameter, of value: FormValue) -> HTML {
        tag("p", value.rows.count > 1 ? grammar.shown(in: row.versions) : []) {
            if let type = row.typeName { tag("span", .class("type")) { links.type(type) } }
            " "
            FormProse.meaning(of: row, grammar: grammar)
            " "
            grammar.versionMark(row.versions, within: form.versions)
            if grammar.isSensitive(row) { tag("span", .class("tag")) { " kept out of logs" } }
        }
    }

    // MARK: - Around the line

    @HTMLBuilder
    private var payload: HTML {
        if let payload = form.payload {
            Components.prose(
                "Payload: " + FormProse.text(of: payload, grammar: grammar))
            Components.table(
                ["Content", "Versions", "Meaning"],
                grammar.payloads(of: form).map {
                    Components.Row(
                        links.payload($0),
                        HTML(grammar.versions.count > 1 ? grammar.describe($0.versions, within: form.versions) : ""),
                        HTML($0.about), attributes: grammar.shown(in: $0.versions))
                })
        }
    }

    private var answers: HTML {
        Components.table(
            ["Answer", "Number", "Versions", "Meaning"],
            form.answers.map { answer in
                let forms = grammar.forms(named: answer.name, from: form.sender.other)
                let versions = forms.reduce(VersionSet()) { $0.union($1.versions) }
                let about = forms.count == 1 ? forms.first?.about : grammar.command(named: answer.name)?.about
                return Components.Row(
                    links.form(answer.name), HTML(number(answer)) + condition(of: answer),
                    HTML(grammar.versions.count > 1 ? grammar.describe(versions, within: form.versions) : ""),
                    HTML(about ?? ""), attributes: grammar.shown(in: versions.intersection(form.versions)))
            })
    }

    private func number(_ answer: Answer) -> String {
        switch answer.count {
        case .one: "one"
        case .atMostOne: "none or one"
        case .any: "any number"
        case .some: "one or more"
        }
    }

    /// The values of the request that allow the answer, such as ", if `kind` is `quick` or `slow`".
    private func condition(of answer: Answer) -> HTML {
        guard let condition = answer.condition else { return HTML() }
        let values = condition.values.map { Components.code($0.name) }.joined(separator: " or ")
        return HTML(", if ") + Components.code(condition.parameter.name) + HTML(" is ") + values
    }

    private var facts: HTML {
        let transaction =
            switch form.transaction {
            case .required: ""
            case .absent: grammar.hasTransactions ? "none" : ""
            case .zero: "always 0"
            case .optional: "optional"
            }
        let questions = grammar.questions(answeredBy: form).map { links.form($0.fullName) }
        return Components.facts([
            ("Services", form.services.map(links.service).joined(separator: ", ")),
            ("Transaction ID", HTML(transaction)),
            ("Answers to", questions.joined(separator: ", ")),
            ("Evidence", links.evidence(form.confidence, form.sources)),
            ("Grammar", links.line(form.location)),
        ])
    }
}
