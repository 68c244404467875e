import ProtocolGrammar

extension FormEmitter {
    var usesVersion: Bool {
        form.parameters.contains { !form.versions.isSubset(of: $0.versions) }
    }

    func emitDecoder(into printer: inout SwiftPrinter) {
        printer.document("Reads the words after the transaction ID.")
        printer.block("public init(decoding line: inout LineReader) throws(DecodingError)") { printer in
            printer.line("line.begin(form: Self.form)")
            if usesVersion { printer.line("let version = line.version.number") }
            for index in form.parameters.indices { emitRead(index, into: &printer) }
            var arguments = values.map { "\($0.name): \($0.local)" }
            if let payload = form.payload {
                let length = payload.length.map { ", length: \($0)" } ?? ""
                let limit = payload.limit ?? grammar.limits.payload
                printer.line("let payload = try line.payload(limit: \(limit)\(length))")
                arguments.append("payload: payload")
            }
            printer.line("try line.end()")
            printer.call("self.init", arguments, "")
        }
        printer.line()
    }

    private func emitRead(_ index: Int, into printer: inout SwiftPrinter) {
        let parameter = form.parameters[index]
        let code = ParameterCode(parameter: parameter, form: form, grammar: grammar)
        var conditions = code.versionCondition.map { [$0.contains(" || ") ? "(\($0))" : $0] } ?? []
        if let condition = parameter.condition { conditions.append(conditionCode(condition, decoding: true)) }
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
            emitAssignment(code, "let \(code.local)", into: &printer)
            return
        }
        printer.line("let \(code.local): \(code.propertyType)")
        printer.block("if \(conditions.joined(separator: ", "))") { emitAssignment(code, code.local, into: &$0) }
        printer.block("else") { $0.line("\(code.local) = nil") }
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

    func conditionCode(_ condition: Parameter.Condition, decoding: Bool = false) -> String {
        guard let target = form.parameters.first(where: { $0.name == condition.parameter }) else { return "false" }
        let code = ParameterCode(parameter: target, form: form, grammar: grammar)
        let member = SwiftName.member(condition.value)
        let name = decoding ? code.local : code.name
        switch code.type?.kind {
        case .flags: return "\(name)\(code.isOptional ? "?" : "").contains(.\(member)) == true"
        case .boolean: return "\(name) == \(condition.value)"
        default: return "\(name) == .\(member)"
        }
    }

    /// Prints the reading of a value into a constant: `target` is its name, behind `let` where it is not declared yet.
    private func emitAssignment(_ code: ParameterCode, _ target: String, into printer: inout SwiftPrinter) {
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
            printer.line("\(target) = \(code.parameter.name)Word.isTrue")
        } else if let range = code.range {
            let type = code.isList ? "[\(code.wireType)]" : code.wireType
            printer.line("let \(code.parameter.name)Value: \(type) = try \(read)")
            emitRangeCheck(code, range, of: code.parameter.name + "Value", into: &printer)
            printer.line("\(target) = \(code.parameter.name)Value")
        } else {
            let type = target == code.local ? "" : ": \(code.propertyType)"
            printer.line("\(target)\(type) = try \(read)")
        }
    }

    /// Prints the test that a number, or each of a list, is in its range.
    func emitRangeCheck(
        _ code: ParameterCode, _ range: ClosedRange<Int>, of value: String, into printer: inout SwiftPrinter
    ) {
        let test = code.isList ? "\(value).allSatisfy({ (\(range)).contains($0) })" : "(\(range)).contains(\(value))"
        printer.block("guard \(test) else") { printer in
            let name = SwiftName.literal(code.parameter.name)
            printer.line("throw line.fail(.invalidValue(.outOfRange(\(SwiftName.literal("\(range)")))), \(name))")
        }
    }
}
