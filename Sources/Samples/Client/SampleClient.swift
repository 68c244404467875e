// Shows: a whole visit with the session API: typed requests return typed replies, everything else is a notice.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// A client that signs in, sets its status, waits for a presence and signs out.
public struct SampleClient: Sendable {
    /// What a visit brought.
    public struct Report: Sendable, Equatable {
        /// The version spoken.
        public var version: ProtocolVersion
        /// The account as the server names it.
        public var userHandle = ""
        /// The contacts that were seen, in the order they appeared.
        public var contacts: [String] = []
        /// True if the server took the proof of the product, or the version has none.
        public var isProductProven = false
        /// True if the server answered the ping.
        public var isPingAnswered = false
    }

    /// The version to speak.
    public let version: ProtocolVersion
    /// Who signs in.
    let credentials: Credentials
    /// Where tickets come from.
    let tickets: TicketFunction
    /// Who watches.
    let observer: @Sendable (TraceLine) -> Void

    /// Makes a client of one version and account.
    public init(
        version: ProtocolVersion, userHandle: String, password: String, tickets: @escaping TicketFunction.Function,
        observer: @escaping @Sendable (TraceLine) -> Void = { _ in }
    ) {
        self.version = version
        credentials = Credentials(userHandle: userHandle, password: password)
        self.tickets = TicketFunction(tickets)
        self.observer = observer
    }

    /// Makes the whole visit, beginning at a dispatch server.
    public func visit(host: String, port: Int) async throws -> Report {
        let signIn = SignIn(credentials: credentials, versions: [version], tickets: tickets)
        return try await signIn.follow(
            from: ServerAddress(host: host, port: port), service: .dispatch, connector: TCPConnector(),
            setup: { [version, observer] service in
                SessionSetup(service: service, version: version, observer: { observer(TraceLine($0)) })
            },
            { session, user in try await stay(session, user) })
    }

    /// Does what users do, and leaves.
    private func stay(_ session: ClientSession, _ user: USR.Authenticated) async throws -> Report {
        var report = Report(version: await session.version)
        report.userHandle = user.userHandle.string
        report.isProductProven = !CHL.Challenge.versions.contains(report.version)
        _ = try await session.send(
            CHG.Change(
                status: .online, capabilities: 32,
                endpointCapabilities: EndpointCapabilities(capabilities: 32, extended: 0)))
        for await notice in session.notices {
            switch notice {
            case .message(let envelope): try await follow(envelope.message, session, &report)
            case .unreadable(let error): throw SessionError.decoding(error)
            case .ended(let reason): throw reason
            }
            if !report.contacts.isEmpty, report.isProductProven { break }
        }
        if case .qngPong = try await session.send(PNG.Ping()) { report.isPingAnswered = true }
        try await session.post(OUT.SignOut())
        return report
    }

    /// Takes something the server says unasked.
    private func follow(
        _ message: ServerMessage, _ session: ClientSession, _ report: inout Report
    ) async throws(SessionError) {
        switch message {
        case .iln(.initial(let presence)): report.contacts.append(presence.userHandle.string)
        case .nln(.changed(let presence)):
            let userHandle = presence.userHandle ?? presence.user?.userHandle
            if let userHandle { report.contacts.append(userHandle.string) }
        case .chl(.challenge(let challenge)):
            let product = ClientChallenge.sample
            let answer = product.answer(to: challenge.challenge.string, version: version)
            _ = try await session.send(
                QRY.Answer(clientID: WireToken(product.productID), payload: WireBytes(answer)))
            report.isProductProven = true
        default: break
        }
    }
}
