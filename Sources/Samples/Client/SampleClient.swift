#if Network
// Shows: a whole session: typed requests return typed replies, everything else is a notice.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// A client that signs in, changes its status, waits for a presence and signs out.
public struct SampleClient: Sendable {
    /// The result of a visit.
    public struct Report: Sendable, Equatable {
        /// The negotiated version.
        public var version: ProtocolVersion
        /// The account, as the server names it.
        public var userHandle = ""
        /// The contacts that were online, in order of appearance.
        public var contacts: [String] = []
        /// Whether the server accepted the product challenge, or the version has none.
        public var isProductProven = false
        /// Whether the server answered the ping.
        public var isPingAnswered = false
    }

    /// The version to speak.
    public let version: ProtocolVersion
    let credentials: Credentials
    /// The source of tickets.
    let tickets: TicketFunction
    let observer: @Sendable (TraceLine) -> Void

    /// Creates a client for one version and account.
    public init(
        version: ProtocolVersion, userHandle: String, password: String, tickets: @escaping TicketFunction.Function,
        observer: @escaping @Sendable (TraceLine) -> Void = { _ in }
    ) {
        self.version = version
        credentials = Credentials(userHandle: userHandle, password: password)
        self.tickets = TicketFunction(tickets)
        self.observer = observer
    }

    /// Performs the whole visit, starting at a dispatch server.
    public func visit(host: String, port: Int) async throws -> Report {
        let signIn = SignIn(credentials: credentials, versions: [version], tickets: tickets)
        return try await signIn.follow(
            from: ServerAddress(host: host, port: port), service: .dispatch, connector: TCPConnector(),
            setup: { [version, observer] service in
                SessionSetup(service: service, version: version, observer: { observer(TraceLine($0)) })
            },
            { session, user in try await stay(session, user) })
    }

    /// Does what users do, then signs out.
    private func stay(_ session: ClientSession, _ user: USR.Authenticated) async throws -> Report {
        var report = Report(version: await session.version)
        report.userHandle = user.userHandle.string
        report.isProductProven = !CHL.Challenge.versions.contains(report.version)
        _ = try await session.send(
            CHG.Change(
                status: .online, capabilities: Capabilities(client: .chunking, extended: [])))
        for await notice in session.notices {
            switch notice {
            case .message(let envelope): try await follow(envelope.message, session, &report)
            case .unreadable(let error, _): throw SessionError.decoding(error)
            case .refused(let error, _): throw error
            case .ended(let reason): throw reason
            }
            if !report.contacts.isEmpty, report.isProductProven { break }
        }
        if case .qngPong = try await session.send(PNG.Ping()) { report.isPingAnswered = true }
        try await session.post(OUT.SignOut())
        return report
    }

    /// Handles a notice.
    private func follow(
        _ message: ServerMessage, _ session: ClientSession, _ report: inout Report
    ) async throws(SessionError) {
        switch message {
        case .iln(.initial(let presence)): report.contacts.append(presence.userHandle.string)
        case .nln(.changed(let presence)):
            report.contacts.append(presence.user.userHandle.string)
        case .chl(.challenge(let challenge)):
            let product = ClientChallenge.sample
            let answer = product.answer(to: challenge.challenge.string, version: version)
            _ = try await session.send(
                QRY.Answer(clientID: WireToken(product.productID), payload: answer))
            report.isProductProven = true
        default: break
        }
    }
}

/// Tickets from a function in the same process instead of a web service.
public struct TicketFunction: TicketSource {
    public typealias Function = @Sendable (_ userHandle: String, _ password: String) async throws -> String

    private let function: Function

    /// Creates a source from a function.
    public init(_ function: @escaping Function) {
        self.function = function
    }

    /// Calls the function.
    public func ticket(
        for credentials: Credentials, challenge: String
    ) async throws(TicketError) -> Secret<WireToken> {
        do {
            return Secret(WireToken(try await function(credentials.userHandle, credentials.password.value.string)))
        } catch {
            throw .unreachable("\(error)")
        }
    }

    /// Calls the function; its tickets have no secret.
    public func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken {
        SecurityToken(ticket: try await ticket(for: credentials, challenge: policy).value.string, secret: nil)
    }
}
#endif
