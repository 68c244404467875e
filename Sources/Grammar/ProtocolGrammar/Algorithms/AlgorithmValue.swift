import YAMLTree

/// What a value of an algorithm is, and how long, if that is known.
public struct AlgorithmType: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// UTF-8.
        case text
        case bytes
        /// A whole number from 0 to 2^64 - 1.
        case number
        /// A list of numbers.
        case numbers
        /// The values of a loop, round by round; no step takes them.
        case rounds
    }

    public var kind: Kind
    /// The bytes of a text, the bytes, the numbers or the rounds; nil if it depends on the inputs.
    public var length: Int?

    public init(_ kind: Kind, length: Int? = nil) {
        self.kind = kind
        self.length = length
    }

    /// Such as `16 bytes` or `text`.
    public var description: String {
        switch (kind, length) {
        case (.text, let length?): "text of \(length) bytes"
        case (.bytes, let length?): "\(length) bytes"
        case (.numbers, let length?): "\(length) numbers"
        case (.rounds, let length?): "\(length) rounds"
        case (.number, _): "a number"
        default: kind.rawValue
        }
    }
}

/// A value of an input, a constant or a step.
public enum AlgorithmValue: Sendable, Hashable {
    case text(String)
    case bytes([UInt8])
    case number(UInt64)
    case numbers([UInt64])
    case rounds([[String: AlgorithmValue]])

    /// Its type, with the length that it has.
    public var type: AlgorithmType {
        switch self {
        case .text(let text): AlgorithmType(.text, length: text.utf8.count)
        case .bytes(let bytes): AlgorithmType(.bytes, length: bytes.count)
        case .number: AlgorithmType(.number)
        case .numbers(let numbers): AlgorithmType(.numbers, length: numbers.count)
        case .rounds(let rounds): AlgorithmType(.rounds, length: rounds.count)
        }
    }

    /// The value as the grammar writes it, for all but rounds.
    public var description: String {
        switch self {
        case .text(let text): text
        case .bytes(let bytes): Self.hexadecimal(bytes)
        case .number(let number): String(number)
        case .numbers(let numbers): numbers.map { String($0) }.joined(separator: ", ")
        case .rounds(let rounds): "\(rounds.count) rounds"
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: - Reading

    /// Why a node is no value of a type.
    struct Complaint: Error {
        var message: String
        var location: SourceLocation
    }

    /// Reads a value: text, hexadecimal digits for bytes, a decimal number or one with `0x`, a list of numbers.
    init(_ node: YAMLNode, as type: AlgorithmType, named name: String) throws(Complaint) {
        func complaint(_ wanted: String) -> Complaint {
            let found = node.scalar.map { "'\($0.prefix(80))'" } ?? node.kindName
            return Complaint(message: "'\(name)' must be \(wanted), not \(found)", location: node.location)
        }
        switch type.kind {
        case .text:
            guard let text = node.scalar else { throw complaint("text") }
            self = .text(text)
        case .bytes:
            guard let bytes = node.scalar.flatMap(Self.bytes) else { throw complaint("hexadecimal digits") }
            self = .bytes(bytes)
        case .number:
            guard let number = node.scalar.flatMap(Self.number) else { throw complaint("a number") }
            self = .number(number)
        case .numbers:
            guard let items = node.sequence else { throw complaint("a list of numbers") }
            var numbers: [UInt64] = []
            for item in items {
                guard let number = item.scalar.flatMap(Self.number) else { throw complaint("a list of numbers") }
                numbers.append(number)
            }
            self = .numbers(numbers)
        case .rounds: throw complaint("a list of rounds")
        }
        if let length = type.length, let own = self.type.length, own != length {
            throw Complaint(
                message: "'\(name)' must be \(type.description), not \(self.type.description)", location: node.location)
        }
    }

    /// The bytes of hexadecimal digits; nil for other texts.
    package static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digit(digits[start]), let low = digit(digits[start + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func number(_ text: String) -> UInt64? {
        guard text.utf8.allSatisfy({ $0.isLetter || $0.isDigit }) else { return nil }
        return text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }
}
