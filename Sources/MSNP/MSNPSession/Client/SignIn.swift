import MSNP
import WireProtocol

/// The sign-in of a client, in every version that has one.
public struct SignIn: Sendable {
    /// What became of it.
    public enum Outcome: Sendable, Equatable {
        /// The user is signed in.
        case signedIn(USR.Authenticated)
        /// The account is served elsewhere: the sign-in begins anew there.
        case referred(ServerAddress, hop: WireToken?)
    }

    /// Who signs in.
    public var credentials: Credentials
    /// The versions to offer, the best one first.
    public var versions: [ProtocolVersion]
    /// Where tickets come from.
    public var tickets: any TicketSource
    /// What the client says it is.
    public var program: ClientProgram
    /// The machine, as versions with endpoints name it.
    public var endpoint: String
    /// True if requests go out together where the rules allow it.
    public var pipelines: Bool
    /// What the referring server said about the referral.
    public var hop: WireToken?

    /// Prepares a sign-in.
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

    /// Signs in on a fresh session: agrees on a version, says what the client is, names the account, proves the
    /// password.
    ///
    /// Which of these steps a version has, and which may go out without waiting for the one before, is asked of the
    /// session's rules and of the forms; so this is the sign-in of all versions.
    public func perform(on session: ClientSession) async throws(SessionError) -> Outcome {
        let offer = try Self.valued { () throws(ValueError) in
            var dialects: [Dialect] = []
            for name in versions.compactMap(\.name) + ["CVR0"] { dialects.append(try Dialect(name)) }
            return VER.Offer(dialects: dialects)
        }
        guard case .verAccepted = try await session.send(offer),
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
            described = try await session.begin(description)
        }
        var packages: PendingReply<INF.Request.Reply>?
        if await session.allows(INF.Request.self) {
            packages = try await session.begin(INF.Request())
        }
        if !pipelines { _ = try await (described?.value, packages?.value) }
        let account = try await session.begin(
            USR.Initial(package: kind.package, userHandle: WireToken(credentials.userHandle)))
        if pipelines { _ = try await (described?.value, packages?.value) }

        do throws(SessionError) {
            let proven: USR.Authenticated
            switch try await account.value {
            case .xfrNotification(let referral): return .referred(ServerAddress(referral.address), hop: referral.hop)
            case .usrChallenge(let challenge):
                let digest = try Self.valued { () throws(ValueError) in
                    try MD5Digest(
                        MD5Login.digest(
                            challenge: challenge.challenge.string, password: credentials.password.value.string))
                }
                proven = try await session.send(USR.Digest(digest: Secret(digest))).user
            case .usrPassportChallenge(let challenge):
                let ticket = try await ticket(challenge.challenge.string)
                proven = try await session.send(USR.Ticket(ticket: ticket)).user
            case .usrSsoChallenge(let challenge):
                let proof = try await proof(policy: challenge.policy.string, nonce: challenge.nonce.string)
                proven = try await session.send(proof).user
            case .usrPasswordRequest:
                throw .noSignIn(version: "a password in the clear")
            }
            return .signedIn(proven)
        } catch {
            // Some servers refer a client only after its proof.
            guard case .unexpected(.xfr(.notification(let referral))) = error else { throw error }
            return .referred(ServerAddress(referral.address), hop: referral.hop)
        }
    }

    /// Signs in from server to server, and runs the body where the account is served.
    ///
    /// - Parameters:
    ///   - service: what the first server is taken for; a notification server may do the work of a dispatch server.
    ///   - limit: how many times servers may refer the client to another one.
    ///   - setup: prepares the session of each connection.
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
        throw SessionError.referredTooOften(times: limit + 1)
    }

    /// What one server was good for.
    private enum Step<Result: Sendable>: Sendable {
        case done(Result)
        case referred(ServerAddress, WireToken?)
    }

    /// A ticket of the web service.
    private func ticket(_ challenge: String) async throws(SessionError) -> Secret<WireToken> {
        do throws(TicketError) {
            return try await tickets.ticket(for: credentials, challenge: challenge)
        } catch {
            throw .ticket(error)
        }
    }

    /// A ticket, and the proof that its secret is known where the service gave one.
    private func proof(policy: String, nonce: String) async throws(SessionError) -> USR.Proof {
        let token: SecurityToken
        do throws(TicketError) {
            token = try await tickets.token(for: credentials, policy: policy)
        } catch {
            throw .ticket(error)
        }
        // The form writes the prefix itself.
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
        let machine = try Self.valued { () throws(ValueError) in try GUID(endpoint) }
        return USR.Proof(
            ticket: Secret(WireToken(bare)), blob: blob.map { Secret(WireToken($0)) }, endpoint: machine)
    }

    /// Makes a value of texts that were set from outside.
    private static func valued<Value>(_ make: () throws(ValueError) -> Value) throws(SessionError) -> Value {
        do throws(ValueError) {
            return try make()
        } catch {
            throw .value(error)
        }
    }
}

/// The one answer to each kind of proof.
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
    /// The address in a referral.
    public init(_ address: HostPort) {
        self.init(host: address.host.string, port: Int(address.port))
    }
}
