import ProtocolGrammar

/// Prints the types of parameters that the runtime does not have.
struct TypeEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.line("// Generated from protocol.yaml. Edit that file instead.")
        printer.line("import WireProtocol")
        for type in grammar.types {
            switch type.kind {
            case .token(let limit, let shapes) where !shapes.isEmpty: emitShaped(type, limit, shapes, &printer)
            case .guid(let braces): emitGUID(type, braces, &printer)
            case .boolean(let falseWord, let trueWord): emitBoolean(type, falseWord, trueWord, &printer)
            case .enumeration(let values, let isOpen): emitEnumeration(type, values, isOpen, &printer)
            case .flags(let values): emitFlags(type, values, &printer)
            case .composite(let parts): emitComposite(type, parts, &printer)
            case .token, .text, .integer: break
            }
        }
        return printer.text
    }

    func document(_ type: ValueType, _ printer: inout SwiftPrinter) {
        printer.line()
        printer.document(type.about.isEmpty ? "The type `\(type.name)`." : type.about)
    }

    // MARK: - Words with a shape

    private func emitWord(
        _ type: ValueType, shapes: [String] = [], _ printer: inout SwiftPrinter,
        check: @escaping (inout SwiftPrinter) -> Void
    ) {
        document(type, &printer)
        printer.block("public struct \(SwiftName.type(type.name)): WireValue") { printer in
            if !shapes.isEmpty {
                printer.array("private static let shapes: [WireShape] = ", shapes)
                printer.line()
            }
            printer.document("The word as it stands on the wire.")
            printer.line("public let wire: WireBytes")
            printer.line()
            printer.document("Reads the word; throws where it has another shape.")
            printer.block("public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError)") { printer in
                check(&printer)
                printer.line("self.wire = wire")
            }
            printer.line()
            printer.document("Makes the word from a text; throws where it has another shape.")
            printer.block("public init(_ text: String) throws(ValueError)") { printer in
                printer.line("try self.init(wire: WireBytes(text), version: ProtocolVersion(0))")
            }
            printer.line()
            printer.document("Appends the word.")
            printer.block("public func write(to writer: inout LineWriter) throws(ValueError)") {
                $0.line("writer.append(wire)")
            }
            printer.line()
            printer.document("The word.")
            printer.line("public var text: String { wire.description }")
        }
    }

    private func emitShaped(_ type: ValueType, _ limit: Int, _ shapes: [TokenShape], _ printer: inout SwiftPrinter) {
        let arguments = shapes.map { shape -> String in
            if let literal = shape.literal { return "WireShape(literal: \(SwiftName.literal(literal)))" }
            var parts: [String] = []
            if !shape.prefix.isEmpty { parts.append("prefix: \(SwiftName.literal(shape.prefix))") }
            parts.append("characters: .\(shape.characters.rawValue)")
            if shape.length > 0 { parts.append("length: \(shape.length)") }
            if !shape.suffix.isEmpty { parts.append("suffix: \(SwiftName.literal(shape.suffix))") }
            return "WireShape(\(parts.joined(separator: ", ")))"
        }
        emitWord(type, shapes: arguments, &printer) { printer in
            printer.line(
                "guard wire.count <= \(limit) else { throw ValueError(.tooLong(limit: \(limit)), offset: \(limit)) }")
            printer.line("try WireShape.check(wire, Self.shapes)")
        }
    }

    private func emitGUID(_ type: ValueType, _ braces: Bool, _ printer: inout SwiftPrinter) {
        emitWord(type, &printer) { printer in
            printer.block("guard wire.isGUID(braces: \(braces)) else") {
                let expected = braces ? "a GUID in braces" : "a GUID"
                $0.line("throw ValueError(.badShape(expected: \(SwiftName.literal(expected))), offset: 0)")
            }
        }
    }

    private func emitBoolean(_ type: ValueType, _ falseWord: String, _ trueWord: String, _ printer: inout SwiftPrinter)
    {
        printer.line()
        printer.document("How `\(type.name)` stands on the wire: `\(falseWord)` or `\(trueWord)`.")
        printer.block("struct \(type.booleanWord): WireValue") { printer in
            printer.line("let isTrue: Bool")
            printer.line()
            printer.block("init(_ isTrue: Bool)") { $0.line("self.isTrue = isTrue") }
            printer.line()
            printer.block("init(wire: WireBytes, version: ProtocolVersion) throws(ValueError)") { printer in
                printer.block("if wire.equals(\(SwiftName.literal(trueWord)))") { $0.line("isTrue = true") }
                printer.block("else if wire.equals(\(SwiftName.literal(falseWord)))") { $0.line("isTrue = false") }
                printer.block("else") {
                    $0.line("throw ValueError(.unknownValue(expected: \"\(falseWord) or \(trueWord)\"), offset: 0)")
                }
            }
            printer.line()
            printer.block("init(text: String, version: ProtocolVersion) throws(ValueError)") { printer in
                printer.line(
                    "let word = text == \"true\" ? \(SwiftName.literal(trueWord)) : text == \"false\" ? \(SwiftName.literal(falseWord)) : text"
                )
                printer.line("try self.init(wire: WireBytes(word), version: version)")
            }
            printer.line()
            printer.block("func write(to writer: inout LineWriter) throws(ValueError)") {
                $0.line(
                    "writer.append(isTrue ? \(SwiftName.literal(trueWord)) as StaticString : \(SwiftName.literal(falseWord)))"
                )
            }
            printer.line()
            printer.line("var text: String { isTrue ? \"true\" : \"false\" }")
        }
    }

    // MARK: - Enumerations and flags

    private func emitEnumeration(
        _ type: ValueType, _ values: [NamedValue], _ isOpen: Bool, _ printer: inout SwiftPrinter
    ) {
        document(type, &printer)
        let all = grammar.allVersions
        printer.block("public enum \(SwiftName.type(type.name)): WireEnumeration") { printer in
            for value in values {
                let when = all.isSubset(of: value.versions) ? "" : " \(grammar.describe(value.versions))."
                printer.document("`\(value.wire)`" + (value.about.isEmpty ? "." : ": \(value.about)") + when)
                printer.line("case \(SwiftName.member(value.name))")
            }
            if isOpen {
                printer.document("A word that the grammar does not name.")
                printer.line("case other(WireToken)")
            }
            printer.line()
            emitWordReaders(values, isOpen, &printer)
            printer.line()
            printer.document("Appends the word.")
            printer.block("public func write(to writer: inout LineWriter) throws(ValueError)") { printer in
                printer.line("switch self {")
                for value in values {
                    let literal = SwiftName.literal(value.wire)
                    if !isOpen, !all.isSubset(of: value.versions) {
                        printer.line("case .\(SwiftName.member(value.name)):")
                        printer.indented { printer in
                            emitVersionCheck(value, "writer.version.number", &printer)
                            printer.line("writer.append(\(literal) as StaticString)")
                        }
                    } else {
                        printer.line("case .\(SwiftName.member(value.name)): writer.append(\(literal) as StaticString)")
                    }
                }
                if isOpen { printer.line("case .other(let word): try word.write(to: &writer)") }
                printer.line("}")
            }
            printer.line()
            printer.document("The word on the wire.")
            printer.block("public var text: String") { printer in
                printer.line("switch self {")
                for value in values {
                    printer.line("case .\(SwiftName.member(value.name)): \(SwiftName.literal(value.wire))")
                }
                if isOpen { printer.line("case .other(let word): word.string") }
                printer.line("}")
            }
        }
    }

    /// Prints how a word becomes a value: short words by a number made of their bytes, long ones by themselves.
    private func emitWordReaders(_ values: [NamedValue], _ isOpen: Bool, _ printer: inout SwiftPrinter) {
        let isLimited = !isOpen && values.contains { !grammar.allVersions.isSubset(of: $0.versions) }
        let short = values.filter { SwiftName.packedWord($0.wire) != nil }
        let long = values.filter { SwiftName.packedWord($0.wire) == nil }
        printer.document("A word of up to eight bytes, packed into a number; nil if it is none of the short words.")
        let signature = "public static func value(packed word: UInt64, in version: ProtocolVersion)"
        printer.block("\(signature) throws(ValueError) -> Self?") { printer in
            guard !short.isEmpty else {
                printer.line("nil")
                return
            }
            if isLimited { printer.line("let version = version.number") }
            printer.line("switch word {")
            for value in short {
                guard let packed = SwiftName.packedWord(value.wire) else { continue }
                printer.line("case \(packed):  // \(value.wire)")
                printer.indented { printer in
                    if isLimited { emitVersionCheck(value, "version", &printer) }
                    printer.line("return Self.\(SwiftName.member(value.name))")
                }
            }
            printer.line("default: return nil")
            printer.line("}")
        }
        printer.line()
        printer.document(isOpen ? "Any other word." : "Any other word; throws where it is none of the long words.")
        let other = "public static func value(other wire: WireBytes, in version: ProtocolVersion)"
        printer.block("\(other) throws(ValueError) -> Self") { printer in
            for value in long {
                printer.block("if wire.equals(\(SwiftName.literal(value.wire)))") { printer in
                    if isLimited { emitVersionCheck(value, "version.number", &printer) }
                    printer.line("return Self.\(SwiftName.member(value.name))")
                }
            }
            if isOpen {
                printer.line("return Self.other(try WireToken(wire: wire, version: version))")
            } else {
                let expected = values.map(\.wire).joined(separator: ", ")
                printer.call(
                    "throw ValueError", [".unknownValue(expected: \(SwiftName.literal(expected)))", "offset: 0"], "")
            }
        }
    }

    private func emitVersionCheck(_ value: NamedValue, _ version: String, _ printer: inout SwiftPrinter) {
        let known = grammar.allVersions
        guard !known.isSubset(of: value.versions) else { return }
        let tests = value.versions.ranges(among: known).map { range in
            let (first, last) = (range.lowerBound, range.upperBound)
            return first == last ? "\(version) == \(first)" : "(\(first)...\(last)).contains(\(version))"
        }
        let condition = tests.isEmpty ? "false" : tests.joined(separator: " || ")
        printer.line("guard \(condition) else { throw ValueError(.notInVersion, offset: 0) }")
    }

    private func emitFlags(_ type: ValueType, _ values: [NamedValue], _ printer: inout SwiftPrinter) {
        let name = SwiftName.type(type.name)
        document(type, &printer)
        printer.block("public struct \(name): OptionSet, WireValue") { printer in
            printer.document("The bits.")
            printer.line("public let rawValue: UInt32")
            printer.line()
            printer.document("Makes the set from its bits.")
            printer.block("public init(rawValue: UInt32)") { $0.line("self.rawValue = rawValue") }
            printer.line()
            for value in values {
                let when =
                    grammar.allVersions.isSubset(of: value.versions) ? "" : " \(grammar.describe(value.versions))."
                printer.document((value.about.isEmpty ? "The bit \(value.wire)." : value.about) + when)
                printer.line(
                    "public static var \(SwiftName.member(value.name)): \(name) { \(name)(rawValue: \(value.wire)) }")
            }
            printer.line()
            printer.document("Reads a decimal number.")
            printer.block("public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError)") {
                $0.line("rawValue = try UInt32(wire: wire, version: version)")
            }
            printer.line()
            printer.document("Reads a decimal number.")
            printer.block("public init(word: LineWord, in line: inout LineReader) throws(ValueError)") {
                $0.line("rawValue = try UInt32(word: word, in: &line)")
            }
            printer.line()
            printer.document("Appends the decimal number.")
            printer.block("public func write(to writer: inout LineWriter) throws(ValueError)") {
                $0.line("try rawValue.write(to: &writer)")
            }
            printer.line()
            printer.document("The decimal number.")
            printer.line("public var text: String { String(rawValue) }")
        }
    }
}
