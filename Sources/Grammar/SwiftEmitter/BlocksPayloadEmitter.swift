import ProtocolGrammar

/// Prints a sequence of header blocks and the body after them.
struct BlocksPayloadEmitter {
    let payload: PayloadType
    let content: PayloadType.BlocksContent
    let grammar: Grammar

    private var blocks: [PayloadType.HeaderBlock] { content.blocks }

    func emit(into printer: inout SwiftPrinter) {
        printer.block("public struct \(SwiftName.type(payload.name)): BlocksPayload") { printer in
            printer.table(
                "public static let table = BlocksTable", head,
                [("inside: ", InsideEmitter(grammar: grammar).rows(of: payload))])
            printer.line()
            for block in blocks {
                printer.document(about(block))
                printer.line("public var \(SwiftName.member(block.name)) = \(SwiftName.type(block.name))()")
            }
            let bytes = content.body.map(String.init).joined(separator: ", ")
            printer.line("public var body = WireBytes(\(bytes.isEmpty ? "" : "[\(bytes)]"))")
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

    /// The arguments of the table before the payloads inside.
    private var head: [String] {
        let length = content.fields.first { $0.name == content.bodyLength?.name }
        return [SwiftName.literal(payload.name), "limits: .grammar"]
            + (length.map { ["bodyLength: \(SwiftName.literal($0.header))"] } ?? [])
    }

    private func about(_ block: PayloadType.HeaderBlock) -> String {
        block.about.isEmpty ? "The block `\(block.name)`." : block.about
    }

    private func emit(_ block: PayloadType.HeaderBlock, into printer: inout SwiftPrinter) {
        let fields = FieldsEmitter(grammar: grammar, block: "headers", table: "Self.table", fields: block.fields)
        printer.line()
        printer.document(about(block))
        printer.block("public struct \(SwiftName.type(block.name)): PayloadBlock") { printer in
            let line = block.startLine.map { ["startLine: \(SwiftName.table($0.type))"] } ?? []
            printer.table("public static let table = FieldTable", [], [("", fields.rows)], line)
            printer.line()
            printer.line("public var headers: HeaderBlock")
            printer.line()
            printer.line("public init() { headers = Self.table.newBlock }")
            if let line = block.startLine { emit(line, into: &printer) }
            fields.emitAccessors(whole: payload.versions, into: &printer)
        }
    }

    private func emit(_ line: PayloadType.StartLine, into printer: inout SwiftPrinter) {
        let type = grammar.type(named: line.type)
        printer.line()
        printer.document(
            PayloadEmitter.sentences(PayloadEmitter.about(line.about, type, grammar), "The line before the fields."))
        let swiftType = type?.swiftType ?? "WireToken"
        printer.block("public var \(SwiftName.member(line.name)): \(swiftType)?") { printer in
            printer.line("get { headers.startLine(as: \(swiftType).self) }")
            printer.line("set { headers.setStartLine(to: newValue) }")
        }
    }
}
