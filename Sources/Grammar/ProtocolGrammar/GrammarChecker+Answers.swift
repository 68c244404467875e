import YAMLTree

extension GrammarChecker {
    /// Each answer is a form of the other side, and in each version there is one.
    mutating func checkAnswers(of form: Form) {
        var missing = form.versions
        var seen: [String: Answer] = [:]
        for answer in form.answers {
            let answers = forms(answer.name, from: form.sender.other)
            if answers.isEmpty {
                var known: [String] {
                    grammar.commands.flatMap { command in
                        command.forms(from: form.sender.other).map { "\(command.name).\($0.name)" }
                    }
                }
                diagnostics.unknown(
                    "unknown-form", "the other side has no form named '\(answer.name)'", answer.name,
                    among: known, at: answer.location)
                return
            }
            for form in answers {
                if let first = seen[form.fullName] {
                    error(
                        "duplicate-answer", "'\(form.fullName)' answers twice; list all of its values under one 'when'",
                        at: answer.location, notes: [.init(message: "the first is here", location: first.location)])
                    break
                }
                seen[form.fullName] = answer
            }
            for answer in answers where !Set(answer.services).isDisjoint(with: form.services) {
                missing = missing.subtracting(answer.versions)
            }
            if let condition = answer.condition { checkCondition(condition, of: form) }
        }
        if !form.answers.isEmpty, !missing.isEmpty {
            error(
                "missing-answer", "'\(form.name)' has no answer in \(grammar.describe(missing))", at: form.location)
        }
    }

    /// Each line of the request must say whether the answer may come.
    private mutating func checkCondition(_ condition: Answer.Condition, of form: Form) {
        let name = condition.parameter.name
        guard let value = form.values.first(where: { $0.name == name }) else {
            return diagnostics.unknown(
                "unknown-parameter", "'\(form.name)' has no parameter named '\(name)'", name,
                among: form.values.map(\.name), at: condition.parameter.location)
        }
        guard let known = value.main.typeName.flatMap({ grammar.type(named: $0) })?.answerNames,
            value.rows.allSatisfy({ $0.typeName == value.main.typeName && $0.repetition == .once }),
            !value.mayBeAbsent, form.versions.isSubset(of: value.versions)
        else {
            return error(
                "bad-condition",
                "answers cannot depend on '\(name)'; it must be an enumeration or boolean that every line has",
                at: condition.parameter.location)
        }
        for value in condition.values where !known.contains(value.name) {
            diagnostics.unknown(
                "unknown-value", "'\(name)' has no value '\(value.name)'", value.name, among: known, at: value.location)
        }
    }
}

extension ValueType {
    /// The names of the values that answers can depend on.
    fileprivate var answerNames: [String]? {
        switch kind {
        case .enumeration(let values, _): values.map(\.name)
        case .boolean: ["true", "false"]
        case .token, .text, .integer, .guid, .flags, .composite, .rest: nil
        }
    }
}
