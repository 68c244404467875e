import MSNP
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
    /// A text that is no value of its type.
    case value(ValueError)
    /// No version in common.
    case noCommonVersion
    /// The other end answered with an error.
    case refused(ErrorReply)
    /// The connection ended before the conversation did.
    case closed
    /// The connection ended in the middle of a command, of which so many bytes had come.
    case cut(bytes: Int)
    /// The connection broke.
    case broken(reason: String)
    /// The server ended the session and said why.
    case ended(OutReason?)
    /// The server asked to come back after so many minutes.
    case reconnect(minutes: UInt32)
    /// No answer came in time.
    case timedOut(command: String, form: String)
    /// The caller gave up.
    case cancelled
    /// More arrives than is taken, or more is to be sent than the peer reads.
    case overrun
    /// One server after the other names yet another server.
    case referredTooOften(times: Int)
    /// The grammar of this version has no way to sign in that is implemented here.
    case noSignIn(version: String)
    /// The service that hands out tickets gave none.
    case ticket(TicketError)
    /// An answer to the request that the grammar does not name among its answers.
    case unexpected(ServerMessage)

    /// One line for people.
    public var description: String {
        switch self {
        case .notAllowed(let command, let form, let state): "\(command).\(form) is not allowed in state \(state)"
        case .framing(let error): "\(error)"
        case .decoding(let error): "\(error)"
        case .encoding(let error): "\(error)"
        case .value(let error): "\(error)"
        case .noCommonVersion: "no version in common"
        case .refused(let reply): "the server answered with error \(reply.code.number)"
        case .closed: "the connection was closed"
        case .cut(let bytes): "the connection was closed in the middle of a command, after \(bytes) of its bytes"
        case .broken(let reason): "the connection broke: \(reason)"
        case .ended(let reason): "the server ended the session" + (reason.map { ": \($0.text)" } ?? "")
        case .reconnect(let minutes): "the server wants to be left alone for \(minutes) minutes"
        case .timedOut(let command, let form): "no answer to \(command).\(form) came in time"
        case .cancelled: "the request was given up"
        case .overrun: "more arrived, or was to be sent, than there is room for"
        case .referredTooOften(let times): "servers named another server \(times) times"
        case .noSignIn(let version): "no way to sign in with \(version)"
        case .ticket(let error): "\(error)"
        case .unexpected(let message):
            "unexpected answer "
                + (message.form.map { "\(type(of: $0).command).\(type(of: $0).form)" } ?? "of an unknown command")
        }
    }
}
