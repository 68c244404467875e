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
                printer.line("public let \(SwiftName.member(part.name)): \(swiftType(part))")
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
                for part in parts {
                    printer.line(
                        "\(SwiftName.member(part.name)) = parts.\(isOptional(part) ? "optional" : "value")(of: wire)")
                }
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
            // An initializer that calls another one would retain every part once more.
            for other in parts {
                let value = other.name == part.name ? "\(type)(checked: wire)" : "nil"
                printer.line("\(SwiftName.member(other.name)) = \(value)")
            }
            printer.line("return")
        }
    }

    private func isOptional(_ part: CompositePart) -> Bool {
        part.isOptional || !grammar.allVersions.isSubset(of: part.versions)
    }
}
