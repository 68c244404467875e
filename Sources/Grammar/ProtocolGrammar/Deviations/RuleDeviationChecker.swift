import YAMLTree

/// The rules over deviations of session rules: each must be needed, and shown by a line.
extension GrammarChecker {
    mutating func checkRuleDeviations() {
        var seen: [SourceLocation: Bool] = [:]
        var order: [(Session.Rule, RuleDeviation)] = []
        for session in grammar.sessions {
            for state in session.allStates {
                for rule in state.rules {
                    guard let entry = rule.deviation else { continue }
                    let location = rule.command.location
                    if seen[location] == nil {
                        order.append((rule, entry))
                        check(entry.deviation, from: rule.sender, in: rule.versions)
                        checkExamples(of: rule, entry, in: session)
                    }
                    seen[location, default: false] = seen[location] == true || isNeeded(rule, in: state, of: session)
                }
            }
        }
        for (rule, entry) in order where seen[rule.command.location] == false {
            error(
                "needless-deviation", "'\(rule.command.name)' is allowed here as it is", at: entry.deviation.location)
        }
    }

    /// Whether the state refuses what the rule names, in each of its versions.
    private func isNeeded(_ rule: Session.Rule, in state: Session.State, of session: Session) -> Bool {
        let forms = forms(rule.command.name, from: rule.sender).filter {
            !Set($0.services).isDisjoint(with: session.services)
        }
        return versions(of: rule, in: session).numbers.allSatisfy { version in
            forms.contains { $0.versions.contains(version) && state.refuses($0, in: version) }
        }
    }

    private mutating func checkExamples(of rule: Session.Rule, _ entry: RuleDeviation, in session: Session) {
        let known = versions(of: rule, in: session)
        let rest = known.subtracting(entry.examples.reduce(VersionSet()) { $0.union($1.versions) })
        if known.isEmpty {
            error("unused-rule", "'\(rule.command.name)' is not sent here in these versions", at: rule.command.location)
        }
        if !rest.isEmpty {
            error(
                "deviation-example", "the deviation has no example in \(grammar.describe(rest))",
                at: entry.deviation.location)
        }
        for example in entry.examples {
            for version in example.versions.intersection(known).numbers {
                let found = session.services.compactMap { service in
                    try? matcher.match(
                        Array(example.text.utf8), payloadCount: example.payload?.utf8.count, sender: rule.sender,
                        service: service, version: version)
                }
                guard !found.contains(where: { $0.form.isNamed(rule.command.name) }) else { continue }
                error(
                    "deviation-example",
                    "this line is no '\(rule.command.name)' in \(grammar.describe(VersionSet([version])))",
                    at: example.location)
                break
            }
        }
    }
}

extension Session.State {
    /// Whether the protocol has no place for a form here.
    fileprivate func refuses(_ form: Form, in version: Int) -> Bool {
        let rule = strictRules.first {
            $0.sender == form.sender && form.isNamed($0.command.name) && $0.versions.contains(version)
        }
        guard let rule else { return otherwise == .close }
        return rule.closes || rule.error != nil
    }
}
