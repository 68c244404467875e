import ProtocolGrammar

/// Prints the parameters that all forms of a command from one side share, as properties of their enum.
struct CommonParameters {
    let forms: [Form]
    let grammar: Grammar

    /// A parameter that all forms share.
    private struct Property {
        var name: String
        var type: String
        var about: String
    }

    func emit(into printer: inout SwiftPrinter) {
        for property in properties {
            printer.line()
            if !property.about.isEmpty { printer.document(property.about) }
            printer.block("public var \(property.name): \(property.type)") { printer in
                printer.line("switch self {")
                for form in forms {
                    printer.line("case .\(SwiftName.member(form.name))(let form): form.\(property.name)")
                }
                printer.line("}")
            }
        }
    }

    /// Empty for a single form; without parameters that have the name of a form.
    private var properties: [Property] {
        guard forms.count > 1 else { return [] }
        let codes = forms.map { form in form.values.map { ParameterCode(value: $0, form: form, grammar: grammar) } }
        let taken = Set(forms.map { SwiftName.member($0.name) } + ["form"])
        let names = codes[0].map(\.name).filter { !taken.contains($0) }
        var result = names.compactMap { name in
            property(name, codes.compactMap { code in code.first { $0.name == name } })
        }
        if forms.allSatisfy({ $0.payload != nil }), !taken.contains("payload") {
            result.append(Property(name: "payload", type: "WireBytes", about: "The payload of the line."))
        }
        return result
    }

    /// A value that may be absent in one form is optional.
    private func property(_ name: String, _ codes: [ParameterCode]) -> Property? {
        guard codes.count == forms.count, let first = codes.first,
            codes.allSatisfy({ $0.valueType == first.valueType })
        else { return nil }
        let isOptional = codes.contains(where: \.isOptional)
        let abouts = Set(codes.map { $0.parameter.about })
        return Property(
            name: name, type: first.valueType + (isOptional ? "?" : ""),
            about: abouts.count == 1 && !first.parameter.about.isEmpty
                ? first.parameter.about : first.type?.about ?? "")
    }
}
