import WireProtocol

/// A finding before its file is known.
struct Finding {
    var line: Int
    /// The end that sent the command; nil if the row is malformed.
    var sender: Sender?
    var severity: LintReport.Severity
    var text: String
}
