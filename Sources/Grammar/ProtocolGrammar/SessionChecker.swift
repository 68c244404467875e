import YAMLTree

extension GrammarChecker {
    /// The state that every session has without declaring it.
    public static let closedState = "closed"

    mutating func checkSessions() {
        let errors = grammar.errors.map(\.name)
        for session in grammar.sessions {
            let states = session.states.map(\.name) + [Self.closedState]
            if session.states.isEmpty {
                error("no-state", "the session '\(session.name)' has no state", at: session.location)
            }
            checkNames(session.states.map { ($0.name, $0.location) }, of: session.name)
            var reached: Set<String> = [session.states.first?.name ?? ""]
            for state in session.states {
                for rule in state.rules {
                    if let next = rule.next {
                        reached.insert(next.name)
                        if !states.contains(next.name) {
                            diagnostics.append(
                                .unknown(
                                    "unknown-state", "no state is named '\(next.name)'", next.name, among: states,
                                    at: next.location))
                        }
                    }
                    if let name = rule.error, !errors.contains(name.name) {
                        diagnostics.append(
                            .unknown(
                                "unknown-error", "no error is named '\(name.name)'", name.name, among: errors,
                                at: name.location))
                    }
                    checkRuleCommand(rule)
                }
            }
            for state in session.states where !reached.contains(state.name) {
                error("unreachable-state", "no rule leads to the state '\(state.name)'", at: state.location)
            }
        }
    }

    private mutating func checkRuleCommand(_ rule: Session.Rule) {
        let name = rule.command.name
        if name == "error" || (name.hasPrefix("error.") && Int(name.dropFirst(6)) != nil) { return }
        if forms(name, from: rule.sender).isEmpty {
            let known = grammar.commands.flatMap { command in
                [command.name] + command.forms(from: rule.sender).map { "\(command.name).\($0.name)" }
            }
            diagnostics.append(
                .unknown(
                    "unknown-form", "a \(rule.sender.rawValue) has no '\(name)'", name, among: known,
                    at: rule.command.location))
        }
    }
}
