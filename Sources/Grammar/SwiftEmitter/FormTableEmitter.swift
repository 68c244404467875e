import ProtocolGrammar

/// Prints the table of one form.
struct FormTableEmitter {
    let form: Form
    let grammar: Grammar

    private var slots: [FormValue] { form.values }

    func emit(into printer: inout SwiftPrinter) {
        let services = form.services.map { ".\(SwiftName.member($0))" }.joined(separator: ", ")
        let forms = grammar.commands[form.command]?.forms(from: form.sender) ?? []
        let place = forms.firstIndex { $0.name == form.name } ?? 0
        var head = [SwiftName.literal(form.command), SwiftName.literal(form.name)]
        if place > 0 { head.append("place: \(place)") }
        head += ["from: .\(form.sender.rawValue)", "on: [\(services)]"]
        head += SwiftName.ranges(form.versions, of: grammar.allVersions)
        if form.transaction != .required { head.append("transaction: .\(form.transaction)") }
        let rows = rows(of: form)
        let payload = form.payload.map { ["payload: \(payloadRow($0))"] } ?? []
        let table = "public static let table = FormTable("
        guard !rows.isEmpty else {
            printer.line(table + (head + payload).joined(separator: ", ") + ")")
            return
        }
        printer.line(table)
        printer.indented { printer in
            printer.line(head.joined(separator: ", ") + ",")
            printer.rows("words: ", rows, payload.map { ", " + $0 }.joined() + ")")
        }
    }

    /// The rows of words of a form, which may be patched by a deviation.
    func rows(of form: Form) -> [String] { form.parameters.map { row($0, of: form) } }

    private func row(_ parameter: Parameter, of form: Form) -> String {
        let versions = SwiftName.ranges(parameter.versions, of: form.versions)
        if let literal = parameter.literal {
            var parts = [SwiftName.literal(literal)] + versions
            if parameter.isOptional { parts.append("optional: true") }
            if let condition = parameter.condition { parts.append("when: \(self.condition(condition))") }
            return ".literal(\(parts.joined(separator: ", ")))"
        }
        let type = parameter.typeName.map(SwiftName.table) ?? ".anyWord"
        var parts = [SwiftName.literal(parameter.name), type]
        let kind: String
        switch parameter.repetition {
        case .once: kind = "value"
        case .words(let minimum):
            kind = "words"
            if minimum > 0 { parts.append("minimum: \(minimum)") }
        case .separated(let separator):
            kind = "list"
            parts.append("separator: UInt8(ascii: \(SwiftName.literal(separator)))")
        }
        parts += versions
        if parameter.isOptional { parts.append("optional: true") }
        if parameter.allowsEmpty { parts.append("mayBeEmpty: true") }
        if !parameter.prefix.isEmpty { parts.append("prefix: \(SwiftName.literal(parameter.prefix))") }
        if let condition = parameter.condition { parts.append("when: \(self.condition(condition))") }
        if let range = range(parameter) { parts.append("range: \(range.lowerBound)...\(range.upperBound)") }
        if parameter.isSensitive { parts.append("sensitive: true") }
        if parameter.isIgnorable { parts.append("ignorable: true") }
        if let absent = parameter.absent { parts.append("absent: \(SwiftName.literal(absent))") }
        return ".\(kind)(\(parts.joined(separator: ", ")))"
    }

    /// The bounds of a number that narrow those of its type.
    private func range(_ parameter: Parameter) -> ClosedRange<Int>? {
        guard parameter.minimum != nil || parameter.maximum != nil,
            case .integer(let minimum, let maximum) = parameter.typeName.flatMap({ grammar.type(named: $0) })?.kind
        else { return nil }
        let lower = parameter.minimum ?? minimum
        let upper = parameter.maximum ?? maximum
        return lower <= upper ? lower...upper : nil
    }

    /// The condition, with the slot of its parameter.
    private func condition(_ condition: Parameter.Condition) -> String {
        let slot = slots.firstIndex { $0.name == condition.parameter } ?? 0
        let type = slots[slot].main.typeName.flatMap { grammar.type(named: $0) }
        switch type?.kind {
        case .flags(let bits, _):
            let mask = bits.first { $0.name == condition.value }?.wire ?? "0"
            return ".bits(\(mask), inSlot: \(slot))"
        case .enumeration(let values, _):
            let word = values.first { $0.name == condition.value }?.wire ?? condition.value
            return ".words(\(SwiftName.literal(word)), inSlot: \(slot))"
        case .boolean(let falseWord, let trueWord):
            return ".words(\(SwiftName.literal(condition.value == "true" ? trueWord : falseWord)), inSlot: \(slot))"
        default: return ".words(\(SwiftName.literal(condition.value)), inSlot: \(slot))"
        }
    }

    private func payloadRow(_ payload: Payload) -> String {
        let roots = payload.roots.map(SwiftName.literal).joined(separator: ", ")
        let format = payload.format == .xml ? ".xml(roots: [\(roots)])" : ".\(payload.format.rawValue)"
        var parts = [format, "limit: \(payload.limit ?? grammar.limits.payload)"]
        if let length = payload.length { parts.append("length: \(length)") }
        if payload.lengthBefore != nil, let place = form.lengthPlace { parts.append("lengthBefore: \(place)") }
        if let name = payload.headerLength?.name, let slot = slots.firstIndex(where: { $0.name == name }) {
            parts.append("headerLengthInSlot: \(slot)")
        }
        if !grammar.trailer.isEmpty { parts.append("trailer: PayloadTrailer(\(SwiftName.literal(grammar.trailer)))") }
        return "PayloadTable(\(parts.joined(separator: ", ")))"
    }

    /// Prints the arguments of `has(_:in:)`: the parameters that some versions of the form lack.
    func emitParameters(into printer: inout SwiftPrinter) {
        let limited = slots.enumerated().filter { !form.versions.isSubset(of: $1.versions) }
        guard !limited.isEmpty else { return }
        printer.line()
        printer.block(
            "extension FormParameter where Form == \(grammar.swiftName(of: form.command)).\(SwiftName.type(form.name))"
        ) { printer in
            for (slot, parameter) in limited {
                printer.document(grammar.describe(parameter.versions) + ".")
                printer.line(
                    "public static var \(SwiftName.member(parameter.name)): Self { Self(slot: \(slot)) }")
            }
        }
    }
}
