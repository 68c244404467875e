import MSNP
import WireProtocol

/// The server's side of a dispatch or notification connection, without a socket.
///
/// It decodes requests and applies the session rules to them: serve the request, answer with an error, or close.
public struct ServerConnection: Sendable {
    /// What arrived, and what to do about it.
    public enum Event: Sendable {
        /// A request that the rules allow in this state.
        case request(Envelope<ClientMessage>)
        /// A request that the rules answer with an error.
        case refuse(code: UInt16, transaction: TransactionID?, closes: Bool)
        /// The connection must be closed.
        case close(Reason)
    }

    /// Why a connection must be closed.
    public enum Reason: Sendable, Equatable {
        /// The rules close on this command.
        case rules(command: String, form: String)
        /// The bytes cannot be split into commands.
        case framing(FramingError)
        /// The command does not fit the grammar.
        case decoding(WireDecodingError)
        /// The grammar has no such command.
        case unknownCommand(String)
    }

    /// The state of the session.
    public private(set) var state: SessionState
    private var codec: MessageCodec<ClientMessage>

    /// Creates a connection that uses the given version until both ends agree on one.
    public init(service: Service, version: ProtocolVersion, limits: WireLimits = .default) {
        state = SessionState(service)
        codec = MessageCodec(service: service, version: version, limits: limits)
    }

    /// The current version.
    public var version: ProtocolVersion { codec.version }
    /// The service that this connection offers.
    public var service: Service { codec.service }
    /// True once the session has ended.
    public var isClosed: Bool { state.isClosed }

    /// Appends received bytes.
    public mutating func append(_ bytes: [UInt8]) {
        codec.append(bytes)
    }

    /// Switches to the agreed version.
    public mutating func adopt(_ version: ProtocolVersion) {
        codec.adopt(version)
    }

    /// The next event, or nil until more bytes arrive. Do not call this again after `.close`.
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

    /// Encodes an answer or a notice, without the parameters that this version lacks.
    public mutating func send<Form: WritableForm>(
        _ form: Form, transaction: TransactionID?
    ) throws(SessionError) -> [UInt8] {
        do throws(WireEncodingError) {
            let number = Form.transactionRule == .absent ? nil : transaction
            let id = Form.transactionRule == .zero ? .zero : number
            let bytes = try codec.encode(form, transaction: id, policy: .fitting)
            follow(Form.table.id)
            return bytes
        } catch {
            throw SessionError.encoding(error)
        }
    }

    /// Encodes an error reply.
    public mutating func fail(_ code: ErrorCode, transaction: TransactionID?) throws(SessionError) -> [UInt8] {
        do throws(WireEncodingError) {
            var writer = LineWriter(version: version)
            try ServerMessage.error(ErrorReply(code: code)).encode(into: &writer, optionalTransaction: transaction)
            follow(.error(code.number))
            return writer.bytes
        } catch {
            throw SessionError.encoding(error)
        }
    }

    /// Applies the rules to a request.
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

    /// Advances the session by an answer that this end sends.
    private mutating func follow(_ form: FormID) {
        if form.sender == .server, case .go(let next) = state.step(for: form, in: version) { state = next }
    }
}
