#if Network
import WireProtocol

/// A JSON value whose members keep their order.
enum JSONText: Sendable, Equatable {
    case null
    case string(String)
    case list([JSONText])
    case object([(name: String, value: JSONText)])

    static func == (left: JSONText, right: JSONText) -> Bool {
        left.text == right.text
    }

    /// The value on one line.
    var text: String {
        switch self {
        case .null: "null"
        case .string(let string): Self.quoted(string)
        case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    /// A string in quotes, with JSON escapes for everything that a terminal must not be shown.
    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where TerminalText.isUnsafe(scalar):
                for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
#endif
