import WireProtocol
import WireSession

/// A session of the module that is generated here.
typealias Session = ClientSession<ServerMessage>

/// The sign-in of MSNP12: the session numbers the requests, keeps to the rules and finds the answers.
///
/// What MSNP12 lacks does not exist here: there is no `USR.Digest`, `SYN.Synchronize` wants both stamps, and the
/// enumerations of answers have only what a server of that version may answer.
struct SignIn {
    let account: Account
    /// What the login service issued for the challenge of the server.
    let ticket: Credential

    /// Why there is no sign-in here.
    enum Failure: Error {
        case refusedVersion
        case otherServer(HostPort)
    }

    init(account: String, ticket: String) throws {
        self.account = try Account(account)
        self.ticket = try Credential(ticket)
    }

    /// Signs in and goes online.
    func perform(on session: Session) async throws -> USR.Authenticated {
        let offer = VER.Offer(dialects: [try Dialect("MSNP12"), try Dialect("CVR0")])
        guard case .verAccepted = try await session.send(offer) else { throw Failure.refusedVersion }
        _ = try await session.send(
            CVR.Describe(
                localeID: LocaleID("0x0409"), systemType: .windowsNT, systemVersion: SystemVersion("5.1"),
                architecture: .intel, libraryName: .messenger, clientVersion: ClientVersion("7.5.0324"),
                clientName: ClientName("MSNMSGR"), userHandle: account))
        switch try await session.send(USR.Initial(package: .passport, userHandle: account)) {
        case .usrPassportChallenge: break
        case .xfrNotification(let referral): throw Failure.otherServer(referral.address)
        }
        let answer = try await session.send(USR.Ticket(ticket: ticket))
        _ = try await session.send(SYN.Synchronize(listStamp: ListStamp("0"), settingsStamp: ListStamp("0")))
        try await session.post(CHG.Change(status: .online, capabilities: Capabilities(client: .chunking)))
        switch answer {
        case .usrAuthenticated(let user): return user
        }
    }
}
