import ProtocolGrammar

/// Prints the accessors of header fields; what they read was checked when the payload was read.
struct FieldsEmitter {
    let grammar: Grammar
    /// The header block that holds them.
    let block: String
    let fields: [PayloadType.Field]

    private var order: String { fields.count > 1 ? "Self.order" : "" }

    /// Prints the order of the fields, for new ones.
    func emitOrder(into printer: inout SwiftPrinter) {
        guard fields.count > 1 else { return }
        printer.line()
        printer.block("private static var order: [StaticString]") {
            $0.array("", fields.map { SwiftName.literal($0.header) })
        }
    }

    func emitAccessors(whole: VersionSet, into printer: inout SwiftPrinter) {
        for field in fields {
            let type = grammar.type(named: field.type)
            let code = FieldCode(type: type)
            let name = SwiftName.literal(field.header)
            let versions = whole.isSubset(of: field.versions) ? "" : "\(grammar.describe(field.versions))."
            printer.line()
            printer.document(
                PayloadEmitter.sentences(
                    PayloadEmitter.about(field.about, type, grammar), "Field `\(field.header)`.", versions))
            printer.block("public var \(SwiftName.member(field.name)): \(code.swiftType)?") {
                code.emitAccessors(
                    holder: block, label: name, text: "\(block).text(\(name))", order: order, into: &$0)
            }
        }
    }

    func emitChecks(into printer: inout SwiftPrinter) {
        for field in fields {
            let code = FieldCode(type: grammar.type(named: field.type))
            let name = SwiftName.literal(field.header)
            if field.isRequired { printer.line("try \(block).require(\(name))") }
            code.emitCheck(holder: block, label: name, range: code.range(), into: &printer)
        }
    }

    func emitInitials(into printer: inout SwiftPrinter) {
        for field in fields {
            guard let initial = field.initial else { continue }
            printer.line("\(block).set(\(SwiftName.literal(field.header)), to: \(SwiftName.literal(initial)))")
        }
    }
}
