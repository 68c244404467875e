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
        let set = grammar.errorPayloadVersions.expression(known: grammar.allVersions)
        printer.lines(Self.reply.replacing("VERSIONS", with: set).replacing("LIMIT", with: "\(grammar.limits.payload)"))
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
            public var payload: Optional<WireBytes>

            /// Makes a reply.
            public init(code: ErrorCode, payload: WireBytes? = nil) {
                self.code = code
                self.payload = payload
            }

            public static var command: StaticString { "error" }
            public static var form: StaticString { "error" }
            public static var sender: Sender { .server }
            public static var transactionRule: TransactionRule { .optional }
            public static let versions = VersionSet(0...127)
            public static var payloadFormat: PayloadFormat { .bytes }

            /// Whether a command word is an error code.
            static func isErrorCode(_ command: CommandCode) -> Bool {
                let word = command.rawValue
                return word >> 24 == 0 && isDigit(word >> 16) && isDigit(word >> 8) && isDigit(word)
            }

            private static func isDigit(_ byte: UInt32) -> Bool { (0x30...0x39).contains(byte & 0xFF) }

            /// Reads the words after the transaction ID.
            public init(decoding line: inout LineReader) throws(DecodingError) {
                line.begin(form: Self.form)
                let word = line.frame.command.rawValue
                let number = (word >> 16 & 15) * 100 + (word >> 8 & 15) * 10 + (word & 15)
                let payload = line.remaining > 0 ? try line.payload(limit: WireLimits.grammar.payload) : nil
                try line.end()
                self.init(code: ErrorCode(UInt16(truncatingIfNeeded: number)), payload: payload)
            }

            /// The versions in which a payload may follow.
            private static var payloadVersions: VersionSet { VERSIONS }

            /// Writes the line, and the payload where there is one.
            public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
                if let reason = refusal(version: line.version, transaction: transaction) {
                    throw EncodingError(
                        kind: reason, command: "\\(Self.command)", form: "\\(Self.form)", version: line.version)
                }
                line.append(UInt8(truncatingIfNeeded: code.number / 100 % 10) &+ 0x30)
                line.append(UInt8(truncatingIfNeeded: code.number / 10 % 10) &+ 0x30)
                line.append(UInt8(truncatingIfNeeded: code.number % 10) &+ 0x30)
                if let transaction { line.append(Array(" \\(transaction)".utf8)) }
                guard let payload else {
                    line.append("\\r\\n" as StaticString)
                    return
                }
                line.append(Array(" \\(payload.count)\\r\\n".utf8))
                line.append(payload)
            }

            /// Why the reply would be read as something else; nil if it would not.
            private func refusal(version: ProtocolVersion, transaction: TransactionID?) -> EncodingError.Kind? {
                if code.number > 999 { return .invalidValue(.outOfRange("0...999")) }
                guard let payload else { return nil }
                if !Self.payloadVersions.contains(version) { return .forbiddenInVersion }
                if payload.count > LIMIT { return .payloadTooLong(limit: LIMIT) }
                return transaction == nil ? .missingTransactionID : nil
            }

            /// Makes the reply from values by name, as they are read by people.
            public init(fields: FieldReader) throws(EncodingError) {
                try fields.refuseFields(except: ["code", "payload"])
                let number: UInt32 = try fields.required("code")
                guard number <= 999 else {
                    throw fields.error(.invalidValue(.outOfRange("0...999")), "code")
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
