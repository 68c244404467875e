import ProtocolGrammar

extension TypeEmitter {
    func emitComposite(_ type: ValueType, _ parts: [CompositePart], _ printer: inout SwiftPrinter) {
        document(type, &printer)
        func isOptional(_ part: CompositePart) -> Bool {
            part.isOptional || !grammar.allVersions.isSubset(of: part.versions)
        }
        func swiftType(_ part: CompositePart) -> String {
            (grammar.type(named: part.type)?.swiftType ?? "WireToken") + (isOptional(part) ? "?" : "")
        }
        printer.block("public struct \(SwiftName.type(type.name)): WireValue") { printer in
            for part in parts {
                var about = part.about.isEmpty ? grammar.type(named: part.type)?.about ?? "" : part.about
                if !grammar.allVersions.isSubset(of: part.versions) {
                    about += (about.isEmpty ? "" : " ") + grammar.describe(part.versions) + "."
                }
                if !about.isEmpty { printer.document(about) }
                printer.line("public var \(SwiftName.member(part.name)): \(swiftType(part))")
            }
            emitTable(type, "public ", &printer)
            printer.line()
            let arguments = parts.map {
                "\(SwiftName.member($0.name)): \(swiftType($0))" + (isOptional($0) ? " = nil" : "")
            }
            printer.call("public init", arguments, " {")
            printer.indented { printer in
                for part in parts {
                    printer.line("self.\(SwiftName.member(part.name)) = \(SwiftName.member(part.name))")
                }
            }
            printer.line("}")
            printer.line()
            printer.block("public init(checked wire: WireBytes)") { printer in
                printer.line("var parts = CompositeParts(wire, Self.table)")
                for part in parts {
                    printer.line("\(SwiftName.member(part.name)) = parts.\(isOptional(part) ? "optional" : "value")()")
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
