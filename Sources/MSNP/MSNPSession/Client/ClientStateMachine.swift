import MSNP
import WireProtocol

/// A client's connection and its open requests, without a socket or a clock.
///
/// Encodes requests, and turns received bytes into answers to them or into notices. Nothing that was received is lost:
/// whatever answers no open request is a notice.
public struct ClientStateMachine: Sendable {
    /// What the received bytes mean.
    public enum Event: Sendable {
        /// An answer to a request; the last one completes it.
        case answer(RequestKey, ServerMessage, isLast: Bool)
        /// A request failed.
        case failure(RequestKey, SessionError)
        /// A message that answers no request.
        case notice(Envelope<ServerMessage>)
        /// A command that does not fit the grammar; the next one is intact.
        case unreadable(WireDecodingError, SessionLine)
        /// A command that the rules do not allow in this state; only strict sessions refuse it.
        case refused(SessionError, SessionLine)
        /// A part of an answer cannot be read; after the last one the request is done.
        case skipped(RequestKey, isLast: Bool)
        /// The bytes cannot be split into commands; nothing more can be read.
        case lost(SessionError)
    }

    private var connection: ClientConnection
    private var pending = PendingRequests()
    private var waiting: [Event] = []
    /// Receives every line of both ends.
    private let observer: @Sendable (SessionLine) -> Void

    /// Creates a machine that uses the given version until both ends agree on one.
    public init(
        service: Service, version: ProtocolVersion, mode: ReadingMode = .checked, limits: WireLimits = .default,
        observer: @escaping @Sendable (SessionLine) -> Void = { _ in }
    ) {
        connection = ClientConnection(service: service, version: version, mode: mode, limits: limits)
        self.observer = observer
    }

    /// The state of the session.
    public var state: SessionState { connection.state }
    /// The current version.
    public var version: ProtocolVersion { connection.version }
    /// The service at the other end.
    public var service: Service { connection.service }
    /// The number of bytes that wait for the rest of their command.
    public var bufferedBytes: Int { connection.bufferedBytes }
    /// The number of requests without an answer.
    public var openRequests: Int { pending.entries.count }

    /// Whether the rules let the client send this form in this state.
    public func allows(_ form: (some DescribedForm).Type) -> Bool { connection.allows(form) }

    /// Encodes a command whose answers, if any, arrive as notices.
    ///
    /// - Parameters:
    ///   - form: the command.
    ///   - room: the most bytes that it may have; a longer one is refused and changes nothing.
    public mutating func post<Form: WritableForm>(_ form: Form, room: Int = .max) throws(SessionError) -> [UInt8] {
        try write(form, room).bytes
    }

    /// Encodes a request and returns the key under which its answers arrive.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - wantsParts: whether all answers are wanted, or the main reply alone.
    ///   - room: the most bytes that it may have; a longer one is refused and changes nothing.
    public mutating func ask<Request: RequestForm>(
        _ request: Request, wantsParts: Bool = false, room: Int = .max
    ) throws(SessionError) -> (key: RequestKey, bytes: [UInt8]) where Request.Reply.Message == ServerMessage {
        guard request.mayBeAnswered else {
            throw .unanswerable(command: "\(Request.command)", form: "\(Request.form)")
        }
        let outgoing = try write(request, room)
        let key = pending.add(
            request, transaction: outgoing.transaction, version: version, wantsParts: wantsParts)
        return (key, outgoing.bytes)
    }

    /// Abandons a request; late answers are notices. False if the request was already done.
    @discardableResult
    public mutating func abandon(_ key: RequestKey) -> Bool {
        pending.remove(key) != nil
    }

    /// Abandons all open requests, as when the connection is gone.
    public mutating func abandonAll() -> [RequestKey] {
        pending.removeAll().map(\.key)
    }

    /// The command and form of an open request.
    public func name(of key: RequestKey) -> (command: String, form: String)? {
        pending.entries.first { $0.key == key }.map { ($0.command, $0.form) }
    }

    /// Whether a request has its answer and only silence can show that no part follows.
    public func isOpenEnded(_ key: RequestKey) -> Bool { pending.isOpenEnded(key) }

    /// Appends received bytes.
    public mutating func append(_ bytes: [UInt8]) {
        connection.append(bytes)
    }

    /// The next event, or nil until more bytes arrive. Do not call this again after `.lost`.
    public mutating func next() -> Event? {
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            let spoken = version
            let before = state
            switch connection.nextArrival() {
            case nil: return nil
            case .unframed(let error): return .lost(.framing(error))
            case .undecodable(let error, let frame):
                let line = SessionLine(unreadable: frame, from: .server, service: service, version: spoken)
                observer(line)
                skip(frame, .decoding(error))
                waiting.append(.unreadable(error, line))
            case .message(let envelope, let frame):
                let line = SessionLine(
                    received: envelope, frame, service: service, version: spoken,
                    deviation: connection.lastStep?.deviation)
                observer(line)
                if let error = refusal(of: line, in: before) {
                    waiting.append(.refused(error, line))
                    continue
                }
                if case .unknown = envelope.message { skip(frame, .unexpected(envelope.message)) }
                take(envelope)
            }
        }
    }

    /// Counts what cannot be read as a part of an answer, or fails the request that it would have answered.
    private mutating func skip(_ frame: Frame, _ error: SessionError) {
        switch pending.skip(frame) {
        case .part(let key, let isLast): waiting.append(.skipped(key, isLast: isLast))
        case .failure(let key): waiting.append(.failure(key, error))
        case nil: break
        }
    }

    /// Why a strict session does not take a message; the others take whatever they can read.
    private func refusal(of line: SessionLine, in state: SessionState) -> SessionError? {
        guard connection.mode == .strict, let form = line.form else { return nil }
        switch connection.lastStep?.step {
        case .go, .ignore, nil: return nil
        case .error, .close:
            return .notAllowed(command: line.command, form: "\(type(of: form).form)", state: state.description)
        }
    }

    /// Turns a message into an event.
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

    /// The event for a claim.
    private func event(_ claim: PendingRequests.Claim, _ message: ServerMessage?) -> Event {
        switch claim {
        case .answer(let key, let isLast):
            message.map { .answer(key, $0, isLast: isLast) } ?? .failure(key, .closed)
        case .failure(let key, let error): .failure(key, error)
        }
    }

    /// Encodes a command and shows it to the observer.
    private mutating func write<Form: WritableForm>(
        _ form: Form, _ room: Int
    ) throws(SessionError) -> ClientConnection.Outgoing {
        let outgoing = try connection.send(form, room: room)
        observer(
            SessionLine(sent: form, outgoing.bytes, outgoing.transaction, service: service, version: version))
        return outgoing
    }
}
