import ProtocolGrammar

/// Writes a line that was read as the expression that makes it with the generated API.
public struct SwiftExample: Sendable {
    private let grammar: Grammar
    /// The number of the version that the line is of.
    private let version: Int

    public init(_ grammar: Grammar, version: Int) {
        self.grammar = grammar
        self.version = version
    }

    /// An expression such as `USR.Initial(package: .md5, userHandle: try Account("alice@example.com"))`.
    ///
    /// - Parameter payload: the bytes behind the line.
    /// - Returns: Nil for a known deviation, which nobody should write.
    public func expression(for line: MatchedLine, payload: [UInt8]?) -> String? {
        guard line.deviations.isEmpty else { return nil }
        var arguments: [String] = []
        for value in line.form.values {
            guard let read = line.values.first(where: { $0.name == value.name })?.value else { continue }
            let code = ParameterCode(value: value, form: line.form, grammar: grammar)
            arguments.append("\(code.name): \(expression(of: read, code))")
        }
        if line.form.payload != nil { arguments.append("payload: " + Self.expression(of: payload ?? [])) }
        let name = "\(grammar.swiftName(of: line.form.command)).\(SwiftName.type(line.form.name))"
        let call = "\(name)(\(arguments.joined(separator: ", ")))"
        if call.utf8.count <= 100 || arguments.count < 2 { return call }
        return "\(name)(\n    \(arguments.joined(separator: ",\n    ")))"
    }

    private func expression(of value: MatchedLine.Value, _ code: ParameterCode) -> String {
        switch value {
        case .list(let items): "[" + items.map { expression(of: $0, code) }.joined(separator: ", ") + "]"
        case .one(let readings): expression(of: readings, code)
        }
    }

    /// - Parameter readings: the word as on the wire, then other readings of it.
    private func expression(of readings: [String], _ code: ParameterCode) -> String {
        let word = readings.first ?? ""
        // A value has the type of the version's own row only where that is the type of all.
        let type = code.value.rows.first { $0.versions.contains(version) }?.typeName.flatMap(grammar.type) ?? code.type
        if code.isBoolean { return readings.last ?? "false" }
        let plain = expression(of: word, readings.last ?? word, type, swiftType: Self.unwrapped(code.elementType))
        return code.elementType.hasPrefix("Secret<") ? "Secret(\(plain))" : plain
    }

    private func expression(of word: String, _ text: String, _ type: ValueType?, swiftType: String) -> String {
        let literal = SwiftName.literal(text)
        switch swiftType {
        case "WireToken", "WireText": return text.isEmpty ? swiftType + "(\"\")" : literal
        case "UInt32", "Int64": return word
        default: break
        }
        func checked() -> String { "try \(swiftType)(text: \(SwiftName.literal(word)), version: \(versionName))" }
        switch type?.kind {
        case .token, .text, .guid, .rest: if word.isEmpty { return "\(swiftType)(checked: WireBytes(\"\"))" }
        default: break
        }
        switch type?.kind {
        case .enumeration(let values, _):
            let value = values.first { $0.wire == word && $0.versions.contains(version) }
            return value.map { "." + SwiftName.member($0.name) } ?? checked()
        case .flags: return "\(swiftType)(rawValue: \(word))"
        case .integer: return "try \(swiftType)(\(word))"
        case .token(_, let shapes) where shapes.contains(where: { !grammar.openVersions.isSubset(of: $0.versions) }):
            return checked()
        case .token, .text, .guid, .rest: return "try \(swiftType)(\(literal))"
        case .composite, .boolean, nil: return checked()
        }
    }

    private var versionName: String {
        grammar.version(number: version).map { "." + SwiftName.lowered($0.name) } ?? ""
    }

    private static func unwrapped(_ type: String) -> String {
        type.hasPrefix("Secret<") ? String(type.dropFirst(7).dropLast()) : type
    }

    private static func expression(of payload: [UInt8]) -> String {
        if let text = String(validating: payload, as: UTF8.self) { return SwiftName.literal(text) }
        return "WireBytes([" + payload.map { "\($0)" }.joined(separator: ", ") + "])"
    }
}
