import ProtocolGrammar

/// Prints the table of payloads by form, and the functions that validate payloads.
struct PayloadBearerEmitter {
    private let grammar: Grammar
    /// The forms with a payload.
    private let forms: [Form]
    /// The payloads by the form or command that carries them.
    private let borne: [String: [PayloadType]]

    init(grammar: Grammar, payloads: [PayloadType]) {
        self.grammar = grammar
        forms = grammar.commands.sorted { $0.name < $1.name }.flatMap(\.forms).filter { $0.payload != nil }
        var borne: [String: [PayloadType]] = [:]
        for payload in payloads {
            for reference in payload.commands { borne[reference.name, default: []].append(payload) }
        }
        self.borne = borne
    }

    func emit(into printer: inout SwiftPrinter) {
        printer.document("The payloads of each form.")
        printer.table("static let bearers = BearerTable", ["contents"], [("", forms.flatMap(rows))])
        printer.line()
        printer.document(
            "The problems and known deviations in the payload of a form. An empty payload is always valid.")
        printer.document("")
        printer.document(
            "Checks MIME messages and header blocks, and throws if nothing can be read. For documents, use the other "
                + "function.")
        printer.line("public static func inspect(")
        printer.line("    _ bytes: WireBytes, command: String, form: String, version: ProtocolVersion,")
        printer.line("    mode: ReadingMode = .checked, limits: PayloadLimits = .grammar")
        printer.line(") throws(PayloadError) -> PayloadFindings {")
        printer.line("    try bearers.inspect(")
        printer.line("        bytes, command: command, form: form, version: version, mode: mode, limits: limits)")
        printer.line("}")
        printer.line()
        printer.document("Throws if the payload of a form does not match the grammar.")
        printer.line("@discardableResult")
        printer.line("public static func validate(")
        printer.line("    _ bytes: WireBytes, command: String, form: String, version: ProtocolVersion,")
        printer.line("    limits: PayloadLimits = .grammar")
        printer.line(") throws(PayloadError) -> [Deviation] {")
        printer.line("    try bearers.validate(bytes, command: command, form: form, version: version, limits: limits)")
        printer.line("}")
        printer.line()
        printer.document("The problems and known deviations in a document that is the payload of a form.")
        printer.document("")
        printer.document("A form without described documents accepts any.")
        printer.line("public static func inspect(")
        printer.line("    _ element: XMLElement, command: String, form: String, version: ProtocolVersion,")
        printer.line("    mode: ReadingMode = .checked")
        printer.line(") throws(PayloadError) -> PayloadFindings {")
        printer.line("    try bearers.inspect(element, command: command, form: form, version: version, mode: mode)")
        printer.line("}")
        printer.line()
        printer.document("Throws if a document does not match the grammar for the payload of a form.")
        printer.line("@discardableResult")
        printer.line("public static func validate(")
        printer.line("    _ element: XMLElement, command: String, form: String, version: ProtocolVersion")
        printer.line(") throws(PayloadError) -> [Deviation] {")
        printer.line("    try bearers.validate(element, command: command, form: form, version: version)")
        printer.line("}")
        printer.line()
        printer.document("Known deviations of programs that write the documents of a form.")
        printer.line("public static func documentDeviations(")
        printer.line("    command: String, form: String, version: ProtocolVersion")
        printer.line(") -> [DocumentDeviation] {")
        printer.line("    bearers.documentDeviations(command: command, form: form, version: version)")
        printer.line("}")
    }

    /// The rows of a form; none if its payload can be anything.
    private func rows(_ form: Form) -> [String] {
        let key = "\(form.command).\(form.name)"
        let payloads = ((borne[key] ?? []) + (borne[form.command] ?? [])).filter { payload in
            if case .mime = payload.content { false } else { true }
        }
        let hasBlocks = payloads.contains { payload in
            switch payload.content {
            case .blocks, .binary: true
            case .mime, .xml: false
            }
        }
        let rule: String
        switch form.payload?.format {
        case .mime where !hasBlocks: rule = ".message"
        case .xml: rule = ".document"
        default: rule = ".anything"
        }
        let head = "\(SwiftName.literal(form.command)), \(SwiftName.literal(form.name)), \(rule)"
        if payloads.isEmpty { return rule == ".message" ? ["BearerRow(\(head))"] : [] }
        return payloads.map { payload in
            let type = "\(SwiftName.type(payload.name)).self"
            return "BearerRow(\(([head, type] + versions(payload, of: form)).joined(separator: ", ")))"
        }
    }

    /// The versions of a payload as an argument; none if it covers all versions of the form.
    private func versions(_ payload: PayloadType, of form: Form) -> [String] {
        guard !form.versions.isSubset(of: payload.versions) else { return [] }
        let ranges = payload.versions.ranges(among: grammar.allVersions)
        return ["in: " + ranges.map { "\($0.lowerBound)...\($0.upperBound)" }.joined(separator: ", ")]
    }
}
