// Shows: a whole visit in one version: dispatch, referral, sign-in, status, presence, challenge, sign-out.
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

    /// Where a client gets its ticket: account and password in, ticket out.
    public typealias TicketSource = @Sendable (_ userHandle: String, _ password: String) async throws -> String

    /// The version to speak.
    public let version: ProtocolVersion
    /// The account.
    public let userHandle: String
    /// The password.
    let password: Secret<WireToken>
    /// Where tickets come from.
    let tickets: TicketSource
    /// Who watches.
    let observer: @Sendable (TraceLine) -> Void

    /// Makes a client of one version and account.
    public init(
        version: ProtocolVersion, userHandle: String, password: String, tickets: @escaping TicketSource,
        observer: @escaping @Sendable (TraceLine) -> Void = { _ in }
    ) {
        self.version = version
        self.userHandle = userHandle
        self.password = Secret(WireToken(password))
        self.tickets = tickets
        self.observer = observer
    }

    /// Makes the whole visit, beginning at a dispatch server.
    public func visit(host: String, port: Int) async throws -> Report {
        let referral = try await Dialer.withLink(host: host, port: port) { link in
            var conversation = Conversation(link, service: .dispatch, version: version, observer: observer)
            guard case .referred(let address) = try await enter(&conversation) else {
                throw SessionError.unexpected(command: "USR", form: "challenge")
            }
            return address
        }
        let next = Int(referral.port)
        return try await Dialer.withLink(host: referral.host.string, port: next) { link in
            var conversation = Conversation(link, service: .notification, version: version, observer: observer)
            guard case .challenged(let challenge) = try await enter(&conversation) else {
                throw SessionError.unexpected(command: "XFR", form: "notification")
            }
            return try await stay(&conversation, challenge)
        }
    }

    /// Signs in after the challenge, does what users do, and leaves.
    private func stay(_ conversation: inout Conversation, _ challenge: USR.ServerMessage) async throws -> Report {
        var report = Report(version: version)
        report.userHandle = try await prove(&conversation, challenge)
        if !conversation.hasSent(CVR.Describe.self) { try await describeIfAllowed(&conversation) }
        try await conversation.send(
            CHG.Change(
                status: .online, capabilities: 32,
                endpointCapabilities: EndpointCapabilities(capabilities: 32, extended: 0)))
        report.isProductProven = !CHL.Challenge.versions.contains(version)
        while report.contacts.isEmpty || !report.isProductProven {
            try await follow(&conversation, &report)
        }
        try await conversation.send(PNG.Ping())
        while !report.isPingAnswered { try await follow(&conversation, &report) }
        try await conversation.send(OUT.SignOut())
        while try await conversation.next() != nil {}
        return report
    }

    /// Takes the next thing the server says.
    private func follow(_ conversation: inout Conversation, _ report: inout Report) async throws {
        switch try await conversation.receive().message {
        case .iln(.initial(let presence)): report.contacts.append(presence.userHandle.string)
        case .nln(.changed(let presence)):
            let userHandle = presence.userHandle ?? presence.user?.userHandle
            if let userHandle { report.contacts.append(userHandle.string) }
        case .chl(.challenge(let challenge)):
            let product = ClientChallenge.sample
            let answer = product.answer(to: challenge.challenge.string, version: version)
            try await conversation.send(
                QRY.Answer(clientID: WireToken(product.productID), payload: WireBytes(answer)))
        case .qry(.accepted): report.isProductProven = true
        case .qng(.pong): report.isPingAnswered = true
        default: break
        }
    }
}
