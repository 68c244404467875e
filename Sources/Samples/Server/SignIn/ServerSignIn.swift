#if Network
// Shows: three ways to sign in without comparing versions; the grammar says which form a version has.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Performs a step of the sign-in; false ends the connection.
    func signIn(_ request: USR.ClientMessage, _ transaction: TransactionID?) async throws -> Bool {
        switch request {
        case .initial(let initial): return try begin(initial, transaction)
        case .digest(let proof):
            guard let claimed, let challenge else { return try refuse(transaction) }
            let verdict = await context.passwords.check(
                digest: proof.digest.string, of: challenge, by: claimed, from: remoteHost)
            switch verdict {
            case .right: return try await welcome(claimed, endpoint: nil, transaction)
            case .wrong: return try refuse(transaction)
            case .tooManyGuesses, .busy:
                try fail(.signInServerBusy, transaction)
                return false
            }
        case .ticket(let proof):
            guard let claimed, context.tickets.redeem(proof.ticket.string, of: claimed, proof: nil) else {
                return try refuse(transaction)
            }
            return try await welcome(claimed, endpoint: nil, transaction)
        case .proof(let proof):
            // Clients with a replaced sign-in library omit the blob; the ticket alone proves the password, too.
            guard let claimed, let challenge,
                context.tickets.redeem(
                    "t=" + proof.ticket.string, of: claimed,
                    proof: proof.blob.map { ($0.string, challenge) })
            else { return try refuse(transaction) }
            return try await welcome(claimed, endpoint: proof.endpoint, transaction)
        case .circleTicket:
            guard let claimed else { return false }
            try say(
                USR.Authenticated(userHandle: Account(claimed), isVerified: false, isRestricted: false), transaction)
            return true
        default: return try refuse(transaction)
        }
    }

    /// Refers the client to the notification server, or asks for a proof.
    private func begin(_ request: USR.Initial, _ transaction: TransactionID?) throws -> Bool {
        let userHandle = request.userHandle.string
        guard context.accounts.serves(userHandle) else {
            try fail(.wrongServer, transaction)
            return false
        }
        guard let kind = SignInKind(version: connection.version), kind.package == request.package else { return false }
        if case .dispatch = connection.service {
            try say(
                XFR.Notification(
                    address: address(context.notificationPort), currentAddress: address(context.dispatchPort),
                    transport: .direct), transaction)
            return false
        }
        claimed = userHandle
        log.name(account: userHandle)
        if GCF.Policies.versions.contains(connection.version) {
            try say(GCF.Policies(payload: "<Policies></Policies>"))
        }
        switch kind {
        case .digest:
            let text = "\(context.clock.unixTime()).\(Random.digits(12))"
            challenge = text
            try say(USR.Challenge(challenge: WireToken(text)), transaction)
        case .ticket:
            try say(USR.PassportChallenge(challenge: "ct=1,rver=1,wp=FS_40SEC_0_COMPACT,lc=1,id=1"), transaction)
        case .singleSignOn:
            let nonce = Base64.text(of: (0..<48).map { _ in UInt8.random(in: 0...255) })
            challenge = nonce
            try say(USR.SSOChallenge(policy: "MBI_KEY_OLD", nonce: WireToken(nonce)), transaction)
        }
        return true
    }

    /// Refuses the proof and ends the connection.
    private func refuse(_ transaction: TransactionID?) throws -> Bool {
        try fail(.authenticationFailed, transaction)
        return false
    }

    /// Signs the user in and sends the initial messages.
    private func welcome(
        _ claimed: String, endpoint: GUID?, _ transaction: TransactionID?
    ) async throws -> Bool {
        let version = connection.version
        guard
            let handle = await context.exchange.enter(
                claimed, mailbox: mailbox, version: version, endpoint: endpoint)
        else {
            try fail(.serverGoingDown, transaction)
            return false
        }
        self.handle = handle
        log.signedIn(version)
        let (_, name) = await context.exchange.name(of: handle.key)
        challenge = nil
        try say(
            USR.Authenticated(
                userHandle: Account(claimed), friendlyName: WireText(name), isVerified: true, isRestricted: false),
            transaction)
        tell(SBS.Balance())
        try say(MSG.Notice(from: "Hotmail", friendlyName: "Hotmail", payload: try profile(claimed)))
        if version.has(.endpoints) {
            // Newer clients wait for data about themselves before they show anything.
            tell(
                try UBX.Published(
                    user: NetworkHandle(home: claimed), networkID: .windowsLive, payload: WireBytes()))
        }
        return true
    }

    /// The profile of an account; versions that lack a field ignore it.
    private func profile(_ userHandle: String) throws(ValueError) -> Payload.Profile {
        var profile = Payload.Profile()
        profile.loginTime = UInt32(clamping: context.clock.unixTime())
        profile.emailEnabled = false
        profile.language = 1033
        profile.preferredEmail = try Account(userHandle)
        profile.addressBookMigrated = true
        return profile
    }

    func address(_ port: Int) -> HostPort {
        HostPort(host: WireToken(host), port: PortNumber(clamping: port))
    }
}
#endif
