import WireProtocol

/// A client's connection and its open requests, without a socket or a clock.
///
/// Encodes requests, and turns received bytes into answers to them or into notices. Nothing that was received is lost:
/// whatever answers no open request is a notice.
public struct ClientStateMachine<Message: SessionMessage>: Sendable {
    /// What the received bytes mean.
    public enum Event: Sendable {
        /// An answer to a request; the last one completes it.
        case answer(RequestKey, Message, isLast: Bool)
        /// A request failed.
        case failure(RequestKey, SessionError<Message>)
        /// A message that answers no request.
        case notice(Envelope<Message>)
        /// A command that does not fit the grammar; the next one is intact.
        case unreadable(WireDecodingError, SessionLine<Message.MessageService>)
        /// A command that the rules do not allow in this state; only strict sessions refuse it.
        case refused(SessionError<Message>, SessionLine<Message.MessageService>)
        /// A part of an answer cannot be read; after the last one the request is done.
        case skipped(RequestKey, isLast: Bool)
        /// The bytes cannot be split into commands; nothing more can be read.
        case lost(SessionError<Message>)
    }

    @usableFromInline var connection: ClientConnection<Message>
    @usableFromInline var pending = PendingRequests<Message>()
    @usableFromInline var waiting: [Event] = []
    /// Receives every line of both ends.
    @usableFromInline let observer: (@Sendable (SessionLine<Message.MessageService>) -> Void)?

    /// Creates a machine that uses the given version until both ends agree on one.
    ///
    /// Without an observer, lines are not copied for one.
    public init(
        service: Message.MessageService, version: ProtocolVersion, mode: ReadingMode = .checked,
        limits: WireLimits = Message.limits,
        observer: (@Sendable (SessionLine<Message.MessageService>) -> Void)? = nil
    ) {
        connection = ClientConnection(service: service, version: version, mode: mode, limits: limits)
        self.observer = observer
    }

    /// The state of the session.
    @inlinable public var state: Message.MessageState { connection.state }
    /// The current version.
    @inlinable public var version: ProtocolVersion { connection.version }
    /// The service at the other end.
    @inlinable public var service: Message.MessageService { connection.service }
    /// Whether the last message from the server ended the session by the rules.
    @inlinable public var isEnded: Bool {
        if case .go(let next) = connection.lastStep?.step { next.isClosed } else { false }
    }
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
    @inlinable
    public mutating func post(
        _ form: some WritableForm, room: Int = .max
    ) throws(SessionError<Message>) -> [UInt8] {
        try write(form, room).bytes
    }

    /// Encodes a request and returns the key under which its answers arrive.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - wantsParts: whether all answers are wanted, or the main reply alone.
    ///   - room: the most bytes that it may have; a longer one is refused and changes nothing.
    @inlinable
    public mutating func ask<Request: RequestForm>(
        _ request: Request, wantsParts: Bool = false, room: Int = .max
    ) throws(SessionError<Message>) -> (key: RequestKey, bytes: [UInt8]) where Request.Reply.Message == Message {
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
        pending.entries.first { $0.key == key }.map { ("\($0.command)", "\($0.form)") }
    }

    /// Whether a request has its answer and only silence can show that no part follows.
    public func isOpenEnded(_ key: RequestKey) -> Bool { pending.isOpenEnded(key) }

    /// Appends received bytes.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) { connection.append(bytes) }

    /// The next event, or nil until more bytes arrive. Do not call this again after `.lost`.
    @inlinable
    public mutating func next() -> Event? {
        if !waiting.isEmpty { return waiting.removeFirst() }
        let spoken = version
        let before = state
        switch connection.nextArrival() {
        case nil: return nil
        case .unframed(let error): return .lost(.framing(error))
        case .undecodable(let error, let frame): return unreadable(frame, error, in: spoken)
        case .message(let envelope, let frame):
            if observer != nil || mode == .strict, let event = show(envelope, frame, in: spoken, before) {
                return event
            }
            // The rules have no step for a command that the grammar does not know.
            if connection.lastStep == nil, let event = skip(frame, .unexpected(envelope.message)) {
                waiting.append(take(envelope))
                return event
            }
            return take(envelope)
        }
    }

    /// Whether deviations of programs are accepted, and how much of a line is checked at once.
    @inlinable var mode: ReadingMode { connection.mode }

    /// Counts what cannot be read as a part of an answer, or fails the request that it would have answered.
    @usableFromInline
    mutating func skip(_ frame: Frame, _ error: SessionError<Message>) -> Event? {
        switch pending.skip(frame) {
        case .part(let key, let isLast): .skipped(key, isLast: isLast)
        case .failure(let key): .failure(key, error)
        case nil: nil
        }
    }

    /// The events for a command that cannot be read: the first one is returned.
    @usableFromInline
    mutating func unreadable(_ frame: Frame, _ error: WireDecodingError, in version: ProtocolVersion) -> Event {
        let line = SessionLine(unreadable: frame, from: Message.sender, service: service, version: version)
        observer?(line)
        guard let event = skip(frame, .decoding(error)) else { return .unreadable(error, line) }
        waiting.append(.unreadable(error, line))
        return event
    }

    /// Shows a message to the observer. A strict session refuses one that the rules do not allow; the others take
    /// whatever they can read.
    @usableFromInline
    func show(
        _ envelope: Envelope<Message>, _ frame: Frame, in version: ProtocolVersion, _ before: Message.MessageState
    ) -> Event? {
        let isRefused =
            switch connection.lastStep?.step {
            case .go, .ignore, nil: false
            case .error, .close: mode == .strict
            }
        guard observer != nil || isRefused else { return nil }
        let line = SessionLine(
            received: envelope, frame, service: service, version: version, deviation: connection.lastStep?.deviation)
        observer?(line)
        guard isRefused, let form = line.form else { return nil }
        let name = "\(type(of: form).form)"
        return .refused(.notAllowed(command: line.command, form: name, state: before.description), line)
    }

    /// Turns a message into an event.
    @inlinable
    mutating func take(_ envelope: Envelope<Message>) -> Event {
        if let version = envelope.message.agreedVersion { connection.adopt(version) }
        return switch pending.claim(envelope) {
        case .answer(let key, let isLast): .answer(key, envelope.message, isLast: isLast)
        case .failure(let key, let error): .failure(key, error)
        case nil: .notice(envelope)
        }
    }

    /// Encodes a command and shows it to the observer.
    @inlinable
    mutating func write(
        _ form: some WritableForm, _ room: Int
    ) throws(SessionError<Message>) -> ClientConnection<Message>.Outgoing {
        let outgoing = try connection.send(form, room: room)
        observer?(
            SessionLine(sent: form, outgoing.bytes, outgoing.transaction, service: service, version: version))
        return outgoing
    }
}
