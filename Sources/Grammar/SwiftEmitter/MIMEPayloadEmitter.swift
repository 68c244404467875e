import ProtocolGrammar

/// Prints a MIME message with typed fields.
struct MIMEPayloadEmitter {
    let payload: PayloadType
    let content: PayloadType.MIMEContent
    let grammar: Grammar

    func emit(into printer: inout SwiftPrinter) {
        let fields = FieldsEmitter(
            grammar: grammar, block: content.fieldsInBody ? "fields" : "headers", table: "Self.table.fields",
            fields: content.fields)
        let header = Self.isText(content) ? "MIMETextPayload" : "MIMEHeaderPayload"
        let kind = content.fieldsInBody ? "MIMEBodyPayload" : header
        printer.block("public struct \(SwiftName.type(payload.name)): \(kind)") { printer in
            emitTable(fields.rows, into: &printer)
            printer.line()
            printer.line("public var headers: HeaderBlock")
            if content.fieldsInBody {
                printer.line("public var fields: HeaderBlock")
                printer.line("public var rest = WireBytes()")
            } else {
                printer.line("public var body = WireBytes()")
            }
            printer.line()
            printer.block("public init()") { printer in
                printer.line("headers = Self.table.headers")
                if content.fieldsInBody { printer.line("fields = Self.table.fields.newBlock") }
            }
            fields.emitAccessors(whole: payload.versions, into: &printer)
        }
    }

    /// Whether the body is text.
    static func isText(_ content: PayloadType.MIMEContent) -> Bool {
        ["text/plain", "text/html"].contains(content.contentType) || content.charset != nil && content.fields.isEmpty
    }

    private func emitTable(_ rows: [String], into printer: inout SwiftPrinter) {
        var head = [SwiftName.literal(payload.name), SwiftName.literal(content.contentType)]
        if let charset = content.charset { head.append("charset: \(SwiftName.literal(charset))") }
        head.append("limits: .grammar")
        if content.fieldsInBody { head.append("fieldsInBody: true") }
        printer.table(
            "public static let table = MIMETable", head,
            [("", rows), ("inside: ", InsideEmitter(grammar: grammar).rows(of: payload))])
    }
}
