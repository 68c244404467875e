import MSNP
import WireProtocol

/// A message of one end: the generated `ClientMessage` or `ServerMessage`.
public protocol WireMessage: SessionMessage where MessageService == Service, MessageState == SessionState {
    /// The form of the message, or nil if the grammar does not know the command.
    var form: (any WireForm)? { get }
    /// Encodes the message.
    func encode(into line: inout LineWriter, optionalTransaction transaction: TransactionID?) throws(WireEncodingError)
}

extension ClientMessage: WireMessage {}
extension ServerMessage: WireMessage {}
