import WireProtocol

/// The server's side of a connection, without a socket, in a protocol with numeric errors.
///
/// It decodes requests and applies the session rules to them: serve the request, answer with an error, or close. A
/// command that cannot be read is treated as the state treats commands that no rule names: where they are allowed, the
/// answer is the error that the grammar has for what is wrong, and the next command is read.
public struct ServerConnection<Message: SessionMessage>: Sendable where Message.MessageError: ProtocolErrorReply {
    /// The error codes of the protocol.
    public typealias ErrorCode = Message.MessageError.Code

    /// What arrived, and what to do about it.
    public enum Event: Sendable {
        /// A request that the rules allow in this state, perhaps by known deviations of programs.
        case request(Envelope<Message>, deviations: [Deviation])
        /// A command to answer with an error.
        case refuse(ErrorCode, transaction: TransactionID?, closes: Bool, Reason)
        /// A command that gets no answer.
        case ignore(Reason)
        /// The connection must be closed.
        case close(Reason)
    }

    /// What is wrong with a command; the description shows nothing that the client sent but the command word.
    public enum Reason: Sendable, Equatable, CustomStringConvertible {
        /// The rules do not allow this command in this state.
        case rules(command: String, form: String, state: String)
        /// The bytes cannot be split into commands.
        case framing(FramingError)
        /// The command does not fit the grammar, or the grammar has no such command.
        case decoding(WireDecodingError)

        /// The error, in one sentence.
        public var description: String {
            switch self {
            case .rules(let command, let form, let state): "\(command).\(form) is not allowed in state \(state)"
            case .framing(let error): "\(error)"
            case .decoding(let error): "\(error)"
            }
        }
    }

    /// The state of the session.
    @inlinable public var state: Message.MessageState { current }
    @usableFromInline var current: Message.MessageState
    @usableFromInline var codec: MessageCodec<Message>
    /// Receives every line of both ends, if there is one.
    @usableFromInline let observer: (@Sendable (SessionLine<Message.MessageService>) -> Void)?

    /// Creates a connection that uses the given version until both ends agree on one; a strict one refuses the known
    /// deviations of programs.
    public init(
        service: Message.MessageService, version: ProtocolVersion, mode: ReadingMode = .checked,
        limits: WireLimits = Message.limits,
        observer: (@Sendable (SessionLine<Message.MessageService>) -> Void)? = nil
    ) {
        current = Message.MessageState(service)
        codec = MessageCodec(service: service, version: version, mode: mode, limits: limits)
        self.observer = observer
    }

    /// The current version.
    @inlinable public var version: ProtocolVersion { codec.version }
    /// The service that this connection offers.
    @inlinable public var service: Message.MessageService { codec.service }
    /// True once the session has ended.
    @inlinable public var isClosed: Bool { state.isClosed }

    /// Appends received bytes.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) {
        codec.append(bytes)
    }

    /// Switches to the agreed version.
    @inlinable
    public mutating func adopt(_ version: ProtocolVersion) {
        codec.adopt(version)
    }

    /// The next event, or nil until more bytes arrive. Do not call this again after `.close`.
    @inlinable
    public mutating func next() -> Event? {
        switch codec.next() {
        case nil: return nil
        case .unframed(let error): return .close(.framing(error))
        case .undecodable(let error, let frame):
            return unreadable(frame, error)
        case .message(let envelope, let frame):
            return admit(envelope, frame)
        }
    }

    /// Encodes an answer or a notice, without the parameters that this version lacks.
    @inlinable
    public mutating func send<Form: WritableForm>(
        _ form: Form, transaction: TransactionID?
    ) throws(SessionError<Message>) -> [UInt8] {
        do throws(WireEncodingError) {
            let number = Form.transactionRule == .absent ? nil : transaction
            let id = Form.transactionRule == .zero ? .zero : number
            let bytes = try codec.encode(form, transaction: id, policy: .fitting)
            follow(Form.table.id)
            observer?(SessionLine(sent: form, bytes, id, service: service, version: version))
            return bytes
        } catch {
            throw .encoding(error)
        }
    }

    /// Encodes an error reply.
    public mutating func fail(_ code: ErrorCode, transaction: TransactionID?) throws(SessionError<Message>) -> [UInt8] {
        do throws(WireEncodingError) {
            let reply = Message.MessageError(code: code, payload: nil)
            var writer = LineWriter(version: version, limits: Message.limits)
            try reply.encode(into: &writer, optionalTransaction: transaction)
            follow(.error(code.number))
            let bytes = writer.takeBytes()
            observer?(SessionLine(sent: reply, bytes, transaction, service: service, version: version))
            return bytes
        } catch {
            throw .encoding(error)
        }
    }

    /// Applies the rules to a request.
    @inlinable
    mutating func admit(_ envelope: Envelope<Message>, _ frame: Frame) -> Event {
        let form = envelope.message.describedForm
        let step = form.map { current.step(for: $0.formID, in: version, mode: codec.mode) }
        observer?(
            SessionLine(received: envelope, frame, service: service, version: version, deviation: step?.deviation))
        guard let form, let step else {
            return refuse(
                frame, WireDecodingError(kind: .unknownCommand, command: frame.command.description, version: version))
        }
        guard type(of: form).versions.contains(version) else {
            // Only deviations know it in this version, which has no answer to it.
            return refuse(
                frame,
                WireDecodingError(
                    kind: .notInVersion, command: frame.command.description, form: "\(type(of: form).form)",
                    version: version))
        }
        switch step.step {
        case .go(let next):
            current = next
            return .request(envelope, deviations: form.deviations + (step.deviation.map { [$0] } ?? []))
        case .error(let code, let closes, let next):
            let reason = reason(form)
            current = closes ? current.closed : next
            return .refuse(ErrorCode(code), transaction: envelope.transaction, closes: closes, reason)
        case .close:
            let reason = reason(form)
            current = current.closed
            return .close(reason)
        case .ignore:
            return .ignore(reason(form))
        }
    }

    /// Why the rules do not allow a form now.
    @usableFromInline
    func reason(_ form: some DescribedForm) -> Reason {
        .rules(command: "\(type(of: form).command)", form: "\(type(of: form).form)", state: "\(current)")
    }

    /// Shows a command that cannot be read to the observer, and applies the rules to it.
    @usableFromInline
    mutating func unreadable(_ frame: Frame, _ error: WireDecodingError) -> Event {
        observer?(SessionLine(unreadable: frame, from: Message.sender, service: service, version: version))
        return refuse(frame, error)
    }

    /// Applies the rules to a command that cannot be read, and so has no form.
    @usableFromInline
    mutating func refuse(_ frame: Frame, _ error: WireDecodingError) -> Event {
        var error = error
        if error.kind == .unknownCommand, !frame.command.looksLikeCommand {
            // What is no command may be anything, such as the rest of a payload.
            (error.command, error.line) = ("???", "")
        }
        let transaction = hasTransaction(frame.command) ? frame.secondNumber : nil
        switch state.step(for: FormID(frame.command, from: .client), in: version) {
        case .go(let next):
            guard !next.isClosed else {
                current = next
                return .close(.decoding(error))
            }
            guard let transaction, let code = ErrorCode.answer(to: error) else { return .ignore(.decoding(error)) }
            let closes = code.closesConnection == true
            if closes { current = current.closed }
            return .refuse(code, transaction: transaction, closes: closes, .decoding(error))
        case .error(let code, let closes, let next):
            current = closes ? current.closed : next
            return .refuse(ErrorCode(code), transaction: transaction, closes: closes, .decoding(error))
        case .close:
            current = current.closed
            return .close(.decoding(error))
        case .ignore:
            return .ignore(.decoding(error))
        }
    }

    /// Whether clients send a command with a transaction ID; one that is not known may have one.
    private func hasTransaction(_ command: CommandCode) -> Bool {
        guard let table = Message.protocolTable.commands.first(where: { $0.code == command }) else { return true }
        return table.clientForms.isEmpty || table.clientForms.contains { $0.transaction != .absent }
    }

    /// Advances the session by an answer that this end sends.
    @inlinable
    mutating func follow(_ form: FormID) {
        if form.sender == .server, case .go(let next) = state.step(for: form, in: version) { current = next }
    }
}

extension CommandCode {
    /// Whether it is three capital letters or digits.
    fileprivate var looksLikeCommand: Bool {
        let word = description.utf8
        return word.count == 3 && word.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    }
}
