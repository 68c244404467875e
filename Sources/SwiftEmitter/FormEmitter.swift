import ProtocolGrammar

/// Prints one form: a struct with its coding.
struct FormEmitter {
    let form: Form
    let grammar: Grammar

    private var known: VersionSet { grammar.allVersions }

    private var values: [ParameterCode] {
        var seen: Set<String> = []
        return form.parameters.filter { $0.literal == nil }.compactMap { parameter in
            seen.insert(parameter.name).inserted
                ? ParameterCode(parameter: parameter, form: form, grammar: grammar) : nil
        }
    }

    func emit(into printer: inout SwiftPrinter) {
        printer.document(form.about)
        printer.line("///")
        printer.line("///     " + Self.syntax(of: form))
        printer.line("///")
        printer.document("\(grammar.describe(form.versions)), from a \(form.sender.rawValue).")
        if !form.notes.isEmpty {
            printer.line("///")
            printer.document(form.notes)
        }
        printer.block("public struct \(SwiftName.type(form.name)): WireForm") { printer in
            for value in values { emitProperty(value, into: &printer) }
            if let payload = form.payload {
                printer.document("The payload (\(payload.format.rawValue)); always there.")
                printer.line("public var payload: WireBytes?")
            }
            if !values.isEmpty || form.payload != nil { printer.line() }
            emitInitializer(into: &printer)
            emitStatics(into: &printer)
            emitDecoder(into: &printer)
            emitEncoder(into: &printer)
            emitFields(into: &printer)
        }
    }

    /// The line in the usual notation: optional words in brackets.
    static func syntax(of form: Form) -> String {
        var words = [form.command]
        switch form.transaction {
        case .required: words.append("TrID")
        case .zero: words.append("0")
        case .optional: words.append("[TrID]")
        case .none: break
        }
        for parameter in form.parameters {
            var word = parameter.literal ?? parameter.prefix + parameter.name
            switch parameter.repetition {
            case .words: word += "..."
            case .separated(let separator): word += separator + "..."
            case .once: break
            }
            let isOptional = parameter.mayBeAbsent || !form.versions.isSubset(of: parameter.versions)
            words.append(isOptional ? "[\(word)]" : word)
        }
        if form.payload != nil { words.append("length") }
        return words.joined(separator: " ")
    }

    private func emitProperty(_ value: ParameterCode, into printer: inout SwiftPrinter) {
        var about = value.parameter.about.isEmpty ? value.type?.about ?? "" : value.parameter.about
        if about.isEmpty { about = "The parameter `\(value.parameter.name)`." }
        if value.versionCondition != nil { about += " \(grammar.describe(value.parameter.versions))." }
        printer.document(about)
        printer.line("public var \(value.name): \(value.propertyType)")
    }

    private func emitInitializer(into printer: inout SwiftPrinter) {
        var arguments = values.map { "\($0.name): \($0.propertyType)" + ($0.isOptional ? " = nil" : "") }
        if form.payload != nil { arguments.append("payload: WireBytes") }
        printer.document("Makes the form from its values.")
        printer.call("public init", arguments, " {")
        printer.indented { printer in
            for value in values { printer.line("self.\(value.parameter.name) = \(value.name)") }
            if form.payload != nil { printer.line("self.payload = payload") }
        }
        printer.line("}")
        printer.line()
    }

    private func emitStatics(into printer: inout SwiftPrinter) {
        printer.line("public static var command: StaticString { \(SwiftName.literal(form.command)) }")
        printer.line("public static var form: StaticString { \(SwiftName.literal(form.name)) }")
        printer.line("public static var sender: Sender { .\(form.sender.rawValue) }")
        printer.line("public static var transactionRule: TransactionRule { .\(form.transaction.rawValue) }")
        printer.line("public static var versions: VersionSet { \(form.versions.expression(known: known)) }")
        if let payload = form.payload {
            let roots = payload.roots.map(SwiftName.literal).joined(separator: ", ")
            let format = payload.format == .xml ? ".xml(roots: [\(roots)])" : ".\(payload.format.rawValue)"
            printer.line("public static var payloadFormat: PayloadFormat { \(format) }")
        }
        printer.line()
    }

    // MARK: - Decoding

    private var usesVersion: Bool {
        form.parameters.contains { !form.versions.isSubset(of: $0.versions) }
    }

    private func emitDecoder(into printer: inout SwiftPrinter) {
        printer.document("Reads the words after the transaction ID.")
        printer.block("public init(decoding line: inout LineReader) throws(DecodingError)") { printer in
            printer.line("line.begin(form: Self.form)")
            if usesVersion { printer.line("let version = line.version.number") }
            var seen: Set<String> = []
            for (index, parameter) in form.parameters.enumerated() {
                if parameter.literal == nil {
                    // A parameter whose type changed is read by the first of its lines for all of them.
                    guard seen.insert(parameter.name).inserted else { continue }
                }
                emitRead(index, into: &printer)
            }
            if let payload = form.payload {
                let length = payload.length.map { ", length: \($0)" } ?? ""
                let limit = payload.limit ?? grammar.limits.payload
                printer.line("payload = try line.payload(limit: \(limit)\(length))")
            }
            printer.line("try line.end()")
        }
        printer.line()
    }

    private func emitRead(_ index: Int, into printer: inout SwiftPrinter) {
        let parameter = form.parameters[index]
        let code = ParameterCode(parameter: parameter, form: form, grammar: grammar)
        var conditions = code.versionCondition.map { [$0.contains(" || ") ? "(\($0))" : $0] } ?? []
        if let condition = parameter.condition { conditions.append(conditionCode(condition)) }
        if parameter.isOptional {
            conditions.append("line.remaining > \(wordsBehind(index))")
            if !parameter.prefix.isEmpty {
                conditions.append("line.nextHasPrefix(\(SwiftName.literal(parameter.prefix)))")
            }
            if let literal = parameter.literal { conditions.append("line.nextIs(\(SwiftName.literal(literal)))") }
        }
        if let literal = parameter.literal {
            let statement = "try line.literal(\(SwiftName.literal(literal)))"
            if conditions.isEmpty {
                printer.line(statement)
            } else {
                printer.block("if \(conditions.joined(separator: ", "))") { $0.line(statement) }
            }
            return
        }
        guard !conditions.isEmpty else {
            emitAssignment(code, into: &printer)
            return
        }
        printer.block("if \(conditions.joined(separator: ", "))") { emitAssignment(code, into: &$0) }
        printer.block("else") { $0.line("\(code.name) = nil") }
    }

    /// The number of words that required parameters and the payload length need behind a parameter.
    private func wordsBehind(_ index: Int) -> String {
        var constant = form.payload == nil ? 0 : 1
        var terms: [String] = []
        for later in form.parameters.dropFirst(index + 1) {
            let words: Int
            if later.mayBeAbsent {
                words = 0
            } else if case .words(let minimum) = later.repetition {
                words = minimum
            } else {
                words = 1
            }
            guard words > 0 else { continue }
            let own = form.parameters[index].versions
            if later.versions.intersection(own).isEmpty { continue }
            if let condition = later.versions.condition(within: own, known: known) {
                terms.append("(\(condition) ? 1 : 0)")
            } else {
                constant += words
            }
        }
        return ([String(constant)] + terms).joined(separator: " + ")
    }

    private func conditionCode(_ condition: Parameter.Condition) -> String {
        guard let target = form.parameters.first(where: { $0.name == condition.parameter }) else { return "false" }
        let code = ParameterCode(parameter: target, form: form, grammar: grammar)
        let member = SwiftName.member(condition.value)
        switch code.type?.kind {
        case .flags: return "\(code.name)\(code.isOptional ? "?" : "").contains(.\(member)) == true"
        case .boolean: return "\(code.name) == \(condition.value)"
        default: return "\(code.name) == .\(member)"
        }
    }

    private func emitAssignment(_ code: ParameterCode, into printer: inout SwiftPrinter) {
        let name = SwiftName.literal(code.parameter.name)
        let prefix = code.parameter.prefix
        if !prefix.isEmpty { printer.line("try line.prefix(\(SwiftName.literal(prefix)), \(name))") }
        let read: String
        switch code.parameter.repetition {
        case .words(let minimum): read = "line.readRepeated(\(name), minimum: \(minimum)\(code.limitArgument))"
        case .separated(let separator):
            read =
                "line.readList(\(name), separator: UInt8(ascii: \(SwiftName.literal(separator)))\(code.limitArgument))"
        case .once:
            read = "line.\(code.parameter.allowsEmpty ? "readEmptyable" : "read")(\(name)\(code.limitArgument))"
        }
        if code.isBoolean {
            printer.line("let \(code.parameter.name)Word: \(code.wireType) = try \(read)")
            printer.line("\(code.name) = \(code.parameter.name)Word.isTrue")
        } else if let range = code.range, !code.isList {
            printer.line("let \(code.parameter.name)Value: \(code.wireType) = try \(read)")
            printer.block("guard \(range).contains(\(code.parameter.name)Value) else".bounds(range, code)) { printer in
                printer.line(
                    "throw line.fail(.invalidValue(.outOfRange(\(SwiftName.literal("\(range)")))), \(name))")
            }
            printer.line("\(code.name) = \(code.parameter.name)Value")
        } else {
            printer.line("\(code.name) = try \(read)")
        }
    }

    // MARK: - Encoding

    private func emitEncoder(into printer: inout SwiftPrinter) {
        printer.document("Writes the line, and the payload where there is one.")
        printer.line(
            "public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {")
        printer.indented { printer in
            printer.line("try line.begin(")
            printer.line(
                "    command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)")
            printer.line("guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }")
            if usesVersion { printer.line("let version = line.version.number") }
            var seen: Set<String> = []
            for (index, parameter) in form.parameters.enumerated() {
                if parameter.literal == nil, !seen.insert(parameter.name).inserted { continue }
                emitWrite(index, into: &printer)
            }
            if let payload = form.payload {
                printer.line("guard let payload else { throw line.fail(.missingParameter, \"payload\") }")
                let length = payload.length.map { ", length: \($0)" } ?? ""
                let limit = payload.limit ?? grammar.limits.payload
                printer.line("try line.end(payload: payload, limit: \(limit)\(length))")
            } else {
                printer.line("line.end()")
            }
        }
        printer.line("}")
        printer.line()
    }

    private func emitWrite(_ index: Int, into printer: inout SwiftPrinter) {
        let parameter = form.parameters[index]
        let code = ParameterCode(parameter: parameter, form: form, grammar: grammar)
        let name = SwiftName.literal(parameter.name)
        if let literal = parameter.literal {
            let statement = "line.literal(\(SwiftName.literal(literal)))"
            if let condition = code.versionCondition {
                printer.block("if \(condition)") { $0.line(statement) }
            } else {
                printer.line(statement)
            }
            return
        }
        guard code.isOptional else {
            emitWriteValue(code, into: &printer)
            return
        }
        var allowed: [String] = []
        if let condition = code.versionCondition {
            allowed.append(condition.contains(" || ") ? "(\(condition))" : condition)
        }
        if let condition = parameter.condition { allowed.append(conditionCode(condition)) }
        printer.block("if let \(code.name)") { printer in
            if !allowed.isEmpty {
                printer.block("guard \(allowed.joined(separator: ", ")) else") {
                    $0.line("throw line.fail(.forbiddenInVersion, \(name))")
                }
            }
            emitWriteValue(code, into: &printer)
        }
        var needed: [String] = []
        if !parameter.isOptional {
            needed = allowed
        } else {
            // Without it, a later optional parameter would be read in its place.
            let later = form.parameters.dropFirst(index + 1).filter {
                $0.literal == nil && $0.isOptional && !$0.versions.intersection(parameter.versions).isEmpty
            }
            if parameter.prefix.isEmpty, !later.isEmpty {
                let present = later.map { "\(SwiftName.member($0.name)) != nil" }.joined(separator: " || ")
                needed = (code.versionCondition.map { [$0.contains(" || ") ? "(\($0))" : $0] } ?? []) + [present]
            }
        }
        if !needed.isEmpty {
            printer.block("else if \(needed.joined(separator: ", "))") {
                $0.line("throw line.fail(.missingParameter, \(name))")
            }
        }
    }

    private func emitWriteValue(_ code: ParameterCode, into printer: inout SwiftPrinter) {
        let name = SwiftName.literal(code.parameter.name)
        let prefix = code.parameter.prefix.isEmpty ? "" : ", prefix: \(SwiftName.literal(code.parameter.prefix))"
        if let range = code.range, !code.isList {
            printer.block("guard \(range).contains(\(code.name)) else".bounds(range, code, code.name)) { printer in
                printer.line(
                    "throw line.fail(.invalidValue(.outOfRange(\(SwiftName.literal("\(range)")))), \(name))")
            }
        }
        let value = code.isBoolean ? "\(code.wireType)(\(code.name))" : code.name
        switch code.parameter.repetition {
        case .words(let minimum):
            printer.line("try line.writeRepeated(\(value), \(name), minimum: \(minimum)\(code.limitArgument))")
        case .separated(let separator):
            printer.call(
                "try line.writeList",
                [
                    value, name,
                    "separator: UInt8(ascii: \(SwiftName.literal(separator)))\(prefix)\(code.limitArgument)",
                ], "")
        case .once:
            let empty = code.parameter.allowsEmpty ? ", emptyAllowed: true" : ""
            printer.line("try line.write(\(value), \(name)\(prefix)\(code.limitArgument)\(empty))")
        }
    }

    // MARK: - Fields by name

    private func emitFields(into printer: inout SwiftPrinter) {
        var names = values.map { SwiftName.literal($0.parameter.name) }
        if form.payload != nil { names.append("\"payload\"") }
        printer.document("Makes the form from values by name, as they are read by people.")
        printer.block("public init(fields: FieldReader) throws(EncodingError)") { printer in
            printer.array("try fields.refuseFields(except: ", names, ")")
            for value in values {
                let name = SwiftName.literal(value.parameter.name)
                if value.isBoolean {
                    let kind = value.isOptional ? "optional" : "required"
                    let type = value.wireType + (value.isOptional ? "?" : "")
                    printer.line("let \(value.parameter.name)Word: \(type) = try fields.\(kind)(\(name))")
                    printer.line("\(value.name) = \(value.parameter.name)Word\(value.isOptional ? "?" : "").isTrue")
                } else if value.isList, value.isOptional {
                    printer.line("let \(value.parameter.name)List: [\(value.elementType)] = try fields.list(\(name))")
                    printer.line(
                        "\(value.name) = \(value.parameter.name)List.isEmpty ? nil : \(value.parameter.name)List")
                } else {
                    let kind = value.isList ? "list" : value.isOptional ? "optional" : "required"
                    printer.line("\(value.name) = try fields.\(kind)(\(name))")
                }
            }
            if form.payload != nil { printer.line("payload = fields.payload") }
        }
        printer.line()
        printer.document("The values by name, as they are read by people.")
        printer.block("public var fields: [Field]") { printer in
            guard !values.isEmpty else {
                printer.line("[]")
                return
            }
            printer.line("var fields: [Field] = []")
            for value in values {
                let name = SwiftName.literal(value.parameter.name)
                let secret = value.isSensitive ? ", isSensitive: true" : ""
                let text: String
                if value.isList {
                    text = ".list(\(value.name).map { $0.text })"
                } else if value.isBoolean {
                    text = ".text(\(value.name) ? \"true\" : \"false\")"
                } else {
                    text = ".text(\(value.name).text)"
                }
                let statement = "fields.append(Field(name: \(name), value: \(text)\(secret)))"
                if value.isOptional {
                    printer.block("if let \(value.name)") { $0.line(statement) }
                } else {
                    printer.line(statement)
                }
            }
            printer.line("return fields")
        }
    }
}

extension String {
    /// Writes the test of a range so that it neither warns nor overflows for the type at hand.
    fileprivate func bounds(_ range: ClosedRange<Int>, _ code: ParameterCode, _ name: String? = nil) -> String {
        let value = name ?? "\(code.parameter.name)Value"
        return "guard (\(range)).contains(\(value)) else"
    }
}
