import ProtocolGrammar

/// The words about one form.
struct FormDocumentation {
    let form: Form
    let grammar: Grammar

    /// Prints what the form says, its line in each of its generations, and an example.
    func emit(into printer: inout SwiftPrinter) {
        printer.document(form.about)
        printer.line("///")
        for generation in form.generations {
            printer.document("- \(grammar.describe(generation.versions)): `\(generation.line)`")
        }
        printer.line("///")
        let example = example.map { ", such as `\($0)`" } ?? ""
        printer.document("From a \(form.sender.rawValue)\(example).")
        if !form.notes.isEmpty {
            printer.line("///")
            printer.document(form.notes)
        }
    }

    /// The first line of an example that a comment has room for.
    private var example: String? {
        let examples = grammar.commands[form.command]?.examples ?? []
        let lines = examples.filter { !$0.versions.intersection(form.versions).isEmpty }.flatMap(\.lines).filter {
            $0.form == form.name && $0.sender == form.sender
        }
        return lines.map(\.text).first { $0.utf8.count <= 90 && !$0.contains("`") }
    }

    /// What the bytes of the payload are, and what reads them.
    func about(_ payload: Payload) -> String {
        let format =
            switch payload.format {
            case .mime: "A MIME message"
            case .xml: "An XML document"
            case .text: "A text in UTF-8"
            case .bytes: "Any bytes"
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
