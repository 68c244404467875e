import MSNP
import WireProtocol

/// A client's session: typed requests with their typed answers, and a sequence of everything else.
///
///     let reply = try await session.send(USR.Initial(package: .passport, userHandle: "alice@example.com"))
///
/// An answer is one of the forms that the grammar names for the request; an error reply is thrown as
/// `SessionError.refused`. A request that is not answered in time, or whose task is cancelled, is given up, and an answer
/// that comes too late is a notice. When the connection ends, every open request fails with the reason.
public actor ClientSession {
    /// The messages that nobody asked for; for one reader.
    public nonisolated let notices: AsyncStream<SessionNotice>
    /// The protocol.
    private var machine: ClientStateMachine
    /// What was set up.
    private let setup: SessionSetup
    /// Where notices go.
    private let noticeSink: AsyncStream<SessionNotice>.Continuation
    /// The open requests and their timers.
    private var open: [RequestKey: (sink: ReplyChannel.Continuation, timer: Task<Void, Never>?)] = [:]
    /// The bytes to write.
    private let outbox: AsyncStream<[UInt8]>
    private let outboxSink: AsyncStream<[UInt8]>.Continuation
    /// Bytes that were not written yet.
    private var unsent = 0
    /// Whoever waits until all is written.
    private var flushers: [AsyncStream<Void>.Continuation] = []
    /// Why the session is over.
    private var end: SessionError?
    /// What the server said last about the end.
    private var farewell: SessionError?

    /// Makes a session without a link; `run(over:)` gives it one.
    init(_ setup: SessionSetup) {
        self.setup = setup
        machine = ClientStateMachine(
            service: setup.service, version: setup.version, limits: setup.limits, observer: setup.observer)
        (notices, noticeSink) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(max(1, setup.unreadMessages)))
        (outbox, outboxSink) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Runs a session over a link until the body ends; what was sent by then is written first.
    public static func run<Result: Sendable>(
        over link: some SessionLink, _ setup: SessionSetup,
        _ body: (ClientSession) async throws -> Result
    ) async throws -> Result {
        let session = ClientSession(setup)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.read(link) }
            group.addTask { await session.write(link) }
            defer { group.cancelAll() }
            do {
                let result = try await body(session)
                await session.flush()
                await session.finish(.cancelled)
                return result
            } catch {
                await session.finish(.cancelled)
                throw error
            }
        }
    }

    // MARK: - Asking

    /// Sends a request and waits for the main reply; other parts of the answer come as notices.
    public func send<Request: RequestForm>(
        _ request: Request
    ) async throws(SessionError) -> Request.Reply where Request.Reply.Message == ServerMessage {
        try await begin(request).value
    }

    /// Sends a request without waiting, so that the next one can follow at once.
    public func begin<Request: RequestForm>(
        _ request: Request
    ) throws(SessionError) -> PendingReply<Request.Reply> where Request.Reply.Message == ServerMessage {
        PendingReply(channel: try ask(request, wantsParts: false))
    }

    /// Sends a request and hands out all of its answers.
    public func replies<Request: RequestForm>(
        to request: Request
    ) throws(SessionError) -> ReplySequence<Request.Reply> where Request.Reply.Message == ServerMessage {
        ReplySequence(channel: try ask(request, wantsParts: true))
    }

    /// Sends a command that wants no answer; one that comes is a notice.
    public func post(_ form: some WritableForm) throws(SessionError) {
        if let end { throw end }
        try push(try machine.post(form))
    }

    /// The version spoken.
    public var version: ProtocolVersion { machine.version }
    /// Where the session stands.
    public var state: SessionState { machine.state }
    /// How many requests wait for an answer.
    public var openRequests: Int { open.count }

    /// True if the rules let the client send this form now.
    public func allows(_ form: (some DescribedForm).Type) -> Bool {
        end == nil && machine.allows(form)
    }

    /// Ends the session from this side; what was sent is written first.
    public func close() async {
        await flush()
        finish(.closed)
    }

    /// Adds a request, gives it a timer, and queues its bytes.
    private func ask<Request: RequestForm>(
        _ request: Request, wantsParts: Bool
    ) throws(SessionError) -> ReplyChannel where Request.Reply.Message == ServerMessage {
        if let end { throw end }
        let (key, bytes) = try machine.ask(request, wantsParts: wantsParts)
        let (channel, sink) = ReplyChannel.makeStream(bufferingPolicy: .bufferingOldest(max(1, setup.unreadMessages)))
        sink.onTermination = { [weak self] reason in
            guard case .cancelled = reason else { return }
            Task { await self?.abandon(key) }
        }
        open[key] = (sink, timer(key, setup.timeout))
        do {
            try push(bytes)
        } catch {
            abandon(key)
            throw error
        }
        return channel
    }

    // MARK: - Time

    /// A task that wakes the session for a request.
    private func timer(_ key: RequestKey, _ time: Duration) -> Task<Void, Never> {
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

    /// Silence: the end of an answer without a mark of its end, or a request without an answer.
    private func expire(_ key: RequestKey) {
        let isComplete = machine.isOpenEnded(key)
        let name = machine.name(of: key)
        guard machine.abandon(key) else { return }
        settle(key, isComplete ? nil : .timedOut(command: name?.command ?? "", form: name?.form ?? ""))
    }

    /// Gives a request up whose caller is gone.
    private func abandon(_ key: RequestKey) {
        machine.abandon(key)
        open.removeValue(forKey: key)?.timer?.cancel()
    }

    /// Closes the channel of a request that is done.
    private func settle(_ key: RequestKey, _ error: SessionError?) {
        guard let (sink, timer) = open.removeValue(forKey: key) else { return }
        timer?.cancel()
        if let error { sink.yield(.failure(error)) }
        sink.finish()
    }

    // MARK: - Reading

    /// Reads the link to its end.
    private func read(_ link: some SessionLink) async {
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

    /// Hands an event to whom it belongs.
    private func take(_ event: ClientStateMachine.Event) {
        switch event {
        case .answer(let key, let message, let isLast): deliver(message, to: key, isLast: isLast)
        case .failure(let key, let error):
            settle(key, error)
            if case .unexpected(let message) = error { notice(.message(Envelope(transaction: nil, message: message))) }
        case .notice(let envelope):
            heed(envelope.message)
            notice(.message(envelope))
        case .unreadable(let error): notice(.unreadable(error))
        case .lost(let error): finish(error)
        }
    }

    /// Hands out an answer; the timer begins anew for the next part.
    private func deliver(_ message: ServerMessage, to key: RequestKey, isLast: Bool) {
        guard let (sink, timer) = open[key] else { return }
        if case .dropped = sink.yield(.success(message)) {
            settle(key, .overrun)
            machine.abandon(key)
            return
        }
        guard !isLast else { return settle(key, nil) }
        timer?.cancel()
        open[key]?.timer = self.timer(key, machine.isOpenEnded(key) ? setup.quiet : setup.timeout)
    }

    /// Remembers what the server says about the end of the session.
    private func heed(_ message: ServerMessage) {
        switch message {
        case .out(.ended(let form)): farewell = .ended(form.reason)
        case .out(.reconnect(let form)): farewell = .reconnect(minutes: form.minutes)
        default: break
        }
    }

    /// Tells what nobody asked for.
    private func notice(_ notice: SessionNotice) {
        if case .dropped = noticeSink.yield(notice) { finish(.overrun) }
    }

    // MARK: - Writing

    /// Queues bytes; the order of the calls is the order on the wire.
    private func push(_ bytes: [UInt8]) throws(SessionError) {
        guard unsent + bytes.count <= setup.unsentBytes else { throw .overrun }
        unsent += bytes.count
        outboxSink.yield(bytes)
    }

    /// Writes the queue to the link.
    private func write(_ link: some SessionLink) async {
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

    /// Waits until all is written, the session is over, or the time of an answer has passed.
    private func flush() async {
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

    /// Lets those go on who wait until all is written.
    private func wakeFlushers() {
        for flusher in flushers { flusher.finish() }
        flushers = []
    }

    // MARK: - The end

    /// Ends the session once; every open request fails with the reason.
    private func finish(_ reason: SessionError) {
        guard end == nil else { return }
        let reason = reason == .closed ? farewell ?? reason : reason
        end = reason
        for key in machine.abandonAll() { settle(key, reason) }
        outboxSink.finish()
        wakeFlushers()
        // A full buffer keeps the reader from hearing the reason here; the requests have heard it.
        noticeSink.yield(.ended(reason))
        noticeSink.finish()
    }
}
