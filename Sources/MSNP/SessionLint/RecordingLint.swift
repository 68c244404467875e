import MSNP
import MSNPSession
import WireProtocol

/// Replays recordings and reports what does not fit the grammar or the rules of the sessions.
public struct RecordingLint: Sendable {
    /// What is to be reported, and what a recording does not say itself.
    public struct Options: Hashable, Sendable {
        /// The version of connections that do not agree on one.
        public var version: ProtocolVersion?
        /// The end whose commands are reported on; nil for both.
        public var sender: Sender?

        /// Makes options.
        public init(version: ProtocolVersion? = nil, sender: Sender? = nil) {
            self.version = version
            self.sender = sender
        }
    }

    /// The options.
    public let options: Options
    /// What was counted in all recordings so far.
    public private(set) var totals = LintTotals()

    /// Begins with no recording.
    public init(options: Options = Options()) {
        self.options = options
    }

    /// Replays one recording; what there is to say comes in the order of its rows.
    public mutating func lint(_ bytes: [UInt8], file: String) -> [LintReport] {
        var replay = RecordingReplay(version: options.version)
        replay.replay(bytes)
        let sender = options.sender
        totals.commands += replay.commands(of: sender)
        totals.unknown += replay.unknown(of: sender)
        let findings = replay.findings.filter { sender == nil || $0.sender == nil || $0.sender == sender }
        totals.errors += findings.count { $0.severity == .error }
        totals.warnings += findings.count { $0.severity == .warning }
        // What is found first about a row is said first.
        return findings.enumerated()
            .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map { _, finding in
                LintReport(file: file, line: finding.line, severity: finding.severity, text: finding.text)
            }
    }
}
