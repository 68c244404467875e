import ProtocolGrammar

/// Prints one form: a struct with typed properties over its words.
struct FormEmitter {
    let form: Form
    let grammar: Grammar
    let options: GenerationOptions

    private var values: [ParameterCode] {
        form.values.map { ParameterCode(value: $0, form: form, grammar: grammar) }
    }

    private var documentation: FormDocumentation { FormDocumentation(form: form, grammar: grammar) }

    private var slotCount: Int { values.count + (form.payload == nil ? 0 : 1) }

    func emit(into printer: inout SwiftPrinter) {
        documentation.emit(into: &printer)
        let protocols = "\(options.formProtocol(form.sender)), \(transactionProtocol)"
        printer.block("public struct \(SwiftName.type(form.name)): \(protocols)") { printer in
            for (slot, value) in values.enumerated() { emitProperty(value, slot, into: &printer) }
            if let payload = form.payload {
                printer.document(documentation.about(payload))
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

    /// The protocol that says whether the form has a transaction ID.
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
            printer.line("\(value.isInlinable ? "@inlinable " : "")get { \(value.getter(slot)) }")
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
