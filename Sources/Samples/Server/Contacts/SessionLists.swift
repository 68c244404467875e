#if Network
// Shows: ADD and ADC, and REM by address and by identifier, are the same change with different replies.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Answers the requests about lists.
    func lists(_ message: ClientMessage, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        switch message {
        case .add(.add(let request)): try await add(request, transaction, handle)
        case .adc(let request): try await add(request, transaction, handle)
        case .rem(let request): try await remove(request, transaction, handle)
        case .rea(.rename(let request)): try await rename(request, transaction, handle)
        default: try fail(.commandDisabled, transaction)
        }
    }

    /// Adds somebody to a list, up to MSNP9.
    private func add(_ request: ADD.Add, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle) async throws {
        let change = try await context.exchange.add(
            request.userHandle.string, name: request.friendlyName.string, to: request.list.membership,
            group: request.groupNumber, unknown: .unknownUser, by: handle)
        try say(
            ADD.Added(
                list: request.list, listVersion: ListVersion(change.changes), userHandle: request.userHandle,
                friendlyName: WireText(request.friendlyName.string), groupNumber: request.groupNumber), transaction)
        guard request.list == .forward else { return }
        if let sight = change.sight { show(sight, transaction) }
        if hasSynchronized { tellProperties(of: request.userHandle.string, try await snapshot(handle)) }
    }

    /// Adds somebody to a list, from MSNP10 on.
    private func add(
        _ request: ADC.ClientMessage, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle
    ) async throws {
        switch request {
        case .addContact(let request):
            let name = request.friendlyName.string
            let change = try await put(request.userHandle.string, name: name, .forward, handle)
            try say(
                ADC.ContactAdded(
                    userHandle: request.userHandle, friendlyName: WireText(name),
                    contactID: ContactID(change.entry?.id ?? "")), transaction)
            if let sight = change.sight { show(sight, transaction) }
        case .addToGroupByID(let request):
            let group = try await group(request.groupID, handle)
            try await addToGroup(request.contactID, group, handle)
            try say(ADC.AddedToGroupByID(contactID: request.contactID, groupID: request.groupID), transaction)
        case .addToGroupByNumber(let request):
            try await addToGroup(request.contactID, request.groupNumber, handle)
            try say(
                ADC.AddedToGroupByNumber(contactID: request.contactID, groupNumber: request.groupNumber), transaction)
        case .addToList(let request):
            _ = try await put(request.userHandle.string, name: nil, request.list.membership, handle)
            try say(ADC.AddedToList(list: request.list, userHandle: request.userHandle), transaction)
        case .acceptPending(let request):
            try await context.exchange.settlePending(request.userHandle.string, by: handle)
            try say(ADC.PendingAccepted(userHandle: request.userHandle), transaction)
        }
    }

    /// Removes somebody from a list or a group.
    private func remove(
        _ request: REM.ClientMessage, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle
    ) async throws {
        let exchange = context.exchange
        switch request {
        case .remove(let request):
            let change = try await exchange.remove(
                request.userHandle.string, from: request.list.membership, group: request.groupNumber, by: handle
            )
            try say(
                REM.Removed(
                    list: request.list, listVersion: ListVersion(change.changes), userHandle: request.userHandle,
                    groupNumber: request.groupNumber), transaction)
        case .removeContact(let request):
            _ = try await exchange.remove(try await address(request.contactID, handle), from: .forward, by: handle)
            try say(REM.ContactRemoved(contactID: request.contactID), transaction)
        case .removeFromGroupByID(let request):
            let group = try await group(request.groupID, handle)
            _ = try await exchange.remove(
                try await address(request.contactID, handle), from: .forward, group: group, by: handle)
            try say(REM.RemovedFromGroupByID(contactID: request.contactID, groupID: request.groupID), transaction)
        case .removeFromGroupByNumber(let request):
            _ = try await exchange.remove(
                try await address(request.contactID, handle), from: .forward, group: request.groupNumber, by: handle)
            try say(
                REM.RemovedFromGroupByNumber(contactID: request.contactID, groupNumber: request.groupNumber),
                transaction)
        case .removeFromList(let request):
            try await exchange.clear(request.userHandle.string, from: request.list.membership, by: handle)
            try say(REM.RemovedFromList(list: request.list, userHandle: request.userHandle), transaction)
        case .removePending(let request):
            try await exchange.settlePending(request.userHandle.string, by: handle)
            try say(REM.PendingRemoved(userHandle: request.userHandle), transaction)
        }
    }

    /// Renames the user, or a contact for the user.
    private func rename(_ request: REA.Rename, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle)
        async throws
    {
        let (key, name) = (UserKey(request.userHandle.string), request.friendlyName.string)
        let own = handle.key
        let changes = try await edit(handle, full: .invalidFriendlyName) { roster throws(Refusal) in
            if key == own {
                roster.friendlyName = name
            } else {
                guard let entry = roster[key], entry.lists.contains(.forward) else { throw Refusal(.notOnList) }
                roster.update(key, called: entry.userHandle, name: nil, id: { entry.id }, { $0.name = name })
            }
        }
        try say(
            REA.Renamed(
                listVersion: ListVersion(changes), userHandle: request.userHandle, friendlyName: WireText(name)),
            transaction
        )
    }

    /// Adds somebody to a list, from MSNP10 on.
    private func put(
        _ userHandle: String, name: String?, _ list: ListMembership, _ handle: Exchange.SignInHandle
    ) async throws -> Exchange.ListChange {
        try await context.exchange.add(userHandle, name: name, to: list, unknown: .invalidUserHandle, by: handle)
    }

    /// Adds a contact to a group.
    private func addToGroup(_ contactID: ContactID, _ group: UInt32, _ handle: Exchange.SignInHandle) async throws {
        _ = try await context.exchange.add(
            try await address(contactID, handle), name: nil, to: .forward, group: group,
            unknown: .invalidUserHandle, by: handle)
    }

    /// The address of the contact with an identifier.
    private func address(_ contactID: ContactID, _ handle: Exchange.SignInHandle) async throws -> String {
        let roster = await context.exchange.roster(handle)
        guard let contact = roster?.contact(named: contactID.string) else { throw Refusal(.notOnList) }
        return contact.userHandle
    }

    /// The number of the group with an identifier.
    func group(_ groupID: GroupGUID, _ handle: Exchange.SignInHandle) async throws -> UInt32 {
        let roster = await context.exchange.roster(handle)
        let id = groupID.text.lowercased()
        guard let group = roster?.groups.first(where: { $0.id == id }) else { throw Refusal(.unknownGroup) }
        return group.number
    }
}

extension OwnList {
    var membership: ListMembership {
        switch self {
        case .forward: .forward
        case .allow: .allow
        case .block: .block
        }
    }
}

extension AccessList {
    var membership: ListMembership {
        switch self {
        case .allow: .allow
        case .block: .block
        }
    }
}
#endif
