import ProtocolGrammar

/// How names of the grammar are written in Swift.
enum SwiftName {
    /// A member: backticks where Swift reserves the word.
    static func member(_ name: String) -> String {
        SwiftIdentifier.keywords.contains(name) ? "`\(name)`" : name
    }

    /// A type made from a name such as `signIn`.
    static func type(_ name: String) -> String {
        guard let first = name.first else { return name }
        let result = first.uppercased() + name.dropFirst()
        return ["Type", "Protocol", "Self"].contains(result) ? result + "Form" : result
    }

    /// A member made from a word in capitals, such as `usr` from `USR`.
    static func lowered(_ name: String) -> String {
        member(name.lowercased())
    }

    /// The table of a type, such as `WireTypes.msnObject` for `MSNObject`.
    static func table(_ type: String) -> String { "WireTypes." + tableMember(type) }

    /// The name of a type's table: the first word of the name in small letters.
    static func tableMember(_ type: String) -> String {
        let capitals = type.prefix { $0.isUppercase || $0.isNumber }
        // The last capital begins the next word, unless there is none.
        let first = capitals.count > 1 && capitals.count < type.count ? capitals.dropLast() : capitals
        return member(first.lowercased() + type.dropFirst(first.count))
    }

    /// The ranges of a set of versions as an argument; none where it holds all of the whole.
    static func ranges(_ versions: VersionSet, of whole: VersionSet) -> [String] {
        guard !whole.isSubset(of: versions) else { return [] }
        let ranges = versions.ranges(among: whole).map { "\($0.lowerBound)...\($0.upperBound)" }
        return ["in: " + ranges.joined(separator: ", ")]
    }

    /// A text as a Swift literal.
    static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A number as a Swift literal, with an underscore between each three digits of a long one.
    static func number(_ value: Int) -> String {
        let digits = String(value.magnitude)
        guard digits.count > 5 else { return String(value) }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += "_" }
            result.append(digit)
        }
        return (value < 0 ? "-" : "") + result
    }
}

extension VersionSet {
    /// The set as an expression of the runtime's type.
    func expression(known: VersionSet) -> String {
        let ranges = ranges(among: known).map { "\($0.lowerBound)...\($0.upperBound)" }
        return "VersionSet(\(ranges.joined(separator: ", ")))"
    }
}
