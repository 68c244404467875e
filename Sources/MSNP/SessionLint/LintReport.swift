import WireProtocol

/// One thing that is to be said about a recording.
public struct LintReport: Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable {
        /// The grammar or the rules of the session do not allow it.
        case error
        /// It is possible, and probably wrong.
        case warning
        /// It is allowed, and not what is usually written.
        case note
    }

    /// The file as it was named.
    public var file: String
    /// The row in the file, from 1.
    public var line: Int
    /// How bad it is.
    public var severity: Severity
    /// What is to be said, without secrets.
    public var text: String

    /// The place and the text on one line.
    public var description: String { "\(file):\(line): \(severity.rawValue): \(text)" }
}

/// What was counted in all recordings so far.
public struct LintTotals: Hashable, Sendable, CustomStringConvertible {
    /// Commands of the ends that are reported on, those that do not decode included.
    public var commands = 0
    /// Commands that the grammar does not know.
    public var unknown = 0
    /// Reports of errors.
    public var errors = 0
    /// Reports of warnings; unknown commands are among them.
    public var warnings = 0

    /// The numbers on one line.
    public var description: String {
        "\(commands) commands, \(unknown) unknown, \(errors) errors, \(warnings) warnings"
    }
}
