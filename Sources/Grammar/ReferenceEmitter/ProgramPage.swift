import GrammarReport
import ProtocolGrammar

/// The page of one program, with its deviations from the protocol.
struct ProgramPage {
    let program: Program
    let grammar: Grammar

    func emit() -> String {
        let names = PageNames(grammar: grammar, page: PageNames.programPath(program.name))
        var page = Markdown()
        page.heading(1, "Deviations of \(Markdown.prose(program.title))")
        page.paragraph(Markdown.prose(program.about))
        var facts = ["A \(program.side.rawValue) of \(grammar.describe(program.versions))"]
        if !program.sources.isEmpty {
            facts.append("Sources: " + program.sources.map(names.source).joined(separator: ", "))
        }
        page.list(facts)
        page.paragraph(
            "Readers accept and report these deviations, unless they are strict. New programs must not send them.")
        let forms = grammar.sortedCommands.flatMap(\.forms).flatMap { form in
            form.deviations.filter { isOfProgram($0.deviation) }.map { (form, $0) }
        }
        page.table(
            ["Form", "Versions", "Difference", "Line"],
            forms.map { form, entry in
                [
                    names.form(form.fullName), grammar.versionCell(entry.versions),
                    Markdown.prose(entry.deviation.about),
                    entry.examples.map { Markdown.code($0.text) }.joined(separator: " "),
                ]
            })
        let types = grammar.types.flatMap { type in
            type.deviations.filter { isOfProgram($0.deviation) }.map { (type, $0) }
        }
        page.table(
            ["Type", "Versions", "Difference", "Value"],
            types.map { type, entry in
                [
                    names.type(type.name), grammar.versionCell(entry.versions), Markdown.prose(entry.deviation.about),
                    Markdown.code(entry.example),
                ]
            })
        let payloads = grammar.payloads.flatMap { payload in
            payload.deviations.filter { isOfProgram($0.deviation) }.map { (payload, $0) }
        }
        page.table(
            ["Payload", "Difference", "Document"],
            payloads.map { payload, entry in
                [
                    names.payload(payload), Markdown.prose(entry.deviation.about),
                    Markdown.code(entry.example),
                ]
            })
        page.table(["Session", "State", "Versions", "Difference", "Line"], grammar.sortedSessions.flatMap(rows))
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
    }

    /// What the program sends in states that do not allow it.
    private func rows(of session: Session) -> [[String]] {
        let names = PageNames(grammar: grammar, page: PageNames.programPath(program.name))
        return session.allStates.flatMap { state in
            state.rules.compactMap { rule in
                guard let entry = rule.deviation, isOfProgram(entry.deviation) else { return nil }
                return [
                    names.link(session.name, to: PageNames.states), Markdown.code(state.name),
                    grammar.versionCell(rule.versions), Markdown.prose(entry.deviation.about),
                    entry.examples.map { Markdown.code($0.text) }.joined(separator: " "),
                ]
            }
        }
    }

    private func isOfProgram(_ deviation: Deviation) -> Bool {
        deviation.programs.contains { $0.name == program.name }
    }
}

extension PageNames {
    static func programPath(_ name: String) -> String { "programs/\(name).md" }

    /// A link to the deviations of a program.
    func program(_ name: String) -> String {
        guard let program = grammar.programs[name] else { return Markdown.code(name) }
        return link(program.title, to: Self.programPath(name))
    }
}
