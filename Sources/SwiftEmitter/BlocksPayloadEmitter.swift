import ProtocolGrammar

/// Prints header blocks that stand on each other, and what follows them.
struct BlocksPayloadEmitter {
    let payload: PayloadType
    let blocks: [PayloadType.HeaderBlock]
    let grammar: Grammar

    func emit(into printer: inout SwiftPrinter) {
        printer.block("public struct \(SwiftName.type(payload.name)): BytesPayload") { printer in
            printer.line("public static var payload: StaticString { \(SwiftName.literal(payload.name)) }")
            printer.line()
            for block in blocks {
                printer.document(about(block))
                printer.line("public var \(SwiftName.member(block.name)) = \(SwiftName.type(block.name))()")
            }
            printer.document("What follows the blocks.")
            printer.line("public var body = WireBytes()")
            printer.line()
            printer.document("Makes one without fields of its own.")
            printer.line("public init() {}")
            printer.line()
            printer.document("Reads one; throws where a field is missing or does not fit its type.")
            printer.block(
                "public init(reading bytes: WireBytes, limits: PayloadLimits = .grammar) throws(PayloadError)"
            ) { printer in
                printer.line("var position = 0")
                for block in blocks {
                    let name = SwiftName.member(block.name)
                    printer.line("\(name).headers = try HeaderBlock(reading: bytes, at: &position, limits: limits)")
                }
                printer.line("body = bytes.slice(position..<bytes.count)")
                printer.line("try check()")
            }
            printer.line()
            printer.document("Throws where a field is missing or does not fit its type.")
            printer.block("public func check() throws(PayloadError)") { printer in
                for block in blocks { printer.line("try \(SwiftName.member(block.name)).check()") }
            }
            printer.line()
            printer.document("The bytes; throws where a field does not fit its type or would end its line.")
            printer.block("public func encoded() throws(PayloadError) -> [UInt8]") { printer in
                printer.line("try check()")
                let names = blocks.map { "\(SwiftName.member($0.name)).headers" }.joined(separator: ", ")
                printer.line("return try HeaderBlock.bytes(of: \(names), followedBy: body)")
            }
            for block in blocks { emit(block, into: &printer) }
        }
    }

    private func about(_ block: PayloadType.HeaderBlock) -> String {
        block.about.isEmpty ? "The block `\(block.name)`." : block.about
    }

    private func emit(_ block: PayloadType.HeaderBlock, into printer: inout SwiftPrinter) {
        let fields = FieldsEmitter(grammar: grammar, block: "headers", fields: block.fields)
        printer.line()
        printer.document(about(block))
        printer.block("public struct \(SwiftName.type(block.name)): Hashable, Sendable") { printer in
            printer.document("The lines as they stand, with the fields that the grammar does not know.")
            printer.line("public var headers = HeaderBlock()")
            fields.emitOrder(into: &printer)
            printer.line()
            if block.fields.contains(where: { $0.initial != nil }) {
                printer.document("Makes one with the fields that every one has.")
                printer.block("public init()") { fields.emitInitials(into: &$0) }
            } else {
                printer.document("Makes one without fields.")
                printer.line("public init() {}")
            }
            fields.emitAccessors(whole: payload.versions, into: &printer)
            printer.line()
            printer.document("Throws where a field is missing or does not fit its type.")
            PayloadEmitter.emitCheck(into: &printer) { fields.emitChecks(into: &$0) }
        }
    }
}
