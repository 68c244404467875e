import ProtocolGrammar

extension TypeEmitter {
    func emitComposite(_ type: ValueType, _ parts: [CompositePart], _ printer: inout SwiftPrinter) {
        document(type, &printer)
        // In a line no part is empty; in the header of a message peers leave out what they do not know.
        let isWord = grammar.commands.contains { command in
            command.forms.contains { form in form.parameters.contains { $0.typeName == type.name } }
        }
        func swiftType(_ part: CompositePart) -> String {
            (grammar.type(named: part.type)?.swiftType ?? "WireToken") + (part.isOptional ? "?" : "")
        }
        printer.block("public struct \(SwiftName.type(type.name)): WireValue") { printer in
            for part in parts {
                let about = part.about.isEmpty ? grammar.type(named: part.type)?.about ?? "" : part.about
                printer.document(about.isEmpty ? "The part `\(part.name)`." : about)
                printer.line("public var \(SwiftName.member(part.name)): \(swiftType(part))")
            }
            printer.line()
            let arguments = parts.map {
                "\(SwiftName.member($0.name)): \(swiftType($0))" + ($0.isOptional ? " = nil" : "")
            }
            printer.document("Makes the value from its parts.")
            printer.call("public init", arguments, " {")
            printer.indented { printer in
                for part in parts { printer.line("self.\(part.name) = \(SwiftName.member(part.name))") }
            }
            printer.line("}")
            printer.line()
            printer.document("Reads the parts of a word.")
            printer.block("public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError)") { printer in
                printer.line("var parts = CompositeReader(wire)")
                for (index, part) in parts.enumerated() {
                    emitPart(part, parts.dropFirst(index + 1), isWord, &printer)
                }
                printer.line("try parts.end()")
            }
            printer.line()
            printer.document("Appends the word.")
            printer.block("public func write(to writer: inout LineWriter) throws(ValueError)") { printer in
                for (index, part) in parts.enumerated() {
                    let name = SwiftName.member(part.name)
                    let write: (inout SwiftPrinter) -> Void = { printer in
                        if !part.after.isEmpty {
                            printer.line("writer.append(\(SwiftName.literal(part.after)) as StaticString)")
                        }
                        emitWrite(part, parts.dropFirst(index + 1), isWord, &printer)
                    }
                    if part.isOptional { printer.block("if let \(name)", write) } else { write(&printer) }
                }
            }
            printer.line()
            printer.document("The word, its parts in readable form.")
            printer.block("public var text: String") { printer in
                printer.line("var result = \"\"")
                for part in parts {
                    let name = SwiftName.member(part.name)
                    let statement = "result += \(SwiftName.literal(part.after)) + \(name).text"
                    if part.isOptional {
                        printer.block("if let \(name)") { $0.line(statement) }
                    } else {
                        printer.line(statement)
                    }
                }
                printer.line("return result")
            }
        }
    }

    /// Writes a part; one that a reader would take for more than itself is refused.
    private func emitWrite(
        _ part: CompositePart, _ later: ArraySlice<CompositePart>, _ isWord: Bool, _ printer: inout SwiftPrinter
    ) {
        let name = SwiftName.member(part.name)
        emitRange(part, name, &printer)
        guard isFree(part) else {
            printer.line("try \(name).write(to: &writer)")
            return
        }
        var checks = ["partFrom: \(part.name)Start"]
        if let limit = limit(part) { checks.append("limit: \(limit)") }
        if !isWord { checks.append("emptyAllowed: true") }
        if !later.isEmpty { checks.append("before: " + marks(later)) }
        printer.line("let \(part.name)Start = writer.count")
        printer.line("try \(name).write(to: &writer)")
        printer.line("try writer.check(\(checks.joined(separator: ", ")))")
    }

    /// Whether the type of a part lets pass an empty word, or one with a mark in it.
    private func isFree(_ part: CompositePart) -> Bool {
        switch grammar.type(named: part.type)?.kind {
        case .integer, .boolean, .flags, .guid: false
        default: true
        }
    }

    /// What may end a part, as arguments of the runtime.
    private func marks(_ later: ArraySlice<CompositePart>) -> String {
        let marks = later.map { SwiftName.literal($0.after) }.joined(separator: ", ")
        return later.count > 4 ? "[\(marks)]" : marks
    }

    /// The most bytes of a part; nil if a line would end before.
    private func limit(_ part: CompositePart) -> Int? {
        switch grammar.type(named: part.type)?.kind {
        case .token(let limit, _) where limit < grammar.limits.line: limit
        case .text(let limit) where limit < grammar.limits.line: limit
        default: nil
        }
    }

    private func emitRange(_ part: CompositePart, _ value: String, _ printer: inout SwiftPrinter) {
        guard case .integer(let minimum, let maximum) = grammar.type(named: part.type)?.kind,
            !(minimum == 0 && maximum == Int(UInt32.max))
        else { return }
        printer.block("guard (\(minimum)...\(maximum)).contains(\(value)) else") {
            $0.line("throw ValueError(.outOfRange(\"\(minimum)...\(maximum)\"), offset: 0)")
        }
    }

    private func emitPart(
        _ part: CompositePart, _ later: ArraySlice<CompositePart>, _ isWord: Bool, _ printer: inout SwiftPrinter
    ) {
        let name = SwiftName.member(part.name)
        let type = grammar.type(named: part.type)
        let swiftType = type?.swiftType ?? "WireToken"
        let before = marks(later)
        let after = SwiftName.literal(part.after)
        let arguments = "after: \(after)" + (before.isEmpty ? "" : ", before: \(before)")
        let read: (inout SwiftPrinter, String) -> Void = { printer, source in
            var source = source
            if isFree(part), !part.isOptional {
                printer.line("let \(part.name)Wire = try \(source)")
                source = "\(part.name)Wire"
            }
            if isFree(part), isWord { printer.line("guard !\(source).isEmpty else { throw ValueError(.empty) }") }
            if let limit = limit(part) {
                printer.block("guard \(source).count <= \(limit) else") {
                    $0.line("throw ValueError(.tooLong(limit: \(limit)), offset: \(limit))")
                }
            }
            printer.line("let \(part.name)Value = try \(swiftType)(wire: \(source), version: version)")
            emitRange(part, "\(part.name)Value", &printer)
            printer.line("\(name) = \(part.name)Value")
        }
        if part.isOptional {
            printer.block("if let \(part.name)Wire = parts.optional(\(arguments))") { read(&$0, "\(part.name)Wire") }
            printer.block("else") { $0.line("\(name) = nil") }
        } else {
            read(&printer, "parts.required(\(arguments))")
        }
    }
}
