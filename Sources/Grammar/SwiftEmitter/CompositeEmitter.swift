import ProtocolGrammar

extension TypeEmitter {
    func emitComposite(_ type: ValueType, _ parts: [CompositePart], _ printer: inout SwiftPrinter) {
        document(type, &printer)
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
                emitWhole(parts, &printer)
                printer.line("var parts = CompositeParts(wire, Self.table)")
                let values = parts.map {
                    "\(SwiftName.member($0.name)): parts.\(isOptional($0) ? "optional" : "value")(of: wire)"
                }
                printer.call("self.init", values, "")
            }
            printer.line()
            printer.block("public func write(to writer: inout LineWriter) throws(ValueError)") { printer in
                printer.line("var parts = CompositeWriter(Self.table)")
                for part in parts { printer.line("try parts.write(\(SwiftName.member(part.name)), to: &writer)") }
            }
        }
    }

    /// A word without any mark is the only part that has none, if the others may be absent.
    private func emitWhole(_ parts: [CompositePart], _ printer: inout SwiftPrinter) {
        let unmarked = parts.filter { $0.after.isEmpty && $0.before.isEmpty }
        guard unmarked.count == 1, let part = unmarked.first,
            parts.allSatisfy({ $0.name == part.name || isOptional($0) })
        else { return }
        let type = grammar.type(named: part.type)?.swiftType ?? "WireToken"
        let marks = String(parts.compactMap { ($0.before.isEmpty ? $0.after : $0.before).first })
        let condition = marks.isEmpty ? "!wire.isEmpty" : "wire.containsNone(of: \(SwiftName.literal(marks)))"
        printer.block("if \(condition)") { printer in
            printer.line("self.init(\(SwiftName.member(part.name)): \(type)(checked: wire))")
            printer.line("return")
        }
    }

    private func isOptional(_ part: CompositePart) -> Bool {
        part.isOptional || !grammar.allVersions.isSubset(of: part.versions)
    }
}
