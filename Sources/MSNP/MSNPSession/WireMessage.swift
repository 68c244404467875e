import MSNP
import WireProtocol

/// A message of one end: the generated `ClientMessage` or `ServerMessage`.
public protocol WireMessage: DecodableMessage where MessageService == Service {
    /// The form of the message, or nil if the grammar does not know the command.
    var form: (any WireForm)? { get }
    /// Encodes the message.
    func encode(into line: inout LineWriter, optionalTransaction transaction: TransactionID?) throws(WireEncodingError)
}

extension ClientMessage: WireMessage {}
extension ServerMessage: WireMessage {}

/// A command as it arrived, or what is wrong with it. After any of these the next command is intact.
public enum Arrival<Message: WireMessage>: Sendable {
    /// A decoded command.
    case message(Envelope<Message>, Frame)
    /// Bytes that no command could be cut from.
    case unframed(FramingError)
    /// A complete command that does not fit the grammar.
    case undecodable(WireDecodingError, Frame)
}

extension Frame {
    /// The transaction ID after the command word, if there is one.
    var secondNumber: TransactionID? {
        let words = lineBytes.array.split(separator: 0x20, maxSplits: 2)
        return words.count > 1 ? TransactionID(wire: WireBytes(Array(words[1]))) : nil
    }
}
