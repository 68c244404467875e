import ProtocolGrammar

/// Prints one form: a struct with its coding.
struct FormEmitter {
    let form: Form
    let grammar: Grammar
    let options: GenerationOptions

    var known: VersionSet { grammar.allVersions }

    var values: [ParameterCode] {
        form.parameters.filter { $0.literal == nil }
            .map { ParameterCode(parameter: $0, form: form, grammar: grammar) }
    }

    func emit(into printer: inout SwiftPrinter) {
        printer.document(form.about)
        printer.line("///")
        printer.line("///     " + Self.syntax(of: form))
        printer.line("///")
        printer.document("\(grammar.describe(form.versions)), from a \(form.sender.rawValue).")
        if !form.notes.isEmpty {
            printer.line("///")
            printer.document(form.notes)
        }
        printer.block("public struct \(SwiftName.type(form.name)): \(options.formProtocol(form.sender))") { printer in
            for value in values { emitProperty(value, into: &printer) }
            if let payload = form.payload {
                printer.document("The payload (\(payload.format.rawValue)); always there.")
                printer.line("public var payload: Optional<WireBytes>")
            }
            if !values.isEmpty || form.payload != nil { printer.line() }
            emitInitializer(into: &printer)
            emitStatics(into: &printer)
            if options.reads(form.sender) { emitDecoder(into: &printer) }
            if options.writes(form.sender) {
                emitEncoder(into: &printer)
                emitFieldsReader(into: &printer)
            }
            emitFields(into: &printer)
        }
    }

    /// The line in the usual notation: optional words in brackets.
    static func syntax(of form: Form) -> String {
        var words = [form.command]
        switch form.transaction {
        case .required: words.append("TrID")
        case .zero: words.append("0")
        case .optional: words.append("[TrID]")
        case .none: break
        }
        for parameter in form.parameters {
            var word = parameter.literal ?? parameter.prefix + parameter.name
            switch parameter.repetition {
            case .words: word += "..."
            case .separated(let separator): word += separator + "..."
            case .once: break
            }
            let isOptional = parameter.mayBeAbsent || !form.versions.isSubset(of: parameter.versions)
            words.append(isOptional ? "[\(word)]" : word)
        }
        if form.payload != nil { words.append("length") }
        return words.joined(separator: " ")
    }

    private func emitProperty(_ value: ParameterCode, into printer: inout SwiftPrinter) {
        var about = value.parameter.about.isEmpty ? value.type?.about ?? "" : value.parameter.about
        if about.isEmpty { about = "The parameter `\(value.parameter.name)`." }
        if value.versionCondition != nil { about += " \(grammar.describe(value.parameter.versions))." }
        printer.document(about)
        printer.line("public var \(value.name): \(value.storedType)")
    }

    private func emitInitializer(into printer: inout SwiftPrinter) {
        var arguments = values.map { "\($0.name): \($0.propertyType)" + ($0.isOptional ? " = nil" : "") }
        if form.payload != nil { arguments.append("payload: WireBytes") }
        printer.document("Makes the form from its values.")
        printer.call("public init", arguments, " {")
        printer.indented { printer in
            for value in values { printer.line("self.\(value.parameter.name) = \(value.name)") }
            if form.payload != nil { printer.line("self.payload = payload") }
        }
        printer.line("}")
        printer.line()
    }

    private func emitStatics(into printer: inout SwiftPrinter) {
        printer.line("public static var command: StaticString { \(SwiftName.literal(form.command)) }")
        printer.line("public static var form: StaticString { \(SwiftName.literal(form.name)) }")
        printer.line("public static var sender: Sender { .\(form.sender.rawValue) }")
        printer.line("public static var transactionRule: TransactionRule { .\(form.transaction.rawValue) }")
        printer.line("public static let versions = \(form.versions.expression(known: known))")
        if let payload = form.payload {
            let roots = payload.roots.map(SwiftName.literal).joined(separator: ", ")
            let format = payload.format == .xml ? ".xml(roots: [\(roots)])" : ".\(payload.format.rawValue)"
            printer.line("public static var payloadFormat: PayloadFormat { \(format) }")
        }
        printer.line()
    }
}
