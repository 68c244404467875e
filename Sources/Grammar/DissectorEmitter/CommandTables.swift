import ProtocolGrammar

/// The tables of the commands: their forms, how to tell them apart, and where payloads follow.
struct CommandTables {
    let writer: TableWriter
    private var grammar: Grammar { writer.grammar }

    func emit() -> LuaValue {
        .sections(grammar.sortedCommands.map { ($0.name, row($0)) })
    }

    private func row(_ command: Command) -> LuaValue {
        if command.isNamedOnly { return .record([("named", .flag(true)), ("about", .text(command.about))]) }
        var fields: [(key: String, value: LuaValue)] = [("about", .text(command.about))]
        if command.plainName != command.name { fields.append(("plain", .text(command.plainName))) }
        if command.keepsEmptyWords { fields.append(("empty", .flag(true))) }
        if grammar.hasRest(command) { fields.append(("rest", .flag(true))) }
        for sender in Sender.allCases where !command.forms(from: sender).isEmpty {
            let contexts = CommandContexts(command, sender: sender, grammar: grammar)
            let side: [(key: String, value: LuaValue)] = [
                ("forms", .rows(command.forms(from: sender).map(row))),
                ("choices", .list(contexts.choices.map(row))),
                ("framing", .list(contexts.framing.map(row))),
            ]
            fields.append((sender.rawValue, .record(side.map { ($0.key, $0.value) })))
        }
        return .record(fields.map { ($0.key, $0.value) })
    }

    // MARK: - Forms

    private func row(_ form: Form) -> LuaValue {
        .record(
            words(form) + [
                ("answers", .ifAny(form.answers.map { .text($0.name) })),
                ("deviations", .ifAny(form.deviations.map { row($0, of: form) })),
            ])
    }

    private func words(_ form: Form) -> [(key: String, value: LuaValue?)] {
        [
            ("name", .text(form.name)), ("about", .ifAny(form.about)), ("services", writer.services(form.services)),
            ("versions", writer.versions(form.versions)),
            ("transaction", form.transaction == .required ? nil : .text(form.transaction.rawValue)),
            ("parameters", .list(form.parameters.map { row($0, within: form.versions) })),
            ("payload", form.payload.map { row($0, of: form) }),
        ]
    }

    private func row(_ parameter: Parameter, within versions: VersionSet) -> LuaValue {
        var words: LuaValue?
        var separator: LuaValue?
        switch parameter.repetition {
        case .once: break
        case .words(let minimum): words = .number(minimum)
        case .separated(let text): separator = .text(text)
        }
        return .record([
            ("name", .text(parameter.name)), ("literal", parameter.literal.map { .text($0) }),
            ("type", parameter.typeName.map { .text($0) }),
            ("versions", writer.versions(parameter.versions, within: versions)),
            ("optional", .ifSet(parameter.isOptional)), ("empty", .ifSet(parameter.allowsEmpty)),
            ("prefix", .ifAny(parameter.prefix)), ("words", words), ("separator", separator),
            ("when", parameter.condition.map { .list([.text($0.parameter), .text($0.value)]) }),
            ("minimum", parameter.minimum.map { .number($0) }), ("maximum", parameter.maximum.map { .number($0) }),
            ("hidden", .ifSet(grammar.isSensitive(parameter))), ("absent", parameter.absent.map { .text($0) }),
            ("about", .ifAny(parameter.about)),
        ])
    }

    private func row(_ payload: Payload, of form: Form) -> LuaValue {
        .record([
            ("format", .text(payload.format.rawValue)), ("limit", .number(payload.limit ?? grammar.limits.payload)),
            ("length", payload.length.map { .number($0) }),
            // Counted from 1, among the parameters of all versions.
            ("place", payload.lengthBefore == nil ? nil : form.lengthPlace.map { .number($0 + 1) }),
            ("header", payload.headerLength.map { .text($0.name) }),
            ("contents", .ifAny(grammar.payloads(of: form).filter { !$0.isMessage }.map { .text($0.name) })),
        ])
    }

    private func row(_ deviation: FormDeviation, of form: Form) -> LuaValue {
        .record(
            words(form.patched(by: deviation)) + [
                ("deviation", .text(deviation.deviation.about)), ("programs", writer.programs(deviation.deviation)),
            ])
    }

    // MARK: - Contexts

    private func row(_ context: CommandContexts.Choices) -> LuaValue {
        .record([
            ("services", writer.services(context.services)), ("versions", writer.versions(context.versions)),
            (
                "order",
                .list(
                    context.order.map { choice in
                        .record([
                            ("form", .text(choice.form.name)), ("tests", .ifAny(choice.tests.map(Self.row))),
                        ])
                    })
            ),
        ])
    }

    private func row(_ context: CommandContexts.Framing) -> LuaValue {
        .record([
            ("services", writer.services(context.services)), ("versions", writer.versions(context.versions)),
            ("words", .number(context.rule.minimumWords)), ("mayLack", .ifSet(context.rule.mayLack)),
            ("place", context.rule.place.map { .number($0) }),
            ("limit", .number(context.rule.limit)),
        ])
    }

    private static func row(_ test: FormSelector.Test) -> LuaValue {
        switch test {
        case .word(let index, let texts):
            .list([.text("word"), .number(index), .list(texts.map { .text($0) })])
        case .wordHasPrefix(let index, let prefix): .list([.text("prefix"), .number(index), .text(prefix)])
        case .wordIsNumber(let index): .list([.text("number"), .number(index)])
        case .wordIsGUID(let index, let braces): .list([.text("guid"), .number(index), .flag(braces)])
        case .atLeast(let count): .list([.text("atLeast"), .number(count)])
        case .atMost(let count): .list([.text("atMost"), .number(count)])
        }
    }
}

extension PayloadType {
    /// Whether it is identified by its content type.
    var isMessage: Bool { if case .mime = content { true } else { false } }
}
