import ProtocolGrammar

/// Prints a MIME message with typed fields.
struct MIMEPayloadEmitter {
    let payload: PayloadType
    let content: PayloadType.MIMEContent
    let grammar: Grammar

    private var fields: FieldsEmitter {
        FieldsEmitter(
            grammar: grammar, block: content.fieldsInBody ? "fields" : "headers", fields: content.fields)
    }

    func emit(into printer: inout SwiftPrinter) {
        printer.block("public struct \(SwiftName.type(payload.name)): MIMEPayload") { printer in
            printer.line("public static var payload: StaticString { \(SwiftName.literal(payload.name)) }")
            printer.line("public static var contentType: StaticString { \(SwiftName.literal(content.contentType)) }")
            printer.line()
            printer.document("The header as it stands, with the fields that the grammar does not know.")
            printer.line("public var headers: HeaderBlock")
            if content.fieldsInBody {
                printer.document("The fields in the body, as they stand.")
                printer.line("public var fields: HeaderBlock")
                printer.document("What follows the fields in the body.")
                printer.line("public var rest: WireBytes")
            } else {
                printer.document("What follows the header.")
                printer.line("public var body: WireBytes")
            }
            fields.emitOrder(into: &printer)
            printer.line()
            emitInitializers(into: &printer)
            fields.emitAccessors(whole: payload.versions, into: &printer)
            printer.line()
            emitCoding(into: &printer)
        }
    }

    private func emitInitializers(into printer: inout SwiftPrinter) {
        let type = content.contentType + (content.charset.map { "; charset=\($0)" } ?? "")
        printer.document("Makes one without fields of its own.")
        printer.block("public init()") { printer in
            printer.line("headers = MIMEMessage(contentType: \(SwiftName.literal(type))).headers")
            if content.fieldsInBody {
                printer.line("fields = HeaderBlock()")
                printer.line("fields.endsWithEmptyLine = false")
                printer.line("rest = WireBytes()")
            } else {
                printer.line("body = WireBytes()")
            }
            fields.emitInitials(into: &printer)
        }
        printer.line()
        printer.document("Reads one; throws where it has another content type or a field does not fit its type.")
        printer.block(
            "public init(_ message: MIMEMessage, limits: PayloadLimits = .grammar) throws(PayloadError)"
        ) { printer in
            printer.block("guard Self.contentType ~= message.type else") {
                $0.line("throw PayloadError(.otherContentType)")
            }
            printer.line("try self.init(known: message, limits: limits)")
        }
        printer.line()
        printer.document("Reads one whose content type is known to be this one.")
        printer.block("init(known message: MIMEMessage, limits: PayloadLimits) throws(PayloadError)") { printer in
            printer.line("headers = message.headers")
            if content.fieldsInBody {
                printer.line("var position = 0")
                printer.line("fields = try HeaderBlock(reading: message.body, at: &position, limits: limits)")
                printer.line("rest = message.body.slice(position..<message.body.count)")
            } else {
                printer.line("body = message.body")
            }
            printer.line("try check()")
        }
    }

    private func emitCoding(into printer: inout SwiftPrinter) {
        printer.document("Throws where a field is missing or does not fit its type.")
        PayloadEmitter.emitCheck(into: &printer) { fields.emitChecks(into: &$0) }
        printer.line()
        printer.document("The bytes; throws where a field does not fit its type or would end its line.")
        printer.block("public func encoded() throws(PayloadError) -> [UInt8]") { printer in
            printer.line("try check()")
            guard content.fieldsInBody else {
                printer.line("return try MIMEMessage(headers: headers, body: body).encoded()")
                return
            }
            printer.line("let body = WireBytes(try HeaderBlock.bytes(of: fields, followedBy: rest))")
            printer.line("return try MIMEMessage(headers: headers, body: body).encoded()")
        }
    }
}
