/// A value that is one word of a line, or one part of a word.
public protocol WireValue: Sendable, Equatable {
    /// Reads the value from its wire form in a version; throws when the bytes are no such value.
    init(wire: WireBytes, version: ProtocolVersion) throws(ValueError)
    /// Reads the value from a word that the reader of a line has checked; throws when it is no such value.
    ///
    /// The same as reading its bytes, which is what a type does that has no shorter way.
    init(word: LineWord, in line: inout LineReader) throws(ValueError)
    /// Appends the wire form to a line; throws when the version has no such value.
    func write(to writer: inout LineWriter) throws(ValueError)
    /// Reads the value from its readable text, the wire form by default; throws when the text is no such value.
    init(text: String, version: ProtocolVersion) throws(ValueError)
    /// The readable text, decoded.
    var text: String { get }
    /// Whether the type proves that no value has a wire form but one or more printable ASCII bytes, as numbers do.
    ///
    /// What is appended to a line is checked unless this is so; `false` by default.
    static var isAlwaysPlain: Bool { get }
}

extension WireValue {
    /// No proof.
    @inlinable public static var isAlwaysPlain: Bool { false }

    /// Reads the bytes of the word.
    @inlinable
    public init(word: LineWord, in line: inout LineReader) throws(ValueError) {
        let bytes = WireBytes(chunk: line.frame.chunk, from: word.start, to: word.end)
        try self.init(wire: bytes, version: line.version)
    }

    /// Reads the value from the UTF-8 bytes of the text as if they were the wire form.
    public init(text: String, version: ProtocolVersion) throws(ValueError) {
        try self.init(wire: WireBytes(text), version: version)
    }
}

/// Why a word is not a value of its type.
public struct ValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure; none of them holds the refused text.
    public enum Reason: Hashable, Sendable {
        /// The word is empty.
        case empty
        /// The word is longer than this many bytes.
        case tooLong(limit: Int)
        /// The word is not a decimal number.
        case notANumber
        /// The number is outside of this range.
        case outOfRange(String)
        /// A percent sign is not followed by two hexadecimal digits.
        case badPercentEscape
        /// The decoded bytes are not UTF-8.
        case invalidUTF8
        /// The word is none of the known ones.
        case unknownValue(expected: String)
        /// The word does not have the shape of its type.
        case badShape(expected: String)
        /// A byte that cannot stand in a word.
        case forbiddenCharacter(UInt8)
        /// The version has no such value.
        case notInVersion
    }

    /// What went wrong.
    public var reason: Reason
    /// The byte of the word where it went wrong, from 0.
    public var offset: Int

    /// Creates an error at a byte of the word.
    public init(reason: Reason, offset: Int = 0) {
        self.reason = reason
        self.offset = offset
    }

    /// Creates an error at a byte of the word.
    public init(_ reason: Reason, offset: Int = 0) {
        self.init(reason: reason, offset: offset)
    }

    /// The reason and the place in one sentence.
    public var description: String { "\(reason) at byte \(offset) of the value" }
}

extension ValueError.Reason: CustomStringConvertible {
    /// The reason, as the end of a sentence.
    public var description: String {
        switch self {
        case .empty: "is empty"
        case .tooLong(let limit): "is longer than \(limit) bytes"
        case .notANumber: "is not a number"
        case .outOfRange(let range): "is not in \(range)"
        case .badPercentEscape: "has a percent sign without two hexadecimal digits"
        case .invalidUTF8: "is not UTF-8"
        case .unknownValue(let expected): "is not one of \(expected)"
        case .badShape(let expected): "is not \(expected)"
        case .forbiddenCharacter(let byte): "has the forbidden byte 0x\(hexadecimal(byte))"
        case .notInVersion: "is not in this version"
        }
    }
}

/// The two upper-case hexadecimal digits of a byte.
func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + digits : digits
}
