// Shows: translation happens only here; a notice becomes the form that the client's version has, or nothing.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Sends a notice in the client's version; false if it ends the session.
    func deliver(_ notice: Notice) -> Bool {
        switch notice {
        case .presence(let presence):
            if let form = try? presence.changed(in: connection.version) { tell(form) }
        case .offline(let userHandle): tell(Presence.offline(userHandle))
        case .personal(let userHandle, let data): tell(personal: data, of: userHandle)
        case .added(let userHandle, let name, let changes): tellAdded(by: userHandle, name: name, changes: changes)
        case .removed(let userHandle, let changes): tellRemoved(by: userHandle, changes: changes)
        case .property(let userHandle, let property, let value, let changes):
            tell(property: property, value: value, of: userHandle, changes: changes)
        case .ring(let room, let cookie, let userHandle, let name):
            guard let sessionID = try? SessionID(room) else { break }
            tell(
                RNG.Invited(
                    sessionID: sessionID, address: address(context.switchboardPort),
                    cookie: Secret(WireToken(cookie)), userHandle: WireToken(userHandle),
                    friendlyName: WireText(name), domain: Self.domain, isDirect: true))
        case .relay(let userHandle, let kind, let payload):
            tell(
                UBN.Received(
                    user: EndpointHandle(userHandle: WireToken(userHandle)), kind: kind, payload: payload))
        case .page(let from, let to, let kind, let payload):
            tellPage(from: from, to: to, kind: kind, payload: payload)
        case .joined(let participant): tellJoined(participant)
        case .left(let participant, let isInactive): tellLeft(participant, isInactive: isInactive)
        case .message(let userHandle, let name, let payload):
            tell(
                MSG.Delivered(
                    userHandle: WireToken(userHandle), friendlyName: WireText(name), payload: payload))
        case .ended(let reason):
            switch connection.service {
            case .switchboard: tell(OUT.ChatEnded())
            default: tell(OUT.Ended(reason: reason))
            }
            return false
        }
        return true
    }

    /// Reports that somebody added the user, in one of three generations of the notice.
    func tellAdded(by userHandle: String, name: String, changes: UInt32) {
        tell(
            ADD.AddedByOther(
                listVersion: changes, userHandle: WireToken(userHandle), friendlyName: WireText(name)))
        tell(ADC.AddedByOther(userHandle: WireToken(userHandle), friendlyName: WireText(name)))
        if let payload = ContactDocument.notice(of: userHandle, name: name) { tell(ADL.Pushed(payload: payload)) }
    }

    /// Reports that somebody removed the user.
    private func tellRemoved(by userHandle: String, changes: UInt32) {
        tell(REM.RemovedByOther(listVersion: changes, userHandle: WireToken(userHandle)))
        if let payload = ContactDocument.notice(of: userHandle, name: nil) { tell(RML.Pushed(payload: payload)) }
    }

    /// Reports a contact's property.
    func tell(
        property: String, value: String?, of userHandle: String, changes: UInt32, _ transaction: TransactionID? = nil
    ) {
        guard let property = try? UserProperty(text: property, version: connection.version) else { return }
        guard let address = try? MailAddress(text: userHandle, version: connection.version) else { return }
        tell(
            BPR.Changed(
                listVersion: changes, userHandle: address, property: property, value: value.map { WireText($0) }),
            transaction)
    }

    /// A message outside of a chat, in one of two generations.
    private func tellPage(from: String, to: String, kind: RemoteMessageKind, payload: WireBytes) {
        if UBM.ReceivedShort.versions.contains(connection.version) {
            tell(
                UBM.ReceivedShort(
                    userHandle: WireToken(from), networkID: .windowsLive, kind: kind, payload: payload))
        } else {
            tell(
                UBM.Received(
                    userHandle: WireToken(from), networkID: .windowsLive, receiver: WireToken(to),
                    receiverNetworkID: .windowsLive, kind: kind, payload: payload))
        }
    }

    /// Reports that somebody joined; first their endpoint, to versions with endpoints.
    func tellJoined(_ participant: Participant) {
        for user in users(participant) {
            tell(
                JOI.Joined(
                    user: user, friendlyName: WireText(participant.name),
                    capabilities: participant.capabilities))
        }
    }

    /// Reports that somebody left.
    private func tellLeft(_ participant: Participant, isInactive: Bool) {
        for user in users(participant) {
            tell(BYE.Left(user: user, reason: isInactive ? .inactivity : nil))
        }
    }

    /// The lines for a participant: one for the endpoint, if there is one and the version has endpoints, and one for
    /// the account.
    func users(_ participant: Participant) -> [EndpointHandle] {
        let account = EndpointHandle(userHandle: WireToken(participant.userHandle))
        guard let endpoint = participant.endpoint, connection.version.has(.endpoints) else {
            return [account]
        }
        return [EndpointHandle(userHandle: account.userHandle, endpoint: endpoint), account]
    }
}
