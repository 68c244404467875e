/// A value of a record. Only what `JSONWriter` writes is read.
enum JSON: Equatable {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    /// Reads a line of a snapshot; nil unless it is a value and nothing else.
    init?(_ line: [UInt8]) {
        var reader = JSONReader(bytes: line)
        guard let value = reader.value(), reader.isAtEnd else { return nil }
        self = value
    }

    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var number: Int? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The bytes of a text of one character a byte.
    var bytes: [UInt8]? { text.map { $0.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } } }
}

/// Reads JSON front to back.
private struct JSONReader {
    let bytes: [UInt8]
    var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func value() -> JSON? {
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return text().map { .text($0) }
        default: return word()
        }
    }

    private mutating func object() -> JSON? {
        var members: [String: JSON] = [:]
        place += 1
        if take("}") { return .object(members) }
        while true {
            guard let name = text(), take(":"), let value = value() else { return nil }
            members[name] = value
            if take("}") { return .object(members) }
            guard take(",") else { return nil }
        }
    }

    private mutating func array() -> JSON? {
        var elements: [JSON] = []
        place += 1
        if take("]") { return .array(elements) }
        while true {
            guard let value = value() else { return nil }
            elements.append(value)
            if take("]") { return .array(elements) }
            guard take(",") else { return nil }
        }
    }

    private mutating func text() -> String? {
        guard take("\"") else { return nil }
        var result: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                result += String(scalar).utf8
            default: result.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> Character? {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "n"): return "\u{0A}"
        case UInt8(ascii: "r"): return "\u{0D}"
        case UInt8(ascii: "u"):
            let digits = String(decoding: bytes[place...].prefix(4), as: UTF8.self)
            place += 4
            return UInt8(digits, radix: 16).map { Character(Unicode.Scalar($0)) }
        default: return Character(Unicode.Scalar(byte))
        }
    }

    private mutating func word() -> JSON? {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: ","), bytes[place] != UInt8(ascii: "]"),
            bytes[place] != UInt8(ascii: "}")
        {
            place += 1
        }
        switch String(decoding: bytes[start..<place], as: UTF8.self) {
        case "null": return .null
        case "true": return .flag(true)
        case "false": return .flag(false)
        case let word: return Int(word).map { .number($0) }
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: scalar) else { return false }
        place += 1
        return true
    }
}
