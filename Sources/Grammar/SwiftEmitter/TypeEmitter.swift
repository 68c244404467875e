import ProtocolGrammar
import YAMLTree

/// Prints the types of parameters: a table for each, and a Swift type if the runtime has none.
struct TypeEmitter {
    let grammar: Grammar

    func emit() -> String {
        var printer = SwiftPrinter()
        printer.header(["protocol.yaml", "the files in types"])
        printer.line("import WireProtocol")
        printer.line()
        printer.block("enum WireTypes") { printer in
            for type in grammar.types { TypeTableEmitter(type: type, grammar: grammar).emit(into: &printer) }
        }
        for type in grammar.types {
            switch type.kind {
            case .token, .text, .guid, .rest: if type.isOwnType { emitWord(type, &printer) }
            case .integer: if type.isOwnType { emitInteger(type, &printer) }
            case .boolean: emitBoolean(type, &printer)
            case .enumeration(let values, let isOpen):
                // A type exists even if the versions of the code have none of its values.
                if isOpen || values.isEmpty {
                    emitOpen(type, values, &printer)
                } else {
                    emitClosed(type, values, &printer)
                }
            case .flags(let values, let fields): emitFlags(type, values, fields, &printer)
            case .composite(let parts): emitComposite(type, parts, &printer)
            }
        }
        return printer.text
    }

    func document(_ type: ValueType, _ printer: inout SwiftPrinter) {
        printer.line()
        let path = type.location.file.split(separator: "/").suffix(2)
        let file = path.first == "types" ? path.joined(separator: "/") : path.last.map(String.init) ?? ""
        printer.document(PayloadEmitter.sentences(type.about, "From `\(file)`."))
    }

    func emitTable(_ type: ValueType, _ access: String, _ printer: inout SwiftPrinter) {
        printer.line("\(access)static var table: ValueTable { \(SwiftName.table(type.name)) }")
    }

    private func emitWord(_ type: ValueType, _ printer: inout SwiftPrinter) {
        document(type, &printer)
        let isCoded = if case .text = type.kind { true } else { false }
        let protocols = [type.isSecretWord ? "SecretWord" : nil, isCoded ? nil : "PlainWord"].compactMap(\.self)
        let conformance = protocols.isEmpty ? "WireWord" : protocols.joined(separator: ", ")
        printer.block("public struct \(SwiftName.type(type.name)): \(conformance)") { printer in
            printer.line("public let wire: WireBytes")
            emitTable(type, "public ", &printer)
            printer.line()
            printer.line("@inlinable public init(checked wire: WireBytes) { self.wire = wire }")
        }
    }

    private func emitInteger(_ type: ValueType, _ printer: inout SwiftPrinter) {
        document(type, &printer)
        let number = type.runtimeType
        // Literals are safe if the type allows every number.
        let literals = type.allowsEveryNumber ? ", ExpressibleByIntegerLiteral" : ""
        printer.block("public struct \(SwiftName.type(type.name)): WireInteger\(literals)") { printer in
            printer.line("public let number: \(number)")
            emitTable(type, "public ", &printer)
            printer.line()
            printer.line("public init(checked number: \(number)) { self.number = number }")
        }
    }

    private func emitBoolean(_ type: ValueType, _ printer: inout SwiftPrinter) {
        printer.line()
        printer.document("The words of `\(type.name)`.")
        printer.block("enum \(type.booleanWord): WireBoolean") { emitTable(type, "", &$0) }
    }

    // MARK: - Enumerations and flags

    private func emitCases(_ values: [NamedValue], _ printer: inout SwiftPrinter) {
        for value in values {
            emitAbout(value, &printer)
            printer.line("case \(SwiftName.member(value.name))")
        }
    }

    private func emitClosed(_ type: ValueType, _ values: [NamedValue], _ printer: inout SwiftPrinter) {
        document(type, &printer)
        printer.block("public enum \(SwiftName.type(type.name)): Int, WireEnumeration") { printer in
            emitCases(values, &printer)
            printer.line()
            emitTable(type, "public ", &printer)
            let first = values.first.map { SwiftName.member($0.name) } ?? ""
            printer.line("public init(other word: WireToken) { self = .\(first) }")
        }
    }

    private func emitOpen(_ type: ValueType, _ values: [NamedValue], _ printer: inout SwiftPrinter) {
        document(type, &printer)
        printer.block("public enum \(SwiftName.type(type.name)): WireEnumeration") { printer in
            emitCases(values, &printer)
            printer.document("An unknown word.")
            printer.line("case other(WireToken)")
            printer.line()
            emitTable(type, "public ", &printer)
            printer.line("public init(other word: WireToken) { self = .other(word) }")
            printer.line("public var other: WireToken? { if case .other(let word) = self { word } else { nil } }")
            printer.line()
            printer.block("public init?(index: Int)") { printer in
                printer.line("switch index {")
                for (index, value) in values.enumerated() {
                    printer.line("case \(index): self = .\(SwiftName.member(value.name))")
                }
                printer.line("default: return nil")
                printer.line("}")
            }
            printer.line()
            printer.block("public var index: Int?") { printer in
                printer.line("switch self {")
                for (index, value) in values.enumerated() {
                    printer.line("case .\(SwiftName.member(value.name)): \(index)")
                }
                printer.line("case .other: nil")
                printer.line("}")
            }
        }
    }

    private func emitFlags(
        _ type: ValueType, _ values: [NamedValue], _ fields: [BitField], _ printer: inout SwiftPrinter
    ) {
        let name = SwiftName.type(type.name)
        document(type, &printer)
        printer.block("public struct \(name): WireFlags") { printer in
            printer.line("public let rawValue: UInt32")
            emitTable(type, "public ", &printer)
            printer.line()
            printer.line("public init(rawValue: UInt32) { self.rawValue = rawValue }")
            if !values.isEmpty { printer.line() }
            for value in values {
                emitAbout(value, &printer)
                printer.line(
                    "public static var \(SwiftName.member(value.name)): \(name) { \(name)(rawValue: \(value.wire)) }")
            }
            for field in fields {
                let bits = "\(field.bits.lowerBound)...\(field.bits.upperBound)"
                let fallback = grammar.type(named: field.type)?.about ?? ""
                printer.document((field.about.isEmpty ? fallback : field.about) + when(field.versions))
                printer.block("public var \(SwiftName.member(field.name)): \(SwiftName.type(field.type))") { printer in
                    printer.line("get { number(inBits: \(bits)) }")
                    printer.line("set { set(bits: \(bits), to: newValue) }")
                }
            }
        }
    }

    /// Documents a value with its word or number and its meaning.
    private func emitAbout(_ value: NamedValue, _ printer: inout SwiftPrinter) {
        printer.document("`\(value.wire)`" + (value.about.isEmpty ? "." : ": \(value.about)") + when(value.versions))
    }

    /// The versions as a further sentence; empty for all versions.
    private func when(_ versions: VersionSet) -> String {
        grammar.allVersions.isSubset(of: versions) ? "" : " \(grammar.describe(versions))."
    }
}
