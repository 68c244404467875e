#if Network
// Shows: every line of a session can be observed, with its form, its fields and its bytes.
import MSNP
import MSNPSession
import WireProtocol

/// A command of a conversation, for observers.
public struct TraceLine: Sendable {
    /// The end that sent it.
    public let sender: Sender
    /// The service of the connection.
    public let service: Service
    /// The version in which it was read or written.
    public let version: ProtocolVersion
    /// The command word, or the number of an error reply.
    public let command: String
    /// The name of the form; nil if the grammar does not know the command.
    public let form: String?
    /// The transaction ID.
    public let transaction: TransactionID?
    /// The parameters by name. Do not show those with `isSensitive`.
    public let fields: [Field]
    /// The line and payload as on the wire, secrets included.
    public let raw: [UInt8]

    /// Describes a line.
    public init(_ line: SessionLine) {
        sender = line.sender
        service = line.service
        version = line.version
        command = line.command
        transaction = line.transaction
        raw = line.raw
        if let reply = line.form as? ErrorReply {
            form = reply.code.name
            fields = []
        } else {
            form = line.form.map { "\(type(of: $0).form)" }
            // The line may lack parameters of the form that the version does not have.
            fields = line.form?.fields(in: line.version) ?? []
        }
    }
}
#endif
