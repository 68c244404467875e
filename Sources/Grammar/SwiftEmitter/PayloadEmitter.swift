import ProtocolGrammar

/// Prints the payloads as structures in the namespace `Payload`, and the choice among MIME messages.
struct PayloadEmitter {
    let grammar: Grammar

    private var payloads: [PayloadType] { grammar.payloads.sorted { $0.name < $1.name } }

    /// The name of a payload's file.
    static func fileName(_ payload: String) -> String {
        "Payload\(payload.prefix(1).uppercased())\(payload.dropFirst()).swift"
    }

    /// The file of shared elements.
    func emit(_ set: ElementSet) -> String {
        var printer = SwiftPrinter()
        printer.header([set.location.payloadPath])
        printer.line("import WireProtocol")
        printer.line()
        printer.block("extension Payload") { printer in
            printer.document("\(set.about) From `\(set.location.payloadPath)`.")
            printer.block("public enum \(SwiftName.type(set.name))") { printer in
                XMLElementsEmitter(grammar: grammar, payload: nil, elements: set.elements).emit(into: &printer)
            }
        }
        return printer.text
    }

    /// The file of one payload.
    func emit(_ payload: PayloadType) -> String {
        var printer = SwiftPrinter()
        printer.header([payload.location.payloadPath])
        printer.line("import WireProtocol")
        printer.line()
        printer.block("extension Payload") { printer in
            printer.document(payload.about)
            printer.document("")
            let bearers = payload.commands.map { "`\($0.name)`" }.joined(separator: ", ")
            printer.document(
                Self.sentences(
                    "\(grammar.describe(payload.versions)).", bearers.isEmpty ? "" : "Carried by \(bearers).",
                    "From `\(payload.location.payloadPath)`."))
            if !payload.notes.isEmpty {
                printer.document("")
                printer.document(payload.notes)
            }
            switch payload.content {
            case .mime(let content):
                MIMEPayloadEmitter(payload: payload, content: content, grammar: grammar).emit(into: &printer)
            case .blocks(let content):
                BlocksPayloadEmitter(payload: payload, content: content, grammar: grammar).emit(into: &printer)
            case .xml(let content):
                XMLElementsEmitter(grammar: grammar, payload: payload, elements: content.all)
                    .emit(content, into: &printer)
            case .binary(let content):
                BinaryPayloadEmitter(payload: payload, content: content, grammar: grammar).emit(into: &printer)
            }
        }
        return printer.text
    }

    /// The file with the namespace and the choice by content type.
    func emitNamespace() -> String {
        var printer = SwiftPrinter()
        printer.header(["the files in payloads"])
        printer.line("import WireProtocol")
        printer.line()
        printer.document("The payloads of commands, by kind of content.")
        printer.block("public enum Payload") { printer in
            printer.document("All kinds of content in the grammar.")
            printer.block("public static var contents: [any PayloadContent.Type]") {
                $0.array("", payloads.map { "\(SwiftName.type($0.name)).self" })
            }
        }
        printer.line()
        printer.block("extension Payload") { printer in
            emitMessage(into: &printer)
            printer.line()
            PayloadBearerEmitter(grammar: grammar, payloads: payloads).emit(into: &printer)
        }
        return printer.text
    }

    private func emitMessage(into printer: inout SwiftPrinter) {
        let messages = payloads.compactMap { payload -> (PayloadType, PayloadType.MIMEContent)? in
            if case .mime(let content) = payload.content { (payload, content) } else { nil }
        }
        printer.document("A MIME message by its content type.")
        printer.block("public enum Message: MIMEChoice") { printer in
            for (payload, content) in messages {
                printer.document("`\(content.contentType)`: \(payload.about)")
                printer.line("case \(SwiftName.member(payload.name))(\(SwiftName.type(payload.name)))")
            }
            printer.document("An unknown content type.")
            printer.line("case other(MIMEMessage)")
            printer.line()
            printer.document("Reads a message; throws if a field does not match its type.")
            printer.block(
                "public init(reading bytes: WireBytes, limits: PayloadLimits = .grammar) throws(PayloadError)"
            ) { printer in
                printer.line("try self.init(MIMEMessage(reading: bytes, limits: limits), limits: limits)")
            }
            printer.line()
            printer.document(
                "Interprets a message by its content type; unless it is lenient, throws if a field does not match its type."
            )
            printer.line("public init(")
            printer.line("    _ message: MIMEMessage, limits: PayloadLimits = .grammar, isLenient: Bool = false")
            printer.block(") throws(PayloadError)") { printer in
                printer.line("switch message.type {")
                for (payload, content) in messages {
                    let type = SwiftName.type(payload.name)
                    printer.line("case \(SwiftName.literal(content.contentType)):")
                    printer.line(
                        "    self = .\(SwiftName.member(payload.name))("
                            + "try \(type)(message, limits: limits, isLenient: isLenient))")
                }
                printer.line("default: self = .other(message)")
                printer.line("}")
            }
            printer.line()
            printer.document("The bytes; throws if a field does not match its type or would end its line.")
            printer.block("public func encoded() throws(PayloadError) -> [UInt8]") { printer in
                printer.line("switch self {")
                for (payload, _) in messages {
                    printer.line("case .\(SwiftName.member(payload.name))(let message): try message.encoded()")
                }
                printer.line("case .other(let message): try message.encoded()")
                printer.line("}")
            }
            printer.document("The encoded bytes; throws if `encoded()` does.")
            printer.line("public func payloadBytes() throws(PayloadError) -> WireBytes { WireBytes(try encoded()) }")
            printer.line()
            printer.document("All kinds of content.")
            printer.line("public static var contents: [any PayloadContent.Type] { Payload.contents }")
        }
    }

    // MARK: - Helpers

    /// Describes a value by its own text, or by that of its type if it says more than "any word".
    static func about(_ own: String, _ type: ValueType?, _ grammar: Grammar) -> String {
        if own.isEmpty, case .token(let limit, let shapes) = type?.kind, shapes.isEmpty, limit >= grammar.limits.line {
            return ""
        }
        return own.isEmpty ? type?.about ?? "" : own
    }

    /// Joins the sentences that are not empty.
    static func sentences(_ parts: String?...) -> String {
        parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
