#if Network
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
        case .offline(let userHandle): tell(try Presence.offline(userHandle))
        case .personal(let userHandle, let data): tell(personal: data, of: userHandle)
        case .added(let userHandle, let name, let changes): tellAdded(by: userHandle, name: name, changes: changes)
        case .removed(let userHandle, let changes): tellRemoved(by: userHandle, changes: changes)
        case .unlisted(let userHandle, let id, let changes): tellUnlisted(userHandle, id: id, changes: changes)
        case .property(let userHandle, let property, let value, let changes):
            tell(property: property, value: value, of: userHandle, changes: changes)
        case .ring(let room, let cookie, let userHandle, let name):
            guard let sessionID = try? SessionID(room) else { break }
            tell(
                try RNG.Invited(
                    sessionID: sessionID, address: address(context.switchboardPort),
                    cookie: Credential(cookie), userHandle: Account(userHandle),
                    friendlyName: WireText(name), domain: Self.domain, isDirect: true))
        case .relay(let userHandle, let kind, let payload):
            tell(
                try UBN.Received(
                    user: EndpointHandle(userHandle: Account(userHandle)), kind: kind, payload: payload))
        case .page(let from, let to, let kind, let payload):
            tellPage(from: from, to: to, kind: kind, payload: payload)
        case .joined(let participant): tellJoined(participant)
        case .left(let participant, let isInactive): tellLeft(participant, isInactive: isInactive)
        case .message(let userHandle, let name, let payload):
            tell(
                try MSG.Delivered(
                    userHandle: Account(userHandle), friendlyName: WireText(name), payload: payload))
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
            try ADD.AddedByOther(
                listVersion: ListVersion(changes), userHandle: Account(userHandle), friendlyName: WireText(name)))
        tell(try ADC.AddedByOther(userHandle: Account(userHandle), friendlyName: WireText(name)))
        if let payload = ContactDocument.notice(of: userHandle, name: name) { tell(ADL.Pushed(payload: payload)) }
    }

    /// Reports that somebody removed the user.
    private func tellRemoved(by userHandle: String, changes: UInt32) {
        tell(try REM.RemovedByOther(listVersion: ListVersion(changes), userHandle: Account(userHandle)))
        if let payload = ContactDocument.notice(of: userHandle, name: nil) { tell(RML.Pushed(payload: payload)) }
    }

    /// Reports that the server has removed a contact. Nothing else that the address book changes can be said to versions
    /// without one: of the lines about a user's own lists, only this may come unasked.
    private func tellUnlisted(_ userHandle: String, id: String, changes: UInt32) {
        tell(
            try REM.Removed(
                list: .forward, listVersion: ListVersion(changes), userHandle: Account(userHandle)), .zero)
        tell(try REM.ContactRemoved(contactID: ContactID(id)), .zero)
    }

    /// Reports a contact's property.
    func tell(
        property: String, value: String?, of userHandle: String, changes: UInt32, _ transaction: TransactionID? = nil
    ) {
        guard let property = try? UserProperty(text: property, version: connection.version) else { return }
        guard let address = try? MailAddress(text: userHandle, version: connection.version) else { return }
        tell(
            BPR.Changed(
                listVersion: ListVersion(changes), userHandle: address, property: property,
                value: value.map { WireText($0) }),
            transaction)
    }

    /// A message outside of a chat, in one of two generations.
    private func tellPage(from: String, to: String, kind: RemoteMessageKind, payload: WireBytes) {
        if UBM.ReceivedShort.versions.contains(connection.version) {
            tell(
                try UBM.ReceivedShort(
                    userHandle: Account(from), networkID: .windowsLive, kind: kind, payload: payload))
        } else {
            tell(
                try UBM.Received(
                    userHandle: Account(from), networkID: .windowsLive, receiver: Account(to),
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
        guard let userHandle = try? Account(participant.userHandle) else { return [] }
        let account = EndpointHandle(userHandle: userHandle)
        guard let endpoint = participant.endpoint, connection.version.has(.endpoints) else {
            return [account]
        }
        return [EndpointHandle(userHandle: userHandle, endpoint: endpoint), account]
    }
}
#endif
