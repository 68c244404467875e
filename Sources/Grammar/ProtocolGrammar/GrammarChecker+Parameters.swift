import YAMLTree

extension GrammarChecker {
    /// One property holds the values of all versions, so its types must have the same kind of value.
    mutating func checkTypes(of value: FormValue) {
        let types = value.rows.map { ($0, $0.typeName.flatMap { grammar.type(named: $0) }) }
        guard let first = types.first?.1 else { return }
        for (row, type) in types.dropFirst() {
            guard let type, row.typeLocation != value.main.typeLocation,
                type.representation != first.representation || type.isSensitive != first.isSensitive
            else { continue }
            error(
                "mixed-types", "'\(type.name)' and '\(first.name)' have different kinds of values; use two parameters",
                at: row.typeLocation)
            return
        }
    }

    /// A parameter can narrow the limits of its type, but not widen them.
    mutating func checkLimits(of parameter: Parameter) {
        guard let type = parameter.typeName.flatMap({ grammar.type(named: $0) }),
            case .integer(let least, let most) = type.kind
        else { return }
        if let minimum = parameter.minimum, minimum < least {
            error(
                "wider-limits", "the minimum is below \(least), the minimum of '\(type.name)'", at: parameter.location)
        }
        if let maximum = parameter.maximum, maximum > most {
            error("wider-limits", "the maximum is above \(most), the maximum of '\(type.name)'", at: parameter.location)
        }
    }

    mutating func checkCondition(_ condition: Parameter.Condition, of index: Int, in form: Form) {
        guard let target = form.parameters.prefix(index).first(where: { $0.name == condition.parameter }) else {
            error(
                "unknown-parameter", "no earlier parameter is named '\(condition.parameter)'",
                at: condition.location)
            return
        }
        guard let type = target.typeName.flatMap({ grammar.type(named: $0) }) else { return }
        let known: [String]
        switch type.kind {
        case .flags(let values, _), .enumeration(let values, _): known = values.map(\.name)
        case .boolean: known = ["true", "false"]
        default: known = []
        }
        if !known.contains(condition.value) {
            diagnostics.unknown(
                "unknown-value", "'\(condition.parameter)' has no value '\(condition.value)'", condition.value,
                among: known, at: condition.location)
        }
    }
}
