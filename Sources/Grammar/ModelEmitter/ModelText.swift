import ProtocolGrammar

extension JSONValue {
    /// An object with those members that have a value, in this order.
    package static func record(_ members: [(String, JSONValue?)]) -> JSONValue {
        .members(members.compactMap { member in member.1.map { (member.0, $0) } })
    }

    /// `true`, or nothing.
    static func ifSet(_ flag: Bool) -> JSONValue? { flag ? .flag(true) : nil }

    /// A text, or nothing if it is empty.
    static func ifAny(_ text: String) -> JSONValue? { text.isEmpty ? nil : .text(text) }

    /// A list, or nothing if it is empty.
    static func ifAny(_ values: [JSONValue]) -> JSONValue? { values.isEmpty ? nil : .list(values) }

    /// A list of texts, or nothing if it is empty.
    static func ifAny(_ texts: [String]) -> JSONValue? { texts.isEmpty ? nil : .texts(texts) }

    static func texts(_ texts: [String]) -> JSONValue { .list(texts.map { .text($0) }) }

    /// Bytes as text if they are UTF-8, otherwise in hexadecimal digits.
    static func bytes(_ bytes: [UInt8]) -> (key: String, value: JSONValue) {
        if let text = String(validating: bytes, as: UTF8.self) { return ("text", .text(text)) }
        return ("bytes", .text(AlgorithmValue.bytes(bytes).description))
    }

    /// The text without blanks, broken into lines down to a depth, so that versions of a file can be compared.
    package func dense(linesTo depth: Int) -> String {
        func joined(_ items: [String], _ open: String, _ close: String) -> String {
            if depth <= 0 || items.isEmpty { return open + items.joined(separator: ",") + close }
            return open + "\n" + items.joined(separator: ",\n") + "\n" + close
        }
        switch self {
        case .text(let text): return Self.quoted(text)
        case .number(let number): return "\(number)"
        case .flag(let flag): return "\(flag)"
        case .list(let items): return joined(items.map { $0.dense(linesTo: depth - 1) }, "[", "]")
        case .object(let members):
            return joined(
                members.map { "\(Self.quoted($0.key)):\($0.value.dense(linesTo: depth - 1))" }, "{", "}")
        }
    }
}
