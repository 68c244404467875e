#if Network
// Shows: the forms (`allows`), not version numbers, say what a version calls a change.
import MSNP
import MSNPSession
import WireProtocol

/// Changes lists and groups; each function gives the replies, for the contact book.
protocol ListEditing: Sendable {
    /// Adds somebody to the contact list and allow list.
    func add(_ account: String, group: String?) async throws -> ListChanges.Answers
    /// Removes somebody from the contact list.
    func remove(_ contact: Contact) async throws -> ListChanges.Answers
    /// Blocks or unblocks somebody.
    func setBlocked(_ account: String, _ isBlocked: Bool) async throws -> ListChanges.Answers
    /// Renames a contact.
    func rename(_ contact: Contact, to name: String) async throws -> ListChanges.Answers
    /// Creates a group.
    func addGroup(_ name: String) async throws -> ListChanges.Answers
    /// Renames a group.
    func renameGroup(_ name: String, to new: String) async throws -> ListChanges.Answers
    /// Removes a group.
    func removeGroup(_ name: String) async throws -> ListChanges.Answers
    /// Adds a contact to a group.
    func putIntoGroup(_ account: String, _ name: String) async throws -> ListChanges.Answers
    /// Removes a contact from a group.
    func takeFromGroup(_ contact: Contact, _ name: String) async throws -> ListChanges.Answers
}

/// Changes lists and groups, in the way of the session's version.
struct ListChanges: ListEditing {
    let session: ClientSession
    /// The current lists.
    let book: ContactBook

    /// The server's replies, for the contact book.
    typealias Answers = [any DescribedForm]

    /// Adds somebody to the contact list and allow list.
    func add(_ account: String, group: String?) async throws -> Answers {
        let handle = try Self.handle(account)
        var answers: Answers = []
        if await session.allows(ADC.AddContact.self) {
            answers.append(try await ask(ADC.AddContact(userHandle: handle, friendlyName: WireText(account))))
        } else if await session.allows(ADD.Add.self) {
            answers.append(
                try await ask(ADD.Add(list: .forward, userHandle: handle, friendlyName: WireText(account))))
        } else {
            return try await document(ADL.Add.self, account, [.forward, .allow])
        }
        if book[account]?.lists.isDisjoint(with: [.allow, .block]) ?? true {
            answers += try await put(handle, on: .allow)
        }
        if let group {
            var changed = book
            for answer in answers { changed.apply(answer) }
            answers += try await ListChanges(session: session, book: changed).putIntoGroup(account, group)
        }
        return answers
    }

    /// Removes somebody from the contact list.
    func remove(_ contact: Contact) async throws -> Answers {
        let handle = try Self.handle(contact.account)
        if await session.allows(REM.RemoveContact.self) {
            let identifier = try ContactID(contact.identifier ?? contact.account)
            return [try await ask(REM.RemoveContact(contactID: identifier))]
        }
        if await session.allows(REM.Remove.self) {
            return [try await ask(REM.Remove(list: .forward, userHandle: handle))]
        }
        return try await document(RML.Remove.self, contact.account, [.forward])
    }

    /// Blocks or unblocks somebody.
    func setBlocked(_ account: String, _ isBlocked: Bool) async throws -> Answers {
        let handle = try Self.handle(account)
        let old: AccessList = isBlocked ? .allow : .block
        let new: AccessList = isBlocked ? .block : .allow
        var answers: Answers = []
        let isOnOld = book[account]?.lists.contains(ListMembership(old)) ?? false
        if await session.allows(ADL.Add.self) {
            if isOnOld { answers += try await document(RML.Remove.self, account, ListMembership(old)) }
            return answers + (try await document(ADL.Add.self, account, ListMembership(new)))
        }
        if isOnOld {
            if await session.allows(REM.RemoveFromList.self) {
                answers.append(try await ask(REM.RemoveFromList(list: old, userHandle: handle)))
            } else {
                answers.append(
                    try await ask(REM.Remove(list: old == .allow ? .allow : .block, userHandle: handle)))
            }
        }
        return answers + (try await put(handle, on: new))
    }

    /// Renames a contact.
    func rename(_ contact: Contact, to name: String) async throws -> Answers {
        if await session.allows(REA.Rename.self) {
            return [
                try await ask(
                    REA.Rename(userHandle: Self.handle(contact.account), friendlyName: WireText(name)))
            ]
        }
        guard await session.allows(SBP.Change.self) else {
            throw ChatFailure.notInThisVersion("names of contacts outside the address book")
        }
        let identifier = try ContactID(contact.identifier ?? contact.account)
        return [
            try await ask(SBP.Change(contact: identifier, property: .friendlyName, value: WireText(name)))
        ]
    }

    // MARK: - Groups

    /// Creates a group.
    func addGroup(_ name: String) async throws -> Answers {
        guard await session.allows(ADG.Create.self) else { throw ChatFailure.notInThisVersion("groups on the server") }
        return [try await ask(ADG.Create(groupName: GroupName(name)))]
    }

    /// Renames a group.
    func renameGroup(_ name: String, to new: String) async throws -> Answers {
        switch try key(name) {
        case .number(let number):
            [try await ask(REG.RenameByNumber(groupNumber: GroupNumber(number), groupName: GroupName(new)))]
        case .identifier(let id): [try await ask(REG.RenameByID(groupID: id, groupName: GroupName(new)))]
        }
    }

    /// Removes a group.
    func removeGroup(_ name: String) async throws -> Answers {
        switch try key(name) {
        case .number(let number): [try await ask(RMG.RemoveByNumber(groupNumber: GroupNumber(number)))]
        case .identifier(let id): [try await ask(RMG.RemoveByID(groupID: id))]
        }
    }

    /// Adds a contact to a group.
    func putIntoGroup(_ account: String, _ name: String) async throws -> Answers {
        guard let contact = book[account] else { throw ChatFailure.nobody(account) }
        let identifier = try ContactID(contact.identifier ?? contact.account)
        switch try key(name) {
        case .number(let number):
            if await session.allows(ADC.AddToGroupByNumber.self) {
                return [try await ask(ADC.AddToGroupByNumber(contactID: identifier, groupNumber: number))]
            }
            return [
                try await ask(
                    ADD.Add(
                        list: .forward, userHandle: Self.handle(contact.account),
                        friendlyName: WireText(contact.name), groupNumber: number))
            ]
        case .identifier(let id):
            return [try await ask(ADC.AddToGroupByID(contactID: identifier, groupID: id))]
        }
    }

    /// Removes a contact from a group.
    func takeFromGroup(_ contact: Contact, _ name: String) async throws -> Answers {
        let identifier = try ContactID(contact.identifier ?? contact.account)
        switch try key(name) {
        case .number(let number):
            if await session.allows(REM.RemoveFromGroupByNumber.self) {
                return [try await ask(REM.RemoveFromGroupByNumber(contactID: identifier, groupNumber: number))]
            }
            return [
                try await ask(
                    REM.Remove(
                        list: .forward, userHandle: Self.handle(contact.account), groupNumber: number))
            ]
        case .identifier(let id):
            return [try await ask(REM.RemoveFromGroupByID(contactID: identifier, groupID: id))]
        }
    }

    // MARK: - Steps

    /// The server's name for a group.
    private enum GroupKey {
        case number(UInt32)
        case identifier(GroupGUID)
    }

    /// The server's name for the group with a display name.
    private func key(_ name: String) throws -> GroupKey {
        guard let key = book.group(named: name) else { throw ChatFailure.noGroup(name) }
        if let number = UInt32(key) { return .number(number) }
        return .identifier(try GroupGUID(key))
    }

    /// Moves an account to the allow list or the block list.
    private func put(_ handle: Account, on list: AccessList) async throws -> Answers {
        if await session.allows(ADC.AddToList.self) {
            return [try await ask(ADC.AddToList(list: list, userHandle: handle))]
        }
        return [
            try await ask(
                ADD.Add(
                    list: list == .allow ? .allow : .block, userHandle: handle,
                    friendlyName: WireText(handle.string)))
        ]
    }

    /// Changes lists by sending a document.
    func document(
        _ form: (some DescribedForm).Type, _ account: String, _ lists: ListMembership
    ) async throws -> Answers {
        let document = try ContactDocument.of([(account, lists)])
        if form is RML.Remove.Type {
            return [try await ask(RML.Remove(payload: document))]
        }
        return [try await ask(ADL.Add(payload: document))]
    }

    /// Sends a request and records the reply.
    private func ask<Request: RequestForm>(
        _ request: Request
    ) async throws -> any DescribedForm where Request.Reply.Message == ServerMessage {
        try await session.send(request).form
    }

    static func handle(_ account: String) throws -> Account {
        guard AccountName.isValid(account) else { throw ChatFailure.noAccount(account) }
        return try Account(account)
    }
}
#endif
