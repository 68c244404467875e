import ProtocolDescription
import ProtocolGrammar

/// Turns a checked grammar into its description in words.
public enum DescriptionEmitter {
    /// The description of a grammar.
    public static func describe(_ grammar: Grammar) -> ProtocolDescription {
        var result = ProtocolDescription(name: grammar.name, about: grammar.about)
        result.services = grammar.services.map { .init(name: $0.name, about: $0.about) }
        result.versions = grammar.sortedVersions.map {
            .init(number: $0.number, name: $0.name, status: $0.status.rawValue, about: $0.about)
        }
        result.types = grammar.types.sorted { $0.name < $1.name }.compactMap(describe)
        result.errors = grammar.sortedErrors.map {
            .init(
                number: $0.number, name: $0.name, about: $0.about, versions: $0.versions.numbers,
                closes: $0.closesConnection, hasPayload: $0.hasPayload, sources: $0.sources)
        }
        result.payloads = grammar.sortedPayloads.map {
            .init(name: $0.name, about: $0.about, versions: $0.versions.numbers, forms: $0.commands.map(\.name))
        }
        result.commands = grammar.sortedCommands.map { describe($0, in: grammar) }
        return result
    }

    /// The Swift file with the text of a description: one raw literal, which compiles at once.
    public static func swift(_ description: ProtocolDescription) -> String {
        let text = description.text
        var marks = "#"
        while text.contains("\"\"\"" + marks) || text.contains("\\" + marks) { marks += "#" }
        return """
            // Generated from the grammar. Edit that instead.
            /// The description of \(description.name), as `ProtocolDescription` reads it.
            let descriptionText = \(marks)\"""

            """ + text + "\"\"\"\(marks)\n"
    }

    private static func describe(_ type: ValueType) -> ProtocolDescription.ValueType? {
        switch type.kind {
        case .enumeration(let values, _): .init(name: type.name, kind: .choice, values: values.map(describe))
        case .flags(let values): .init(name: type.name, kind: .bits, values: values.map(describe))
        case .boolean(let falseWord, let trueWord):
            .init(
                name: type.name, kind: .choice,
                values: [("false", falseWord), ("true", trueWord)].map { name, word in
                    .init(name: name, wire: word, versions: Array(0...VersionSet.maximum), about: "")
                })
        case .composite(let parts): .init(name: type.name, kind: .parts(TypePage.syntax(of: parts)))
        case .token, .text, .integer, .guid: nil
        }
    }

    private static func describe(_ value: NamedValue) -> ProtocolDescription.NamedValue {
        .init(name: value.name, wire: value.wire, versions: value.versions.numbers, about: value.about)
    }

    private static func describe(_ command: Command, in grammar: Grammar) -> ProtocolDescription.Command {
        .init(
            name: command.name, about: command.about, services: command.services, versions: command.versions.numbers,
            isNamedOnly: command.isNamedOnly,
            changes: command.changes.sorted { $0.version < $1.version }.map {
                .init(version: $0.version, text: $0.text)
            },
            forms: command.forms.map { describe($0, in: grammar) })
    }

    private static func describe(_ form: Form, in grammar: Grammar) -> ProtocolDescription.Form {
        var result = ProtocolDescription.Form(
            command: form.command, name: form.name, sender: form.sender == .client ? .client : .server,
            services: form.services, versions: form.versions.numbers, about: form.about, notes: form.notes,
            payload: form.payload.map { FormSyntax.text(of: $0, grammar: grammar) } ?? "", sources: form.sources,
            confidence: form.confidence)
        result.lines = FormSyntax.generations(of: form).map { .init(versions: $0.versions.numbers, text: $0.line) }
        result.parameters = form.parameters.map { parameter in
            .init(
                name: parameter.literal ?? parameter.name, type: parameter.typeName,
                versions: parameter.versions.intersection(form.versions).numbers,
                isSensitive: parameter.isSensitive || grammar.isSensitive(parameter.typeName),
                about: FormSyntax.meaning(of: parameter, grammar: grammar))
        }
        result.answers = form.answers.map { .init(form: $0.name, count: $0.count.rawValue) }
        result.errors = form.errors.map(\.name)
        return result
    }
}

extension Grammar {
    /// Whether values of a type are never printed, be it for one of its parts.
    func isSensitive(_ name: String?) -> Bool {
        guard let type = name.flatMap(type) else { return false }
        if case .composite(let parts) = type.kind, parts.contains(where: { $0.type != name && isSensitive($0.type) }) {
            return true
        }
        return type.isSensitive
    }
}
