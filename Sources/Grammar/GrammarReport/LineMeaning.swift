import ProtocolGrammar
import YAMLTree

/// Describes a decoded line in words.
struct LineMeaning {
    let line: MatchedLine
    let version: Int
    let scope: LineExplainer.Scope
    let grammar: Grammar

    private var form: Form { line.form }

    /// The form, its parameters with their values, and facts about the form.
    var text: String {
        var lines = ["\(form.fullName): \(form.about)", "", "  " + (form.syntax(in: version) ?? ""), ""]
        let rows = (line.transaction.map { [(name: "TrID", text: $0)] } ?? []) + values
        let width = rows.map(\.name.count).max() ?? 0
        lines += rows.map { row in
            "  \(row.name)\(String(repeating: " ", count: width - row.name.count))  \(row.text)"
        }
        if !rows.isEmpty { lines.append("") }
        for fact in facts where !fact.items.isEmpty {
            lines.append("  \(fact.name): " + fact.items.joined(separator: ", "))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - About the form

    private var facts: [(name: String, items: [String])] {
        [
            ("known deviation", line.deviations.map(text)),
            ("payload", form.payload.map { [FormProse.text(of: $0, grammar: grammar)] } ?? []),
            ("payload kinds", grammar.payloads(of: form).compactMap { item($0.name, in: $0.versions) }),
            ("answers", LineMatcher(grammar).answers(to: line).compactMap(item)),
            ("answers to", grammar.questions(answeredBy: form).compactMap { item($0.fullName, in: $0.versions) }),
            ("errors", errors.compactMap { item("\($0.number) \($0.name)", in: $0.versions) }),
            ("sources", form.sources),
            ("confidence", [form.confidence]),
            ("note", form.notes.isEmpty ? [] : [form.notes]),
        ]
    }

    private func text(of deviation: Deviation) -> String {
        let titles = deviation.programs.map { grammar.programs[$0.name]?.title ?? $0.name }
        return "\(deviation.about) (\(titles.joined(separator: ", ")))"
    }

    private var errors: [ErrorCode] {
        grammar.sortedErrors.filter { code in form.errors.contains { $0.name == code.name } }
    }

    private func item(_ answer: Answer) -> String? {
        let forms = grammar.forms(named: answer.name, from: form.sender.other)
        let remark: String? =
            switch answer.count {
            case .one: nil
            case .atMostOne: "perhaps"
            case .any: "any number"
            case .some: "one or more"
            }
        return item(answer.name, in: forms.reduce(VersionSet()) { $0.union($1.versions) }, remark)
    }

    /// A name with its versions where the form has more; nil if it shares none, or not the one that was asked about.
    private func item(_ name: String, in versions: VersionSet, _ remark: String? = nil) -> String? {
        let shared = versions.intersection(form.versions)
        if shared.isEmpty { return nil }
        var remarks = [remark].compactMap(\.self)
        if let version = scope.version {
            guard shared.contains(version) else { return nil }
        } else if shared != form.versions {
            remarks.append(grammar.describe(shared))
        }
        return remarks.isEmpty ? name : "\(name) (\(remarks.joined(separator: "; ")))"
    }

    // MARK: - About the values

    private var values: [(name: String, text: String)] {
        let parameters = form.parameters(in: version).filter { $0.literal == nil }
        return line.values.compactMap { name, value in
            parameters.first { $0.name == name }.map { (name, text(of: value, $0)) }
        }
    }

    private func text(of value: MatchedLine.Value, _ parameter: Parameter) -> String {
        let meaning = FormProse.meaning(of: parameter, grammar: grammar)
        let tail = meaning.isEmpty ? "" : " - " + meaning
        if grammar.isSensitive(parameter) { return "(hidden)" + tail }
        let type = parameter.typeName.flatMap(grammar.type)
        let words = words(of: value, type)
        if words.isEmpty { return "(none)" + tail }
        return words.map { text(of: $0, type) }.joined(separator: ", ") + tail
    }

    /// The words for people: percent-coded text decoded, all others as on the wire.
    private func words(of value: MatchedLine.Value, _ type: ValueType?) -> [String] {
        switch value {
        case .one(let readings):
            if case .text = type?.kind { return [readings.last ?? ""] }
            return [readings.first ?? ""]
        case .list(let items): return items.flatMap { words(of: $0, type) }
        }
    }

    private func text(of word: String, _ type: ValueType?) -> String {
        ValueProse(grammar: grammar, version: version).text(of: word, as: type)
    }
}
