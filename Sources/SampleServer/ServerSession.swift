// Shows: bytes go into a `ServerConnection`, events come out; the session's rules have already spoken.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// One connection of a client.
actor ServerSession {
    /// Decoding, encoding, and the rules.
    var connection: ServerConnection
    /// What all sessions share.
    let context: ServerContext
    /// The way to the client.
    private let writer: LinkWriter
    /// Where the hub puts notices.
    let mailbox: AsyncStream<Notice>.Continuation
    /// The account the client named.
    var claimed: String?
    /// The digest challenge that was sent.
    var challenge: String?
    /// The product challenge that was sent and not answered.
    var productChallenge: String?
    /// The user, once signed in.
    var user: (account: SampleAccount, member: UInt64)?
    /// True once a status was set.
    var hasStatus = false

    /// Starts a session; its first command is read in the newest version that can sign in.
    init(
        service: Service, version: ProtocolVersion, context: ServerContext, writer: LinkWriter,
        mailbox: AsyncStream<Notice>.Continuation
    ) {
        connection = ServerConnection(service: service, version: version)
        self.context = context
        self.writer = writer
        self.mailbox = mailbox
    }

    /// Serves a connection to its end: one task reads commands, one passes on the notices of the hub.
    static func serve(_ link: Link, _ service: Service, _ context: ServerContext) async {
        guard let version = SignInKind.completeVersions.last else { return }
        let (notices, mailbox) = AsyncStream.makeStream(of: Notice.self, bufferingPolicy: .bufferingOldest(256))
        let session = ServerSession(
            service: service, version: version, context: context, writer: link.outbound, mailbox: mailbox)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await session.read(link.inbound) }
            group.addTask { await session.pass(on: notices) }
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
                    guard try await serve(event) else { return }
                }
            }
        } catch {
            return
        }
    }

    /// Writes the hub's notices until one of them ends the session.
    private func pass(on notices: AsyncStream<Notice>) async {
        do {
            for await notice in notices {
                switch notice {
                case .presence(let presence): try await send(presence.changed(in: connection.version))
                case .offline(let userHandle): try await send(Presence.offline(userHandle))
                case .signedInElsewhere:
                    try await send(OUT.Ended(reason: .signedInElsewhere))
                    return
                }
            }
        } catch {
            return
        }
    }

    /// Tells the hub that the user is gone.
    private func leave() async {
        if let user { await context.hub.leave(user.member) }
        user = nil
    }

    /// Serves one event; false ends the connection.
    private func serve(_ event: ServerConnection.Event) async throws -> Bool {
        switch event {
        case .close: return false
        case .refuse(let code, let transaction, let closes):
            try await fail(ErrorCode(code), transaction)
            return !closes
        case .request(let envelope):
            return try await answer(envelope) && !connection.isClosed
        }
    }

    /// Writes an answer or a notice.
    func send<Form: WireForm>(_ form: Form, _ transaction: TransactionID? = nil) async throws {
        try await writer.write(connection.send(form, transaction: transaction))
    }

    /// Writes an error answer.
    func fail(_ code: ErrorCode, _ transaction: TransactionID?) async throws {
        try await writer.write(connection.fail(code, transaction: transaction))
    }
}
