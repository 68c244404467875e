import ProtocolGrammar

extension TypeEmitter {
    func emitComposite(_ type: ValueType, _ parts: [CompositePart], _ printer: inout SwiftPrinter) {
        document(type, &printer)
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
                for (index, part) in parts.enumerated() { emitPart(part, parts.dropFirst(index + 1), &printer) }
                printer.line("try parts.end()")
            }
            printer.line()
            printer.document("Appends the word.")
            printer.block("public func write(to writer: inout LineWriter) throws(ValueError)") { printer in
                for part in parts {
                    let name = SwiftName.member(part.name)
                    let write: (inout SwiftPrinter) -> Void = { printer in
                        if !part.after.isEmpty {
                            printer.line("writer.append(\(SwiftName.literal(part.after)) as StaticString)")
                        }
                        printer.line("try \(name).write(to: &writer)")
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

    private func emitPart(_ part: CompositePart, _ later: ArraySlice<CompositePart>, _ printer: inout SwiftPrinter) {
        let name = SwiftName.member(part.name)
        let type = grammar.type(named: part.type)
        let swiftType = type?.swiftType ?? "WireToken"
        let before = later.map { SwiftName.literal($0.after) }.joined(separator: ", ")
        let after = SwiftName.literal(part.after)
        let arguments = "after: \(after)" + (before.isEmpty ? "" : ", before: \(before)")
        let read: (inout SwiftPrinter, String) -> Void = { printer, source in
            printer.line("let \(part.name)Value = try \(swiftType)(wire: \(source), version: version)")
            if case .integer(let minimum, let maximum) = type?.kind, !(minimum == 0 && maximum == Int(UInt32.max)) {
                printer.block("guard (\(minimum)...\(maximum)).contains(\(part.name)Value) else") {
                    $0.line("throw ValueError(.outOfRange(\"\(minimum)...\(maximum)\"), offset: 0)")
                }
            }
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
