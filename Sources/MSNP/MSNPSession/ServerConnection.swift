import MSNP
import WireProtocol

/// The server's side of a dispatch or notification connection, without a socket.
///
/// It decodes requests and asks the session's rules what they mean now: a request to serve, an error to answer, or
/// the end.
public struct ServerConnection: Sendable {
    /// What arrived, and what is to be done about it.
    public enum Event: Sendable {
        /// A request that is allowed now.
        case request(Envelope<ClientMessage>)
        /// A request that the rules answer with an error.
        case refuse(code: UInt16, transaction: TransactionID?, closes: Bool)
        /// The connection is over.
        case close(Reason)
    }

    /// Why a connection is over.
    public enum Reason: Sendable, Equatable {
        /// The rules close on this command.
        case rules(command: String, form: String)
        /// The bytes are no commands.
        case framing(FramingError)
        /// The command does not fit the grammar.
        case decoding(DecodingError)
        /// The grammar has no such command.
        case unknownCommand(String)
    }

    /// Where the session stands.
    public private(set) var state: SessionState
    /// The bytes and the grammar.
    private var codec: MessageCodec<ClientMessage>

    /// Starts a connection; until a version is agreed the first command is read by the given one.
    public init(service: Service, version: ProtocolVersion, limits: WireLimits = .default) {
        state = SessionState(service)
        codec = MessageCodec(service: service, version: version, limits: limits)
    }

    /// The version spoken.
    public var version: ProtocolVersion { codec.version }
    /// The service offered.
    public var service: Service { codec.service }
    /// True once the rules have ended the session.
    public var isClosed: Bool { state.isClosed }

    /// Takes bytes as they come.
    public mutating func append(_ bytes: [UInt8]) {
        codec.append(bytes)
    }

    /// Goes on in the agreed version.
    public mutating func adopt(_ version: ProtocolVersion) {
        codec.adopt(version)
    }

    /// The next event, or nil until more bytes come. After `.close` nothing more is to be asked.
    public mutating func next() -> Event? {
        while let arrival = codec.next() {
            switch arrival {
            case .unframed(let error): return .close(.framing(error))
            case .undecodable(let error, _): return .close(.decoding(error))
            case .message(let envelope, let frame):
                if let event = admit(envelope, frame) { return event }
            }
        }
        return nil
    }

    /// The bytes of an answer or a notice; parameters this version has no room for are left out.
    public mutating func send<Form: WritableForm>(
        _ form: Form, transaction: TransactionID?
    ) throws(SessionError) -> [UInt8] {
        do throws(EncodingError) {
            let number = Form.transactionRule == .none ? nil : transaction
            let id = Form.transactionRule == .zero ? .zero : number
            let bytes = try codec.encode(form, transaction: id, policy: .fitting)
            follow(Form.table.id)
            return bytes
        } catch {
            throw SessionError.encoding(error)
        }
    }

    /// The bytes of an error answer.
    public mutating func fail(_ code: ErrorCode, transaction: TransactionID?) throws(SessionError) -> [UInt8] {
        do throws(EncodingError) {
            var writer = LineWriter(version: version)
            try ServerMessage.error(ErrorReply(code: code)).encode(into: &writer, transaction: transaction)
            follow(.error(code.number))
            return writer.bytes
        } catch {
            throw SessionError.encoding(error)
        }
    }

    /// Asks the rules about a request.
    private mutating func admit(_ envelope: Envelope<ClientMessage>, _ frame: Frame) -> Event? {
        guard let form = envelope.message.form else {
            return .close(.unknownCommand(frame.command.description))
        }
        switch state.step(for: form.formID, in: version) {
        case .go(let next):
            state = next
            return .request(envelope)
        case .error(let code, let closes, let next):
            state = closes ? state.closed : next
            return .refuse(code: code, transaction: envelope.transaction, closes: closes)
        case .close:
            state = state.closed
            return .close(.rules(command: "\(type(of: form).command)", form: "\(type(of: form).form)"))
        case .ignore:
            return nil
        }
    }

    /// Lets an answer of ours move the session.
    private mutating func follow(_ form: FormID) {
        if form.sender == .server, case .go(let next) = state.step(for: form, in: version) { state = next }
    }
}
