import ProtocolGrammar

/// Prints a binary header and the data after it.
struct BinaryPayloadEmitter {
    typealias Number = PayloadType.BinaryContent.Number

    let payload: PayloadType
    let content: PayloadType.BinaryContent
    let grammar: Grammar

    func emit(into printer: inout SwiftPrinter) {
        printer.block("public struct \(SwiftName.type(payload.name)): BinaryPayload") { printer in
            printer.table(
                "public static let table = BinaryTable", [SwiftName.literal(payload.name), "limits: .grammar"],
                [
                    ("", content.numbers.map(row)), ("footer: ", content.footer.map(row)),
                    ("inside: ", InsideEmitter(grammar: grammar).rows(of: payload)),
                ])
            printer.line()
            printer.line("public var packet: BinaryPacket")
            printer.line()
            printer.line("public init() { packet = BinaryPacket(Self.table) }")
            for number in content.numbers + content.footer where role(number) == nil {
                emitAccessor(number, into: &printer)
            }
            if content.headerLength != nil {
                printer.line()
                printer.document("The entries of type, length and value in the header, including padding.")
                emitBytes("options", into: &printer)
                printer.line()
                printer.document("The entries of the header; to set them, use `TypeLengthValue.bytes(of:)`.")
                printer.line(
                    "public var entries: [TypeLengthValue] { (try? TypeLengthValue.entries(in: options)) ?? [] }")
            }
            if let kind = content.entryType.flatMap({ grammar.type(named: $0.name)?.swiftType }) {
                printer.line()
                printer.document("The entry with a type; nil if there is none.")
                printer.line("public func entry(_ kind: \(kind)) -> WireBytes? { packet.entry(kind) }")
            }
            if content.dataLength != nil {
                printer.line()
                printer.document("The bytes after the data, such as the next packet.")
                emitBytes("rest", into: &printer)
            }
        }
    }

    /// What a number counts; nil for a value. Lengths are not properties, because they follow from what they count.
    private func role(_ number: Number) -> String? {
        switch number.name {
        case content.headerLength: ".headerLength"
        case content.dataLength: ".dataLength"
        default: nil
        }
    }

    private func row(_ number: Number) -> String {
        var parts = [
            SwiftName.literal(number.name), "bytes: \(number.width)", number.isBigEndian ? ".big" : ".little",
        ]
        if let role = role(number) { parts.append(role) }
        return "NumberRow(\(parts.joined(separator: ", ")))"
    }

    private func integerType(_ number: Number) -> String {
        switch number.width {
        case 1: "UInt8"
        case 2: "UInt16"
        case 3, 4: "UInt32"
        default: "UInt64"
        }
    }

    private func emitAccessor(_ number: Number, into printer: inout SwiftPrinter) {
        let name = SwiftName.literal(number.name)
        printer.line()
        if !number.about.isEmpty { printer.document(number.about) }
        printer.block(
            "public var \(SwiftName.member(number.name)): \(number.type.map(SwiftName.type) ?? integerType(number))"
        ) { printer in
            let reader = reader(of: number)
            printer.line("get { packet.\(reader)(\(name), in: Self.table) }")
            printer.line("set { packet.set(\(name), to: newValue, in: Self.table) }")
        }
    }

    private func reader(of number: Number) -> String {
        guard let type = number.type else { return "number" }
        if case .flags = grammar.type(named: type)?.kind { return "flags" }
        return "value"
    }

    private func emitBytes(_ name: String, into printer: inout SwiftPrinter) {
        printer.block("public var \(name): WireBytes") { printer in
            printer.line("get { packet.\(name) }")
            printer.line("set { packet.\(name) = newValue }")
        }
    }
}
