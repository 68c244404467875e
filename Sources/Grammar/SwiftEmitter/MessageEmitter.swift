import ProtocolGrammar

/// Prints the enums of all messages from each side.
struct MessageEmitter {
    let grammar: Grammar
    let options: GenerationOptions

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.header(["the files in commands"])
        printer.line("import WireProtocol")
        printer.line()
        emitTable(into: &printer)
        for sender in Sender.allCases { emit(sender, into: &printer) }
        return printer.text
    }

    private func emit(_ sender: Sender, into printer: inout SwiftPrinter) {
        let commands = grammar.commands.filter { !$0.forms(from: sender).isEmpty }
        let type = sender.messageType
        let hasErrors = sender == .server && grammar.hasErrors
        printer.line()
        printer.document("Any message from a \(sender.rawValue).")
        let conformance = options.reads(sender) ? "SessionMessage" : "ProtocolMessage"
        printer.block("public enum \(type): \(conformance), Equatable") { printer in
            for command in commands {
                printer.document("`\(command.name)`: \(command.about)")
                let content = "\(grammar.swiftName(of: command.name)).\(type)"
                printer.line("case \(grammar.swiftMember(of: command.name))(\(content))")
            }
            if hasErrors {
                printer.document("A reply that is an error code, such as `911 5`.")
                printer.line("case error(ErrorReply)")
            }
            printer.document("An unknown command.")
            printer.line("case unknown(UnknownCommand)")
            printer.line()
            emitConformance(sender, commands, into: &printer)
            printer.line()
            printer.document("The form of the message; nil for an unknown command.")
            printer.block("public var form: (any \(options.formProtocol(sender)))?") { printer in
                printer.line("switch self {")
                for command in commands {
                    printer.line("case .\(grammar.swiftMember(of: command.name))(let message): message.form")
                }
                if hasErrors { printer.line("case .error(let reply): reply") }
                printer.line("case .unknown: nil")
                printer.line("}")
            }
            printer.line()
            printer.document(
                "The known deviations in the message; empty for a correct one.")
            printer.line("public var deviations: [Deviation] { form?.deviations ?? [] }")
            if options.reads(sender) { emitSession(hasErrors, into: &printer) }
            guard options.writes(sender) else { return }
            printer.line()
            printer.document("Writes the message; an unknown command is written unchanged.")
            let end = grammar.hasTransactions ? "" : " = nil"
            printer.line("public func encode(")
            printer.line("    into line: inout LineWriter, optionalTransaction transaction: TransactionID?\(end)")
            printer.line(") throws(WireEncodingError) {")
            printer.indented { printer in
                printer.line("switch self {")
                printer.line("case .unknown(let command): line.append(command.frame)")
                printer.line("default: try form?.encode(into: &line, optionalTransaction: transaction)")
                printer.line("}")
            }
            printer.line("}")
        }
    }

    /// Prints what sessions need of a message.
    private func emitSession(_ hasErrors: Bool, into printer: inout SwiftPrinter) {
        printer.line("public var describedForm: (any DescribedForm)? { form }")
        guard hasErrors else { return }
        printer.document("The message as an error reply; nil for any other.")
        printer.line("public var errorReply: ErrorReply? { if case .error(let reply) = self { reply } else { nil } }")
    }

    private var tableName: String { SwiftName.lowered(grammar.name) }

    /// The commands in the order of their numbers.
    private var numbered: [Command] { Array(grammar.commands) }

    /// The table of a command, even if it has no forms in the versions of the code.
    private func table(of command: Command) -> String {
        let isGone = command.forms.isEmpty && !command.isNamedOnly
        return isGone
            ? "CommandTable(\(SwiftName.literal(command.name)))" : "\(grammar.swiftName(of: command.name)).table"
    }

    private func emitTable(into printer: inout SwiftPrinter) {
        printer.block("extension ProtocolTable") { printer in
            printer.document("The commands of \(grammar.name).")
            printer.line("public static let \(tableName) = ProtocolTable(")
            printer.indented { printer in
                let last = grammar.versions.map(\.number).max() ?? 0
                printer.line(
                    "\(SwiftName.literal(grammar.name)), services: \(grammar.services.count), lastVersion: \(last),")
                let errors = grammar.hasErrors ? ", errorReply: ErrorReply.table" : ""
                printer.array("commands: ", numbered.map(table), errors + ")")
            }
        }
    }

    private func emitConformance(_ sender: Sender, _ commands: [Command], into printer: inout SwiftPrinter) {
        printer.line("public typealias MessageService = Service")
        if options.reads(sender) {
            printer.line("public typealias MessageState = SessionState")
            printer.line("public typealias MessageError = \(grammar.hasErrors ? "ErrorReply" : "Never")")
        }
        printer.line("public static var protocolTable: ProtocolTable { .\(tableName) }")
        printer.line("public static var sender: Sender { .\(sender.rawValue) }")
        printer.line("public static var limits: WireLimits { .grammar }")
        printer.line("public init(unknown: UnknownCommand) { self = .unknown(unknown) }")
        printer.line()
        printer.block("public init(command: Int, form: Int, words: consuming TakenWords)") { printer in
            printer.line("switch command {")
            for (number, command) in numbered.enumerated() where !command.forms(from: sender).isEmpty {
                let type = "\(grammar.swiftName(of: command.name)).\(sender.messageType)"
                let name = grammar.swiftMember(of: command.name)
                printer.line("case \(number): self = .\(name)(\(type)(form: form, words: words))")
            }
            if sender == .server, grammar.hasErrors {
                printer.line("case \(numbered.count): self = .error(ErrorReply(storage: FormStorage(words)))")
            }
            printer.line("default: self = .unknown(.empty)")
            printer.line("}")
        }
    }
}
