/// Why a text is no description.
public struct DescriptionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Kind: Hashable, Sendable {
        /// The text has more bytes than this.
        case tooLong(limit: Int)
        /// No record has this name.
        case unknownRecord(String)
        /// The record has another number of fields.
        case wrongFieldCount(record: String, expected: Int, found: Int)
        /// The record stands where no owner is before it, or is a second head.
        case misplaced(record: String)
        /// A field has a text that it cannot have.
        case invalidField(String)
        /// The text has no head.
        case empty
    }

    /// The line, from 1.
    public var line: Int
    /// What is wrong with it.
    public var kind: Kind

    /// Makes an error.
    public init(line: Int, kind: Kind) {
        self.line = line
        self.kind = kind
    }

    /// The place and the reason in one sentence.
    public var description: String {
        let reason =
            switch kind {
            case .tooLong(let limit): "the description is longer than \(limit) bytes"
            case .unknownRecord(let name): "no record is named '\(name)'"
            case .wrongFieldCount(let record, let expected, let found):
                "'\(record)' has \(found) fields and not \(expected)"
            case .misplaced(let record): "'\(record)' cannot stand here"
            case .invalidField(let text): "a field cannot be '\(text)'"
            case .empty: "there is no description"
            }
        return "line \(line): \(reason)"
    }
}
