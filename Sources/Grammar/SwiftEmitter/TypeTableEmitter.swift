import ProtocolGrammar

/// Prints the table of one type.
struct TypeTableEmitter {
    let type: ValueType
    let grammar: Grammar

    func emit(into printer: inout SwiftPrinter) {
        let head = "static let \(SwiftName.tableMember(type.name)) = ValueTable"
        var tail: [String] = []
        if let limit { tail.append("limit: \(limit)") }
        if type.isSensitive { tail.append("isSensitive: true") }
        let deviations = DeviationEmitter(grammar: grammar).rows(of: type)
        if !deviations.isEmpty { tail.append("deviations: [\(deviations.joined(separator: ", "))]") }
        let rows = self.rows
        guard !rows.elements.isEmpty else {
            printer.call(head, [SwiftName.literal(type.name), kind] + tail, "")
            return
        }
        let end = ")" + tail.map { ", " + $0 }.joined() + ")"
        printer.line("\(head)(")
        printer.indented { printer in
            printer.line("\(SwiftName.literal(type.name)),")
            guard let last = rows.tail else {
                printer.rows(".\(rows.kind)(", rows.elements, end)
                return
            }
            printer.line(".\(rows.kind)(")
            printer.indented { $0.rows("", rows.elements, ", \(last)" + end) }
        }
    }

    private var limit: Int? {
        switch type.kind {
        case .token(let limit, _) where limit < grammar.limits.line: limit
        case .text(let limit) where limit < grammar.limits.line: limit
        case .rest(let limit) where limit < grammar.limits.line: limit
        default: nil
        }
    }

    /// The kind of a type without rows.
    private var kind: String {
        switch type.kind {
        case .token: ".token([])"
        case .text: ".text"
        case .integer(let minimum, let maximum): ".integer(\(minimum)...\(maximum))"
        case .boolean(let falseWord, let trueWord):
            ".boolean(falseWord: \(SwiftName.literal(falseWord)), trueWord: \(SwiftName.literal(trueWord)))"
        case .guid(let braces): ".guid(braces: \(braces))"
        case .enumeration(_, let isOpen): ".enumeration([], isOpen: \(isOpen))"
        case .flags: ".flags([])"
        case .composite: ".composite([], partsMayBeEmpty: false)"
        case .rest: ".rest"
        }
    }

    private var rows: (kind: String, elements: [String], tail: String?) {
        switch type.kind {
        case .token(_, let shapes): ("token", shapes.map(row), nil)
        case .enumeration(let values, let isOpen):
            ("enumeration", values.map { row("NamedWord", $0, SwiftName.literal($0.wire)) }, "isOpen: \(isOpen)")
        case .flags(let values, let fields): ("flags", values.map { row("NamedBit", $0, $0.wire) }, rows(fields))
        case .composite(let parts): ("composite", parts.map(row), "partsMayBeEmpty: \(!isWord)")
        case .text, .integer, .boolean, .guid, .rest: ("", [], nil)
        }
    }

    /// In a line, no part is empty. In header fields, peers leave unknown parts empty.
    private var isWord: Bool {
        grammar.commands.contains { command in
            command.forms.contains { form in form.parameters.contains { $0.typeName == type.name } }
        }
    }

    private func row(_ kind: String, _ value: NamedValue, _ wire: String) -> String {
        let parts = [SwiftName.literal(value.name), wire] + SwiftName.ranges(value.versions, of: grammar.allVersions)
        return "\(kind)(\(parts.joined(separator: ", ")))"
    }

    private func rows(_ fields: [BitField]) -> String? {
        let rows = fields.map { field in
            let bits = "bits: \(field.bits.lowerBound)...\(field.bits.upperBound)"
            let parts = [SwiftName.literal(field.name), SwiftName.table(field.type), bits]
            let versions = SwiftName.ranges(field.versions, of: grammar.allVersions)
            return "BitField(\((parts + versions).joined(separator: ", ")))"
        }
        return rows.isEmpty ? nil : "fields: [\(rows.joined(separator: ", "))]"
    }

    private func row(_ shape: TokenShape) -> String {
        let versions = SwiftName.ranges(shape.versions, of: grammar.allVersions)
        if let literal = shape.literal {
            return "WireShape(\((["literal: " + SwiftName.literal(literal)] + versions).joined(separator: ", ")))"
        }
        var parts: [String] = []
        if !shape.prefix.isEmpty { parts.append("prefix: \(SwiftName.literal(shape.prefix))") }
        parts.append("characters: .\(shape.characters.rawValue)")
        if shape.length > 0 { parts.append("length: \(shape.length)") }
        if !shape.suffix.isEmpty { parts.append("suffix: \(SwiftName.literal(shape.suffix))") }
        if !shape.infix.isEmpty { parts.append("containing: \(SwiftName.literal(shape.infix))") }
        parts += versions
        return "WireShape(\(parts.joined(separator: ", ")))"
    }

    private func row(_ part: CompositePart) -> String {
        var parts = [SwiftName.literal(part.name), SwiftName.table(part.type)]
        if !part.after.isEmpty { parts.append("after: \(SwiftName.literal(part.after))") }
        if !part.before.isEmpty { parts.append("before: \(SwiftName.literal(part.before))") }
        parts += SwiftName.ranges(part.versions, of: grammar.allVersions)
        if part.isOptional { parts.append("isOptional: true") }
        if part.isIgnorable { parts.append("isIgnorable: true") }
        return "CompositePart(\(parts.joined(separator: ", ")))"
    }
}
