import ProtocolGrammar

/// Who sends an error: the requests that it answers, the rules that say it, and the lines that cannot be read.
struct ErrorOrigins {
    /// A request that names the error.
    struct Request {
        var form: Form
        /// The versions of both.
        var versions: VersionSet
        /// The states in which the request is allowed, by sessions.
        var states: [(session: Session, states: [String])]
    }

    /// A rule of a state that answers a line with the error.
    struct Refusal {
        var session: Session
        /// The states that have the rule.
        var states: [String]
        var rule: Session.Rule
    }

    /// What the session does after the error.
    struct Consequence {
        var session: Session
        var states: [String]
        var rule: Session.Rule
    }

    let code: ErrorCode
    let grammar: Grammar

    var requests: [Request] {
        grammar.sortedCommands.flatMap(\.forms).compactMap { form in
            let versions = form.versions.intersection(code.versions)
            guard form.errors.contains(where: { $0.name == code.name }), !versions.isEmpty else { return nil }
            return Request(form: form, versions: versions, states: states(of: form, in: versions))
        }
    }

    /// The states that let a request through in some of the versions.
    private func states(of form: Form, in versions: VersionSet) -> [(session: Session, states: [String])] {
        grammar.sortedSessions.compactMap { session in
            guard session.services.contains(where: form.services.contains) else { return nil }
            let states = session.states.filter { state in
                versions.numbers.contains { Self.allows(form, in: $0, state) }
            }
            return states.isEmpty ? nil : (session, states.map(\.name))
        }
    }

    /// The first rule that fits counts; without one, what the state does otherwise.
    private static func allows(_ form: Form, in version: Int, _ state: Session.State) -> Bool {
        let rule = state.strictRules.first {
            $0.sender == form.sender && form.isNamed($0.command.name) && $0.versions.contains(version)
        }
        return rule.map { $0.error == nil && !$0.closes } ?? (state.otherwise == .allow)
    }

    var refusals: [Refusal] {
        var result: [Refusal] = []
        for (session, state, rule) in rules where rule.error?.name == code.name {
            let index = result.firstIndex { $0.session.name == session.name && Self.isSame($0.rule, rule) }
            if let index {
                if !result[index].states.contains(state) { result[index].states.append(state) }
            } else {
                result.append(Refusal(session: session, states: [state], rule: rule))
            }
        }
        return result
    }

    /// What follows the error in the states whose rules name its number.
    var consequences: [Consequence] {
        var result: [Consequence] = []
        for (session, state, rule) in rules where rule.sender == .server && rule.command.name == "error.\(code.number)"
        {
            let index = result.firstIndex { $0.session.name == session.name && Self.isSame($0.rule, rule) }
            if let index {
                if !result[index].states.contains(state) { result[index].states.append(state) }
            } else {
                result.append(Consequence(session: session, states: [state], rule: rule))
            }
        }
        return result
    }

    /// The kinds of unreadable lines that it answers, in words.
    var failures: [String] { code.failures.map { Components.words($0.rawValue) } }

    /// Whether no request and no rule names it, so that it can answer any request.
    var isAnyones: Bool { requests.isEmpty && refusals.isEmpty }

    /// All rules of the protocol that hold in versions of the error.
    private var rules: [(session: Session, state: String, rule: Session.Rule)] {
        grammar.sortedSessions.flatMap { session in
            session.states.flatMap { state in
                state.strictRules.filter { !$0.versions.intersection(code.versions).isEmpty }
                    .map { (session, state.name, $0) }
            }
        }
    }

    /// Whether two states have the same rule, such as one of a state that both include.
    private static func isSame(_ first: Session.Rule, _ second: Session.Rule) -> Bool {
        first.sender == second.sender && first.command.name == second.command.name
            && first.versions == second.versions && first.next?.name == second.next?.name
            && first.closes == second.closes && first.about == second.about
    }
}
