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
    /// The transaction number.
    public let transaction: TransactionID?
    /// The parameters by name. Those with `isSensitive` are not for showing.
    public let fields: [Field]
    /// The line and payload as they were on the wire, secrets included.
    public let raw: [UInt8]

    /// A command that was sent.
    init<Form: WireForm>(
        sent form: Form, service: Service, version: ProtocolVersion, transaction: TransactionID?, raw: [UInt8]
    ) {
        sender = .client
        self.service = service
        self.version = version
        command = "\(Form.command)"
        self.form = "\(Form.form)"
        self.transaction = transaction
        // What went out may have fewer parameters than the form: those that the version lacks.
        fields = Self.fields(of: raw, service: service, version: version) ?? form.fields
        self.raw = raw
    }

    /// The fields of a command as it stands on the wire.
    private static func fields(of raw: [UInt8], service: Service, version: ProtocolVersion) -> [Field]? {
        var framer = Framer(
            table: MSNPFraming(sender: .client, service: service, version: version), limits: .grammar)
        framer.append(raw)
        guard let frame = try? framer.next(),
            let envelope = try? ClientMessage.decode(frame, version: version, service: service)
        else { return nil }
        return envelope.message.form?.fields
    }

    /// A command that was received.
    init(received envelope: Envelope<ServerMessage>, service: Service, version: ProtocolVersion, frame: Frame) {
        sender = .server
        self.service = service
        self.version = version
        transaction = envelope.transaction
        if case .error(let reply) = envelope.message {
            command = "\(reply.code.number)"
            form = reply.code.name
            fields = []
        } else if let form = envelope.message.form {
            command = "\(type(of: form).command)"
            self.form = "\(type(of: form).form)"
            fields = form.fields
        } else {
            command = frame.command.description
            form = nil
            fields = []
        }
        raw = frame.lineBytes.array + [13, 10] + (frame.payloadBytes?.array ?? [])
    }
}
