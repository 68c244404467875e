// Shows: the order of the sign-in comes from the session's rules, its kind from the forms that the version has.
import MSNP
import MSNPSession
import WireProtocol

/// What the first request of a sign-in led to.
enum Entry: Sendable {
    /// Another server is to be asked.
    case referred(HostPort)
    /// The server wants a proof.
    case challenged(USR.ServerMessage)
}

extension SampleClient {
    /// Agrees on the version and names the account.
    func enter(_ conversation: inout Conversation) async throws -> Entry {
        guard let kind = SignInKind(version: version) else {
            throw SessionError.noSignIn(version: version.name ?? "\(version)")
        }
        try await negotiate(&conversation)
        try await describeIfAllowed(&conversation)
        if conversation.connection.allows(INF.Request.self) {
            try await conversation.send(INF.Request())
            guard case .inf(.packages) = try await conversation.receive().message else {
                throw SessionError.unexpected(command: "INF", form: "packages")
            }
        }
        try await conversation.send(USR.Initial(package: kind.package, userHandle: WireToken(userHandle)))
        while true {
            switch try await conversation.receive().message {
            case .xfr(.notification(let referral)): return .referred(referral.address)
            case .usr(let challenge): return .challenged(challenge)
            case .gcf: continue
            default: throw SessionError.unexpected(command: "USR", form: "challenge")
            }
        }
    }

    /// Offers one version, the one this client is to speak.
    private func negotiate(_ conversation: inout Conversation) async throws {
        try await conversation.send(VER.Offer(dialects: [Dialect(version.name ?? ""), Dialect("CVR0")]))
        switch try await conversation.receive().message {
        case .ver(.accepted(let accepted)) where accepted.dialects.first?.text == version.name:
            conversation.adopt(version)
        default: throw SessionError.noCommonVersion
        }
    }

    /// Says what this client is, where the rules want that now, and waits for the answer.
    func describeIfAllowed(_ conversation: inout Conversation) async throws {
        guard conversation.connection.allows(CVR.Describe.self) else { return }
        try await conversation.send(
            CVR.Describe(
                localeID: LocaleID("0x0409"), systemType: "winnt", systemVersion: "5.1", architecture: "i386",
                libraryName: "MSNMSGR", clientVersion: "5.0.0575", clientName: "MSMSGS",
                userHandle: WireToken(userHandle)))
        while true {
            if case .cvr(.recommended) = try await conversation.receive().message { return }
        }
    }

    /// Proves that the account is the user's own; gives back the account as the server names it.
    func prove(_ conversation: inout Conversation, _ challenge: USR.ServerMessage) async throws -> String {
        switch challenge {
        case .challenge(let challenge):
            let digest = MD5Login.digest(challenge: challenge.challenge.string, password: password.value.string)
            try await conversation.send(USR.Digest(digest: Secret(MD5Digest(digest))))
        case .passportChallenge:
            try await conversation.send(USR.Ticket(ticket: Secret(WireToken(try await ticket()))))
        case .ssoChallenge:
            try await conversation.send(
                USR.Proof(ticket: Secret(WireToken(try await bareTicket())), endpoint: GUID(Self.endpoint)))
        default: throw SessionError.unexpected(command: "USR", form: "challenge")
        }
        while true {
            guard case .usr(.authenticated(let user)) = try await conversation.receive().message else { continue }
            return user.userHandle.string
        }
    }

    /// A ticket as the web service spells it.
    private func ticket() async throws -> String {
        try await tickets(userHandle, password.value.string)
    }

    /// A ticket without the prefix that the form writes itself.
    private func bareTicket() async throws -> String {
        let ticket = try await ticket()
        return ticket.hasPrefix("t=") ? String(ticket.dropFirst(2)) : ticket
    }

    /// The machine of the sample client.
    private static let endpoint: String = "{55192CF5-588E-4ABE-9CDF-395B616ED85B}"
}
