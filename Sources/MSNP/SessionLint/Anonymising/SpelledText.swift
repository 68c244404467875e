/// A text with percent codes or entities, whose characters can be changed without changing how they are spelled.
struct SpelledText {
    /// How bytes that would mean something else are spelled.
    enum Escapes {
        /// `%20`
        case percent
        /// `&amp;` and `&#160;`
        case entities
    }

    private var spellings: [ArraySlice<UInt8>] = []
    /// The bytes that are meant, one for each spelling.
    private(set) var bytes: [UInt8] = []

    init(_ text: [UInt8], _ escapes: Escapes) {
        var rest = text[...]
        while let first = rest.first {
            let (byte, length) =
                switch escapes {
                case .percent: Self.percent(rest) ?? (first, 1)
                case .entities: Self.entity(rest) ?? (first, 1)
                }
            bytes.append(byte)
            spellings.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
    }

    /// The text with other bytes, as many as before.
    func spelling(_ new: [UInt8]) -> [UInt8] {
        guard new.count == bytes.count else { return Array(spellings.joined()) }
        return Array(
            zip(zip(bytes, new), spellings).map { bytes, spelling in
                let (old, new) = bytes
                if old == new { return spelling }
                if spelling.count == 1 { return [new] }
                guard spelling.count == 3, spelling.first == UInt8(ascii: "%") else { return spelling }
                return [UInt8(ascii: "%")] + Self.digits(new, like: spelling.dropFirst())
            }.joined())
    }

    private static func percent(_ rest: ArraySlice<UInt8>) -> (UInt8, Int)? {
        guard rest.first == UInt8(ascii: "%"), rest.count >= 3 else { return nil }
        let digits = rest.dropFirst().prefix(2)
        guard digits.allSatisfy(\.isHexDigit) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16).map { ($0, 3) }
    }

    /// An entity; one that spells a letter as a number stays as it is.
    private static func entity(_ rest: ArraySlice<UInt8>) -> (UInt8, Int)? {
        guard rest.first == UInt8(ascii: "&"),
            let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";"))
        else { return nil }
        let length = end - rest.startIndex + 1
        let byte: UInt8 =
            switch String(decoding: rest[rest.startIndex + 1..<end], as: UTF8.self) {
            case "lt": UInt8(ascii: "<")
            case "gt": UInt8(ascii: ">")
            case "quot": UInt8(ascii: "\"")
            case "apos": UInt8(ascii: "'")
            default: UInt8(ascii: "&")
            }
        return (byte, length)
    }

    private static func digits(_ byte: UInt8, like old: ArraySlice<UInt8>) -> [UInt8] {
        let text = (byte < 16 ? "0" : "") + String(byte, radix: 16)
        let isLower = old.contains { (0x61...0x66).contains($0) }
        return Array((isLower ? text : text.uppercased()).utf8)
    }
}
