import MSNP
import WireProtocol

/// Why a session refused something, or why it ended.
public enum SessionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The session rules do not allow this command in this state.
    case notAllowed(command: String, form: String, state: String)
    /// The peer's bytes cannot be split into commands.
    case framing(FramingError)
    /// The peer sent a command that does not fit the grammar.
    case decoding(WireDecodingError)
    /// The command cannot be encoded.
    case encoding(WireEncodingError)
    /// The text is not a value of its type.
    case value(ValueError)
    /// The two ends have no version in common.
    case noCommonVersion
    /// The other end answered with an error.
    case refused(ErrorReply)
    /// The connection ended before the conversation did.
    case closed
    /// The connection ended within a command, of which this many bytes had arrived.
    case cut(bytes: Int)
    /// The connection broke.
    case broken(reason: String)
    /// The server ended the session, perhaps with a reason.
    case ended(OutReason?)
    /// The server asks the client to come back in this many minutes.
    case reconnect(minutes: UInt32)
    /// The values of the request say that no answer comes; it can only be posted.
    case unanswerable(command: String, form: String)
    /// No answer arrived in time.
    case timedOut(command: String, form: String)
    /// The caller cancelled the request.
    case cancelled
    /// A queue is full: the caller does not take what arrives, or the peer does not read what is sent.
    case overrun
    /// Servers kept referring the client to other servers.
    case referredTooOften(times: Int)
    /// No sign-in of this version is implemented.
    case noSignIn(version: String)
    /// The login service issued no ticket.
    case ticket(TicketError)
    /// The reply is not among the forms that answer the request.
    case unexpected(ServerMessage)

    /// A description on one line.
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
        case .unanswerable(let command, let form): "\(command).\(form) has values that allow no answer"
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
