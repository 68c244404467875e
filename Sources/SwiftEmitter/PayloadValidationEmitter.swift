import ProtocolGrammar

/// Prints the functions that hold a payload against what the grammar says about the form that bears it.
struct PayloadValidationEmitter {
    private let grammar: Grammar
    private let payloads: [PayloadType]
    /// The forms with a payload.
    private let forms: [Form]
    /// The payloads by the form, or the command, that bears them.
    private let borne: [String: [PayloadType]]

    init(grammar: Grammar, payloads: [PayloadType]) {
        self.grammar = grammar
        self.payloads = payloads
        forms = grammar.commands.sorted { $0.name < $1.name }.flatMap(\.forms).filter { $0.payload != nil }
        var borne: [String: [PayloadType]] = [:]
        for payload in payloads {
            for reference in payload.commands { borne[reference.name, default: []].append(payload) }
        }
        self.borne = borne
    }

    func emit(into printer: inout SwiftPrinter) {
        emitBytes(into: &printer)
        printer.line()
        emitDocument(into: &printer)
    }

    // MARK: - MIME and blocks

    private func emitBytes(into printer: inout SwiftPrinter) {
        printer.document("Throws if the payload of a form is not what the grammar describes; an empty one always is.")
        printer.line("///")
        printer.document("It looks into MIME messages and header blocks. A document is for the other function.")
        printer.line("public static func validate(")
        printer.line("    _ bytes: WireBytes, command: String, form: String, version: ProtocolVersion,")
        printer.line("    limits: PayloadLimits = .grammar")
        printer.line(") throws(PayloadError) {")
        printer.indented { printer in
            printer.line("guard !bytes.isEmpty else { return }")
            printer.line("switch (command, form) {")
            let messages = forms.filter { $0.payload?.format == .mime && blocks(of: $0).isEmpty }
            emitCase(
                messages.map { "(\(names($0)))" }, "_ = try Message(reading: bytes, limits: limits)", into: &printer)
            let blocksByForm = forms.map { (form: $0, names: blocks(of: $0).map(\.name)) }
            for payload in payloads {
                let bearers = blocksByForm.filter { $0.names.contains(payload.name) }.map(\.form)
                let patterns = bearers.map { "(\(names($0)))\(condition(payload, $0))" }
                let type = SwiftName.type(payload.name)
                emitCase(patterns, "_ = try \(type)(reading: bytes, limits: limits)", into: &printer)
            }
            printer.line("default: break")
            printer.line("}")
        }
        printer.line("}")
    }

    /// Prints one case for all patterns that lead to the same statement.
    private func emitCase(_ patterns: [String], _ statement: String, into printer: inout SwiftPrinter) {
        guard let last = patterns.last else { return }
        let single = "case " + patterns.joined(separator: ", ") + ":"
        if single.count <= 100 {
            printer.line(single)
        } else {
            for (index, pattern) in patterns.dropLast().enumerated() {
                printer.line((index == 0 ? "case " : "    ") + pattern + ",")
            }
            printer.line("    " + last + ":")
        }
        printer.line("    " + statement)
    }

    private func blocks(of form: Form) -> [PayloadType] {
        payloads(of: form).filter { payload in
            switch payload.content {
            case .blocks, .binary: true
            case .mime, .xml: false
            }
        }
    }

    // MARK: - Documents

    private func emitDocument(into printer: inout SwiftPrinter) {
        printer.document("Throws if a document is not one that the grammar describes for the payload of a form.")
        printer.line("///")
        printer.document("A form that is not said to bear documents may have any.")
        printer.line("public static func validate(")
        printer.line("    _ element: XMLElement, command: String, form: String, version: ProtocolVersion")
        printer.line(") throws(PayloadError) {")
        printer.indented { printer in
            printer.line("switch (command, form, element.name) {")
            for form in forms {
                let documents = payloads(of: form).compactMap { payload -> (payload: PayloadType, root: String)? in
                    guard case .xml(let content) = payload.content,
                        let root = content.elements.first(where: { $0.name == content.root })
                    else { return nil }
                    return (payload, root.element)
                }
                guard !documents.isEmpty else { continue }
                for (payload, root) in documents {
                    printer.line("case (\(names(form)), \(SwiftName.literal(root)))\(condition(payload, form)):")
                    printer.line("    _ = try \(SwiftName.type(payload.name))(element)")
                }
                var roots: [String] = []
                for root in documents.map({ "'\($0.root)'" }) where !roots.contains(root) { roots.append(root) }
                // A form whose bytes may be anything is not held to the documents that are known.
                guard form.payload?.format == .xml else { continue }
                let expected = SwiftName.literal(roots.joined(separator: " or "))
                printer.line("case (\(names(form)), _):")
                printer.indented {
                    $0.call("throw PayloadError", [".otherElement(expected: \(expected))", "field: element.name"], "")
                }
            }
            printer.line("default: break")
            printer.line("}")
        }
        printer.line("}")
    }

    // MARK: - Forms

    private func names(_ form: Form) -> String {
        "\(SwiftName.literal(form.command)), \(SwiftName.literal(form.name))"
    }

    /// What the version must be, where the form lives longer than the payload.
    private func condition(_ payload: PayloadType, _ form: Form) -> String {
        guard !form.versions.isSubset(of: payload.versions) else { return "" }
        return " where \(payload.versions.expression(known: grammar.allVersions)).contains(version)"
    }

    private func payloads(of form: Form) -> [PayloadType] {
        (borne["\(form.command).\(form.name)"] ?? []) + (borne[form.command] ?? [])
    }
}
