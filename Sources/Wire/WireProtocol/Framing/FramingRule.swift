/// Whether a payload follows the line of a command; words are counted with the command word.
public enum FramingRule: Hashable, Sendable {
    /// No payload follows.
    case none
    /// The last word is the payload's byte count; a line with fewer words or another last word is an error.
    case last(minimumWords: Int, limit: Int)
    /// The last word is the byte count when it is digits, or `-` and digits, and there are enough words.
    case lastIfNumber(minimumWords: Int, limit: Int)
}

/// What tells a framer the rule of each command.
public protocol FramingTable: Sendable {
    /// The rule of a command; `.none` for a command that is not known.
    func rule(for command: CommandCode) -> FramingRule
}

/// Why a line or its payload was skipped; the framer goes on after it.
public struct FramingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Kind: Hashable, Sendable {
        /// The line is longer than this many bytes.
        case lineTooLong(limit: Int)
        /// The line has no bytes.
        case emptyLine
        /// The byte count is missing (an empty excerpt), is no canonical number or is over 4294967295.
        case invalidLength(String)
        /// The byte count is over the limit; that many bytes are skipped.
        case payloadTooLong(length: Int, limit: Int)
    }

    /// What went wrong.
    public var kind: Kind
    /// The place of the line's first byte in the stream.
    public var offset: UInt64
    /// The command word, when the line has one.
    public var command: String?

    /// Creates an error of the line at a place in the stream.
    public init(kind: Kind, offset: UInt64, command: String? = nil) {
        self.kind = kind
        self.offset = offset
        self.command = command
    }

    /// The command, what went wrong and where, in one sentence.
    public var description: String {
        (command.map { $0 + ": " } ?? "") + reason + " at byte \(offset) of the stream"
    }

    /// What went wrong, without the place.
    public var reason: String {
        switch kind {
        case .lineTooLong(let limit): "line is longer than \(limit) bytes"
        case .emptyLine: "line is empty"
        case .invalidLength(""): "payload length is missing"
        case .invalidLength(let excerpt): "payload length '\(excerpt)' is not a byte count"
        case .payloadTooLong(let length, let limit): "payload of \(length) bytes is longer than \(limit)"
        }
    }
}
