import YAMLTree

extension GrammarChecker {
    /// Questions are about something that exists, and the grammar follows one reading of a contradiction.
    mutating func checkQuestions() {
        checkNames(grammar.questions.map { ($0.name, $0.location) }, of: "questions")
        for question in grammar.questions {
            if !question.about.hasSuffix("?") {
                error(
                    "not-a-question", "'about' of '\(question.name)' must be a question, which ends with '?'",
                    at: question.location)
            }
            checkSubjects(of: question)
            checkReadings(of: question)
        }
    }

    private mutating func checkReadings(of question: Question) {
        let preferred = question.readings.filter(\.isPreferred)
        if let first = preferred.first, preferred.count > 1 {
            error(
                "several-preferred", "'\(question.name)' prefers two readings; the grammar can follow only one",
                at: preferred[1].location, notes: [.init(message: "the first is here", location: first.location)])
        } else if !preferred.isEmpty, question.readings.count == 1 {
            error(
                "lone-reading", "a contradiction has two readings or more; add what the other sources say",
                at: question.readings[0].location,
                notes: [.init(message: "an open question has no reading with 'preferred'")])
        }
        if preferred.isEmpty, !question.why.isEmpty {
            error(
                "needless-why", "'why' says why a reading is preferred, but '\(question.name)' prefers none",
                at: question.location, notes: [.init(message: "mark the reading that the grammar follows")])
        }
    }

    private mutating func checkSubjects(of question: Question) {
        var seen: [Question.Subject: SourceLocation] = [:]
        for stated in question.stated {
            let reference = stated.reference
            let found = grammar.subjects(of: stated)
            guard let subject = found.first else {
                let what = stated.kind.map { "no \($0.words) '\(reference.name)'" } ?? "no '\(reference.name)'"
                let grammar = grammar
                diagnostics.unknown(
                    "unknown-subject", "the grammar has \(what)", reference.name,
                    among: grammar.subjectNames(beside: reference.name, stated.kind), at: reference.location)
                continue
            }
            if found.count > 1 {
                let kinds = found.map { "the \($0.kind.words)" }.joined(separator: " and ")
                error(
                    "ambiguous-subject", "'\(reference.name)' names \(kinds)", at: reference.location,
                    notes: [
                        .init(message: "say which, such as '{ \(subject.kind.owner.rawValue): \(reference.name) }'")
                    ])
            } else if let first = seen.updateValue(reference.location, forKey: subject) {
                error(
                    "duplicate-subject", "'\(reference.name)' is listed twice", at: reference.location,
                    notes: [.init(message: "the first is here", location: first)])
            }
            let versions = grammar.versions(of: subject)
            if let own = question.statedVersions, own.intersection(versions).isEmpty {
                error(
                    "versions-outside", "'\(reference.name)' exists in \(grammar.describe(versions)) only",
                    at: reference.location)
            }
        }
    }
}

extension Grammar {
    /// The names of what a question can be about, for suggestions: members if the name has an owner that exists.
    fileprivate func subjectNames(beside name: String, _ kind: Question.Subject.Kind?) -> [String] {
        if name.contains(".") {
            let first = String(name.prefix { $0 != "." })
            if let command = commands[first] {
                let forms = command.forms.map(\.fullName)
                return forms + placeNames(beside: name).filter { !$0.hasSuffix(".payload") }
            }
            if payloads.contains(where: { $0.name == first }) { return placeNames(beside: name) }
            if let type = types[first], case .enumeration(let values, _) = type.kind {
                return values.map { "\(first).\($0.name)" }
            }
        }
        let named: [(Question.Subject.Kind, [String])] = [
            (.command, commands.map(\.name)), (.type, types.map(\.name)), (.error, errors.map(\.name)),
            (.payload, payloads.map(\.name)), (.session, sessions.map(\.name)),
            (.algorithm, algorithms.map(\.name)), (.conversation, conversations.map(\.name)),
            (.version, versions.map { "\($0.number)" }), (.behaviour, behaviours.map(\.name)),
            (.client, clients.map(\.name)), (.program, programs.map(\.name)),
            (.httpService, httpServices.map(\.name)),
        ]
        return named.filter { kind == nil || $0.0 == kind }.flatMap(\.1)
    }
}
