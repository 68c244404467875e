import MSNP
import MSNPSession
import WireProtocol

/// Replays recordings and reports what violates the grammar or the session rules.
public struct RecordingLint: Sendable {
    /// What to report, and what a recording does not say.
    public struct Options: Hashable, Sendable {
        /// The version of connections that do not negotiate one.
        public var version: ProtocolVersion?
        /// The end to report on; nil for both.
        public var sender: Sender?
        /// Whether the known deviations of programs are errors.
        public var isStrict: Bool

        /// Creates options.
        public init(version: ProtocolVersion? = nil, sender: Sender? = nil, isStrict: Bool = false) {
            self.version = version
            self.sender = sender
            self.isStrict = isStrict
        }
    }

    /// The options.
    public let options: Options
    /// The totals of all recordings so far.
    public private(set) var totals = LintTotals()

    /// Creates a lint without recordings.
    public init(options: Options = Options()) {
        self.options = options
    }

    /// Replays the table of a recording and returns its findings, in row order.
    public mutating func lint(_ table: [UInt8], file: String) -> [LintReport] {
        lint(Recording(table: table), file: file)
    }

    /// Replays a recording and returns its findings, in row order.
    public mutating func lint(_ recording: Recording, file: String) -> [LintReport] {
        var replay = RecordingReplay(version: options.version, isStrict: options.isStrict)
        replay.replay(recording)
        let sender = options.sender
        totals.commands += replay.commands(of: sender)
        totals.unknown += replay.unknown(of: sender)
        let findings = replay.findings.filter { sender == nil || $0.sender == nil || $0.sender == sender }
        totals.errors += findings.count { $0.severity == .error }
        totals.warnings += findings.count { $0.severity == .warning }
        // Findings about the same row keep their order.
        return findings.enumerated()
            .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map { _, finding in
                LintReport(file: file, line: finding.line, severity: finding.severity, text: finding.text)
            }
    }
}
