import MSNP
import WireProtocol

/// The client's side of a dispatch or notification connection, without a socket.
///
/// It assigns transaction IDs, applies the session rules in both directions, and decodes the server's messages.
public struct ClientConnection: Sendable {
    /// The state of the session.
    public private(set) var state: SessionState
    private var codec: MessageCodec<ServerMessage>
    /// The transaction ID of the next request.
    private var nextTransaction: UInt32 = 1
    /// What the rules say about the last message from the server; `nil` if the grammar does not know its command.
    public private(set) var lastStep: TolerantStep<SessionState>?

    /// Creates a connection that uses the given version until both ends agree on one; a strict one refuses the known
    /// deviations of programs.
    public init(
        service: Service, version: ProtocolVersion, mode: ReadingMode = .checked, limits: WireLimits = .default
    ) {
        state = SessionState(service)
        codec = MessageCodec(service: service, version: version, mode: mode, limits: limits)
    }

    /// Whether deviations of programs are accepted, and how much of a line is checked at once.
    public var mode: ReadingMode { codec.mode }

    /// The current version.
    public var version: ProtocolVersion { codec.version }
    /// The service at the other end.
    public var service: Service { codec.service }

    /// An encoded request.
    public struct Outgoing: Sendable {
        /// The transaction ID, if the form has one.
        public let transaction: TransactionID?
        /// The line and the payload, if any.
        public let bytes: [UInt8]
    }

    /// Whether the rules let the client send this form in this state.
    public func allows(_ form: (some DescribedForm).Type) -> Bool {
        switch step(form.table) {
        case .go, .ignore: form.versions.contains(version)
        case .error, .close: false
        }
    }

    /// What the rules say about a form from the client; forms from servers are refused.
    private func step(_ form: FormTable) -> SessionStep<SessionState> {
        form.sender == .client ? state.step(for: form.id, in: version) : .close
    }

    /// Encodes a request, without the parameters that this version lacks.
    ///
    /// - Parameters:
    ///   - form: the command.
    ///   - room: the most bytes that it may have; a longer one is refused and changes nothing.
    public mutating func send<Form: WritableForm>(_ form: Form, room: Int = .max) throws(SessionError) -> Outgoing {
        let before = state
        switch step(Form.table) {
        case .go(let next): state = next
        case .ignore: break
        case .error, .close:
            throw SessionError.notAllowed(
                command: "\(Form.command)", form: "\(Form.form)", state: before.description)
        }
        let number = nextTransaction
        let transaction = transactionID(Form.transactionRule)
        let refusal: SessionError
        do throws(WireEncodingError) {
            let bytes = try codec.encode(form, transaction: transaction, policy: .fitting)
            if bytes.count <= room { return Outgoing(transaction: transaction, bytes: bytes) }
            refusal = .overrun
        } catch {
            refusal = .encoding(error)
        }
        state = before
        nextTransaction = number
        throw refusal
    }

    /// Appends received bytes.
    public mutating func append(_ bytes: [UInt8]) {
        codec.append(bytes)
    }

    /// The number of bytes that wait for the rest of their command.
    public var bufferedBytes: Int { codec.bufferedBytes }

    /// The next command from the server, or what is wrong with it; nil until more bytes arrive.
    public mutating func nextArrival() -> Arrival<ServerMessage>? {
        let arrival = codec.next()
        if case .message(let envelope, _) = arrival { follow(envelope.message) }
        return arrival
    }

    /// Switches to the version that the server chose.
    public mutating func adopt(_ version: ProtocolVersion) {
        codec.adopt(version)
    }

    /// Advances the session by a server message; a message without a rule changes nothing.
    private mutating func follow(_ message: ServerMessage) {
        lastStep = message.form.map { state.step(for: $0.formID, in: version, mode: mode) }
        if case .go(let next) = lastStep?.step { state = next }
    }

    /// The transaction ID for the next request with this rule.
    private mutating func transactionID(_ rule: TransactionRule) -> TransactionID? {
        switch rule {
        case .absent, .optional: return nil
        case .zero: return .zero
        case .required:
            defer { nextTransaction = nextTransaction == .max ? 1 : nextTransaction + 1 }
            return TransactionID(nextTransaction)
        }
    }
}
