import WireProtocol

/// A client's session: typed requests with typed answers, and a sequence of everything else.
///
///     let reply = try await session.send(USR.Initial(package: .passport, userHandle: Account("alice@example.com")))
///
/// An answer is one of the forms that the grammar lists for the request; an error reply is thrown as
/// `SessionError.refused`. A request that times out, or whose task is cancelled, is abandoned, and a late answer is a
/// notice. When the connection ends, every open request fails with the reason.
public actor ClientSession<Message: SessionMessage> {
    /// Everything that answers no request; for a single reader.
    public nonisolated let notices: AsyncStream<SessionNotice<Message>>
    @usableFromInline var machine: ClientStateMachine<Message>
    @usableFromInline let setup: SessionSetup<Message>
    @usableFromInline let noticeSink: AsyncStream<SessionNotice<Message>>.Continuation
    @usableFromInline var open: [RequestKey: (sink: ReplyChannel<Message>.Continuation, timer: Task<Void, Never>?)] =
        [:]
    /// The bytes to write, in order.
    private let outbox: AsyncStream<[UInt8]>
    private let outboxSink: AsyncStream<[UInt8]>.Continuation
    /// The number of bytes not yet written.
    @usableFromInline var unsent = 0
    /// Callers that wait until everything is written.
    private var flushers: [AsyncStream<Void>.Continuation] = []
    @usableFromInline var end: SessionError<Message>?

    /// Creates a session without a link; `run(over:)` supplies one.
    @usableFromInline
    init(_ setup: SessionSetup<Message>) {
        self.setup = setup
        machine = ClientStateMachine(
            service: setup.service, version: setup.version, mode: setup.mode, limits: setup.limits,
            observer: setup.observer)
        (notices, noticeSink) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(max(1, setup.unreadMessages)))
        (outbox, outboxSink) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Runs a session over a link until the body returns or throws; everything sent by then is written first.
    @inlinable
    public static func run<Result: Sendable>(
        over link: some SessionLink, _ setup: SessionSetup<Message>,
        _ body: (ClientSession<Message>) async throws -> Result
    ) async throws -> Result {
        let session = ClientSession<Message>(setup)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.read(link) }
            group.addTask { await session.write(link) }
            defer { group.cancelAll() }
            do {
                let result = try await body(session)
                await session.flush()
                await session.handOver(to: link)
                await session.finish(.cancelled)
                return result
            } catch {
                await session.finish(.cancelled)
                throw error
            }
        }
    }

    // MARK: - Asking

    /// Sends a request and waits for the main reply; other parts of the answer arrive as notices.
    @inlinable
    public func send<Request: RequestForm>(
        _ request: Request
    ) async throws(SessionError<Message>) -> Request.Reply where Request.Reply.Message == Message {
        try await begin(request).value
    }

    /// Sends a request without waiting, so that the next can follow immediately.
    @inlinable
    public func begin<Request: RequestForm>(
        _ request: Request
    ) throws(SessionError<Message>) -> PendingReply<Request.Reply> where Request.Reply.Message == Message {
        PendingReply(channel: try ask(request, wantsParts: false))
    }

    /// Sends a request and returns all of its answers.
    @inlinable
    public func replies<Request: RequestForm>(
        to request: Request
    ) throws(SessionError<Message>) -> ReplySequence<Request.Reply> where Request.Reply.Message == Message {
        ReplySequence(channel: try ask(request, wantsParts: true))
    }

    /// Sends a command that expects no answer; if one arrives, it is a notice.
    @inlinable
    public func post(_ form: some WritableForm) throws(SessionError<Message>) {
        if let end { throw end }
        push(try machine.post(form, room: setup.unsentBytes - unsent))
    }

    /// The current version.
    public var version: ProtocolVersion { machine.version }
    /// The state of the session.
    public var state: Message.MessageState { machine.state }
    /// The number of requests without an answer.
    public var openRequests: Int { open.count }

    /// Whether the rules let the client send this form in this state.
    public func allows(_ form: (some DescribedForm).Type) -> Bool {
        end == nil && machine.allows(form)
    }

    /// Ends the session from this side, after everything sent is written.
    public func close() async {
        await flush()
        finish(.closed)
    }

    /// Registers a request, starts its timer and queues its bytes.
    @inlinable
    func ask<Request: RequestForm>(
        _ request: Request, wantsParts: Bool
    ) throws(SessionError<Message>) -> ReplyChannel<Message> where Request.Reply.Message == Message {
        if let end { throw end }
        let (key, bytes) = try machine.ask(request, wantsParts: wantsParts, room: setup.unsentBytes - unsent)
        let (channel, sink) = ReplyChannel<Message>.makeStream(
            bufferingPolicy: .bufferingOldest(max(1, setup.unreadMessages)))
        sink.onTermination = { [weak self] reason in
            guard case .cancelled = reason else { return }
            Task { await self?.abandon(key) }
        }
        open[key] = (sink, timer(key, setup.timeout))
        push(bytes)
        return channel
    }

    // MARK: - Time

    /// Starts the timer of a request.
    @usableFromInline
    func timer(_ key: RequestKey, _ time: Duration) -> Task<Void, Never> {
        let clock = setup.clock
        return Task { [weak self] in
            do {
                try await clock.sleep(for: time)
            } catch {
                return
            }
            await self?.expire(key)
        }
    }

    /// Handles silence: it ends an answer without an end mark, and fails a request without an answer.
    private func expire(_ key: RequestKey) {
        let isComplete = machine.isOpenEnded(key)
        let name = machine.name(of: key)
        guard machine.abandon(key) else { return }
        settle(key, isComplete ? nil : .timedOut(command: name?.command ?? "", form: name?.form ?? ""))
    }

    /// Abandons a request whose caller is gone.
    @usableFromInline
    func abandon(_ key: RequestKey) {
        machine.abandon(key)
        open.removeValue(forKey: key)?.timer?.cancel()
    }

    /// Closes the channel of a completed request.
    @usableFromInline
    func settle(_ key: RequestKey, _ error: SessionError<Message>?) {
        guard let (sink, timer) = open.removeValue(forKey: key) else { return }
        timer?.cancel()
        if let error { sink.yield(.failure(error)) }
        sink.finish()
    }

    // MARK: - Reading

    /// Reads until the link ends.
    @inlinable
    func read(_ link: some SessionLink) async {
        do {
            for try await bytes in link.pieces {
                machine.append(bytes)
                while end == nil, let event = machine.next() { take(event) }
                if end != nil { return }
            }
        } catch {
            finish(Task.isCancelled ? .cancelled : .broken(reason: "\(error)"))
            return
        }
        let rest = machine.bufferedBytes
        finish(Task.isCancelled ? .cancelled : rest > 0 ? .cut(bytes: rest) : .closed)
    }

    /// Dispatches an event.
    @inlinable
    func take(_ event: ClientStateMachine<Message>.Event) {
        switch event {
        case .answer(let key, let message, let isLast): deliver(message, to: key, isLast: isLast)
        case .failure(let key, let error):
            settle(key, error)
            if case .unexpected(let message) = error { notice(.message(Envelope(transaction: nil, message: message))) }
        case .notice(let envelope):
            notice(.message(envelope))
            // Nothing can be sent any more, even if the server does not close the connection.
            if machine.isEnded { finish(.ended(by: envelope.message)) }
        case .unreadable(let error, let line): notice(.unreadable(error, line))
        case .refused(let error, let line): notice(.refused(error, line))
        case .skipped(let key, let isLast): wait(for: key, isLast: isLast)
        case .lost(let error): finish(error)
        }
    }

    /// Delivers an answer, and restarts the timer for the next part.
    @inlinable
    func deliver(_ message: Message, to key: RequestKey, isLast: Bool) {
        guard let (sink, _) = open[key] else { return }
        if case .dropped = sink.yield(.success(message)) {
            settle(key, .overrun)
            machine.abandon(key)
            return
        }
        wait(for: key, isLast: isLast)
    }

    /// Restarts the timer for the next part, if there is one.
    @inlinable
    func wait(for key: RequestKey, isLast: Bool) {
        guard !isLast else { return settle(key, nil) }
        open[key]?.timer?.cancel()
        open[key]?.timer = self.timer(key, machine.isOpenEnded(key) ? setup.quiet : setup.timeout)
    }

    /// Emits a notice.
    @inlinable
    func notice(_ notice: SessionNotice<Message>) {
        if case .dropped = noticeSink.yield(notice) { finish(.overrun) }
    }

    // MARK: - Writing

    /// Queues bytes; calls and wire have the same order.
    @usableFromInline
    func push(_ bytes: [UInt8]) {
        unsent += bytes.count
        outboxSink.yield(bytes)
    }

    @usableFromInline
    func write(_ link: some SessionLink) async {
        do {
            for await bytes in outbox {
                try await link.write(bytes)
                unsent -= bytes.count
                if unsent == 0 { wakeFlushers() }
            }
        } catch {
            finish(Task.isCancelled ? .cancelled : .broken(reason: "\(error)"))
        }
    }

    /// Waits until everything is written, the session ends, or the timeout passes.
    @usableFromInline
    func flush() async {
        guard unsent > 0, end == nil else { return }
        let (written, sink) = AsyncStream<Void>.makeStream()
        flushers.append(sink)
        let clock = setup.clock
        let time = setup.timeout
        let timer = Task {
            try? await clock.sleep(for: time)
            sink.finish()
        }
        for await _ in written {}
        timer.cancel()
    }

    /// Waits until the link can be closed without a loss, or the timeout passes.
    @usableFromInline
    func handOver(to link: some SessionLink) async {
        guard unsent == 0 else { return }
        let (clock, time) = (setup.clock, setup.timeout)
        await withTaskGroup(of: Void.self) { race in
            // Both end by themselves once one has ended, and what is lost is lost.
            race.addTask { try? await link.flush() }
            race.addTask { try? await clock.sleep(for: time) }
            await race.next()
            race.cancelAll()
        }
    }

    /// Resumes the callers that wait until everything is written.
    private func wakeFlushers() {
        for flusher in flushers { flusher.finish() }
        flushers = []
    }

    // MARK: - The end

    /// Ends the session once; fails every open request with the reason.
    @usableFromInline
    func finish(_ reason: SessionError<Message>) {
        guard end == nil else { return }
        end = reason
        for key in machine.abandonAll() { settle(key, reason) }
        outboxSink.finish()
        wakeFlushers()
        // If the buffer is full the reader misses the reason here; the requests have received it.
        noticeSink.yield(.ended(reason))
        noticeSink.finish()
    }
}
