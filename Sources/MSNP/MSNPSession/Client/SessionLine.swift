import MSNP
import WireProtocol

/// A command of either end, for whoever watches or records a session.
public struct SessionLine: Sendable {
    /// The end that sent it.
    public let sender: Sender
    /// The service of the connection.
    public let service: Service
    /// The version it was read or written in.
    public let version: ProtocolVersion
    /// The command word, or the number of an error reply.
    public let command: String
    /// What the grammar makes of it; nil for a command that is unknown or does not fit.
    public let form: (any DescribedForm)?
    /// The transaction ID.
    public let transaction: TransactionID?
    /// The line and payload as they were on the wire, secrets included.
    public let raw: [UInt8]

    /// A command that was sent.
    init<Form: WritableForm>(
        sent form: Form, _ outgoing: ClientConnection.Outgoing, service: Service, version: ProtocolVersion
    ) {
        sender = .client
        self.service = service
        self.version = version
        command = "\(Form.command)"
        self.form = form
        transaction = outgoing.transaction
        raw = outgoing.bytes
    }

    /// A command that was received.
    init(received envelope: Envelope<ServerMessage>, _ frame: Frame, service: Service, version: ProtocolVersion) {
        sender = .server
        self.service = service
        self.version = version
        command = frame.command.description
        form = envelope.message.form
        transaction = envelope.transaction
        raw = frame.wire
    }

    /// A command that does not fit the grammar.
    init(unreadable frame: Frame, service: Service, version: ProtocolVersion) {
        sender = .server
        self.service = service
        self.version = version
        command = frame.command.description
        form = nil
        transaction = nil
        raw = frame.wire
    }
}

extension Frame {
    /// The line with its end, and the payload.
    fileprivate var wire: [UInt8] {
        lineBytes.array + [13, 10] + (payloadBytes?.array ?? [])
    }
}
