import MSNPSession
import WireProtocol

/// A part of what one end of an open connection sent: a command, or bytes that are none.
public struct ReplayedPart: Sendable {
    /// Something about a command.
    public struct Finding: Hashable, Sendable {
        /// The severity.
        public var severity: LintReport.Severity
        /// The message, without secrets.
        public var text: String
    }

    /// The bytes as they came.
    public var bytes: [UInt8]
    /// The command; nil if the bytes are none.
    public var line: SessionLine?
    /// What the grammar and the session rules say about it.
    public var findings: [Finding]

    /// Bytes that are no command.
    package static func bytes(_ bytes: [UInt8]) -> ReplayedPart { ReplayedPart(bytes: bytes, line: nil, findings: []) }
}
