/// A value that is a word of a line, a part of a word or a field of a payload.
public protocol WireValue: Sendable, Equatable {
    /// The rules of the type.
    static var table: ValueTable { get }
    /// Creates the value from bytes that `table` accepts; other bytes yield an arbitrary value.
    init(checked wire: WireBytes)
    /// Appends the wire form to a line; throws if the value has none, such as a part that contains the mark of another.
    func write(to writer: inout LineWriter) throws(ValueError)
}

extension WireValue {
    /// Reads the value from its wire form in a version; throws if the bytes are not such a value.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        if let failure = wire.withSpan({ Self.table.failure(of: $0, in: version) }) { throw failure }
        self.init(checked: wire)
    }

    /// Reads the value from its readable text; throws if the text is not such a value.
    public init(text: String, version: ProtocolVersion) throws(ValueError) {
        try self.init(wire: Self.table.wire(ofText: text), version: version)
    }

    /// The readable text, decoded.
    public var text: String { Self.table.text(of: wireForm) }

    /// The wire form; for a value that has none, whatever was written.
    var wireForm: WireBytes {
        var writer = LineWriter(version: ProtocolVersion(0))
        do throws(ValueError) { try write(to: &writer) } catch {}
        return WireBytes(writer.bytes)
    }
}

/// Why a word is not a value of its type.
public struct ValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure; none of them contains the refused text.
    public enum Reason: Hashable, Sendable {
        /// The word is empty.
        case empty
        /// The word is longer than the limit, in bytes.
        case tooLong(limit: Int)
        /// The word is not a decimal number.
        case notANumber
        /// The number is outside this range.
        case outOfRange(String)
        /// A percent sign is not followed by two hexadecimal digits.
        case badPercentEscape
        /// The decoded bytes are not UTF-8.
        case invalidUTF8
        /// The word is not a known one.
        case unknownValue(expected: String)
        /// The word does not have the shape of its type.
        case badShape(expected: String)
        /// A byte that a word cannot contain.
        case forbiddenCharacter(UInt8)
        /// The version has no such value.
        case notInVersion
        /// The content of a payload cannot be encoded, for this reason.
        case invalidContent(String)
    }

    /// What went wrong.
    public var reason: Reason
    /// The offset in the word of what went wrong.
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

    /// The reason and the offset in one sentence.
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
        case .invalidContent(let reason): "cannot be encoded: \(reason)"
        }
    }
}

/// The two upper-case hexadecimal digits of a byte.
func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + digits : digits
}
