import WireProtocol

/// The client's side of a connection, without a socket.
///
/// It assigns transaction IDs, applies the session rules in both directions, and decodes the server's messages.
public struct ClientConnection<Message: SessionMessage>: Sendable {
    @usableFromInline var current: Message.MessageState
    @usableFromInline var codec: MessageCodec<Message>
    /// The transaction ID of the next request.
    @usableFromInline var nextTransaction: UInt32 = 1
    @usableFromInline var last: TolerantStep<Message.MessageState>?

    /// Creates a connection that uses the given version until both ends agree on one; a strict one refuses the known
    /// deviations of programs.
    @inlinable
    public init(
        service: Message.MessageService, version: ProtocolVersion, mode: ReadingMode = .checked,
        limits: WireLimits = Message.limits
    ) {
        current = Message.MessageState(service)
        codec = MessageCodec(service: service, version: version, mode: mode, limits: limits)
    }

    /// The state of the session.
    @inlinable public var state: Message.MessageState { current }
    /// What the rules say about the last message from the server; `nil` if the grammar does not know its command.
    @inlinable public var lastStep: TolerantStep<Message.MessageState>? { last }

    /// Whether deviations of programs are accepted, and how much of a line is checked at once.
    @inlinable public var mode: ReadingMode { codec.mode }

    /// The current version.
    @inlinable public var version: ProtocolVersion { codec.version }
    /// The service at the other end.
    @inlinable public var service: Message.MessageService { codec.service }

    /// An encoded request.
    public struct Outgoing: Sendable {
        /// The transaction ID, if the form has one.
        public let transaction: TransactionID?
        /// The line and the payload, if any.
        public let bytes: [UInt8]

        @usableFromInline
        init(transaction: TransactionID?, bytes: [UInt8]) {
            self.transaction = transaction
            self.bytes = bytes
        }
    }

    /// Whether the rules let the client send this form in this state.
    public func allows(_ form: (some DescribedForm).Type) -> Bool {
        switch step(form.table) {
        case .go, .ignore: form.versions.contains(version)
        case .error, .close: false
        }
    }

    /// What the rules say about a form from the client; forms from servers are refused.
    @inlinable
    func step(_ form: FormTable) -> SessionStep<Message.MessageState> {
        form.sender == .client ? state.step(for: form.id, in: version) : .close
    }

    /// Encodes a request, without the parameters that this version lacks.
    ///
    /// - Parameters:
    ///   - form: the command.
    ///   - room: the most bytes that it may have; a longer one is refused and changes nothing.
    @inlinable
    public mutating func send<Form: WritableForm>(
        _ form: Form, room: Int = .max
    ) throws(SessionError<Message>) -> Outgoing {
        let before = state
        switch step(Form.table) {
        case .go(let next): current = next
        case .ignore: break
        case .error, .close:
            throw .notAllowed(command: "\(Form.command)", form: "\(Form.form)", state: before.description)
        }
        let number = nextTransaction
        let transaction = transactionID(Form.transactionRule)
        let refusal: SessionError<Message>
        do throws(WireEncodingError) {
            let bytes = try codec.encode(form, transaction: transaction, policy: .fitting)
            if bytes.count <= room { return Outgoing(transaction: transaction, bytes: bytes) }
            refusal = .overrun
        } catch {
            refusal = .encoding(error)
        }
        current = before
        nextTransaction = number
        throw refusal
    }

    /// Appends received bytes.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) { codec.append(bytes) }

    /// The number of bytes that wait for the rest of their command.
    public var bufferedBytes: Int { codec.bufferedBytes }

    /// The next command from the server, or what is wrong with it; nil until more bytes arrive.
    @inlinable
    public mutating func nextArrival() -> Arrival<Message>? {
        let arrival = codec.next()
        if case .message(let envelope, _) = arrival { follow(envelope.message) }
        return arrival
    }

    /// Switches to the version that the server chose.
    @inlinable
    public mutating func adopt(_ version: ProtocolVersion) { codec.adopt(version) }

    /// Advances the session by a server message; a message without a rule changes nothing.
    @inlinable
    mutating func follow(_ message: Message) {
        last = message.describedForm.map { current.step(for: $0.formID, in: version, mode: mode) }
        if case .go(let next) = last?.step { current = next }
    }

    /// The transaction ID for the next request with this rule.
    @inlinable
    mutating func transactionID(_ rule: TransactionRule) -> TransactionID? {
        switch rule {
        case .absent, .optional: return nil
        case .zero: return .zero
        case .required:
            defer { nextTransaction = nextTransaction == .max ? 1 : nextTransaction + 1 }
            return TransactionID(nextTransaction)
        }
    }
}
