import WireProtocol

/// A report before the file is known, with the end whose command it is about.
struct Finding {
    /// The row.
    var line: Int
    /// The end that sent the command; nil for a row that is no row.
    var sender: Sender?
    /// How bad it is.
    var severity: LintReport.Severity
    /// What is to be said.
    var text: String
}
