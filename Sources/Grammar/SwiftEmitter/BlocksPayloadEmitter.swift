import ProtocolGrammar

/// Prints a sequence of header blocks and the body after them.
struct BlocksPayloadEmitter {
    let payload: PayloadType
    let blocks: [PayloadType.HeaderBlock]
    let grammar: Grammar

    func emit(into printer: inout SwiftPrinter) {
        printer.block("public struct \(SwiftName.type(payload.name)): BlocksPayload") { printer in
            printer.table(
                "public static let table = BlocksTable", [SwiftName.literal(payload.name), "limits: .grammar"], [])
            printer.line()
            for block in blocks {
                printer.document(about(block))
                printer.line("public var \(SwiftName.member(block.name)) = \(SwiftName.type(block.name))()")
            }
            printer.line("public var body = WireBytes()")
            printer.line()
            printer.line("public init() {}")
            printer.line()
            printer.line("public mutating func visitBlocks(")
            printer.line("    _ visit: (inout HeaderBlock, FieldTable) throws(PayloadError) -> Void")
            printer.line(") throws(PayloadError) {")
            printer.indented { printer in
                for block in blocks {
                    printer.line(
                        "try visit(&\(SwiftName.member(block.name)).headers, \(SwiftName.type(block.name)).table)")
                }
            }
            printer.line("}")
            for block in blocks { emit(block, into: &printer) }
        }
    }

    private func about(_ block: PayloadType.HeaderBlock) -> String {
        block.about.isEmpty ? "The block `\(block.name)`." : block.about
    }

    private func emit(_ block: PayloadType.HeaderBlock, into printer: inout SwiftPrinter) {
        let fields = FieldsEmitter(grammar: grammar, block: "headers", table: "Self.table", fields: block.fields)
        printer.line()
        printer.document(about(block))
        printer.block("public struct \(SwiftName.type(block.name)): PayloadBlock") { printer in
            printer.table("public static let table = FieldTable", [], [("", fields.rows)])
            printer.line()
            printer.line("public var headers: HeaderBlock")
            printer.line()
            printer.line("public init() { headers = Self.table.newBlock }")
            fields.emitAccessors(whole: payload.versions, into: &printer)
        }
    }
}
