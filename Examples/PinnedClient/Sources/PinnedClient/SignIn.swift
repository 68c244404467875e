import WireProtocol

/// The sign-in of MSNP12, step by step: each message of the server says what comes next.
struct SignIn {
    let account: Account
    /// What the login service issued for the challenge of the server.
    let ticket: Credential
    private(set) var isDone = false

    init(account: String, ticket: String) throws {
        self.account = try Account(account)
        self.ticket = try Credential(ticket)
    }

    /// What to say first.
    func start(on connection: inout PinnedConnection) throws -> [UInt8] {
        try connection.send(VER.Offer(dialects: [Dialect("MSNP12"), Dialect("CVR0")]))
    }

    /// What to say to a message; empty if nothing.
    ///
    /// What MSNP12 lacks does not exist here: there is no `USR.Digest`, and `SYN.Synchronize` wants both stamps.
    mutating func answer(_ message: ServerMessage, on connection: inout PinnedConnection) throws -> [UInt8] {
        switch message {
        case .ver(.accepted):
            try connection.send(
                CVR.Describe(
                    localeID: LocaleID("0x0409"), systemType: .windowsNT, systemVersion: SystemVersion("5.1"),
                    architecture: .intel, libraryName: .messenger, clientVersion: ClientVersion("7.5.0324"),
                    clientName: ClientName("MSNMSGR"), userHandle: account))
        case .cvr: try connection.send(USR.Initial(package: .passport, userHandle: account))
        case .usr(.passportChallenge): try connection.send(USR.Ticket(ticket: ticket))
        case .usr(.authenticated):
            try connection.send(SYN.Synchronize(listStamp: ListStamp("0"), settingsStamp: ListStamp("0")))
        case .syn: try online(on: &connection)
        default: []
        }
    }

    private mutating func online(on connection: inout PinnedConnection) throws -> [UInt8] {
        isDone = true
        return try connection.send(CHG.Change(status: .online, capabilities: Capabilities(client: .chunking)))
    }
}
