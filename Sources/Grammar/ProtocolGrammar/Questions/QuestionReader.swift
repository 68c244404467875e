import YAMLTree

/// Reads `questions.yaml`.
extension GrammarReader {
    mutating func readQuestions(_ node: YAMLNode) {
        guard let reader = NodeReader(node, "the file", into: &diagnostics),
            let questions = reader.node("questions", into: &diagnostics),
            let list = NodeReader(questions, "questions", into: &diagnostics)
        else { return }
        for entry in list.entries(atMost: GrammarLimit.questions, into: &diagnostics) {
            guard let question = NodeReader(entry.value, "a question", into: &diagnostics) else { continue }
            let versions = versions(question, "versions", within: grammar.allVersions, goesOn: false)
            grammar.questions.append(
                Question(
                    name: entry.key, about: question.required("about", into: &diagnostics) ?? "",
                    stated: readSubjects(question),
                    statedVersions: question.has("versions") ? versions : nil,
                    readings: readReadings(question), why: question.text("why", into: &diagnostics) ?? "",
                    notes: question.text("notes", into: &diagnostics) ?? "", location: entry.keyLocation))
        }
    }

    private mutating func readSubjects(_ question: NodeReader) -> [Question.StatedSubject] {
        diagnostics.declarations?.require("of", of: question.location)
        if !question.has("of") {
            diagnostics.append(Diagnostic("missing-key", "a question needs the key 'of'", at: question.location))
        }
        return question.list("of", atMost: GrammarLimit.subjects, into: &diagnostics).compactMap { node in
            if let name = node.scalar {
                return Question.StatedSubject(kind: nil, reference: Reference(name: name, location: node.location))
            }
            guard let subject = NodeReader(node, "a subject", into: &diagnostics) else { return nil }
            let named = Question.Subject.Kind.owners.compactMap { kind in
                subject.reference(kind.rawValue, into: &diagnostics).map { (kind, $0) }
            }
            guard named.count == 1, let (kind, reference) = named.first else {
                let kinds = Question.Subject.Kind.owners.map(\.rawValue).joined(separator: ", ")
                let message = "a subject must have exactly one of the keys \(kinds)"
                diagnostics.append(Diagnostic("bad-subject", message, at: node.location))
                return nil
            }
            return Question.StatedSubject(kind: kind, reference: reference)
        }
    }

    private mutating func readReadings(_ question: NodeReader) -> [Question.Reading] {
        question.list("readings", atMost: GrammarLimit.readings, into: &diagnostics).compactMap { node in
            guard let reading = NodeReader(node, "a reading", into: &diagnostics) else { return nil }
            diagnostics.declarations?.require("sources", of: node.location)
            let sources = sources(reading)
            if sources.isEmpty {
                diagnostics.append(
                    Diagnostic("missing-key", "a reading needs the key 'sources': who says so", at: node.location))
            }
            return Question.Reading(
                about: reading.required("about", into: &diagnostics) ?? "", sources: sources,
                isPreferred: reading.flag("preferred", into: &diagnostics), location: node.location)
        }
    }
}
