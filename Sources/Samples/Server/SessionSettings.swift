#if Network
// Shows: a change is stored first and acknowledged afterwards.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Answers SYN and the requests about settings and properties.
    func settings(
        _ message: ClientMessage, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle
    ) async throws {
        switch message {
        case .syn(.synchronize(let request)): try await synchronize(request, transaction, handle)
        case .lst(.request(let request)): try await tellList(request.list, try await snapshot(handle), transaction)
        case .lsg(.request): tellGroups(try await snapshot(handle), transaction)
        case .gtc(.choose(let request)):
            let prompt = request.prompt
            let changes = try await edit(handle) { $0.promptMode = prompt.text }
            try say(GTC.Chosen(listVersion: ListVersion(changes), prompt: prompt), transaction)
        case .blp(.choose(let request)):
            // Repeating the current setting is not an error.
            let mode = request.privacy
            let changes = try await edit(handle) { $0.mode = mode.text }
            try say(BLP.Chosen(listVersion: ListVersion(changes), privacy: mode), transaction)
        case .prp(.change(let request)): try await set(request, transaction, handle)
        case .sbp(.change(let request)): try await note(request, transaction, handle)
        default: try fail(.commandDisabled, transaction)
        }
    }

    /// Changes the user's roster, counts the change, and waits until it is stored.
    ///
    /// - Parameter full: the error for a user who would keep too much.
    func edit(
        _ handle: Exchange.SignInHandle, full: ErrorCode = .listFull,
        _ body: @Sendable (inout Roster) throws(Refusal) -> Void
    ) async throws -> UInt32 {
        try await context.exchange.edit(by: handle, full: full) { roster throws(Refusal) in
            try body(&roster)
            roster.touch()
        }.changes
    }

    /// Changes a property of the user; the display name is one.
    private func set(_ request: PRP.Change, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws
    {
        let name = request.property.text
        let text = request.value?.string
        let value = text?.isEmpty == true ? nil : text
        let changes: UInt32
        if request.property == .friendlyName {
            guard let value else { throw Refusal(.invalidFriendlyName) }
            changes = try await edit(handle, full: .invalidFriendlyName) { $0.friendlyName = value }
        } else {
            changes = try await context.exchange.set(name, to: value, by: handle)
        }
        try say(
            PRP.Changed(
                listVersion: ListVersion(changes), property: request.property, value: text.map { WireText($0) }),
            transaction
        )
    }

    /// Stores a note about a contact; a name replaces the contact's own.
    private func note(_ request: SBP.Change, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle)
        async throws
    {
        let (name, value, contact) = (request.property.text, request.value.string, request.contact.string)
        let isName = request.property == .friendlyName
        _ = try await edit(handle, full: isName ? .invalidFriendlyName : .invalidParameter) { roster throws(Refusal) in
            guard let entry = roster.contact(named: contact) else { throw Refusal(.invalidUserHandle) }
            roster.update(UserKey(entry.userHandle), called: entry.userHandle, name: nil, id: { entry.id }) {
                if isName { $0.name = value } else { $0.notes[name] = value }
            }
        }
        try say(
            SBP.Changed(
                contact: request.contact, property: request.property, value: WireText(value), mark: request.mark),
            transaction)
    }
}
#endif
