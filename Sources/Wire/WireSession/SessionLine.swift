import WireProtocol

/// A command from either end, for observers and recorders.
public struct SessionLine<Service: ProtocolService>: Sendable {
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

    @usableFromInline
    package init<Form: DescribedForm>(
        sent form: Form, _ bytes: [UInt8], _ transaction: TransactionID?, service: Service, version: ProtocolVersion
    ) {
        sender = Form.table.sender
        self.service = service
        self.version = version
        let number = Form.table.commandIsValue ? bytes.prefix { $0 > 0x20 } : []
        command = number.isEmpty ? "\(Form.command)" : String(decoding: number, as: UTF8.self)
        self.form = form
        self.transaction = transaction
        raw = bytes
        deviations = []
    }

    @inlinable
    package init<Message: SessionMessage>(
        received envelope: Envelope<Message>, _ frame: Frame, service: Service, version: ProtocolVersion,
        raw: [UInt8]? = nil, deviation: Deviation? = nil
    ) where Message.MessageService == Service {
        let form = envelope.message.describedForm
        self.init(
            from: Message.sender, service, version, frame, form, envelope.transaction,
            raw: raw, (form?.deviations ?? []) + (deviation.map { [$0] } ?? []))
    }

    /// A command that does not fit the grammar.
    package init(
        unreadable frame: Frame, from sender: Sender, service: Service, version: ProtocolVersion, raw: [UInt8]? = nil
    ) {
        self.init(from: sender, service, version, frame, nil, nil, raw: raw, [])
    }

    @usableFromInline
    init(
        from sender: Sender, _ service: Service, _ version: ProtocolVersion, _ frame: Frame,
        _ form: (any DescribedForm)?, _ transaction: TransactionID?, raw: [UInt8]? = nil, _ deviations: [Deviation]
    ) {
        self.sender = sender
        self.service = service
        self.version = version
        command = frame.command.description
        self.form = form
        self.transaction = transaction
        self.raw = raw ?? frame.wire
        self.deviations = deviations
    }
}
