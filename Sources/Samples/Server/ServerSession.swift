// Shows: bytes go into a `ServerConnection`, events come out; the session's rules have already spoken.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// One connection of a client.
///
/// Its tasks read commands, write the notices of the exchange, watch the time, and wait for the mailbox to run over;
/// the first to end ends it. What they say is put in order here and written by one of them at a time; who has
/// something to say waits for the client to read, so that a client that does not read is not read from either.
actor ServerSession {
    /// Decoding, encoding, and the rules.
    var connection: ServerConnection
    /// What all sessions share.
    let context: ServerContext
    /// Where the exchange puts notices.
    let mailbox: Mailbox
    /// The name under which the client knows this server.
    let host: String
    /// The account the client named.
    var claimed: String?
    /// The challenge or nonce that was sent.
    var challenge: String?
    /// The product challenge that was sent and not answered, and until when.
    var productChallenge: (text: String, until: Duration)?
    /// The user, once signed in.
    var handle: Exchange.SignInHandle?
    /// The place in a chat.
    var membership: Exchange.ChatMembership?
    /// True once a status was set.
    var hasStatus = false
    /// True once the lists were asked for.
    var hasSynchronized = false
    /// The way to the client.
    private let writer: LinkWriter
    /// What is to be written.
    private var outbox: [UInt8] = []
    /// Who waits for the writer.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// True while somebody writes.
    private var isWriting = false
    /// Since when the client has not read what is being written.
    private var writingSince: Duration?
    /// True while an answer is made or a notice is said: neither comes in the middle of the other.
    private var isSpeaking = false
    /// Who speaks next.
    private var nextSpeakers: [CheckedContinuation<Void, Never>] = []
    /// Slows down who talks too fast.
    private var rate: CommandRate
    /// When the connection was made.
    private let opened: Duration
    /// When the last command came.
    private var lastHeard: Duration
    /// True once nothing was heard for too long.
    private var isInactive = false

    /// Starts a session; its first command is read in the newest version that is served.
    init(_ link: Link, service: Service, version: ProtocolVersion, context: ServerContext) {
        connection = ServerConnection(service: service, version: version)
        self.context = context
        writer = link.outbound
        host = context.configuration.publicHost ?? link.localHost ?? context.configuration.host
        mailbox = Mailbox(limits: context.limits, budget: context.budget)
        opened = context.clock.now()
        lastHeard = opened
        rate = CommandRate(
            perSecond: context.limits.commandRate, burst: context.limits.commandBurst, now: lastHeard)
    }

    /// Serves a connection to its end.
    static func serve(_ link: Link, _ service: Service, _ context: ServerContext) async {
        guard let version = context.versions.last else { return }
        let session = ServerSession(link, service: service, version: version, context: context)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await session.read(link.inbound) }
            group.addTask { await session.deliver() }
            group.addTask { await session.watch() }
            group.addTask { for await _ in session.mailbox.overflow {} }
            await group.next()
            group.cancelAll()
        }
        await session.leave()
    }

    /// Reads until the connection or the conversation ends.
    private func read(_ inbound: LinkBytes) async {
        do {
            for try await bytes in inbound {
                connection.append(bytes)
                while let event = connection.next() {
                    lastHeard = context.clock.now()
                    if let pause = rate.take(now: lastHeard) { try await context.clock.sleep(pause) }
                    guard try await serveWhole(event) else { return try await flush() }
                    if outbox.count > 16384 { try await flush() }
                }
                try await flush()
            }
        } catch {
            return
        }
    }

    /// Writes the exchange's notices until one of them ends the session.
    private func deliver() async {
        do {
            for await notice in mailbox.notices {
                await beginSpeaking()
                let goesOn = deliver(notice)
                endSpeaking()
                try await flush()
                mailbox.taken(notice.size)
                guard goesOn else { return }
            }
        } catch {
            return
        }
    }

    /// Waits until the client has been silent for too long, or owes an answer.
    private func watch() async {
        let limits = context.limits
        let step = min(limits.signInTime, limits.challengeTime, limits.idleTime, limits.writeTime)
        do {
            while true {
                let now = context.clock.now()
                if let productChallenge, now >= productChallenge.until {
                    try say(OUT.Ended())
                    return try await flush()
                }
                if let writingSince, now >= writingSince + limits.writeTime { return }
                let isIn = handle != nil || membership != nil
                let end = isIn ? lastHeard + limits.idleTime : opened + limits.signInTime
                guard now < end else {
                    isInactive = true
                    return
                }
                try await context.clock.sleep(min(step, end - now))
            }
        } catch {
            return
        }
    }

    /// Tells the exchange that the user is gone.
    private func leave() async {
        if let handle { await context.exchange.leave(handle) }
        if let membership { await context.exchange.leaveChat(membership, isInactive: isInactive) }
        handle = nil
        membership = nil
    }

    /// Serves one event with no notice in the middle of its answer; false ends the connection.
    private func serveWhole(_ event: ServerConnection.Event) async throws -> Bool {
        await beginSpeaking()
        defer { endSpeaking() }
        return try await serve(event)
    }

    /// Waits for the turn to speak; turns are taken in the order they were asked for.
    private func beginSpeaking() async {
        if isSpeaking {
            await withCheckedContinuation { nextSpeakers.append($0) }
        } else {
            isSpeaking = true
        }
    }

    /// Passes the turn on.
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
        case .close: return false
        case .refuse(let code, let transaction, let closes):
            try fail(ErrorCode(code), transaction)
            return !closes
        case .request(let envelope):
            do {
                let goesOn =
                    switch connection.service {
                    case .switchboard: try await chat(envelope)
                    default: try await answer(envelope)
                    }
                return goesOn && !connection.isClosed
            } catch let refusal as Refusal {
                guard let transaction = envelope.transaction else { return true }
                try fail(refusal.code, transaction)
                return !connection.isClosed
            }
        }
    }

    /// Says an answer or a notice; it is written with the next `flush`.
    func say<Form: WritableForm>(_ form: Form, _ transaction: TransactionID? = nil) throws {
        outbox += try connection.send(form, transaction: transaction)
    }

    /// Says something unless the client's version has no such form or value.
    func tell<Form: WritableForm>(_ form: Form, _ transaction: TransactionID? = nil) {
        guard Form.versions.contains(connection.version) else { return }
        if let bytes = try? connection.send(form, transaction: transaction) { outbox += bytes }
    }

    /// Says an error answer.
    func fail(_ code: ErrorCode, _ transaction: TransactionID?) throws {
        outbox += try connection.fail(code, transaction: transaction)
    }

    /// Writes what was said; waits while the client does not read.
    private func flush() async throws {
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
    }
}
