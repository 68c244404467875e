import ProtocolGrammar

/// What the emitter needs to know of one parameter with a value.
struct ParameterCode {
    let parameter: Parameter
    let form: Form
    let grammar: Grammar

    var name: String { SwiftName.member(parameter.name) }

    /// The name of the constant that holds the value while a line is read.
    var local: String { ["line", "version", "payload"].contains(parameter.name) ? parameter.name + "Read" : name }

    var type: ValueType? { parameter.typeName.flatMap { grammar.type(named: $0) } }

    var isSensitive: Bool { parameter.isSensitive || type?.isSensitive == true }

    var isList: Bool { parameter.repetition != .once }

    /// Whether the property can be nil, in one version at least.
    var isOptional: Bool {
        parameter.mayBeAbsent || !form.versions.isSubset(of: parameter.versions)
    }

    /// The type of one value as the runtime reads it.
    var elementType: String {
        guard let type else { return "WireToken" }
        return isSensitive && !isBoolean ? "Secret<\(type.swiftType)>" : type.swiftType
    }

    var isBoolean: Bool {
        if case .boolean = type?.kind { return true }
        return false
    }

    /// The name of the wire form of a boolean type.
    var wireType: String { isBoolean ? type?.booleanWord ?? "" : elementType }

    var propertyType: String {
        let single = isBoolean ? "Bool" : elementType
        let whole = isList ? "[\(single)]" : single
        return isOptional ? whole + "?" : whole
    }

    /// The type as the property is declared. A variable of the type `T?` begins as nil, which costs an initializer that
    /// sets it a second time; one of the type `Optional<T>` does not.
    var storedType: String { isOptional ? "Optional<\(propertyType.dropLast())>" : propertyType }

    /// The bounds of a number where they are narrower than the type in Swift.
    var range: ClosedRange<Int>? {
        guard case .integer(let minimum, let maximum) = type?.kind else { return nil }
        let lower = parameter.minimum ?? minimum
        let upper = parameter.maximum ?? maximum
        guard lower <= upper else { return nil }
        let isWhole = elementType.contains("UInt32") && lower == 0 && upper == Int(UInt32.max)
        return isWhole ? nil : lower...upper
    }

    /// Extra arguments for reading and writing: the limit on bytes.
    var limitArgument: String {
        switch type?.kind {
        case .token(let limit, _) where limit < grammar.limits.line: ", limit: \(limit)"
        case .text(let limit) where limit < grammar.limits.line: ", limit: \(limit)"
        default: ""
        }
    }

    var versionCondition: String? {
        parameter.versions.condition(within: form.versions, known: grammar.allVersions)
    }
}

extension ValueType {
    var booleanWord: String { SwiftName.type(name) + "Word" }

    /// The type in Swift of a value.
    var swiftType: String {
        switch kind {
        case .token(_, let shapes): shapes.isEmpty ? "WireToken" : SwiftName.type(name)
        case .text: "WireText"
        case .integer(let minimum, let maximum):
            minimum >= 0 && maximum <= Int(UInt32.max) ? "UInt32" : "Int64"
        case .boolean: booleanWord
        case .guid, .enumeration, .flags, .composite: SwiftName.type(name)
        }
    }
}
