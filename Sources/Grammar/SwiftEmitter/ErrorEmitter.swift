import ProtocolGrammar

/// Prints the error codes and the error reply.
struct ErrorEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.header(["errors.yaml"])
        guard grammar.hasErrors else {
            printer.comment("The protocol has no numeric error codes.")
            return printer.text
        }
        printer.line("import WireProtocol")
        printer.line()
        printer.document("A numeric error code, known to the grammar or not. From `errors.yaml`.")
        printer.block("public struct ErrorCode: ProtocolErrorCode") { printer in
            printer.document("The number, 0 to 999.")
            printer.line("public let number: UInt16")
            printer.line()
            printer.block("public init(_ number: UInt16)") { $0.line("self.number = number") }
            printer.line()
            for error in grammar.errors {
                let about = error.about.isEmpty ? error.name : error.about
                printer.document("\(error.number): \(about) \(grammar.describe(error.versions)).")
                printer.line(
                    "public static var \(SwiftName.member(error.name)): ErrorCode { ErrorCode(\(error.number)) }")
            }
            printer.line()
            emitTable(into: &printer)
        }
        printer.line()
        let set = grammar.errorPayloadVersions.expression(known: grammar.allVersions)
        let services = grammar.services.map { ".\(SwiftName.member($0.name))" }.joined(separator: ", ")
        printer.lines(
            Self.reply.replacing("VERSIONS", with: set).replacing("LIMIT", with: "\(grammar.limits.payload)")
                .replacing("SERVICES", with: services))
        return printer.text.trimmingEnd
    }

    private func emitTable(into printer: inout SwiftPrinter) {
        let rows = grammar.errors.map { error in
            let closes = error.closesConnection.map { ", closes: \($0)" } ?? ""
            let name = SwiftName.literal(error.name)
            return "ErrorRow(\(error.number), \(name)\(closes)\(answers(error)), \(SwiftName.literal(error.about)))"
        }
        printer.document("The known codes.")
        printer.rows("private static let rows: [ErrorRow] = ", rows)
        printer.line()
        printer.lines(Self.lookups)
    }

    /// The kinds of unreadable lines that an error answers, and the commands that name it.
    private func answers(_ error: ProtocolGrammar.ErrorCode) -> String {
        guard !error.failures.isEmpty else { return "" }
        let commands = grammar.sortedCommands.filter { command in
            command.forms.contains { $0.sender == .client && $0.errors.contains { $0.name == error.name } }
        }
        let failures = error.failures.map { ".\($0.rawValue)" }.joined(separator: ", ")
        let names = commands.map { SwiftName.literal($0.name) }.joined(separator: ", ")
        return ", answersTo: [\(failures)]" + (names.isEmpty ? "" : ", of: [\(names)]")
    }

    private static let lookups = """
        /// The error that answers an unreadable line, if any.
        public static func answer(to error: WireDecodingError) -> ErrorCode? {
            ErrorRow.answer(to: error, in: rows).map { ErrorCode($0.number) }
        }

        private var row: ErrorRow? { Self.rows.first { $0.number == number } }

        /// The name in the grammar; nil for an unknown code.
        public var name: String? { row.map { "\\($0.name)" } }

        /// What the code means; nil for an unknown code.
        public var about: String? { row.map { "\\($0.about)" } }

        /// Whether the server then closes the connection; nil if that is unknown.
        public var closesConnection: Bool? { row?.closes }
        """

    private static let reply = """
        /// An error reply: a code of three digits instead of a command.
        ///
        ///     code [TrID] [length]
        public struct ErrorReply: ProtocolErrorReply, OptionalTransactionForm {
            /// What went wrong.
            public var code: ErrorCode {
                get { storage.value(0) }
                set { storage.set(0, newValue) }
            }
            /// Details, for versions and codes that have them.
            public var payload: WireBytes? {
                get { storage.optionalBytes(1) }
                set { storage.set(1, bytes: newValue) }
            }

            public init(code: ErrorCode, payload: WireBytes? = nil) {
                var builder = FormBuilder()
                builder.add(0, code)
                builder.add(1, bytes: payload)
                storage = FormStorage(builder)
            }

            public var storage: FormStorage<2>
            public init(storage: FormStorage<2>) { self.storage = storage }
            public static let table = FormTable(
                "error", "error", from: .server, on: [SERVICES], transaction: .optional,
                words: [.value("code", ErrorCode.table)],
                payload: PayloadTable(.bytes, limit: LIMIT, optionalIn: VERSIONS), commandIsValue: true)
        }

        extension ErrorCode: WireValue {
            public static let table = ValueTable("ErrorCode", .digits(3))

            /// Reads three digits.
            public init(checked wire: WireBytes) { number = UInt16(clamping: WireNumber.digits(wire)) }

            /// Appends three digits; throws if the number has more.
            public func write(to writer: inout LineWriter) throws(ValueError) {
                try WireNumber.write(number, digits: 3, to: &writer)
            }
        }
        """
}

extension String {
    /// The text without empty lines at its end.
    var trimmingEnd: String {
        var result = self
        while result.hasSuffix("\n\n") { result.removeLast() }
        return result
    }
}
