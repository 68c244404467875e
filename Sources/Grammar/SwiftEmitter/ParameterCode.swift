import ProtocolGrammar

/// What the emitter needs to know about one parameter with a value.
struct ParameterCode {
    let value: FormValue
    let form: Form
    let grammar: Grammar

    /// Any row, for what is the same in all versions.
    var parameter: Parameter { value.main }

    var name: String { SwiftName.member(value.name) }

    var type: ValueType? { parameter.typeName.flatMap { grammar.type(named: $0) } }

    var isSensitive: Bool { parameter.isSensitive || type?.isSensitive == true }

    var isList: Bool { parameter.repetition != .once }

    /// Whether the property can be nil in some version.
    var isOptional: Bool {
        value.mayBeAbsent || isVersionLimited
    }

    /// The runtime type of one value.
    var elementType: String {
        guard let type else { return "WireToken" }
        let hasOneType = value.rows.allSatisfy { $0.typeName == type.name }
        let name = hasOneType || !type.isPlain ? type.swiftType : type.runtimeType
        let hidesItself = isBoolean || hasOneType && type.isSecretWord
        return isSensitive && !hidesItself ? "Secret<\(name)>" : name
    }

    var isBoolean: Bool {
        if case .boolean = type?.kind { return true }
        return false
    }

    var propertyType: String { isOptional ? valueType + "?" : valueType }

    /// The type of the property without its optionality.
    var valueType: String {
        let single = isBoolean ? "Bool" : elementType
        return isList ? "[\(single)]" : single
    }

    /// Whether some versions of the form lack it.
    var isVersionLimited: Bool { !form.versions.isSubset(of: value.versions) }

    /// The expression that reads the value from its slot.
    func getter(_ slot: Int) -> String {
        if let separator { return "storage.\(isOptional ? "optionalList" : "list")(\(slot), separator: \(separator))" }
        if isBoolean {
            let name = isOptional ? "optionalFlag" : "flag"
            return "storage.\(name)(\(slot), as: \(type?.booleanWord ?? "").self)"
        }
        return "storage.\(isOptional ? "optional" : "value")(\(slot))"
    }

    /// Whether callers may have the getter in their own code, where it retains less; the words of Booleans are internal.
    var isInlinable: Bool { !isBoolean }

    /// Further arguments for storing the value.
    var kindArgument: String {
        if let separator { return ", separator: \(separator)" }
        return isBoolean ? ", as: \(type?.booleanWord ?? "").self" : ""
    }

    /// The separator of a list; nil for a single value.
    private var separator: String? {
        switch parameter.repetition {
        case .once: nil
        case .words: "0x20"
        case .separated(let separator): "UInt8(ascii: \(SwiftName.literal(separator)))"
        }
    }
}

extension ValueType {
    var booleanWord: String { SwiftName.type(name) + "Word" }

    /// The type in Swift of a value.
    var swiftType: String { isOwnType ? SwiftName.type(name) : runtimeType }

    /// The runtime type for its kind of value.
    var runtimeType: String {
        switch representation {
        case .token: "WireToken"
        case .text: "WireText"
        case .number: "UInt32"
        case .signedNumber: "Int64"
        case .own(let name):
            if case .boolean = kind { booleanWord } else { SwiftName.type(name) }
        }
    }

    /// Whether its values are words, texts or numbers, possibly with limits.
    var isPlain: Bool {
        if case .own = representation { false } else { true }
    }

    /// Whether its type in Swift hides its values from logs.
    var isSecretWord: Bool {
        guard isSensitive, isOwnType else { return false }
        return switch kind {
        case .token, .text, .guid, .rest: true
        case .integer, .boolean, .enumeration, .flags, .composite: false
        }
    }

    /// Whether it allows every number that its type in Swift can hold.
    var allowsEveryNumber: Bool {
        guard case .integer(let minimum, let maximum) = kind else { return false }
        return minimum == 0 && maximum == Int(UInt32.max) || minimum == .min && maximum == .max
    }
}
