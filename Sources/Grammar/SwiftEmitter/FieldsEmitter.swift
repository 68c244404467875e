import ProtocolGrammar

/// Prints the rows and accessors of header fields. Their values are checked when the payload is read.
struct FieldsEmitter {
    let grammar: Grammar
    /// The header block that holds them.
    let block: String
    /// The table that knows their order.
    let table: String
    let fields: [PayloadType.Field]

    /// The fields as rows of a table.
    var rows: [String] {
        fields.map { field in
            var parts = [SwiftName.literal(field.header), SwiftName.table(field.type)]
            if field.isRequired { parts.append("required: true") }
            if let initial = field.initial { parts.append("initial: \(SwiftName.literal(initial))") }
            return "FieldRow(\(parts.joined(separator: ", ")))"
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
                code.emitAccessors(holder: block, label: name, text: "\(block).text(\(name))", table: table, into: &$0)
            }
        }
    }
}
