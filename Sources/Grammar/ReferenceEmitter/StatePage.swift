import ProtocolGrammar

/// The page of all sessions.
struct StatePage {
    let grammar: Grammar
    let names: PageNames

    init(grammar: Grammar) {
        self.grammar = grammar
        names = PageNames(grammar: grammar, page: PageNames.states)
    }

    func emit() -> String {
        var page = Markdown()
        page.heading(1, "States of \(Markdown.prose(grammar.name))")
        for session in grammar.sortedSessions {
            page.heading(2, Markdown.prose(session.name))
            page.paragraph(Markdown.prose(session.about))
            page.paragraph("Services: " + names.services(session.services) + ".")
            page.code(diagram(of: session), language: "mermaid")
            page.table(
                ["State", "Meaning", "Anything else"],
                session.states.map { [Markdown.code($0.name), Markdown.prose($0.about), Self.outcome($0.otherwise)] })
            page.table(
                ["State", "Sender", "Command", "Versions", "Then", "Meaning"],
                session.states.flatMap { state in state.strictRules.map { row(of: $0, in: state) } })
            page.table(
                ["State", "Sender", "Known deviation", "Versions", "Programs", "Meaning"],
                session.allStates.flatMap { state in
                    state.rules.compactMap { rule in rule.deviation.map { row(of: rule, $0, in: state) } }
                })
        }
        page.paragraph(names.link("Index", to: PageNames.index))
        return page.text
    }

    private func row(of rule: Session.Rule, in state: Session.State) -> [String] {
        var then: [String] = []
        if let error = rule.error {
            let codes = grammar.errors(named: error.name, in: rule.versions).map(names.error)
            then.append("error " + (codes.isEmpty ? Markdown.code(error.name) : codes.joined(separator: ", ")))
        }
        if rule.closes { then.append("closes") }
        if let next = rule.next { then.append(Markdown.code(next.name)) }
        return [
            Markdown.code(state.name), rule.sender.rawValue, names.ruleCommand(rule.command.name),
            versions(of: rule) ?? "all", then.isEmpty ? "stays" : then.joined(separator: ", "),
            Markdown.prose(rule.about),
        ]
    }

    /// What programs are known to send in a state that does not allow it.
    private func row(of rule: Session.Rule, _ entry: RuleDeviation, in state: Session.State) -> [String] {
        [
            Markdown.code(state.name), rule.sender.rawValue, names.ruleCommand(rule.command.name),
            versions(of: rule) ?? "all",
            entry.deviation.programs.map { names.program($0.name) }.joined(separator: ", "),
            Markdown.prose(entry.deviation.about),
        ]
    }

    /// The versions of a rule in words; nil if it holds in all.
    private func versions(of rule: Session.Rule) -> String? {
        let text = grammar.versionCell(rule.versions, within: grammar.openVersions)
        return text == "all" ? nil : text
    }

    private static func outcome(_ outcome: Session.Outcome) -> String {
        switch outcome {
        case .close: "closes the connection"
        case .ignore: "is ignored"
        case .allow: "is allowed"
        }
    }

    /// A Mermaid diagram of the rules that lead to another state.
    private func diagram(of session: Session) -> [String] {
        let states = session.states.map(\.name)
        func identifier(_ name: String) -> String { states.firstIndex(of: name).map { "s\($0)" } ?? "[*]" }
        var lines = ["stateDiagram-v2"]
        for name in states { lines.append("    state \"\(name)\" as \(identifier(name))") }
        if let first = states.first { lines.append("    [*] --> \(identifier(first))") }
        for state in session.states {
            var targets: [String] = []
            var labels: [String: [String]] = [:]
            for rule in state.strictRules {
                guard let next = rule.next?.name else { continue }
                if labels[next] == nil { targets.append(next) }
                let versions = versions(of: rule).map { " (\($0))" } ?? ""
                labels[next, default: []].append("\(rule.sender.rawValue) \(rule.command.name)\(versions)")
            }
            for target in targets {
                let label = labels[target, default: []].joined(separator: ", ")
                lines.append("    \(identifier(state.name)) --> \(identifier(target)): \(label)")
            }
        }
        return lines
    }
}
