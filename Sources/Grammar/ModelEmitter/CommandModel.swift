import ProtocolGrammar

/// What the model says of commands: their forms, how to tell them apart, and where payloads follow.
struct CommandModel {
    let writer: ModelWriter
    private var grammar: Grammar { writer.grammar }

    func row(_ command: Command) -> JSONValue {
        .record(
            [
                ("about", .text(command.about)), ("notes", .ifAny(command.notes)),
                ("plainName", command.plainName == command.name ? nil : .text(command.plainName)),
                ("services", writer.services(command.services)), ("versions", writer.versions(command.versions)),
                ("namedOnly", .ifSet(command.isNamedOnly)), ("emptyWords", .ifSet(command.keepsEmptyWords)),
                ("rest", .ifSet(grammar.hasRest(command))),
            ] + Sender.allCases.map { ($0.rawValue, side(of: command, $0)) } + [
                (
                    "changes",
                    .ifAny(
                        command.changes.map {
                            .record([("version", .number($0.version)), ("text", .text($0.text))])
                        })
                ),
                ("examples", .ifAny(command.examples.map(ExampleModel(writer: writer).row))),
                ("invalid", .ifAny(command.invalidExamples.map(ExampleModel(writer: writer).row))),
            ])
    }

    private func side(of command: Command, _ sender: Sender) -> JSONValue? {
        let forms = command.forms(from: sender)
        if forms.isEmpty { return nil }
        let contexts = CommandContexts(command, sender: sender, grammar: grammar)
        return .record([
            ("forms", .list(forms.map(row))), ("choices", .list(contexts.choices.map(row))),
            ("framing", .ifAny(contexts.framing.map(row))),
        ])
    }

    // MARK: - Forms

    private func row(_ form: Form) -> JSONValue {
        .record(
            [("name", .text(form.name)), ("about", .ifAny(form.about))] + words(form) + [
                ("answers", .ifAny(form.answers.map(row))), ("errors", .ifAny(form.errors.map(\.name))),
            ] + writer.evidence(form.confidence, form.sources, notes: form.notes) + [
                ("deviations", .ifAny(form.deviations.map { row($0, of: form) }))
            ])
    }

    private func words(_ form: Form) -> [(String, JSONValue?)] {
        [
            ("services", writer.services(form.services)), ("versions", writer.versions(form.versions)),
            ("transaction", .text(form.transaction.rawValue)),
            ("parameters", .list(form.parameters.map { row($0, within: form.versions) })),
            ("payload", form.payload.map { row($0, of: form) }),
        ]
    }

    private func row(_ parameter: Parameter, within versions: VersionSet) -> JSONValue {
        var (repeated, separator): (JSONValue?, JSONValue?)
        switch parameter.repetition {
        case .once: break
        case .words(let minimum): repeated = .number(minimum)
        case .separated(let text): separator = .text(text)
        }
        return .record([
            ("name", .ifAny(parameter.name)), ("literal", parameter.literal.map { .text($0) }),
            ("type", parameter.typeName.map { .text($0) }),
            ("versions", writer.versions(parameter.versions, within: versions)),
            ("optional", .ifSet(parameter.isOptional)), ("absent", parameter.absent.map { .text($0) }),
            ("empty", .ifSet(parameter.allowsEmpty)), ("prefix", .ifAny(parameter.prefix)), ("atLeast", repeated),
            ("separator", separator),
            (
                "when",
                parameter.condition.map {
                    .record([("parameter", .text($0.parameter)), ("value", .text($0.value))])
                }
            ),
            ("minimum", parameter.minimum.map { .number($0) }), ("maximum", parameter.maximum.map { .number($0) }),
            ("sensitive", .ifSet(grammar.isSensitive(parameter))), ("ignorable", .ifSet(parameter.isIgnorable)),
            ("about", .ifAny(parameter.about)),
        ])
    }

    private func row(_ payload: Payload, of form: Form) -> JSONValue {
        .record([
            ("format", .text(payload.format.rawValue)), ("roots", .ifAny(payload.roots)),
            ("limit", .number(payload.limit ?? grammar.limits.payload)),
            ("length", payload.length.map { .number($0) }),
            ("lengthPlace", payload.lengthBefore == nil ? nil : form.lengthPlace.map { .number($0) }),
            ("headerLength", payload.headerLength.map { .text($0.name) }),
            ("contents", .ifAny(grammar.payloads(of: form).map(\.name))), ("about", .ifAny(payload.about)),
        ])
    }

    private func row(_ answer: Answer) -> JSONValue {
        .record([
            ("form", .text(answer.name)), ("count", .text(answer.count.rawValue)),
            (
                "when",
                answer.condition.map {
                    .record([
                        ("parameter", .text($0.parameter.name)), ("values", .texts($0.values.map(\.name))),
                    ])
                }
            ),
        ])
    }

    /// The form as the deviation has it, so that nobody else has to patch it.
    private func row(_ deviation: FormDeviation, of form: Form) -> JSONValue {
        .record(
            writer.deviation(deviation.deviation) + words(form.patched(by: deviation)) + [
                ("examples", .ifAny(deviation.examples.map(ExampleModel(writer: writer).row)))
            ])
    }

    // MARK: - Contexts

    private func row(_ context: CommandContexts.Choices) -> JSONValue {
        .record([
            ("services", writer.services(context.services)), ("versions", writer.versions(context.versions)),
            (
                "order",
                .list(
                    context.order.map { choice in
                        .record([("form", .text(choice.form.name)), ("tests", .ifAny(choice.tests.map(Self.row)))])
                    })
            ),
        ])
    }

    private func row(_ context: CommandContexts.Framing) -> JSONValue {
        .record([
            ("services", writer.services(context.services)), ("versions", writer.versions(context.versions)),
            ("words", .number(context.rule.minimumWords)), ("mayLack", .ifSet(context.rule.mayLack)),
            ("place", context.rule.place.map { .number($0) }), ("limit", .number(context.rule.limit)),
        ])
    }

    private static func row(_ test: FormSelector.Test) -> JSONValue {
        switch test {
        case .word(let index, let texts): .record([("word", .number(index)), ("isOneOf", .texts(texts))])
        case .wordHasPrefix(let index, let prefix): .record([("word", .number(index)), ("prefix", .text(prefix))])
        case .wordIsNumber(let index): .record([("word", .number(index)), ("is", .text("number"))])
        case .wordIsGUID(let index, let braces):
            .record([("word", .number(index)), ("is", .text(braces ? "guidInBraces" : "guid"))])
        case .atLeast(let count): .record([("atLeast", .number(count))])
        case .atMost(let count): .record([("atMost", .number(count))])
        }
    }
}
