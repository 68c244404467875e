import ProtocolGrammar

/// Prints one form: a struct with typed properties over its words.
struct FormEmitter {
    let form: Form
    let grammar: Grammar
    let options: GenerationOptions

    private var values: [ParameterCode] {
        form.values.map { ParameterCode(value: $0, form: form, grammar: grammar) }
    }

    private var slotCount: Int { values.count + (form.payload == nil ? 0 : 1) }

    func emit(into printer: inout SwiftPrinter) {
        emitDocumentation(into: &printer)
        let protocols = "\(options.formProtocol(form.sender)), \(transactionProtocol)"
        printer.block("public struct \(SwiftName.type(form.name)): \(protocols)") { printer in
            for (slot, value) in values.enumerated() { emitProperty(value, slot, into: &printer) }
            if let payload = form.payload {
                printer.document(about(payload))
                printer.block("public var payload: WireBytes") { printer in
                    printer.line("get { storage.bytes(\(values.count)) }")
                    printer.line("set { storage.set(\(values.count), bytes: newValue) }")
                }
            }
            if slotCount > 0 { printer.line() }
            emitInitializer(into: &printer)
            printer.line()
            printer.line("public var storage: FormStorage<\(slotCount)>")
            printer.line("public init(storage: FormStorage<\(slotCount)>) { self.storage = storage }")
            FormTableEmitter(form: form, grammar: grammar).emit(into: &printer)
        }
    }

    /// What the form says, its line in each of its generations, and an example.
    private func emitDocumentation(into printer: inout SwiftPrinter) {
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
    private func about(_ payload: Payload) -> String {
        let format =
            switch payload.format {
            case .mime: "A MIME message"
            case .xml: "An XML document"
            case .text: "A text in UTF-8"
            case .bytes: "Bytes"
            }
        let limit = payload.limit ?? grammar.limits.payload
        let size = payload.length.map { "of \($0) bytes" } ?? "of at most \(limit) bytes"
        let borne = grammar.payloads(of: form)
        let messages = borne.filter { if case .mime = $0.content { true } else { false } }
        let kinds =
            (messages.isEmpty ? [] : ["Message"])
            + borne.filter { kind in
                !messages.contains { $0.name == kind.name }
            }.map { SwiftName.type($0.name) }
        let readers = kinds.map { "`Payload.\($0)`" }.joined(separator: " or ")
        return PayloadEmitter.sentences("\(format) \(size)\(readers.isEmpty ? "" : "; see \(readers)").", payload.about)
    }

    /// What says, at compile time, whether a transaction ID is due.
    private var transactionProtocol: String {
        switch form.transaction {
        case .required: "TransactionForm"
        case .absent, .zero: "PlainForm"
        case .optional: "OptionalTransactionForm"
        }
    }

    private func emitProperty(_ value: ParameterCode, _ slot: Int, into printer: inout SwiftPrinter) {
        var about = value.parameter.about.isEmpty ? value.type?.about ?? "" : value.parameter.about
        if value.isVersionLimited {
            about += (about.isEmpty ? "" : " ") + grammar.describe(value.value.versions) + "."
        }
        if !about.isEmpty { printer.document(about) }
        printer.block("public var \(value.name): \(value.propertyType)") { printer in
            printer.line("get { \(value.getter(slot)) }")
            printer.line("set { storage.set(\(slot), newValue\(value.kindArgument)) }")
        }
    }

    private func emitInitializer(into printer: inout SwiftPrinter) {
        var arguments = values.map { "\($0.name): \($0.propertyType)" + ($0.isOptional ? " = nil" : "") }
        if form.payload != nil { arguments.append("payload: some PayloadConvertible") }
        guard !arguments.isEmpty else {
            printer.line("public init() { storage = FormStorage(FormBuilder()) }")
            return
        }
        printer.call("public init", arguments, " {")
        printer.indented { printer in
            printer.line("var builder = FormBuilder()")
            for (slot, value) in values.enumerated() {
                printer.line("builder.add(\(slot), \(value.name)\(value.kindArgument))")
            }
            if form.payload != nil { printer.line("builder.add(\(values.count), payload: payload)") }
            printer.line("storage = FormStorage(builder)")
        }
        printer.line("}")
    }
}
