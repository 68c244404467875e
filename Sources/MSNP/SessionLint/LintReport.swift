import WireProtocol

/// A finding in a recording.
public struct LintReport: Hashable, Sendable, CustomStringConvertible {
    /// The severity.
    public enum Severity: String, Hashable, Sendable {
        /// The grammar or the session rules forbid it.
        case error
        /// Possible, but probably wrong.
        case warning
        /// Allowed, but spelled in an unusual way.
        case note
    }

    /// The file, as the caller named it.
    public var file: String
    /// The row in the file, from 1.
    public var line: Int
    /// The severity.
    public var severity: Severity
    /// The message, without secrets.
    public var text: String

    /// The finding on one line, with its location.
    public var description: String { "\(file):\(line): \(severity.rawValue): \(text)" }
}

/// The totals of all recordings so far.
public struct LintTotals: Hashable, Sendable, CustomStringConvertible {
    /// The commands of the reported ends, including those that do not decode.
    public var commands = 0
    /// Unknown commands.
    public var unknown = 0
    /// Errors.
    public var errors = 0
    /// Warnings, including those for unknown commands.
    public var warnings = 0

    /// The totals on one line.
    public var description: String {
        "\(commands) commands, \(unknown) unknown, \(errors) errors, \(warnings) warnings"
    }
}

/// A finding before its file is known.
struct Finding {
    var line: Int
    /// The end that sent the command; nil if the row is malformed.
    var sender: Sender?
    var severity: LintReport.Severity
    var text: String
}
