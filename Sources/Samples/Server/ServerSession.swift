#if Network
// Shows: bytes go into a `ServerConnection`; events come out, already checked against the session rules.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// A client's connection.
///
/// Its tasks read commands, write notices, watch the time, and wait for the mailbox to overflow; when one of them ends,
/// so does the connection. The actor orders what they send, and one task at a time writes it. Sending waits for the
/// client to read, so slow readers get back-pressure: their commands are not read either.
actor ServerSession {
    var connection: ServerConnection
    let context: ServerContext
    let mailbox: Mailbox
    /// The name by which the client knows this server.
    let host: String
    /// The address of the client.
    let remoteHost: String
    /// The account that the client claims.
    var claimed: String?
    /// The challenge or nonce that was sent.
    var challenge: String?
    /// The unanswered product challenge, and its deadline.
    var productChallenge: (text: String, until: Duration)?
    /// The sign-in handle, once signed in.
    var handle: Exchange.SignInHandle?
    /// The chat membership, once in a chat.
    var membership: Exchange.ChatMembership?
    /// Whether the client has set a status.
    var hasStatus = false
    /// Whether the client has requested its lists.
    var hasSynchronized = false
    private let writer: LinkWriter
    /// The bytes to write.
    private var outbox: [UInt8] = []
    /// The tasks that wait for the writer.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isWriting = false
    /// When the current write began.
    private var writingSince: Duration?
    /// Whether an answer or a notice is being composed; they never interleave.
    private var isSpeaking = false
    /// The tasks that wait for their turn.
    private var nextSpeakers: [CheckedContinuation<Void, Never>] = []
    /// Slows down clients that send too fast.
    private var rate: Rate
    /// Slows down clients that send too many bytes.
    private var byteRate: Rate
    /// Ends clients that send too many commands that cannot be read.
    private var unreadableRate: Rate
    var log: SessionLog
    /// When the connection was opened.
    private let opened: Duration
    /// When the last command arrived.
    private var lastHeard: Duration
    /// Whether the client was silent for too long.
    private var isInactive = false

    /// Creates a session; its first command is read in the newest version that the server speaks.
    init(_ link: Link, service: Service, version: ProtocolVersion, context: ServerContext) {
        let name = context.names.next(service)
        connection = ServerConnection(
            service: service, version: version, observer: context.configuration.recorder?.observer(named: name))
        log = SessionLog(context.configuration.logger, connection: name)
        self.context = context
        writer = link.outbound
        host = context.configuration.publicHost ?? link.localHost ?? context.configuration.host
        remoteHost = link.remoteHost ?? ""
        mailbox = Mailbox(limits: context.limits, budget: context.budget)
        opened = context.clock.now()
        lastHeard = opened
        let limits = context.limits
        rate = Rate(perSecond: limits.commandRate, burst: limits.commandBurst, now: opened)
        byteRate = Rate(perSecond: limits.byteRate, burst: limits.byteBurst, now: opened)
        unreadableRate = Rate(perSecond: limits.unreadableRate, burst: limits.unreadableBurst, now: opened)
    }

    /// Serves a connection until it ends.
    static func serve(_ link: Link, _ service: Service, _ context: ServerContext) async {
        guard let version = context.versions.last else { return }
        let session = ServerSession(link, service: service, version: version, context: context)
        await session.log.opened()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await session.read(link.inbound) }
            group.addTask { await session.deliver() }
            group.addTask { await session.watch() }
            group.addTask { await session.waitForOverflow() }
            await group.next()
            group.cancelAll()
        }
        await session.leave()
    }

    /// Reads until the connection or the session ends.
    private func read(_ inbound: LinkBytes) async {
        do {
            for try await bytes in inbound {
                if let pause = byteRate.take(bytes.count, now: context.clock.now()) {
                    try await context.clock.sleep(pause)
                }
                connection.append(bytes)
                while let event = connection.next() {
                    lastHeard = context.clock.now()
                    if let pause = rate.take(now: lastHeard) { try await context.clock.sleep(pause) }
                    guard try await serveWhole(event) else { return try await flush(isLast: true) }
                    try await flushIfLong()
                }
                try await flush()
            }
        } catch {
            return
        }
    }

    /// Sends notices until one of them ends the session.
    private func deliver() async {
        do {
            while let (notice, size) = await mailbox.next() {
                await beginSpeaking()
                let goesOn = deliver(notice)
                endSpeaking()
                try await flush(isLast: !goesOn)
                mailbox.taken(size)
                guard goesOn else { return }
            }
        } catch {
            return
        }
    }

    /// Waits until the client is silent for too long or misses a deadline.
    private func watch() async {
        let limits = context.limits
        let step = min(limits.signInTime, limits.challengeTime, limits.idleTime, limits.writeTime)
        do {
            while true {
                let now = context.clock.now()
                if let challenge = productChallenge, now >= challenge.until {
                    // Not from here: the client may read nothing, and this task watches that.
                    productChallenge = nil
                    mailbox.post(.ended(nil))
                }
                let readingEnd = writingSince.map { $0 + limits.writeTime }
                if let readingEnd, now >= readingEnd { return log.closedUnread() }
                let isIn = handle != nil || membership != nil
                let end = isIn ? lastHeard + limits.idleTime : opened + limits.signInTime
                guard now < end else {
                    isInactive = true
                    return
                }
                try await context.clock.sleep(min(step, end - now, (readingEnd ?? end) - now))
            }
        } catch {
            return
        }
    }

    /// Waits until too much waits for the client.
    private func waitForOverflow() async {
        for await _ in mailbox.overflow {}
        if !Task.isCancelled { log.closedOverflowing() }
    }

    private func leave() async {
        if let handle { await context.exchange.leave(handle) }
        if let membership { await context.exchange.leaveChat(membership, isInactive: isInactive) }
        handle = nil
        membership = nil
        log.closed()
    }

    /// Serves one event without a notice in the middle of its answer; false ends the connection.
    private func serveWhole(_ event: ServerConnection.Event) async throws -> Bool {
        await beginSpeaking()
        defer { endSpeaking() }
        return try await serve(event)
    }

    /// Waits for its turn to send; turns are first come, first served.
    private func beginSpeaking() async {
        if isSpeaking {
            await withCheckedContinuation { nextSpeakers.append($0) }
        } else {
            isSpeaking = true
        }
    }

    private func endSpeaking() {
        if nextSpeakers.isEmpty {
            isSpeaking = false
        } else {
            nextSpeakers.removeFirst().resume()
        }
    }

    /// Serves one event; false ends the connection.
    private func serve(_ event: ServerConnection.Event) async throws -> Bool {
        switch event {
        case .close(let reason):
            log.closed(because: reason)
            return false
        case .refuse(let code, let transaction, let closes, let reason):
            log.refused(reason, with: code)
            try fail(code, transaction)
            return !closes && tolerates(reason)
        case .ignore(let reason):
            log.refused(reason, with: nil)
            return tolerates(reason)
        case .request(let envelope, let deviations):
            log.accepted(deviations, of: envelope.message.form)
            do {
                let goesOn =
                    switch connection.service {
                    case .switchboard: try await chat(envelope)
                    default: try await answer(envelope)
                    }
                return goesOn && !connection.isClosed
            } catch let refusal as Refusal {
                if let form = envelope.message.form { log.refused(form, with: refusal.code) }
                guard let transaction = envelope.transaction else { return true }
                try fail(refusal.code, transaction)
                return !connection.isClosed
            }
        }
    }

    /// Counts a command that cannot be read; false if there were too many.
    private func tolerates(_ reason: ServerConnection.Reason) -> Bool {
        guard case .decoding = reason, unreadableRate.take(now: context.clock.now()) != nil else { return true }
        log.closedAfterTooMany()
        return false
    }

    /// Queues an answer or a notice for the next `flush`.
    func say<Form: WritableForm>(_ form: Form, _ transaction: TransactionID? = nil) throws {
        outbox += try connection.send(form, transaction: transaction)
    }

    /// Queues a form, unless the client's version lacks the form or a value.
    func tell<Form: WritableForm>(_ form: @autoclosure () throws -> Form, _ transaction: TransactionID? = nil) {
        guard Form.versions.contains(connection.version) else { return }
        if let bytes = try? connection.send(form(), transaction: transaction) { outbox += bytes }
    }

    /// Queues an error reply.
    func fail(_ code: ErrorCode, _ transaction: TransactionID?) throws {
        outbox += try connection.fail(code, transaction: transaction)
    }

    /// Writes the queue if there is much in it, so that a long answer is never in memory as a whole.
    func flushIfLong() async throws {
        if outbox.count > 16384 { try await flush() }
    }

    /// Writes the queue; waits while the client is not reading. What comes last is written to the end, since closing the
    /// connection would lose it.
    private func flush(isLast: Bool = false) async throws {
        while isWriting { await withCheckedContinuation { waiting.append($0) } }
        isWriting = true
        writingSince = context.clock.now()
        defer {
            isWriting = false
            writingSince = nil
            let next = waiting
            waiting = []
            for continuation in next { continuation.resume() }
        }
        while !outbox.isEmpty {
            let bytes = outbox
            outbox = []
            try await writer.write(bytes)
            writingSince = context.clock.now()
        }
        if isLast { try await writer.flush() }
    }
}
#endif
