/// A value as Lua source text.
indirect enum LuaValue: Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([LuaValue])
    /// Fields in a stable order; those without a value are left out.
    case record([(key: String, value: LuaValue?)])
    /// Like a record, but one field a line.
    case sections([(key: String, value: LuaValue)])
    /// Like a list, but one value a line.
    case rows([LuaValue])

    /// The text, without a line break behind it.
    var source: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .list(let values): "{" + values.map(\.source).joined(separator: ",") + "}"
        case .record(let fields):
            "{"
                + fields.compactMap { field in field.value.map { Self.key(field.key) + $0.source } }
                .joined(separator: ",") + "}"
        case .sections(let fields):
            "{\n" + fields.map { Self.key($0.key) + $0.value.source + ",\n" }.joined() + "}"
        case .rows(let values): "{\n" + values.map { $0.source + ",\n" }.joined() + "}"
        }
    }

    private static func key(_ name: String) -> String {
        isName(name) ? name + "=" : "[" + quoted(name) + "]="
    }

    private static func isName(_ name: String) -> Bool {
        let isWord = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
        }
        return isWord && !(0x30...0x39).contains(name.utf8.first ?? 0x30) && !reserved.contains(name)
    }

    private static let reserved: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while",
    ]

    /// A literal that contains no control character, whatever the text has.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value)
                result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension LuaValue {
    /// `true`, or nothing.
    static func ifSet(_ flag: Bool) -> LuaValue? { flag ? .flag(true) : nil }

    /// A text, or nothing if it is empty.
    static func ifAny(_ text: String) -> LuaValue? { text.isEmpty ? nil : .text(text) }

    /// A list, or nothing if it is empty.
    static func ifAny(_ values: [LuaValue]) -> LuaValue? { values.isEmpty ? nil : .list(values) }
}
