import MSNP
import WireProtocol

/// What one end of a connection says: the generated `ClientMessage` or `ServerMessage`.
public protocol WireMessage: DecodableMessage where MessageService == Service {
    /// The form inside, if it is one the grammar knows.
    var form: (any WireForm)? { get }
    /// Writes the command.
    func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError)
}

extension ClientMessage: WireMessage {}
extension ServerMessage: WireMessage {}

/// One command as it arrived, or what was wrong with it. After each of them the next command is intact.
public enum Arrival<Message: WireMessage>: Sendable {
    /// A command the grammar understood.
    case message(Envelope<Message>, Frame)
    /// A line that no command could be cut from.
    case unframed(FramingError)
    /// A whole command that does not fit the grammar.
    case undecodable(DecodingError, Frame)
}
