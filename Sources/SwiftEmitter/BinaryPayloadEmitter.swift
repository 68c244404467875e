import ProtocolGrammar

/// Prints a binary header with the data behind it.
struct BinaryPayloadEmitter {
    typealias Number = PayloadType.BinaryContent.Number

    let payload: PayloadType
    let content: PayloadType.BinaryContent

    /// The numbers that are stored; lengths follow from what they count.
    private var stored: [Number] {
        (content.numbers + content.footer).filter { $0.name != content.headerLength && $0.name != content.dataLength }
    }

    /// The bytes of the numbers in front of the data.
    private var fixedSize: Int { content.numbers.reduce(0) { $0 + $1.width } }

    private func integerType(_ number: Number) -> String {
        switch number.width {
        case 1: "UInt8"
        case 2: "UInt16"
        case 3, 4: "UInt32"
        default: "UInt64"
        }
    }

    func emit(into printer: inout SwiftPrinter) {
        printer.block("public struct \(SwiftName.type(payload.name)): BytesPayload") { printer in
            printer.line("public static var payload: StaticString { \(SwiftName.literal(payload.name)) }")
            printer.line()
            for number in stored {
                printer.document(number.about.isEmpty ? "The number `\(number.name)`." : number.about)
                let value = number.type.map { "\($0)(rawValue: 0)" } ?? "0"
                let type = number.type == nil ? ": \(integerType(number))" : ""
                printer.line("public var \(SwiftName.member(number.name))\(type) = \(value)")
            }
            if content.headerLength != nil {
                printer.document("The entries of type, length and value in the header, padding included.")
                printer.line("public var options = WireBytes()")
            }
            printer.document("The data behind the header.")
            printer.line("public var data = WireBytes()")
            if content.dataLength != nil {
                printer.document("What follows, such as the next of its kind.")
                printer.line("public var rest = WireBytes()")
            }
            printer.line()
            printer.document("Makes one with zeros and without data.")
            printer.line("public init() {}")
            printer.line()
            emitReader(into: &printer)
            if content.headerLength != nil {
                printer.line()
                printer.document("The entries of the header; write others with `TypeLengthValue.bytes(of:)`.")
                printer.line(
                    "public var entries: [TypeLengthValue] { (try? TypeLengthValue.entries(in: options)) ?? [] }")
            }
            printer.line()
            emitCheck(into: &printer)
            printer.line()
            emitWriter(into: &printer)
        }
    }

    private func emitReader(into printer: inout SwiftPrinter) {
        printer.document("Reads one; throws where bytes are missing.")
        printer.block("public init(reading bytes: WireBytes, limits: PayloadLimits = .grammar) throws(PayloadError)") {
            printer in
            printer.line("var reader = ByteReader(bytes)")
            for number in content.numbers { emitRead(number, into: &printer) }
            if let name = content.headerLength {
                printer.block("guard \(name) >= \(fixedSize) else") {
                    $0.line("throw PayloadError(.wrongLength, field: \(SwiftName.literal(name)))")
                }
                printer.line("options = try reader.take(\"options\", \(name) - \(fixedSize))")
            }
            let footer = content.footer.reduce(0) { $0 + $1.width }
            if let name = content.dataLength {
                printer.line("data = try reader.take(\"data\", \(SwiftName.member(name)))")
            } else {
                printer.line("data = try reader.take(\"data\", reader.remaining\(footer > 0 ? " - \(footer)" : ""))")
            }
            for number in content.footer { emitRead(number, into: &printer) }
            if content.dataLength != nil { printer.line("rest = try reader.take(\"rest\", reader.remaining)") }
            printer.line("try check()")
        }
    }

    private func emitRead(_ number: Number, into printer: inout SwiftPrinter) {
        let label = SwiftName.literal(number.name)
        let read = "try reader.number(\(label), width: \(number.width), bigEndian: \(number.isBigEndian))"
        let name = SwiftName.member(number.name)
        if number.name == content.headerLength || number.name == content.dataLength {
            printer.line("let \(name) = \(read)")
            return
        }
        let integer = integerType(number)
        if let type = number.type {
            printer.line("\(name) = \(type)(")
            printer.line("    rawValue: UInt32(truncatingIfNeeded: \(read)))")
        } else if integer == "UInt64" {
            printer.line("\(name) = \(read)")
        } else {
            printer.line("\(name) = \(integer)(")
            printer.line("    truncatingIfNeeded: \(read))")
        }
    }

    private func emitCheck(into printer: inout SwiftPrinter) {
        printer.document("Throws where a length does not fit its number.")
        PayloadEmitter.emitCheck(into: &printer) { printer in
            for number in content.numbers {
                let count: String
                switch number.name {
                case content.headerLength: count = "options.count + \(fixedSize)"
                case content.dataLength: count = "data.count"
                default: continue
                }
                guard number.width < 8 else { continue }
                let limit = SwiftName.number(1 << (8 * number.width))
                printer.block("if \(count) >= \(limit)") {
                    $0.line("throw PayloadError(.wrongLength, field: \(SwiftName.literal(number.name)))")
                }
            }
            if content.headerLength != nil { printer.line("_ = try TypeLengthValue.entries(in: options)") }
        }
    }

    private func emitWriter(into printer: inout SwiftPrinter) {
        printer.document("The bytes; throws where a length does not fit its number.")
        printer.block("public func encoded() throws(PayloadError) -> [UInt8]") { printer in
            printer.line("try check()")
            printer.line("var writer = ByteWriter()")
            for number in content.numbers { emitWrite(number, into: &printer) }
            if content.headerLength != nil { printer.line("writer.append(options)") }
            printer.line("writer.append(data)")
            for number in content.footer { emitWrite(number, into: &printer) }
            if content.dataLength != nil { printer.line("writer.append(rest)") }
            printer.line("return writer.bytes")
        }
    }

    private func emitWrite(_ number: Number, into printer: inout SwiftPrinter) {
        let name = SwiftName.member(number.name)
        let value =
            switch number.name {
            case content.headerLength: "UInt64(clamping: options.count + \(fixedSize))"
            case content.dataLength: "UInt64(clamping: data.count)"
            default:
                number.type != nil
                    ? "UInt64(\(name).rawValue)" : integerType(number) == "UInt64" ? name : "UInt64(\(name))"
            }
        printer.line("writer.number(\(value), width: \(number.width), bigEndian: \(number.isBigEndian))")
    }
}
