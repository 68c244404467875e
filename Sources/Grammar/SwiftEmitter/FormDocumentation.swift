import ProtocolGrammar

/// Prints the documentation of one form.
struct FormDocumentation {
    let form: Form
    let grammar: Grammar

    /// Prints what the form means, its syntax in each range of versions, and an example.
    func emit(into printer: inout SwiftPrinter) {
        printer.document(form.about)
        printer.document("")
        for generation in form.generations {
            printer.document("- \(grammar.describe(generation.versions)): `\(generation.line)`")
        }
        printer.document("")
        let example = example.map { ", such as `\($0)`" } ?? ""
        printer.document("From a \(form.sender.rawValue)\(example).")
        if !form.notes.isEmpty {
            printer.document("")
            printer.document(form.notes)
        }
    }

    /// The first example line that fits in a comment.
    private var example: String? {
        let examples = grammar.commands[form.command]?.examples ?? []
        let lines = examples.filter { !$0.versions.intersection(form.versions).isEmpty }.flatMap(\.lines).filter {
            $0.form == form.name && $0.sender == form.sender
        }
        return lines.map(\.text).first { $0.utf8.count <= 90 && !$0.contains("`") }
    }

    /// Describes the payload and names the types that read it.
    func about(_ payload: Payload) -> String {
        let format =
            switch payload.format {
            case .mime: "A MIME message"
            case .xml: "An XML document"
            case .text: "UTF-8 text"
            case .bytes: "Arbitrary bytes"
            }
        let limit = payload.limit ?? grammar.limits.payload
        let size = payload.length.map { "exactly \($0) bytes" } ?? "at most \(limit) bytes"
        let tail = readers.isEmpty ? "" : "; see \(readers.formatted)"
        return PayloadEmitter.sentences("\(format), \(size)\(tail).", payload.about)
    }

    /// The types that read the payload; one type reads all MIME messages.
    private var readers: [String] {
        var names: [String] = []
        for payload in grammar.payloads(of: form) {
            var name = SwiftName.type(payload.name)
            if case .mime = payload.content { name = "Message" }
            if !names.contains(name) { names.append(name) }
        }
        return names.map { "`Payload.\($0)`" }
    }
}

extension [String] {
    /// The words with commas between them, and "and" before the last.
    fileprivate var formatted: String {
        guard let last, count > 1 else { return joined() }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
