import ProtocolGrammar

extension FormEmitter {
    func emitEncoder(into printer: inout SwiftPrinter) {
        printer.document("Writes the line, and the payload where there is one.")
        printer.line(
            "public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {")
        printer.indented { printer in
            printer.line("try line.begin(")
            printer.line(
                "    command: Self.command, form: Self.form, rule: Self.transactionRule, transaction: transaction)")
            printer.line("guard Self.versions.contains(line.version) else { throw line.fail(.notInVersion) }")
            if usesVersion { printer.line("let version = line.version.number") }
            for index in form.parameters.indices { emitWrite(index, into: &printer) }
            if let payload = form.payload {
                printer.line("guard let payload else { throw line.fail(.missingParameter, \"payload\") }")
                let length = payload.length.map { ", length: \($0)" } ?? ""
                let limit = payload.limit ?? grammar.limits.payload
                printer.line("try line.end(payload: payload, limit: \(limit)\(length))")
            } else {
                printer.line("try line.end()")
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
        if let range = code.range { emitRangeCheck(code, range, of: code.name, into: &printer) }
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
}
