import WireProtocol

/// Why a session refused something, or why it ended.
public enum SessionError<Message: SessionMessage>: Error, Sendable, Equatable, CustomStringConvertible {
    /// The session rules do not allow this command in this state.
    case notAllowed(command: String, form: String, state: String)
    /// The peer's bytes cannot be split into commands.
    case framing(FramingError)
    /// The peer sent a command that does not fit the grammar.
    case decoding(WireDecodingError)
    /// The command cannot be encoded.
    case encoding(WireEncodingError)
    /// The other end answered with an error.
    case refused(Message.MessageError)
    /// The connection ended before the conversation did.
    case closed
    /// The connection ended within a command, of which this many bytes had arrived.
    case cut(bytes: Int)
    /// The connection broke.
    case broken(reason: String)
    /// The other end ended the session with this message, after which the session rules allow no other.
    case ended(by: Message)
    /// The values of the request say that no answer comes; it can only be posted.
    case unanswerable(command: String, form: String)
    /// No answer arrived in time.
    case timedOut(command: String, form: String)
    /// The caller cancelled the request.
    case cancelled
    /// A queue is full: the caller does not take what arrives, or the peer does not read what is sent.
    case overrun
    /// The reply is not among the forms that answer the request.
    case unexpected(Message)

    /// A description on one line.
    public var description: String {
        switch self {
        case .notAllowed(let command, let form, let state): "\(command).\(form) is not allowed in state \(state)"
        case .framing(let error): "\(error)"
        case .decoding(let error): "\(error)"
        case .encoding(let error): "\(error)"
        case .refused(let reply):
            "the server answered with error " + ((reply as? any ProtocolErrorReply)?.number ?? "\(reply)")
        case .closed: "the connection was closed"
        case .cut(let bytes): "the connection was closed in the middle of a command, after \(bytes) of its bytes"
        case .broken(let reason): "the connection broke: \(reason)"
        case .ended(let message): "the server ended the session: " + (message.describedForm?.description ?? "")
        case .unanswerable(let command, let form): "\(command).\(form) has values that allow no answer"
        case .timedOut(let command, let form): "no answer to \(command).\(form) came in time"
        case .cancelled: "the request was given up"
        case .overrun: "more arrived, or was to be sent, than there is room for"
        case .unexpected(let message):
            "unexpected answer "
                + (message.describedForm.map { "\(type(of: $0).command).\(type(of: $0).form)" }
                    ?? "of an unknown command")
        }
    }
}

extension ProtocolErrorReply {
    /// The number of the error.
    fileprivate var number: String { "\(code.number)" }
}
