import YAMLTree

extension GrammarChecker {
    /// The state that every session has without declaring it.
    public static let closedState = "closed"

    mutating func checkSessions() {
        let errors = grammar.errors.map(\.name)
        for session in grammar.sessions {
            let states = session.states.map(\.name) + [Self.closedState]
            let known = Set(states)
            if session.states.isEmpty {
                error("no-state", "the session '\(session.name)' has no state", at: session.location)
            }
            checkNames(session.states.map { ($0.name, $0.location) }, of: session.name)
            for state in session.states where state.name == "always" {
                let message = "'\(state.name)' is reserved; rename the state"
                diagnostics.appendOnce(Diagnostic("bad-name", message, at: state.location))
            }
            var reached: Set<String> = [session.states.first?.name ?? ""]
            for rule in session.allStates.flatMap(\.rules) {
                if let next = rule.next {
                    reached.insert(next.name)
                    if !known.contains(next.name) {
                        diagnostics.unknown(
                            "unknown-state", "no state is named '\(next.name)'", next.name, among: states,
                            at: next.location, once: true)
                    }
                }
                if let name = rule.error, !errors.contains(name.name) {
                    diagnostics.unknown(
                        "unknown-error", "no error is named '\(name.name)'", name.name, among: errors,
                        at: name.location, once: true)
                }
                checkRuleCommand(rule)
            }
            for state in session.states where !reached.contains(state.name) {
                diagnostics.appendOnce(
                    Diagnostic(
                        "unreachable-state", "no rule leads to the state '\(state.name)'", at: state.location))
            }
        }
        checkUnusedRules()
        checkRuleDeviations()
    }

    private mutating func checkRuleCommand(_ rule: Session.Rule) {
        let name = rule.command.name
        if name == "error" { return }
        if name.hasPrefix("error."), name.utf8.count == 9, name.utf8.dropFirst(6).allSatisfy(\.isDigit) { return }
        if forms(name, from: rule.sender).isEmpty {
            var known: [String] {
                grammar.commands.flatMap { command in
                    [command.name] + command.forms(from: rule.sender).map { "\(command.name).\($0.name)" }
                }
            }
            diagnostics.unknown(
                "unknown-form", "a \(rule.sender.rawValue) has no '\(name)'", name, among: known,
                at: rule.command.location, once: true)
        }
    }

    // MARK: - Rules that never apply

    /// A rule that belongs to several states must apply in at least one of them.
    private mutating func checkUnusedRules() {
        var unused: [(rule: Session.Rule, earlier: Session.Rule?)] = []
        var used: Set<SourceLocation> = []
        for session in grammar.sessions {
            for state in session.states {
                for (index, rule) in state.strictRules.enumerated() {
                    var left = versions(of: rule, in: session)
                    var earlier: Session.Rule?
                    for other in state.strictRules[..<index] where other.covers(rule) && !left.isEmpty {
                        left = left.subtracting(other.versions)
                        earlier = other
                    }
                    if left.isEmpty {
                        unused.append((rule, earlier))
                    } else {
                        used.insert(rule.command.location)
                    }
                }
            }
        }
        for (rule, earlier) in unused where !used.contains(rule.command.location) {
            used.insert(rule.command.location)
            let name = rule.command.name
            guard let earlier else {
                error("unused-rule", "'\(name)' is never sent here in these versions", at: rule.command.location)
                continue
            }
            let note = Diagnostic.Note(
                message: "the rule for '\(earlier.command.name)' is here", location: earlier.command.location)
            error(
                "unused-rule", "this rule for '\(name)' never applies, because an earlier one matches first",
                at: rule.command.location, notes: [note])
        }
    }

    /// The versions in which the rule can apply.
    func versions(of rule: Session.Rule, in session: Session) -> VersionSet {
        let forms = forms(rule.command.name, from: rule.sender)
        guard !forms.isEmpty else { return rule.versions }
        let known = forms.filter { !Set($0.services).isDisjoint(with: session.services) }
        return rule.versions.intersection(known.reduce(VersionSet()) { $0.union($1.versions) })
    }
}

extension Session.Rule {
    /// Whether it matches everything that another rule matches, in its own versions.
    func covers(_ other: Session.Rule) -> Bool {
        sender == other.sender
            && (command.name == other.command.name || other.command.name.hasPrefix(command.name + "."))
    }
}
