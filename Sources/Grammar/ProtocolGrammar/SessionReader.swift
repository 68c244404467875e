import YAMLTree

/// A session as one file describes it, before its includes are resolved.
struct SessionDraft {
    struct State {
        var name: String
        var about: String?
        var rules: [Session.Rule]
        var includes: [Reference]
        var otherwise: Session.Outcome?
        var location: SourceLocation

        /// Whether it is the state that every session has.
        var isClosed: Bool { name == GrammarChecker.closedState }
    }

    var name: String
    /// Whether it only exists to be included in sessions.
    var isShared: Bool
    var about = ""
    var services: [String] = []
    var includes: [Reference] = []
    var states: [State] = []
    var always: [Session.Rule] = []
    var location: SourceLocation
}

extension GrammarReader {
    mutating func readSession(_ node: YAMLNode, file: SourceFile) {
        let isShared = node.mapping?.contains { $0.key == "shared" } ?? false
        let kind = isShared ? "shared" : "session"
        guard let reader = NodeReader(node, isShared ? "a shared file" : "a session", into: &diagnostics)
        else { return }
        let name = reader.required(kind, into: &diagnostics)
        var draft = SessionDraft(name: name ?? "", isShared: isShared, location: reader.place(kind))
        readRemarks(reader)
        draft.about = reader.text("about", into: &diagnostics) ?? ""
        draft.includes = reader.names("include", into: &diagnostics)
        draft.always = reader.list("always", into: &diagnostics).flatMap { readRules($0) }
        let known = grammar.services.map(\.name)
        let services = isShared ? [] : reader.references("services", into: &diagnostics)
        for service in services where !known.isEmpty {
            if known.contains(service.name) {
                draft.services.append(service.name)
            } else {
                diagnostics.unknown(
                    "unknown-service", "no service is named '\(service.name)'", service.name, among: known,
                    at: service.location)
            }
        }
        if let states = reader.node("states", into: &diagnostics),
            let list = NodeReader(states, "states", into: &diagnostics)
        {
            draft.states = list.entries(into: &diagnostics).compactMap { readState($0) }
        }
        if name != nil {
            sessionDrafts.append(draft)
        }
    }

    private mutating func readState(_ entry: YAMLEntry) -> SessionDraft.State? {
        guard let reader = NodeReader(entry.value, "a state", into: &diagnostics) else { return nil }
        readRemarks(reader)
        let outcomes = Session.Outcome.allCases.map(\.rawValue)
        let includes = reader.names("include", into: &diagnostics)
        if includes.count > GrammarLimit.includes {
            let place = includes[GrammarLimit.includes].location
            diagnostics.append(.tooMany(includes.count, in: "'include'", GrammarLimit.includes, at: place))
        }
        return .init(
            name: entry.key, about: reader.text("about", into: &diagnostics),
            rules: reader.list("rules", into: &diagnostics).flatMap { readRules($0) },
            includes: includes,
            otherwise: reader.choice("otherwise", outcomes, into: &diagnostics).flatMap(Session.Outcome.init),
            location: entry.keyLocation)
    }

    /// Reads a rule, which may name several forms; the result has one rule for each.
    private mutating func readRules(_ node: YAMLNode) -> [Session.Rule] {
        guard let reader = NodeReader(node, "a rule", into: &diagnostics) else { return [] }
        let sender = reader.sender(into: &diagnostics)
        func reference(_ key: String) -> Reference? {
            reader.text(key, into: &diagnostics).map { Reference(name: $0, location: reader.place(key)) }
        }
        let (next, error) = (reference("then"), reference("error"))
        let versions = versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions)
        let closes = reader.flag("closes", into: &diagnostics)
        let deviation = readRuleDeviation(reader, from: sender ?? .client, versions: versions)
        if deviation == nil { sources(reader) }
        let about = reader.text("about", into: &diagnostics) ?? ""
        guard let sender else { return [] }
        return reader.names(sender.rawValue, into: &diagnostics).map { command in
            Session.Rule(
                sender: sender, command: command, versions: versions, next: next, error: error, closes: closes,
                about: about, deviation: deviation)
        }
    }

    // MARK: - Includes

    /// Makes the sessions after all files were read, and adds included rules to their states.
    mutating func expandSessions() {
        let shared = sessionDrafts.filter(\.isShared)
        for draft in sessionDrafts where !draft.isShared {
            let whole = including(shared, draft)
            let states = Dictionary(whole.states.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            grammar.sessions.append(
                Session(
                    name: whole.name, about: whole.about, services: whole.services,
                    states: whole.states.filter { !$0.isClosed }.map { state in
                        .init(
                            name: state.name, about: state.about ?? "",
                            rules: rules(of: state, in: whole, states),
                            otherwise: state.otherwise ?? .close, location: state.location)
                    }, closed: closed(of: whole), location: whole.location))
        }
        let used = Set(sessionDrafts.filter { !$0.isShared }.flatMap(\.includes).map(\.name))
        for draft in shared where !used.contains(draft.name) {
            diagnostics.append(
                Diagnostic("unused-states", "no session includes '\(draft.name)'", at: draft.location))
        }
    }

    /// A draft with the states of shared files before its own; states with the same name are merged.
    private mutating func including(_ shared: [SessionDraft], _ draft: SessionDraft) -> SessionDraft {
        var whole = draft
        whole.states = []
        for name in draft.includes {
            guard let other = shared.first(where: { $0.name == name.name }) else {
                diagnostics.unknown(
                    "unknown-states", "no shared file is named '\(name.name)'", name.name,
                    among: shared.map(\.name), at: name.location, once: true)
                continue
            }
            if !other.includes.isEmpty {
                diagnostics.appendOnce(
                    Diagnostic("nested-include", "a shared file must not include others", at: other.location))
            }
            for state in other.states { add(state, to: &whole) }
            whole.always += other.always
        }
        for state in draft.states { add(state, to: &whole) }
        return whole
    }

    /// Adds a state, or merges it with the one of its name.
    private mutating func add(_ state: SessionDraft.State, to draft: inout SessionDraft) {
        let count = draft.states.count
        if count < GrammarLimit.states || draft.states.contains(where: { $0.name == state.name }) {
            draft.add(state)
        } else {
            diagnostics.appendOnce(
                .tooMany(count + 1, in: "'states' of '\(draft.name)'", GrammarLimit.states, at: state.location))
        }
    }

    /// What may come after the end: nothing but deviations.
    private mutating func closed(of draft: SessionDraft) -> [Session.Rule] {
        guard let state = draft.states.first(where: \.isClosed) else { return [] }
        if state.rules.isEmpty || state.rules.contains(where: { $0.deviation == nil || $0.next != nil })
            || !state.includes.isEmpty || state.otherwise != nil
        {
            diagnostics.appendOnce(
                Diagnostic(
                    "closed-state", "the state '\(state.name)' has no rules but deviations that stay in it",
                    at: state.location))
        }
        return state.rules
    }

    /// The rules of a state, followed by those of the states that it includes.
    private mutating func rules(
        of state: SessionDraft.State, in draft: SessionDraft, _ states: [String: SessionDraft.State]
    ) -> [Session.Rule] {
        guard ruleCount <= GrammarLimit.rules else { return [] }
        var seen: Set<String> = []
        let rules = rules(of: state, in: states, inside: [], seen: &seen) + draft.always
        ruleCount += rules.count
        if rules.count > GrammarLimit.stateRules {
            let what = "'rules' of '\(state.name)'"
            diagnostics.appendOnce(.tooMany(rules.count, in: what, GrammarLimit.stateRules, at: state.location))
            return []
        }
        if ruleCount > GrammarLimit.rules {
            diagnostics.append(
                .tooMany(ruleCount, in: "'rules' of all states", GrammarLimit.rules, at: state.location))
        }
        return rules
    }

    /// - Parameter seen: the states whose rules stand before these; a second time they could never apply.
    private mutating func rules(
        of state: SessionDraft.State, in states: [String: SessionDraft.State], inside path: Set<String>,
        seen: inout Set<String>
    ) -> [Session.Rule] {
        var result = state.rules
        seen.insert(state.name)
        let path = path.union([state.name])
        for name in state.includes {
            if path.count > 16 {
                diagnostics.appendOnce(
                    Diagnostic("nested-include", "states include each other more than 16 deep", at: name.location))
            } else if path.contains(name.name) {
                diagnostics.appendOnce(
                    Diagnostic("include-cycle", "'\(name.name)' includes itself", at: name.location))
            } else if let other = states[name.name] {
                if !seen.contains(name.name) { result += rules(of: other, in: states, inside: path, seen: &seen) }
            } else {
                diagnostics.unknown(
                    "unknown-state", "no state is named '\(name.name)'", name.name,
                    among: states.keys.sorted(), at: name.location, once: true)
            }
        }
        return result
    }
}

extension SessionDraft {
    fileprivate mutating func add(_ state: State) {
        guard let index = states.firstIndex(where: { $0.name == state.name }) else { return states.append(state) }
        let other = states[index]
        states[index] = state
        states[index].about = state.about ?? other.about
        states[index].otherwise = state.otherwise ?? other.otherwise
        states[index].rules += other.rules
        states[index].includes += other.includes
    }
}
