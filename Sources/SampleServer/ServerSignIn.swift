// Shows: three ways to sign in without one comparison of versions; the grammar says which form a version has.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Takes a step of the sign-in; false ends the connection.
    func signIn(_ request: USR.ClientMessage, _ transaction: TransactionID?) async throws -> Bool {
        switch request {
        case .initial(let initial): return try await begin(initial, transaction)
        case .digest(let proof):
            guard let account = claimed.flatMap({ context.account($0) }), let challenge,
                proof.digest.value.text.lowercased()
                    == MD5Login.digest(challenge: challenge, password: account.password)
            else { return try await refuse(transaction) }
            return try await welcome(account, transaction)
        case .ticket(let proof): return try await redeem(proof.ticket.value.string, transaction)
        case .proof(let proof): return try await redeem("t=" + proof.ticket.value.string, transaction)
        default: return try await refuse(transaction)
        }
    }

    /// Sends the client to the notification server, or asks it for a proof.
    private func begin(_ request: USR.Initial, _ transaction: TransactionID?) async throws -> Bool {
        let userHandle = request.userHandle.string
        guard context.serves(userHandle) else {
            try await fail(.wrongServer, transaction)
            return false
        }
        guard let kind = SignInKind(version: connection.version), kind.package == request.package else { return false }
        if case .dispatch = connection.service {
            try await send(
                XFR.Notification(
                    address: address(context.notificationPort), currentAddress: address(context.dispatchPort),
                    transport: .direct), transaction)
            return false
        }
        claimed = userHandle
        if GCF.Policies.versions.contains(connection.version) {
            try await send(GCF.Policies(payload: WireBytes("<Policies></Policies>")))
        }
        switch kind {
        case .digest:
            let text = "\(UInt32.random(in: 1_000_000_000 ... .max)).\(UInt32.random(in: 100_000_000...999_999_999))"
            challenge = text
            try await send(USR.Challenge(challenge: WireToken(text)), transaction)
        case .ticket:
            try await send(
                USR.PassportChallenge(challenge: "ct=1,rver=1,wp=FS_40SEC_0_COMPACT,lc=1,id=1"), transaction)
        case .singleSignOn:
            let number = UInt64.random(in: 1_000_000_000_000_000...9_999_999_999_999_999)
            let nonce = String(repeating: "A", count: 48) + "\(number)"
            try await send(USR.SsoChallenge(policy: "MBI_KEY_OLD", nonce: WireToken(nonce)), transaction)
        }
        return true
    }

    /// Accepts a ticket that was issued for the claimed account and its password.
    private func redeem(_ ticket: String, _ transaction: TransactionID?) async throws -> Bool {
        guard let claim = context.tickets.redeem(ticket), let claimed, let account = context.account(claimed),
            claim.account.lowercased() == account.userHandle.lowercased(), claim.proves(account.password)
        else { return try await refuse(transaction) }
        return try await welcome(account, transaction)
    }

    /// Refuses the proof and ends the connection.
    private func refuse(_ transaction: TransactionID?) async throws -> Bool {
        try await fail(.authenticationFailed, transaction)
        return false
    }

    /// Signs the user in and sends what a fresh session is told.
    private func welcome(_ account: SampleAccount, _ transaction: TransactionID?) async throws -> Bool {
        try await send(
            USR.Authenticated(
                userHandle: WireToken(account.userHandle), friendlyName: WireText(account.friendlyName),
                isVerified: true, isRestricted: false), transaction)
        user = (account, await context.hub.enter(account, mailbox: mailbox))
        if SBS.Balance.versions.contains(connection.version) { try await send(SBS.Balance()) }
        try await send(MSG.Notice(from: "Hotmail", friendlyName: "Hotmail", payload: WireBytes(Self.profile)))
        return true
    }

    /// An address on this host.
    private func address(_ port: Int) -> HostPort {
        HostPort(host: WireToken(context.host), port: UInt32(clamping: port))
    }

    /// The profile of every sample user.
    private static let profile = """
        MIME-Version: 1.0\r
        Content-Type: text/x-msmsgsprofile; charset=UTF-8\r
        LoginTime: 1000000000\r
        EmailEnabled: 0\r
        lang_preference: 1033\r
        \r

        """
}
