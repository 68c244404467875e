import ProtocolGrammar
import YAMLTree

/// Swift spellings of names and values of the grammar.
enum SwiftName {
    /// Words that are spelled in capitals inside a name.
    private static let acronyms: Set<String> = [
        "cvr", "gif", "guid", "html", "http", "id", "ip", "md5", "mime", "msn", "sms", "sso", "tls", "uri", "url",
        "xml",
    ]

    /// A member: the first word unchanged, later acronyms in capitals, keywords in backticks.
    static func member(_ name: String) -> String {
        let words = words(name)
        let result = (words.prefix(1) + words.dropFirst().map(spelled)).joined()
        return SwiftIdentifier.keywords.contains(result) ? "`\(result)`" : result
    }

    /// Whether Swift reads the text as one identifier.
    static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
        return name.utf8.allSatisfy { $0.isLetter || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// The words of a name in mixed case: `usr`, `SSO` and `Challenge` of `usrSSOChallenge`.
    private static func words(_ name: String) -> [String] {
        let letters = Array(name)
        var words: [String] = []
        for (index, letter) in letters.enumerated() {
            let startsWord =
                letter.isUppercase
                && (index == 0 || !letters[index - 1].isUppercase
                    || index + 1 < letters.count && letters[index + 1].isLowercase)
            if startsWord || words.isEmpty { words.append("") }
            words[words.count - 1].append(letter)
        }
        return words
    }

    private static func spelled(_ word: String) -> String {
        acronyms.contains(word.lowercased()) ? word.uppercased() : word
    }

    /// A type made from a name such as `signIn`, with acronyms in capitals as in `HTMLText`.
    static func type(_ name: String) -> String {
        guard let first = name.first else { return name }
        let result = words(first.uppercased() + name.dropFirst()).map(spelled).joined()
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

    /// The ranges of a set of versions as an argument; none if the set covers the whole.
    static func ranges(_ versions: VersionSet, of whole: VersionSet) -> [String] {
        guard !whole.isSubset(of: versions) else { return [] }
        let ranges = versions.ranges(among: whole).map { "\($0.lowerBound)...\($0.upperBound)" }
        return ["in: " + ranges.joined(separator: ", ")]
    }

    /// A text as a Swift literal; the one way to write one.
    static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where UnsafeCharacter.isUnsafe(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A number as a Swift literal; long ones with an underscore between groups of three digits.
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

extension Grammar {
    /// The name in Swift of a command's namespace.
    func swiftName(of command: String) -> String {
        commands[command]?.names.first { $0.target == "swift" }?.name ?? plainName(of: command)
    }

    /// The name in Swift of a command among the messages of a side.
    func swiftMember(of command: String) -> String { SwiftName.lowered(plainName(of: command)) }

    private func plainName(of command: String) -> String { commands[command]?.plainName ?? command }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
