#if Network
// Shows: what a service did is told to the contact book in the forms of the versions that have it on the wire.
import MSNP
import MSNPSession
import WireProtocol

/// Changes lists and groups in the address book, and tells the server of the session.
struct AddressBookChanges: ListEditing {
    private typealias Elements = Payload.AddressBookElements

    let addressBook: AddressBookSession
    /// The changes of the session alone.
    let lists: ListChanges

    private var book: ContactBook { lists.book }
    private static let identifier = "00000000-0000-0000-0000-000000000000"

    func add(_ account: String, group: String?) async throws -> ListChanges.Answers {
        var info = Elements.ContactInfo()
        info.kind = .pending
        info.account = account
        info.isMessengerUser = true
        var contact = Elements.Contact()
        contact.info = info
        var request = Payload.ContactAdd()
        request.addressBookID = Self.identifier
        request.contacts = [contact]
        request.managesAllowList = true
        let handle = try ListChanges.handle(account)
        let answer = try await addressBook.ask(request)
        let added = ADC.ContactAdded(
            userHandle: handle, friendlyName: WireText(book[account]?.name ?? account),
            contactID: try ContactID(answer.identifier ?? ""))
        var answers = try await lists.document(ADL.Add.self, account, [.forward, .allow])
        answers += [added, ADC.AddedToList(list: .allow, userHandle: handle)]
        guard let group else { return answers }
        var changed = book
        for answer in answers { changed.apply(answer) }
        let next = ListChanges(session: lists.session, book: changed)
        return answers
            + (try await AddressBookChanges(addressBook: addressBook, lists: next).putIntoGroup(account, group))
    }

    func remove(_ contact: Contact) async throws -> ListChanges.Answers {
        var request = Payload.ContactDelete()
        request.addressBookID = Self.identifier
        request.contacts = [try entry(of: contact)]
        _ = try await addressBook.ask(request)
        let removed = REM.ContactRemoved(contactID: try ContactID(contact.identifier ?? contact.account))
        return try await lists.document(RML.Remove.self, contact.account, [.forward]) + [removed]
    }

    func setBlocked(_ account: String, _ isBlocked: Bool) async throws -> ListChanges.Answers {
        var delete = Payload.DeleteMember()
        delete.memberships = [Self.membership(account, isBlocked ? .allow : .block)]
        var add = Payload.AddMember()
        add.memberships = [Self.membership(account, isBlocked ? .block : .allow)]
        var service = Elements.ServiceHandle()
        service.identifier = "0"
        service.kind = "Messenger"
        service.foreignID = ""
        (delete.service, add.service) = (service, service)
        let old: AccessList = isBlocked ? .allow : .block
        let isOnOld = book[account]?.lists.contains(ListMembership(old)) ?? false
        if isOnOld {
            _ = try await addressBook.ask(delete)
        }
        _ = try await addressBook.ask(add)
        let handle = try ListChanges.handle(account)
        return try await lists.setBlocked(account, isBlocked) + [
            REM.RemovedFromList(list: old, userHandle: handle),
            ADC.AddedToList(list: isBlocked ? .block : .allow, userHandle: handle),
        ]
    }

    func rename(_ contact: Contact, to name: String) async throws -> ListChanges.Answers {
        var note = Elements.Annotation()
        note.name = "AB.NickName"
        note.value = name
        var info = Elements.ContactInfo()
        info.annotations = [note]
        var entry = try entry(of: contact)
        entry.info = info
        entry.changedProperties = "Annotation"
        var request = Payload.ContactUpdate()
        request.addressBookID = Self.identifier
        request.contacts = [entry]
        _ = try await addressBook.ask(request)
        return []
    }

    // MARK: - Groups

    func addGroup(_ name: String) async throws -> ListChanges.Answers {
        var group = Payload.GroupAdd.NewGroup()
        group.name = name
        group.kind = "C8529CE2-6EAD-434d-881F-341E17DB3FF8"
        group.isMessengerGroup = false
        var request = Payload.GroupAdd()
        request.addressBookID = Self.identifier
        request.renamesOnConflict = false
        request.group = group
        let answer = try await addressBook.ask(request)
        return [ADG.CreatedWithID(groupName: try GroupName(name), groupID: try GroupGUID(answer.identifier ?? ""))]
    }

    func renameGroup(_ name: String, to new: String) async throws -> ListChanges.Answers {
        let key = try key(name)
        var info = Elements.GroupInfo()
        info.name = new
        var group = Elements.Group()
        group.identifier = key
        group.info = info
        group.changedProperties = "GroupName"
        var request = Payload.GroupUpdate()
        request.addressBookID = Self.identifier
        request.groups = [group]
        _ = try await addressBook.ask(request)
        return [REG.RenamedByID(groupID: try GroupGUID(key), groupName: try GroupName(new))]
    }

    func removeGroup(_ name: String) async throws -> ListChanges.Answers {
        let key = try key(name)
        var request = Payload.GroupDelete()
        request.addressBookID = Self.identifier
        request.groupIDs = [key]
        _ = try await addressBook.ask(request)
        return [RMG.RemovedByID(groupID: try GroupGUID(key))]
    }

    func putIntoGroup(_ account: String, _ name: String) async throws -> ListChanges.Answers {
        guard let contact = book[account] else { throw ChatFailure.nobody(account) }
        let key = try key(name)
        var request = Payload.GroupContactAdd()
        request.addressBookID = Self.identifier
        request.groupIDs = [key]
        request.contacts = [try entry(of: contact)]
        _ = try await addressBook.ask(request)
        return [
            ADC.AddedToGroupByID(
                contactID: try ContactID(contact.identifier ?? contact.account), groupID: try GroupGUID(key))
        ]
    }

    func takeFromGroup(_ contact: Contact, _ name: String) async throws -> ListChanges.Answers {
        let key = try key(name)
        var request = Payload.GroupContactDelete()
        request.addressBookID = Self.identifier
        request.contacts = [try entry(of: contact)]
        request.groupIDs = [key]
        _ = try await addressBook.ask(request)
        return [
            REM.RemovedFromGroupByID(
                contactID: try ContactID(contact.identifier ?? contact.account), groupID: try GroupGUID(key))
        ]
    }

    // MARK: - Parts of messages

    private func key(_ group: String) throws -> String {
        guard let key = book.group(named: group) else { throw ChatFailure.noGroup(group) }
        return key
    }

    /// A contact that is there, by its identifier.
    private func entry(of contact: Contact) throws -> Elements.Contact {
        guard let identifier = contact.identifier else { throw ChatFailure.nobody(contact.account) }
        var entry = Elements.Contact()
        entry.identifier = identifier
        return entry
    }

    private static func membership(_ account: String, _ role: MemberRole) -> Elements.Membership {
        var member = Elements.Member()
        member.schema = "PassportMember"
        member.kind = "Passport"
        member.state = "Accepted"
        member.account = account
        var membership = Elements.Membership()
        membership.role = role
        membership.members = [member]
        return membership
    }
}
#endif
