import WireProtocol

/// What a session refuses, or what ended it.
public enum SessionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The session's rules do not allow this command now.
    case notAllowed(command: String, form: String, state: String)
    /// The peer sent a line that could not be cut.
    case framing(FramingError)
    /// The peer sent a command that does not fit the grammar.
    case decoding(DecodingError)
    /// A command that cannot be written.
    case encoding(EncodingError)
    /// No version in common.
    case noCommonVersion
    /// The other end answered with an error number.
    case refused(code: UInt16)
    /// The connection ended before the conversation did.
    case closed
    /// The grammar of this version has no way to sign in that is implemented here.
    case noSignIn(version: String)
    /// An answer that is legal but not the one that was waited for.
    case unexpected(command: String, form: String)

    /// One line for people.
    public var description: String {
        switch self {
        case .notAllowed(let command, let form, let state): "\(command).\(form) is not allowed in state \(state)"
        case .framing(let error): "\(error)"
        case .decoding(let error): "\(error)"
        case .encoding(let error): "\(error)"
        case .noCommonVersion: "no version in common"
        case .refused(let code): "the server answered with error \(code)"
        case .closed: "the connection was closed"
        case .noSignIn(let version): "no way to sign in with \(version)"
        case .unexpected(let command, let form): "unexpected answer \(command).\(form)"
        }
    }
}
