import ProtocolGrammar

/// The tables of what may be sent when.
struct SessionTables {
    let writer: TableWriter
    private var grammar: Grammar { writer.grammar }

    func emit() -> LuaValue {
        .rows(
            grammar.sortedSessions.map { session in
                .record([
                    ("name", .text(session.name)), ("services", .list(session.services.map { .text($0) })),
                    ("first", .text(session.states.first?.name ?? GrammarChecker.closedState)),
                    ("closed", .text(GrammarChecker.closedState)),
                    ("states", .rows(session.allStates.map(row))),
                ])
            })
    }

    private func row(_ state: Session.State) -> LuaValue {
        .record([
            ("name", .text(state.name)), ("about", .ifAny(state.about)), ("otherwise", .text(state.otherwise.rawValue)),
            ("rules", .list(state.rules.map(row))),
        ])
    }

    private func row(_ rule: Session.Rule) -> LuaValue {
        let error = rule.error.flatMap { name in grammar.errors.first { $0.name == name.name } }
        return .record([
            ("sender", .text(rule.sender.rawValue)), ("command", .text(rule.command.name)),
            ("versions", grammar.openVersions.isSubset(of: rule.versions) ? nil : writer.versions(rule.versions)),
            ("next", rule.next.map { .text($0.name) }), ("error", error.map { .number($0.number) }),
            ("closes", .ifSet(rule.closes)), ("about", .ifAny(rule.deviation?.deviation.about ?? rule.about)),
            ("programs", rule.deviation.map { writer.programs($0.deviation) }),
        ])
    }
}
