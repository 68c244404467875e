import ProtocolGrammar

extension FormEmitter {
    /// Prints the initializer that a person's values go through.
    func emitFieldsReader(into printer: inout SwiftPrinter) {
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
    }

    func emitFields(into printer: inout SwiftPrinter) {
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
