import ProtocolGrammar

/// What the model says of sessions.
struct SessionModel {
    let writer: ModelWriter

    func row(_ session: Session) -> JSONValue {
        .record([
            ("name", .text(session.name)), ("about", .ifAny(session.about)), ("services", .texts(session.services)),
            ("first", .text(session.states.first?.name ?? GrammarChecker.closedState)),
            ("closed", .text(GrammarChecker.closedState)), ("states", .list(session.allStates.map(row))),
        ])
    }

    private func row(_ state: Session.State) -> JSONValue {
        .record([
            ("name", .text(state.name)), ("about", .ifAny(state.about)),
            ("otherwise", .text(state.otherwise.rawValue)), ("rules", .ifAny(state.rules.map(row))),
        ])
    }

    private func row(_ rule: Session.Rule) -> JSONValue {
        .record([
            ("sender", .text(rule.sender.rawValue)), ("command", .text(rule.command.name)),
            ("versions", writer.versions(rule.versions, within: writer.grammar.openVersions)),
            ("next", rule.next.map { .text($0.name) }), ("error", rule.error.map { .text($0.name) }),
            ("closes", .ifSet(rule.closes)), ("about", .ifAny(rule.about)),
            ("deviation", rule.deviation.map(row)),
        ])
    }

    private func row(_ deviation: RuleDeviation) -> JSONValue {
        .record(
            writer.deviation(deviation.deviation) + [
                ("examples", .ifAny(deviation.examples.map(ExampleModel(writer: writer).row)))
            ])
    }
}
