// Shows: one presence goes out as ILN or NLN, whichever the version has; parameters it lacks are left out by the encoder.
import MSNP
import MSNPSession
import WireProtocol
import WireXML

extension ServerSession {
    /// Sets the status; the first one is followed by the presence of the others and a challenge.
    func set(_ change: CHG.Change, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        let isFirst = !hasStatus
        hasStatus = true
        var abilities = Abilities(capabilities: change.capabilities ?? 0)
        if let both = change.endpointCapabilities {
            abilities = Abilities(capabilities: both.capabilities, extended: both.extended ?? 0)
        }
        let picture = change.msnObject.flatMap { $0.string.isEmpty || $0.string == "0" ? nil : $0 }
        let sights = await context.exchange.set(change.status, abilities: abilities, picture: picture, by: handle)
        try say(
            CHG.Changed(
                status: change.status, capabilities: change.capabilities,
                endpointCapabilities: change.endpointCapabilities, msnObject: change.msnObject), transaction)
        for sight in sights { show(sight, transaction) }
        if isFirst, CHL.Challenge.versions.contains(connection.version) { try challengeProduct(.zero) }
    }

    /// Shows somebody who was there before, as the answer to a request.
    func show(_ sight: Exchange.Sight, _ transaction: TransactionID?) {
        let version = connection.version
        if ILN.Initial.versions.contains(version) {
            if let form = try? sight.presence.initial(in: version) { tell(form, transaction) }
        } else if let form = try? sight.presence.changed(in: version) {
            tell(form)
        }
        if let personal = sight.personal { tell(personal: personal, of: sight.presence.userHandle) }
    }

    /// Tells the personal message of somebody.
    func tell(personal: WireBytes, of userHandle: String) {
        tell(
            UBX.Published(
                userHandle: WireToken(userHandle), networkID: .windowsLive, user: NetworkHandle(home: userHandle),
                payload: personal))
    }

    /// Takes a personal message; others hear of it if it is the document about the user, not one about an endpoint.
    func publish(_ data: UUX.Publish, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        let payload = data.payload ?? WireBytes()
        try say(UUX.Acknowledged(), transaction)
        let element = try? WireProtocol.XMLElement(parsing: payload)
        let isData = element.flatMap { try? Payload.UserData($0) } != nil
        guard payload.isEmpty || isData else { return }
        await context.exchange.publish(payload.detached(), by: handle)
    }

    /// Names a switchboard and the cookie that opens it.
    func openChat(_ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        let cookie = try await context.exchange.cookieForChat(handle)
        try say(
            XFR.Switchboard(
                address: address(context.switchboardPort), cookie: Secret(WireToken(cookie)),
                domain: Self.domain, isDirect: true), transaction)
    }

    /// Passes a message to the client of a user.
    func relay(_ message: UUN.Message, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        guard let receiver = message.user?.userHandle ?? message.userHandle else { throw Refusal(.invalidParameter) }
        try await context.exchange.relay(
            to: receiver.string, kind: message.kind, payload: message.payload ?? WireBytes(), by: handle)
        try say(UUN.Accepted(), transaction)
    }

    /// What servers say after the cookie of a chat.
    static let domain: WireToken = "messenger.msn.com"
}
