import ProtocolGrammar

/// Sentences about the parts of a form.
public enum FormProse {
    /// Describes the payload in one or two sentences.
    public static func text(of payload: Payload, grammar: Grammar) -> String {
        let format =
            switch payload.format {
            case .mime: "a MIME message"
            case .xml: "an XML document"
            case .text: "text in UTF-8"
            case .bytes: "arbitrary bytes"
            }
        var text = format
        if !payload.roots.isEmpty { text += " with the root " + payload.roots.joined(separator: " or ") }
        text +=
            payload.length.map { ", exactly \($0) bytes" }
            ?? ", at most \(payload.limit ?? grammar.limits.payload) bytes"
        let before = payload.lengthBefore.map { "word before \($0.name)" }
        text += ". The \(before ?? "last word of the line") is their number."
        if let header = payload.headerLength { text += " The first \(header.name) of them are a header." }
        return payload.about.isEmpty ? text : text + " " + payload.about
    }

    /// Describes a parameter beyond its type, in sentences.
    public static func meaning(of parameter: Parameter, grammar: Grammar) -> String {
        var sentences: [String] = []
        if !parameter.about.isEmpty {
            sentences.append(parameter.about)
        } else if let name = parameter.typeName, let about = grammar.type(named: name)?.about, !about.isEmpty {
            sentences.append(about)
        }
        if !parameter.prefix.isEmpty { sentences.append("Prefixed with \(parameter.prefix) on the wire.") }
        if parameter.isRest(in: grammar) { sentences.append("The rest of the line.") }
        switch parameter.repetition {
        case .once: break
        case .words(let minimum):
            sentences.append(minimum == 0 ? "All remaining words, if any." : "All remaining words.")
        case .separated(let separator): sentences.append("A list separated by \(separator).")
        }
        if let condition = parameter.condition {
            sentences.append("Present only if \(condition.parameter) is \(condition.value).")
        } else if parameter.isOptional {
            sentences.append("Optional.")
        }
        if parameter.allowsEmpty { sentences.append("May be empty.") }
        sentences.append(bounds(parameter.minimum, parameter.maximum))
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Describes the bounds of a number in a sentence; empty if there are none.
    public static func bounds(_ minimum: Int?, _ maximum: Int?) -> String {
        switch (minimum, maximum) {
        case (let least?, let most?): "From \(least) to \(most)."
        case (let least?, nil): "At least \(least)."
        case (nil, let most?): "At most \(most)."
        case (nil, nil): ""
        }
    }
}
