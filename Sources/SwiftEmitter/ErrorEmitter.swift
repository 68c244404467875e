import ProtocolGrammar

/// Prints the error codes and the error reply.
struct ErrorEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.line("// Generated from errors.yaml. Edit that file instead.")
        printer.line("import WireProtocol")
        printer.line()
        printer.document("A numeric error code; codes that the grammar does not name are kept.")
        printer.block("public struct ErrorCode: Hashable, Sendable") { printer in
            printer.document("The number, 0 to 999.")
            printer.line("public let number: UInt16")
            printer.line()
            printer.document("Makes a code from its number.")
            printer.block("public init(_ number: UInt16)") { $0.line("self.number = number") }
            for error in grammar.errors {
                printer.line()
                let about = error.about.isEmpty ? error.name : error.about
                printer.document("\(error.number): \(about) \(grammar.describe(error.versions)).")
                printer.line(
                    "public static var \(SwiftName.member(error.name)): ErrorCode { ErrorCode(\(error.number)) }")
            }
            printer.line()
            emitLookup("name", "String?", "The name in the grammar, or nil.", into: &printer) {
                SwiftName.literal($0.name)
            }
            printer.line()
            emitLookup("about", "String?", "What the code means, or nil.", into: &printer) {
                SwiftName.literal($0.about)
            }
            printer.line()
            emitLookup(
                "closesConnection", "Bool?", "Whether the server closes the connection after it; nil if not known.",
                into: &printer
            ) { $0.closesConnection.map { $0 ? "true" : "false" } }
        }
        printer.line()
        printer.line(Self.reply)
        return printer.text.trimmingEnd
    }

    private func emitLookup(
        _ name: String, _ type: String, _ about: String, into printer: inout SwiftPrinter,
        _ value: (ErrorCode) -> String?
    ) {
        printer.document(about)
        printer.block("public var \(name): \(type)") { printer in
            printer.line("switch number {")
            for error in grammar.errors {
                if let text = value(error) { printer.line("case \(error.number): \(text)") }
            }
            printer.line("default: nil")
            printer.line("}")
        }
    }

    private static let reply = """
        /// An error reply: a code of three digits in the place of a command.
        ///
        ///     code [TrID] [length]
        public struct ErrorReply: WireForm {
            /// What went wrong.
            public var code: ErrorCode
            /// Details, in the versions and for the codes that have them.
            public var payload: WireBytes?

            /// Makes a reply.
            public init(code: ErrorCode, payload: WireBytes? = nil) {
                self.code = code
                self.payload = payload
            }

            public static var command: StaticString { "error" }
            public static var form: StaticString { "error" }
            public static var sender: Sender { .server }
            public static var transactionRule: TransactionRule { .optional }
            public static var versions: VersionSet { VersionSet(0...127) }
            public static var payloadFormat: PayloadFormat { .bytes }

            /// Whether a command word is an error code.
            static func isErrorCode(_ command: CommandCode) -> Bool {
                let word = command.rawValue
                return word >> 24 == 0
                    && [16, 8, 0].allSatisfy { (0x30...0x39).contains((word >> UInt32($0)) & 0xFF) }
            }

            /// Reads the words after the transaction ID.
            public init(decoding line: inout LineReader) throws(DecodingError) {
                line.begin(form: Self.form)
                var number: UInt16 = 0
                for byte in line.command.array.prefix(3) { number = number &* 10 &+ UInt16(byte &- 0x30) }
                code = ErrorCode(number)
                payload = line.remaining > 0 ? try line.payload(limit: WireLimits.grammar.payload) : nil
                try line.end()
            }

            /// Writes the line, and the payload where there is one.
            public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
                let digits = [code.number / 100 % 10, code.number / 10 % 10, code.number % 10]
                for digit in digits { line.append(UInt8(truncatingIfNeeded: digit) &+ 0x30) }
                if let transaction { line.append(Array(" \\(transaction)".utf8)) }
                guard let payload else {
                    line.append("\\r\\n" as StaticString)
                    return
                }
                line.append(Array(" \\(payload.count)\\r\\n".utf8))
                line.append(payload)
            }

            /// Makes the reply from values by name, as they are read by people.
            public init(fields: FieldReader) throws(EncodingError) {
                try fields.refuseFields(except: ["code", "payload"])
                let number: UInt32 = try fields.required("code")
                guard (100...999).contains(number) else {
                    throw fields.error(.invalidValue(.outOfRange("100...999")), "code")
                }
                code = ErrorCode(UInt16(truncatingIfNeeded: number))
                payload = fields.optionalPayload
            }

            /// The values by name, as they are read by people.
            public var fields: [Field] {
                [Field(name: "code", value: .text("\\(code.number)"))]
            }
        }
        """
}

extension String {
    fileprivate var trimmingEnd: String {
        var result = self
        while result.hasSuffix("\n\n") { result.removeLast() }
        return result
    }
}
