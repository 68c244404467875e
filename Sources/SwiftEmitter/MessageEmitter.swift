import ProtocolGrammar

/// Prints the two enums of everything a side may send.
struct MessageEmitter {
    let grammar: Grammar
    let options: GenerationOptions

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.line("// Generated from the files in commands. Edit those instead.")
        printer.line("import WireProtocol")
        for sender in Sender.allCases { emit(sender, into: &printer) }
        return printer.text
    }

    private func emit(_ sender: Sender, into printer: inout SwiftPrinter) {
        let commands = grammar.commands.filter { !$0.forms(from: sender).isEmpty }
        let type = sender.messageType
        let hasErrors = sender == .server
        printer.line()
        printer.document("Any message a \(sender.rawValue) may send.")
        printer.block("public enum \(type): Equatable, Sendable") { printer in
            for command in commands {
                printer.document("`\(command.name)`: \(command.about)")
                printer.line("case \(SwiftName.lowered(command.name))(\(command.name).\(type))")
            }
            if hasErrors {
                printer.document("A reply that is an error code, such as `911 5`.")
                printer.line("case error(ErrorReply)")
            }
            printer.document("A command that the grammar does not know.")
            printer.line("case unknown(UnknownCommand)")
            printer.line()
            if options.reads(sender) {
                emitDecode(sender, commands, into: &printer)
                printer.line()
            }
            printer.document("The form of the message; nil for what the grammar does not know.")
            printer.block("public var form: (any \(options.formProtocol(sender)))?") { printer in
                printer.line("switch self {")
                for command in commands {
                    printer.line("case .\(SwiftName.lowered(command.name))(let message): message.form")
                }
                if hasErrors { printer.line("case .error(let reply): reply") }
                printer.line("case .unknown: nil")
                printer.line("}")
            }
            guard options.writes(sender) else { return }
            printer.line()
            printer.document("Writes the message; an unknown command is written as it came.")
            printer.line(
                "public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {")
            printer.indented { printer in
                printer.line("switch self {")
                printer.line("case .unknown(let command):")
                printer.line("    line.append(command.frame.lineBytes)")
                printer.line("    line.append(\"\\r\\n\" as StaticString)")
                printer.line("    if let payload = command.frame.payloadBytes { line.append(payload) }")
                printer.line("default: try form?.encode(into: &line, transaction: transaction)")
                printer.line("}")
            }
            printer.line("}")
            printer.line()
            emitMake(commands, sender, into: &printer)
        }
    }

    private func emitDecode(_ sender: Sender, _ commands: [Command], into printer: inout SwiftPrinter) {
        let type = sender.messageType
        printer.document("Reads a frame that a \(sender.rawValue) sent in a version, to or from a service.")
        printer.line("public static func decode(")
        printer.line(
            "    _ frame: consuming Frame, version: ProtocolVersion, service: Service, limits: WireLimits = .grammar")
        printer.line(") throws(DecodingError) -> Envelope<\(type)> {")
        printer.indented { printer in
            printer.line("let command = frame.command")
            let empty = grammar.commands.filter(\.keepsEmptyWords)
            if empty.isEmpty {
                printer.line("let keepsEmpty = false")
            } else {
                printer.line("let keepsEmpty: Bool")
                printer.line("switch command.rawValue {")
                for command in empty {
                    printer.line("case \(SwiftName.packed(command.name)): keepsEmpty = true  // \(command.name)")
                }
                printer.line("default: keepsEmpty = false")
                printer.line("}")
            }
            printer.line("var line = try LineReader(frame, version: version, keepsEmpty: keepsEmpty, limits: limits)")
            printer.line("switch command.rawValue {")
            for command in commands {
                printer.line("case \(SwiftName.packed(command.name)):")
                printer.indented { printer in
                    printer.line("let message = try \(command.name).\(type).decode(&line, service: service)")
                    let name = SwiftName.lowered(command.name)
                    printer.line("return Envelope(transaction: line.transaction, message: .\(name)(message))")
                }
            }
            for command in grammar.commands where command.forms(from: sender).isEmpty && !command.isNamedOnly {
                printer.line("case \(SwiftName.packed(command.name)): throw line.notInVersion()")
            }
            printer.line("default:")
            printer.indented { printer in
                let unknown = [
                    "let message = UnknownCommand(command: command, frame: line.frame)",
                    "return Envelope(transaction: line.transaction, message: .unknown(message))",
                ]
                if sender == .server {
                    printer.block("if ErrorReply.isErrorCode(command)") { printer in
                        printer.line("try line.readTransaction(ErrorReply.transactionRule)")
                        printer.line("let message = try ErrorReply(decoding: &line)")
                        printer.line("return Envelope(transaction: line.transaction, message: .error(message))")
                    }
                }
                printer.block("guard command != .invalid else") { $0.line("throw line.unknownCommand()") }
                for line in unknown { printer.line(line) }
            }
            printer.line("}")
        }
        printer.line("}")
    }

    private func emitMake(_ commands: [Command], _ sender: Sender, into printer: inout SwiftPrinter) {
        printer.document("Makes a message from the names of its command and form and its values by name.")
        printer.line("public static func make(")
        printer.line("    command: String, form: String, fields: FieldReader")
        printer.line(") throws(EncodingError) -> \(sender.messageType) {")
        printer.indented { printer in
            printer.line("switch (command, form) {")
            for command in commands {
                for form in command.forms(from: sender) {
                    let names = "(\(SwiftName.literal(command.name)), \(SwiftName.literal(form.name)))"
                    let value = "try \(command.name).\(SwiftName.type(form.name))(fields: fields)"
                    printer.line("case \(names):")
                    printer.line(
                        "    return .\(SwiftName.lowered(command.name))(.\(SwiftName.member(form.name))(\(value)))")
                }
            }
            if sender == .server { printer.line("case (\"error\", _): return .error(try ErrorReply(fields: fields))") }
            printer.line("default: throw fields.error(.unknownForm)")
            printer.line("}")
        }
        printer.line("}")
    }
}
