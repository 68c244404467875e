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
            emitTable(type, "public ", &printer)
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
            printer.block("public init(checked wire: WireBytes)") { printer in
                printer.line("var parts = CompositeParts(wire, Self.table)")
                for part in parts {
                    printer.line("\(SwiftName.member(part.name)) = parts.\(part.isOptional ? "optional" : "value")()")
                }
            }
            printer.line()
            printer.block("public func write(to writer: inout LineWriter) throws(ValueError)") { printer in
                printer.line("var parts = CompositeWriter(Self.table)")
                for part in parts { printer.line("try parts.write(\(SwiftName.member(part.name)), to: &writer)") }
            }
        }
    }
}
