/// The messages that one end of a session takes: a generated enum, which leads to all else that its protocol has.
///
///     ClientSession<ServerMessage>
///     ServerConnection<ClientMessage>
public protocol SessionMessage: DecodableMessage, Equatable {
    /// The states of connections.
    associatedtype MessageState: ConnectionState where MessageState.StateService == MessageService
    /// The replies that are the number of an error; `Never` in a protocol without them.
    associatedtype MessageError: Sendable, Equatable

    /// The form of the message; `nil` for an unknown command.
    var describedForm: (any DescribedForm)? { get }
    /// The message as an error reply; `nil` for any other.
    var errorReply: MessageError? { get }
    /// The version that both ends speak from the next command on; `nil` if the message settles none.
    ///
    /// Nothing in a grammar says which message does. A module whose protocol agrees on versions has a property of this
    /// name in an extension of its `ServerMessage`.
    var agreedVersion: ProtocolVersion? { get }
}

extension SessionMessage {
    /// `nil`, as in what clients send.
    @inlinable public var errorReply: MessageError? { nil }
    /// `nil`, as in a protocol whose version never changes.
    @inlinable public var agreedVersion: ProtocolVersion? { nil }
}

/// A numeric error code.
public protocol ProtocolErrorCode: Hashable, Sendable {
    /// The number.
    var number: UInt16 { get }
    /// Creates the code with a number, known to the grammar or not.
    init(_ number: UInt16)
    /// The error that answers an unreadable line, if any.
    static func answer(to error: WireDecodingError) -> Self?
    /// Whether the server then closes the connection; `nil` if that is unknown.
    var closesConnection: Bool? { get }
}

/// A reply that is an error code instead of a command.
public protocol ProtocolErrorReply: WireForm {
    /// The codes of the protocol.
    associatedtype Code: ProtocolErrorCode

    /// What went wrong.
    var code: Code { get }
    /// Creates a reply.
    init(code: Code, payload: WireBytes?)
}
