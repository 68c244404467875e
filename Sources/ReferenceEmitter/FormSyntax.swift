import ProtocolGrammar

/// The line of a form in the usual notation: words that may be missing in brackets.
enum FormSyntax {
    /// Versions that follow one another and have the same line.
    struct Generation {
        var versions: VersionSet
        var line: String
    }

    static func line(of form: Form, version: Int) -> String {
        var words = [form.command]
        switch form.transaction {
        case .required: words.append("TrID")
        case .zero: words.append("0")
        case .optional: words.append("[TrID]")
        case .none: break
        }
        for parameter in form.parameters(in: version) {
            words.append(parameter.mayBeAbsent ? "[\(word(of: parameter))]" : word(of: parameter))
        }
        if form.payload != nil { words.append("length") }
        return words.joined(separator: " ")
    }

    static func word(of parameter: Parameter) -> String {
        let word = parameter.literal ?? parameter.prefix + parameter.name
        switch parameter.repetition {
        case .words(let minimum): return minimum == 0 ? "[\(word)...]" : word + "..."
        case .separated(let separator): return word + separator + "..."
        case .once: return word
        }
    }

    static func generations(of form: Form) -> [Generation] {
        var result: [Generation] = []
        for version in form.versions.numbers {
            let line = line(of: form, version: version)
            if let last = result.last, last.line == line {
                result[result.count - 1].versions = last.versions.union(VersionSet([version]))
            } else {
                result.append(Generation(versions: VersionSet([version]), line: line))
            }
        }
        return result
    }

    /// What bytes follow the line, in one or two sentences.
    static func text(of payload: Payload, grammar: Grammar) -> String {
        let format =
            switch payload.format {
            case .mime: "a MIME message"
            case .xml: "an XML document"
            case .text: "text in UTF-8"
            case .bytes: "any bytes"
            }
        var text = format
        if !payload.roots.isEmpty { text += " with the root " + payload.roots.joined(separator: " or ") }
        text +=
            payload.length.map { ", exactly \($0) bytes" }
            ?? ", at most \(payload.limit ?? grammar.limits.payload) bytes"
        text += "; the last word of the line counts them."
        return payload.about.isEmpty ? text : text + " " + payload.about
    }

    /// What the grammar says about a parameter beyond its type, in sentences.
    static func meaning(of parameter: Parameter, grammar: Grammar) -> String {
        var sentences: [String] = []
        if !parameter.about.isEmpty {
            sentences.append(parameter.about)
        } else if let name = parameter.typeName, let about = grammar.type(named: name)?.about, !about.isEmpty {
            sentences.append(about)
        }
        if !parameter.prefix.isEmpty { sentences.append("Starts with \(parameter.prefix) on the wire.") }
        switch parameter.repetition {
        case .once: break
        case .words(let minimum):
            sentences.append(minimum == 0 ? "All words that are left, perhaps none." : "All words that are left.")
        case .separated(let separator): sentences.append("A list with \(separator) between its items.")
        }
        if let condition = parameter.condition {
            sentences.append("Present only if \(condition.parameter) is \(condition.value).")
        } else if parameter.isOptional {
            sentences.append("May be left out.")
        }
        if parameter.allowsEmpty { sentences.append("May be empty.") }
        sentences.append(bounds(parameter.minimum, parameter.maximum))
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The sentence about the least and the most that a number may be; empty if there are no bounds.
    static func bounds(_ minimum: Int?, _ maximum: Int?) -> String {
        switch (minimum, maximum) {
        case (let least?, let most?): "From \(least) to \(most)."
        case (let least?, nil): "At least \(least)."
        case (nil, let most?): "At most \(most)."
        case (nil, nil): ""
        }
    }
}
