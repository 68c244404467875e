import MSNP
import WireProtocol

/// What one end of a connection says: the generated `ClientMessage` or `ServerMessage`.
public protocol WireMessage: Sendable {
    /// The end that says it.
    static var sender: Sender { get }
    /// Decodes one frame of a service.
    static func decode(
        _ frame: Frame, version: ProtocolVersion, service: Service, limits: WireLimits
    ) throws(DecodingError) -> Envelope<Self>
    /// The form inside, if it is one the grammar knows.
    var form: (any WireForm)? { get }
    /// Writes the command.
    func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError)
}

extension ClientMessage: WireMessage {
    /// Clients send client messages.
    public static var sender: Sender { .client }
}

extension ServerMessage: WireMessage {
    /// Servers send server messages.
    public static var sender: Sender { .server }
}

/// One command as it arrived, or what was wrong with it. After each of them the next command is intact.
public enum Arrival<Message: WireMessage>: Sendable {
    /// A command the grammar understood.
    case message(Envelope<Message>, Frame)
    /// A line that no command could be cut from.
    case unframed(FramingError)
    /// A whole command that does not fit the grammar.
    case undecodable(DecodingError, Frame)
}
