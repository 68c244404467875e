#if Network
import MSNP
import WireProtocol

extension AddressBook {
    /// Creates a group.
    func addGroup(_ request: Payload.GroupAdd) async throws -> Payload.GroupAddResponse {
        try check(request.addressBookID)
        guard let name = request.group?.name, !name.isEmpty else {
            throw SOAPFault.badArgument("The group has no name")
        }
        let limits = limits
        let group = try await exchange.change(by: key) { editor, draft, _ throws(Refusal) in
            try draft.change(editor.key) { roster throws(Refusal) in
                try roster.addGroup(name, id: Random.identifier, limits: limits)
            }
        }
        var answer = Payload.GroupAddResponse()
        answer.identifier = group.id
        return answer
    }

    /// Renames groups.
    func updateGroups(_ request: Payload.GroupUpdate) async throws -> Payload.GroupUpdateResponse {
        try check(request.addressBookID)
        let groups = request.groups.map { ($0.identifier ?? "", $0.info?.name ?? "") }
        guard groups.allSatisfy({ !$0.1.isEmpty }) else { throw SOAPFault.badArgument("The group has no name") }
        let limits = limits
        try await exchange.change(by: key) { editor, draft, _ throws(Refusal) in
            for (identifier, name) in groups {
                let number = try editor.group(identifier, in: draft)
                try draft.change(editor.key) { roster throws(Refusal) in
                    try roster.renameGroup(number, to: name, limits: limits)
                }
            }
        }
        return Payload.GroupUpdateResponse()
    }

    /// Removes groups; their contacts stay.
    func deleteGroups(_ request: Payload.GroupDelete) async throws -> Payload.GroupDeleteResponse {
        try check(request.addressBookID)
        let identifiers = request.groupIDs
        try await exchange.change(by: key) { editor, draft, _ throws(Refusal) in
            for identifier in identifiers {
                let number = try editor.group(identifier, in: draft)
                try draft.change(editor.key) { roster throws(Refusal) in try roster.removeGroup(number) }
            }
        }
        return Payload.GroupDeleteResponse()
    }

    /// Adds contacts to groups; who is none becomes one.
    func addToGroups(
        _ request: Payload.GroupContactAdd
    ) async throws -> Payload.GroupContactAddResponse {
        try check(request.addressBookID)
        var entries: [(identifier: String?, account: String)] = []
        for contact in request.contacts {
            if let identifier = contact.identifier {
                entries.append((identifier, ""))
            } else {
                guard let account = contact.info?.account else { throw SOAPFault.badEmail }
                try await checkExists(account)
                entries.append((nil, account))
            }
        }
        let (contacts, groups, isAllowed) = (entries, request.groupIDs, request.managesAllowList == true)
        guard !contacts.isEmpty, !groups.isEmpty else { throw SOAPFault.badArgument("There is no contact or group") }
        let identifiers = try await exchange.change(by: key) { editor, draft, news throws(Refusal) in
            var identifiers: [String] = []
            for entry in contacts {
                let account = try entry.identifier.map { identifier throws(Refusal) in
                    try editor.contact(identifier, in: draft).userHandle
                }
                for group in groups {
                    let number = try editor.group(group, in: draft)
                    identifiers.append(
                        try editor.addContact(
                            account ?? entry.account, name: nil, group: number,
                            isAllowed: isAllowed && account == nil, in: &draft, &news))
                }
            }
            return identifiers
        }
        var answer = Payload.GroupContactAddResponse()
        answer.identifier = identifiers.first
        return answer
    }

    /// Takes contacts out of groups.
    func deleteFromGroups(
        _ request: Payload.GroupContactDelete
    ) async throws -> Payload.GroupContactDeleteResponse {
        try check(request.addressBookID)
        let (contacts, groups) = (request.contacts.map { $0.identifier ?? "" }, request.groupIDs)
        try await exchange.change(by: key) { editor, draft, _ throws(Refusal) in
            for identifier in contacts {
                let contact = try editor.contact(identifier, in: draft)
                for group in groups {
                    let number = try editor.group(group, in: draft)
                    _ = try editor.remove(contact.userHandle, from: .forward, group: number, in: &draft)
                }
            }
        }
        return Payload.GroupContactDeleteResponse()
    }
}
#endif
