import MSNP
import WireProtocol

/// A command from either end, for observers and recorders.
public struct SessionLine: Sendable {
    /// The end that sent it.
    public let sender: Sender
    /// The service of the connection.
    public let service: Service
    /// The version in which it was read or written.
    public let version: ProtocolVersion
    /// The command word, or the number of an error reply.
    public let command: String
    /// The decoded form; nil if the command is unknown or does not fit the grammar.
    public let form: (any DescribedForm)?
    /// The transaction ID.
    public let transaction: TransactionID?
    /// The line and payload as on the wire, secrets included.
    public let raw: [UInt8]
    /// The known deviations of programs in it: those by which it was read, and that by which it may come now.
    public let deviations: [Deviation]

    /// The line and payload with zeros in place of secrets.
    public var redacted: [UInt8] { SessionRecorder.redacted(self) }

    init<Form: DescribedForm>(
        sent form: Form, _ bytes: [UInt8], _ transaction: TransactionID?, service: Service, version: ProtocolVersion
    ) {
        sender = Form.table.sender
        self.service = service
        self.version = version
        command = (form as? ErrorReply).map { "\($0.code.number)" } ?? "\(Form.command)"
        self.form = form
        self.transaction = transaction
        raw = bytes
        deviations = []
    }

    package init<Message: WireMessage>(
        received envelope: Envelope<Message>, _ frame: Frame, service: Service, version: ProtocolVersion,
        raw: [UInt8]? = nil, deviation: Deviation? = nil
    ) {
        sender = Message.sender
        self.service = service
        self.version = version
        command = frame.command.description
        form = envelope.message.form
        transaction = envelope.transaction
        self.raw = raw ?? frame.wire
        deviations = envelope.deviations + (deviation.map { [$0] } ?? [])
    }

    /// A command that does not fit the grammar.
    package init(
        unreadable frame: Frame, from sender: Sender, service: Service, version: ProtocolVersion, raw: [UInt8]? = nil
    ) {
        self.sender = sender
        self.service = service
        self.version = version
        command = frame.command.description
        form = nil
        transaction = nil
        self.raw = raw ?? frame.wire
        deviations = []
    }
}

extension Frame {
    /// The line, its line ending, and the payload.
    fileprivate var wire: [UInt8] {
        lineBytes.array + [13, 10] + (payloadBytes?.array ?? [])
    }
}
