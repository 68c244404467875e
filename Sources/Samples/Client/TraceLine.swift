// Shows: every line of a session can be watched, with its form, its fields and the bytes of the wire.
import MSNP
import MSNPSession
import WireProtocol

/// One command of a conversation, for whoever watches it.
public struct TraceLine: Sendable {
    /// The end that sent it.
    public let sender: Sender
    /// The service of the connection.
    public let service: Service
    /// The version it was read or written in.
    public let version: ProtocolVersion
    /// The command word, or the number of an error reply.
    public let command: String
    /// The form's name in the grammar; nil for a command the grammar does not know.
    public let form: String?
    /// The transaction ID.
    public let transaction: TransactionID?
    /// The parameters by name. Those with `isSensitive` are not for showing.
    public let fields: [Field]
    /// The line and payload as they were on the wire, secrets included.
    public let raw: [UInt8]

    /// A command of a session.
    init(_ line: SessionLine) {
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
            // What went out may have fewer parameters than the form: those that the version lacks.
            fields = line.form?.fields(in: line.version) ?? []
        }
    }
}
