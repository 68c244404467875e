/// Whether a payload follows the line of a command; the command word counts as a word.
public struct FramingRule: Hashable, Sendable {
    /// The position of the payload's byte count.
    public enum LengthPlace: Hashable, Sendable {
        /// No payload follows.
        case absent
        /// The last word.
        case last
        /// The word at an index; the command word is at 0.
        case word(Int)
    }

    /// The position of the payload's byte count.
    public var place: LengthPlace
    /// Whether a line without a number there has no payload; `false` if that is an error.
    public var mayLack: Bool
    /// The minimum number of words of a line with a payload.
    public var minimumWords: Int
    /// The maximum number of bytes of a payload.
    public var limit: Int
    /// What follows the payload without being part of it.
    public var trailer: PayloadTrailer

    /// No payload follows.
    public static let noPayload = FramingRule(place: .absent, mayLack: false, minimumWords: 0, limit: 0, trailer: .none)

    /// The last word is the payload's byte count; a line with fewer words, or with any other last word, is an error.
    public static func last(minimumWords: Int, limit: Int, trailer: PayloadTrailer = .none) -> FramingRule {
        FramingRule(place: .last, mayLack: false, minimumWords: minimumWords, limit: limit, trailer: trailer)
    }

    /// The last word is the byte count if it consists of digits, or `-` and digits, and there are enough words.
    public static func lastIfNumber(minimumWords: Int, limit: Int, trailer: PayloadTrailer = .none) -> FramingRule {
        FramingRule(place: .last, mayLack: true, minimumWords: minimumWords, limit: limit, trailer: trailer)
    }

    /// The word at an index is the byte count; a line without it, or with any other word there, is an error.
    public static func word(at index: Int, limit: Int, trailer: PayloadTrailer = .none) -> FramingRule {
        FramingRule(place: .word(index), mayLack: false, minimumWords: index + 1, limit: limit, trailer: trailer)
    }
}

/// What follows a payload without being part of it, such as the line ending in other protocols: up to eight bytes.
public struct PayloadTrailer: Hashable, Sendable {
    /// The bytes, the first byte lowest.
    let bytes: UInt64
    /// The number of them.
    public let count: Int

    /// No trailer.
    public static let none = PayloadTrailer("")

    /// Creates a trailer; only the first eight bytes of a text count.
    public init(_ text: StaticString) {
        var bytes: UInt64 = 0
        count = min(8, text.utf8CodeUnitCount)
        text.withUTF8Buffer { buffer in
            for index in 0..<min(8, buffer.count) { bytes |= UInt64(buffer[index]) << UInt64(index * 8) }
        }
        self.bytes = bytes
    }

    /// The bytes in order.
    var array: [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: bytes >> UInt64($0 * 8)) } }
}

/// Tells a framer the rule of each command.
public protocol FramingTable: Sendable {
    /// The rule of a command; `.noPayload` for an unknown command.
    func rule(for command: CommandCode) -> FramingRule
}

/// Why a line or its payload was skipped; the framer continues after it.
public struct FramingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Kind: Hashable, Sendable {
        /// The line is longer than the limit, in bytes.
        case lineTooLong(limit: Int)
        /// The line has no bytes.
        case emptyLine
        /// The byte count is missing (an empty excerpt), not a canonical number, or above 4294967295.
        case invalidLength(String)
        /// The byte count is above the limit; that many bytes are skipped.
        case payloadTooLong(length: Int, limit: Int)
        /// The payload is not followed by its trailer, which belongs at a byte of the stream.
        case wrongTrailer(expected: [UInt8], at: UInt64)
    }

    /// What went wrong.
    public var kind: Kind
    /// The offset of the line's first byte in the stream.
    public var offset: UInt64
    /// The command word, if the line has one.
    public var command: String?

    /// Creates an error for the line at an offset in the stream.
    public init(kind: Kind, offset: UInt64, command: String? = nil) {
        self.kind = kind
        self.offset = offset
        self.command = command
    }

    /// The command, the reason and the offset, in one sentence.
    public var description: String {
        let place = if case .wrongTrailer(_, let trailer) = kind { trailer } else { offset }
        return (command.map { $0 + ": " } ?? "") + reason + " at byte \(place) of the stream"
    }

    /// The reason, without the offset.
    public var reason: String {
        switch kind {
        case .lineTooLong(let limit): "line is longer than \(limit) bytes"
        case .emptyLine: "line is empty"
        case .invalidLength(""): "payload length is missing"
        case .invalidLength(let excerpt): "payload length '\(excerpt)' is not a byte count"
        case .payloadTooLong(let length, let limit): "payload of \(length) bytes is longer than \(limit)"
        case .wrongTrailer(let expected, _):
            "payload is not followed by \(String(decoding: expected, as: UTF8.self).debugDescription)"
        }
    }
}
