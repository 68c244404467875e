import MSNP
import WireProtocol

/// A client's connection with its open requests, without a socket and without a clock.
///
/// Requests go in and come out as bytes; bytes go in and come out as answers to requests, or as messages nobody asked
/// for. Nothing that was received is lost: what answers no request that still waits is a notice.
public struct ClientStateMachine: Sendable {
    /// What the arrived bytes mean.
    public enum Event: Sendable {
        /// An answer to a request; after the last one the request is done.
        case answer(RequestKey, ServerMessage, isLast: Bool)
        /// A request has failed.
        case failure(RequestKey, SessionError)
        /// A message that answers no request.
        case notice(Envelope<ServerMessage>)
        /// A command that does not fit the grammar; the next one is intact.
        case unreadable(DecodingError)
        /// The bytes are no commands: nothing can be read any more.
        case lost(SessionError)
    }

    /// Numbers, rules, coding.
    private var connection: ClientConnection
    /// The open requests.
    private var pending = PendingRequests()
    /// Events that wait to be taken.
    private var waiting: [Event] = []
    /// Whoever watches the lines of both ends.
    private let observer: @Sendable (SessionLine) -> Void

    /// Begins a machine; until a version is agreed lines are those of the given one.
    public init(
        service: Service, version: ProtocolVersion, limits: WireLimits = .default,
        observer: @escaping @Sendable (SessionLine) -> Void = { _ in }
    ) {
        connection = ClientConnection(service: service, version: version, limits: limits)
        self.observer = observer
    }

    /// Where the session stands.
    public var state: SessionState { connection.state }
    /// The version spoken.
    public var version: ProtocolVersion { connection.version }
    /// The service asked.
    public var service: Service { connection.service }
    /// The bytes of a command that has not come whole.
    public var bufferedBytes: Int { connection.bufferedBytes }
    /// How many requests wait for an answer.
    public var openRequests: Int { pending.entries.count }

    /// True if the rules let the client send this form now.
    public func allows(_ form: (some DescribedForm).Type) -> Bool { connection.allows(form) }

    /// The bytes of a command whose answers, if any, are taken as notices.
    public mutating func post<Form: WritableForm>(_ form: Form) throws(SessionError) -> [UInt8] {
        try write(form).bytes
    }

    /// The bytes of a request, and the name under which its answers come.
    ///
    /// - Parameter wantsParts: whether all answers are wanted, or the main reply alone.
    public mutating func ask<Request: RequestForm>(
        _ request: Request, wantsParts: Bool = false
    ) throws(SessionError) -> (key: RequestKey, bytes: [UInt8]) where Request.Reply.Message == ServerMessage {
        let outgoing = try write(request)
        let key = pending.add(
            request, transaction: outgoing.transaction, version: version, wantsParts: wantsParts)
        return (key, outgoing.bytes)
    }

    /// Gives a request up; what still comes for it is a notice. False if it was done already.
    @discardableResult
    public mutating func abandon(_ key: RequestKey) -> Bool {
        pending.remove(key) != nil
    }

    /// Ends all open requests, as when the connection is gone.
    public mutating func abandonAll() -> [RequestKey] {
        pending.removeAll().map(\.key)
    }

    /// The command and form of an open request.
    public func name(of key: RequestKey) -> (command: String, form: String)? {
        pending.entries.first { $0.key == key }.map { ($0.command, $0.form) }
    }

    /// True if a request has its answer, and only silence can tell that no part follows.
    public func isOpenEnded(_ key: RequestKey) -> Bool { pending.isOpenEnded(key) }

    /// Takes bytes as they come.
    public mutating func append(_ bytes: [UInt8]) {
        connection.append(bytes)
    }

    /// The next event, or nil until more bytes come. After `.lost` nothing more is to be asked.
    public mutating func next() -> Event? {
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            let spoken = version
            switch connection.nextArrival() {
            case nil: return nil
            case .unframed(let error): return .lost(.framing(error))
            case .undecodable(let error, let frame):
                observer(SessionLine(unreadable: frame, service: service, version: spoken))
                waiting = [.unreadable(error)]
                if let number = frame.secondNumber,
                    let claim = pending.fail(
                        transaction: number, command: frame.command.description, .decoding(error))
                {
                    waiting.insert(event(claim, nil), at: 0)
                }
            case .message(let envelope, let frame):
                observer(SessionLine(received: envelope, frame, service: service, version: spoken))
                take(envelope)
            }
        }
    }

    /// Sorts a message.
    private mutating func take(_ envelope: Envelope<ServerMessage>) {
        if case .ver(.accepted(let accepted)) = envelope.message,
            let chosen = accepted.dialects.first.flatMap({ ProtocolVersion(name: $0.text) })
        {
            connection.adopt(chosen)
        }
        guard let claim = pending.claim(envelope) else {
            waiting.append(.notice(envelope))
            return
        }
        waiting.append(event(claim, envelope.message))
    }

    /// What a claim is for the caller.
    private func event(_ claim: PendingRequests.Claim, _ message: ServerMessage?) -> Event {
        switch claim {
        case .answer(let key, let isLast):
            message.map { .answer(key, $0, isLast: isLast) } ?? .failure(key, .closed)
        case .failure(let key, let error): .failure(key, error)
        }
    }

    /// Writes a command and shows it.
    private mutating func write<Form: WritableForm>(_ form: Form) throws(SessionError) -> ClientConnection.Outgoing {
        let outgoing = try connection.send(form)
        observer(SessionLine(sent: form, outgoing, service: service, version: version))
        return outgoing
    }
}

extension Frame {
    /// The number behind the command word, if there is one.
    fileprivate var secondNumber: TransactionID? {
        let words = lineBytes.array.split(separator: 0x20, maxSplits: 2)
        return words.count > 1 ? TransactionID(wire: WireBytes(Array(words[1]))) : nil
    }
}
