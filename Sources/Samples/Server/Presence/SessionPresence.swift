#if Network
// Shows: a presence goes out as ILN or NLN, as the version requires; the encoder leaves out what the version lacks.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Changes the user's status; the first change is followed by the contacts' presence and a challenge.
    func set(_ change: CHG.Change, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        let isFirst = !hasStatus
        hasStatus = true
        let picture = change.msnObject.flatMap { $0.string.isEmpty || $0.string == "0" ? nil : $0 }
        let sights = await context.exchange.set(
            change.status, capabilities: change.capabilities?.complete ?? .unstated, picture: picture, by: handle)
        // Clients that state no capabilities still expect a word for them.
        try say(
            CHG.Changed(
                status: change.status, capabilities: change.capabilities ?? .unstated, msnObject: change.msnObject),
            transaction)
        try await show(sights, transaction)
        if isFirst, !connection.version.has(.serverLists) {
            // Nothing else tells these clients who added the user meanwhile.
            for other in await context.exchange.waiting(for: handle.key) {
                tellAdded(by: other.userHandle, name: other.name, changes: 0)
            }
        }
        if isFirst, CHL.Challenge.versions.contains(connection.version) { try challengeProduct(.zero) }
    }

    /// Sends the presence of contacts who were already online, in answer to a request.
    func show(_ sights: [Exchange.Sight], _ transaction: TransactionID?) async throws {
        for sight in sights {
            show(sight, transaction)
            try await flushIfLong()
        }
    }

    /// Sends the presence of a contact who was already online, in answer to a request.
    func show(_ sight: Exchange.Sight, _ transaction: TransactionID?) {
        let version = connection.version
        if ILN.Initial.versions.contains(version) {
            if let form = try? sight.presence.initial(in: version) { tell(form, transaction) }
        } else if let form = try? sight.presence.changed(in: version) {
            tell(form)
        }
        if let personal = sight.personal { tell(personal: personal, of: sight.presence.userHandle) }
    }

    /// Sends a contact's personal message.
    func tell(personal: WireBytes, of userHandle: String) {
        tell(
            try UBX.Published(
                user: NetworkHandle(home: userHandle), networkID: .windowsLive, payload: personal))
    }

    /// Stores a personal message and passes it on as it is, if the document is about the user rather than an endpoint.
    func publish(_ data: UUX.Publish, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        let payload = data.payload
        guard payload.count <= context.limits.personalMessage else { throw Refusal(.messageTooLong) }
        try say(UUX.Acknowledged(), transaction)
        let root = "\(Payload.UserData.table.elementName)"
        guard payload.isEmpty || DocumentRoot.name(of: payload) == root else { return }
        await context.exchange.publish(payload, by: handle)
    }

    /// Sends the address of the switchboard and a cookie for it.
    func openChat(_ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        let cookie = try await context.exchange.cookieForChat(handle)
        try say(
            XFR.Switchboard(
                address: address(context.switchboardPort), cookie: Credential(cookie),
                domain: Self.domain, isDirect: true), transaction)
    }

    /// Passes a message to a user's client.
    func relay(_ message: UUN.Message, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        try await context.exchange.relay(
            to: message.user.userHandle.string, kind: message.kind, payload: message.payload, by: handle)
        try say(UUN.Accepted(), transaction)
    }

    /// What follows the cookie of a chat.
    static let domain: WireToken = "messenger.msn.com"
}
#endif
