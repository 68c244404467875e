import MSNP
import WireProtocol

/// The client's side of a dispatch or notification connection, without a socket.
///
/// It gives each request the next transaction ID, follows the session's rules in both directions, and hands out
/// decoded server messages.
public struct ClientConnection: Sendable {
    /// Where the session stands.
    public private(set) var state: SessionState
    /// The bytes and the grammar.
    private var codec: MessageCodec<ServerMessage>
    /// The number of the next request.
    private var nextTransaction: UInt32 = 1

    /// Starts a connection that will ask for a version.
    public init(service: Service, version: ProtocolVersion, limits: WireLimits = .default) {
        state = SessionState(service)
        codec = MessageCodec(service: service, version: version, limits: limits)
    }

    /// The version spoken.
    public var version: ProtocolVersion { codec.version }
    /// The service asked.
    public var service: Service { codec.service }

    /// What a request became.
    public struct Outgoing: Sendable {
        /// Its number, if commands of this form have one.
        public let transaction: TransactionID?
        /// The line, and the payload if there is one.
        public let bytes: [UInt8]
    }

    /// True if the rules let the client send this form now.
    public func allows(_ form: (some DescribedForm).Type) -> Bool {
        switch step(form.table) {
        case .go, .ignore: form.versions.contains(version)
        case .error, .close: false
        }
    }

    /// What the rules say about a form that the client sends; what servers send is refused.
    private func step(_ form: FormTable) -> SessionStep<SessionState> {
        form.sender == .client ? state.step(for: form.id, in: version) : .close
    }

    /// Writes one request; parameters this version has no room for are left out.
    public mutating func send<Form: WritableForm>(_ form: Form) throws(SessionError) -> Outgoing {
        let before = state
        switch step(Form.table) {
        case .go(let next): state = next
        case .ignore: break
        case .error, .close:
            throw SessionError.notAllowed(
                command: "\(Form.command)", form: "\(Form.form)", state: before.description)
        }
        let transaction = transactionID(Form.transactionRule)
        do throws(EncodingError) {
            return Outgoing(
                transaction: transaction, bytes: try codec.encode(form, transaction: transaction, policy: .fitting))
        } catch {
            state = before
            throw SessionError.encoding(error)
        }
    }

    /// Takes bytes as they come.
    public mutating func append(_ bytes: [UInt8]) {
        codec.append(bytes)
    }

    /// Bytes that wait for the rest of their command.
    public var bufferedBytes: Int { codec.bufferedBytes }

    /// The next command of the server, or what is wrong with it; nil until more bytes come.
    public mutating func nextArrival() -> Arrival<ServerMessage>? {
        let arrival = codec.next()
        if case .message(let envelope, _) = arrival { follow(envelope.message) }
        return arrival
    }

    /// Goes on in the version the server chose.
    public mutating func adopt(_ version: ProtocolVersion) {
        codec.adopt(version)
    }

    /// Lets a server message move the session; one without a rule moves nothing.
    private mutating func follow(_ message: ServerMessage) {
        guard let form = message.form else { return }
        if case .go(let next) = state.step(for: form.formID, in: version) { state = next }
    }

    /// The number the next request of such a form carries.
    private mutating func transactionID(_ rule: TransactionRule) -> TransactionID? {
        switch rule {
        case .none, .optional: return nil
        case .zero: return .zero
        case .required:
            defer { nextTransaction = nextTransaction == .max ? 1 : nextTransaction + 1 }
            return TransactionID(nextTransaction)
        }
    }
}
