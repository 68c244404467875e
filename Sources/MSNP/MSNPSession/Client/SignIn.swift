import MSNP
import WireProtocol
import WireSession

/// A client's sign-in, in every version that has one.
public struct SignIn: Sendable {
    /// The result of a sign-in.
    public enum Outcome: Sendable, Equatable {
        /// The user is signed in.
        case signedIn(USR.Authenticated)
        /// Another server serves the account; start again there.
        case referred(ServerAddress, hop: WireToken?)
    }

    /// An account and its password.
    public var credentials: Credentials
    /// The versions to offer, best first.
    public var versions: [ProtocolVersion]
    /// The source of tickets.
    public var tickets: any TicketSource
    /// How the client describes itself.
    public var program: ClientProgram
    /// The GUID of this machine, for versions with endpoints.
    public var endpoint: String
    /// Whether to send requests together where the rules allow it.
    public var pipelines: Bool
    /// The hop from the referring server, to be repeated in `CVR`.
    public var hop: WireToken?

    /// Creates a sign-in.
    public init(
        credentials: Credentials, versions: [ProtocolVersion], tickets: any TicketSource = NoTickets(),
        program: ClientProgram = .sample, endpoint: String = "{55192CF5-588E-4ABE-9CDF-395B616ED85B}",
        pipelines: Bool = true
    ) {
        self.credentials = credentials
        self.versions = versions
        self.tickets = tickets
        self.program = program
        self.endpoint = endpoint
        self.pipelines = pipelines
    }

    /// Signs in on a new session: negotiates the version, describes the client, names the account, proves the password.
    ///
    /// The session rules and the forms decide which of these steps a version has and which may be sent without waiting,
    /// so this one function covers every version.
    public func perform(on session: ClientSession) async throws(SignInError) -> Outcome {
        guard case .verAccepted = try await session.answer(to: VER.Offer(versions: versions + [.cvr0])),
            versions.contains(await session.version)
        else { throw .noCommonVersion }
        let version = await session.version
        guard let kind = SignInKind(version: version) else {
            throw .noSignIn(version: version.name ?? "\(version)")
        }

        var described: PendingReply<CVR.Describe.Reply>?
        if await session.allows(CVR.Describe.self) {
            let description = try Self.valued { () throws(ValueError) in
                try program.description(of: credentials.userHandle, hop: hop)
            }
            described = try await session.start(description)
        }
        var packages: PendingReply<INF.Request.Reply>?
        if await session.allows(INF.Request.self) {
            packages = try await session.start(INF.Request())
        }
        if !pipelines { _ = try await (described?.answer, packages?.answer) }
        let userHandle = try Self.valued { () throws(ValueError) in try Account(credentials.userHandle) }
        let account = try await session.start(USR.Initial(package: kind.package, userHandle: userHandle))
        if pipelines { _ = try await (described?.answer, packages?.answer) }

        do throws(SignInError) {
            let proven: USR.Authenticated
            switch try await account.answer {
            case .xfrNotification(let referral): return .referred(ServerAddress(referral.address), hop: referral.hop)
            case .usrChallenge(let challenge):
                let digest = try Self.valued { () throws(ValueError) in
                    try MD5Digest(
                        MD5Login.digest(
                            challenge: challenge.challenge.string, password: credentials.password.value.string))
                }
                proven = try await session.answer(to: USR.Digest(digest: digest)).user
            case .usrPassportChallenge(let challenge):
                let ticket = try await ticket(challenge.challenge.string, version)
                proven = try await session.answer(to: USR.Ticket(ticket: ticket)).user
            case .usrSSOChallenge(let challenge):
                let proof = try await proof(policy: challenge.policy.string, nonce: challenge.nonce.string)
                proven = try await session.answer(to: proof).user
            case .usrPasswordRequest:
                throw .noSignIn(version: "a password in the clear")
            }
            return .signedIn(proven)
        } catch {
            // Some servers refer a client only after the proof.
            guard case .session(.unexpected(.xfr(.notification(let referral)))) = error else { throw error }
            return .referred(ServerAddress(referral.address), hop: referral.hop)
        }
    }

    /// Signs in, following referrals from server to server, and runs the body on the server that serves the account.
    ///
    /// - Parameters:
    ///   - start: the address of the first server.
    ///   - service: the service to expect of the first server; a notification server may act as a dispatch server.
    ///   - connector: opens the connections.
    ///   - limit: the most referrals to follow.
    ///   - setup: prepares the session of each connection.
    ///   - body: runs with the session and the user of the last server, which stays open until it ends.
    public func follow<Result: Sendable>(
        from start: ServerAddress, service: Service = .notification, connector: some Connector, limit: Int = 8,
        setup: @Sendable (Service) -> SessionSetup,
        _ body: @escaping @Sendable (ClientSession, USR.Authenticated) async throws -> Result
    ) async throws -> Result {
        var address = start
        var service = service
        var signIn = self
        for _ in 0...limit {
            let attempt = signIn
            let step = try await connector.withSession(at: address, setup(service)) { session -> Step<Result> in
                switch try await attempt.perform(on: session) {
                case .signedIn(let user): .done(try await body(session, user))
                case .referred(let next, let hop): .referred(next, hop)
                }
            }
            switch step {
            case .done(let result): return result
            case .referred(let next, let hop):
                address = next
                signIn.hop = hop
                service = .notification
            }
        }
        throw SignInError.referredTooOften(times: limit + 1)
    }

    /// The outcome of one server.
    private enum Step<Result: Sendable>: Sendable {
        case done(Result)
        case referred(ServerAddress, WireToken?)
    }

    /// Requests a ticket from the web service.
    private func ticket(_ challenge: String, _ version: ProtocolVersion) async throws(SignInError) -> Credential {
        let ticket: Secret<WireToken>
        do throws(TicketError) {
            ticket = try await tickets.ticket(for: credentials, challenge: challenge, version: version)
        } catch {
            throw .ticket(error)
        }
        return try Self.valued { () throws(ValueError) in try Credential(ticket.value.string) }
    }

    /// Requests a token and proves its secret, if the service issued one.
    private func proof(policy: String, nonce: String) async throws(SignInError) -> USR.Proof {
        let token: SecurityToken
        do throws(TicketError) {
            token = try await tickets.token(for: credentials, policy: policy)
        } catch {
            throw .ticket(error)
        }
        // The form writes the prefix.
        let ticket = token.ticket.value.string
        let bare = ticket.hasPrefix("t=") ? String(ticket.dropFirst(2)) : ticket
        var blob: String?
        do throws(SingleSignOnProof.Failure) {
            if let secret = token.secret {
                blob = try SingleSignOnProof(secret: secret.value.string).text(nonce: nonce)
            }
        } catch {
            throw .ticket(.unexpectedAnswer("\(error)"))
        }
        return try Self.valued { () throws(ValueError) in
            try USR.Proof(ticket: Credential(bare), blob: blob.map(Credential.init(_:)), endpoint: GUID(endpoint))
        }
    }

    /// Rethrows a value error as an error of the sign-in.
    private static func valued<Value>(_ make: () throws(ValueError) -> Value) throws(SignInError) -> Value {
        do throws(ValueError) {
            return try make()
        } catch {
            throw .value(error)
        }
    }
}

extension WireSession.ClientSession<ServerMessage> {
    /// Sends a request and waits for its answer.
    fileprivate func answer<Request: RequestForm>(
        to request: Request
    ) async throws(SignInError) -> Request.Reply where Request.Reply.Message == ServerMessage {
        try await start(request).answer
    }

    /// Sends a request whose answer is awaited later.
    fileprivate func start<Request: RequestForm>(
        _ request: Request
    ) throws(SignInError) -> PendingReply<Request.Reply> where Request.Reply.Message == ServerMessage {
        do throws(SessionError) {
            return try begin(request)
        } catch {
            throw .session(error)
        }
    }
}

extension PendingReply where Reply.Message == ServerMessage {
    /// The answer, or why there is none.
    fileprivate var answer: Reply {
        get async throws(SignInError) {
            do throws(SessionError) {
                return try await value
            } catch {
                throw .session(error)
            }
        }
    }
}

extension USR.Digest.Reply {
    fileprivate var user: USR.Authenticated {
        switch self {
        case .usrAuthenticated(let user): user
        }
    }
}

extension USR.Ticket.Reply {
    fileprivate var user: USR.Authenticated {
        switch self {
        case .usrAuthenticated(let user): user
        }
    }
}

extension USR.Proof.Reply {
    fileprivate var user: USR.Authenticated {
        switch self {
        case .usrAuthenticated(let user): user
        }
    }
}

extension ServerAddress {
    /// Creates the address in a referral.
    public init(_ address: HostPort) {
        self.init(host: address.host.string, port: Int(address.port.number))
    }
}
