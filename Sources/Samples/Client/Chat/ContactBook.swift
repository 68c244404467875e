#if Network
// Shows: received forms are values in every version, so one `switch` reads them all.
import MSNP
import WireProtocol
import WireXML

/// The user's contacts and groups, updated by the server's messages.
struct ContactBook: Sendable {
    /// Everybody on a list or seen online, by lower-case account.
    private(set) var contacts: [String: Contact] = [:]
    /// The names of the groups, by number or identifier.
    private(set) var groups: [String: String] = [:]
    /// The keys of contacts by their identifier in the address book.
    private var keys: [String: String] = [:]
    /// What changed since it was last taken: contacts as they were and as they are.
    private var changes: [(old: Contact?, new: Contact)] = []
    /// The most contacts and the most groups; further ones are ignored.
    static let limit = 10_000
    /// The last contact of a synchronization, to which the properties that follow belong.
    private var lastContact: String?

    /// The contact with an account.
    subscript(account: String) -> Contact? { contacts[account.lowercased()] }

    /// The contact with an account or a display name; of several with one name, the first by account.
    func find(_ text: String) -> Contact? {
        let name = text.lowercased()
        return self[text] ?? contacts.values.filter { $0.name.lowercased() == name }.min { $0.account < $1.account }
    }

    /// The key of the group with a name.
    func group(named name: String) -> String? {
        groups.filter { $0.value.lowercased() == name.lowercased() }.map(\.key).min()
    }

    /// Changes or creates a contact.
    mutating func update(_ account: String, _ change: (inout Contact) -> Void) {
        let key = account.lowercased()
        let old = contacts[key]
        guard old != nil || contacts.count < Self.limit else { return }
        var new = old ?? Contact(account: account, ownName: account)
        change(&new)
        guard new != old else { return }
        contacts[key] = new
        if new.identifier != old?.identifier {
            if let identifier = old?.identifier { keys[identifier] = nil }
            if let identifier = new.identifier { keys[identifier] = key }
        }
        changes.append((old, new))
    }

    /// Returns what changed since the last call.
    mutating func takeChanges() -> [(old: Contact?, new: Contact)] {
        defer { changes = [] }
        return changes
    }

    /// Adds or removes a group.
    mutating func setGroup(_ key: String, name: String?) {
        guard groups[key] != nil || groups.count < Self.limit else { return }
        groups[key] = name
        guard name == nil else { return }
        for account in contacts.keys { contacts[account]?.groups.remove(key) }
    }

    /// Clears all presence, as when the connection is gone.
    mutating func forgetPresence() {
        for account in contacts.keys { contacts[account]?.status = nil }
    }

    // MARK: - What the server says

    /// Records what a form says about contacts and groups; returns what cannot be read in its payload.
    @discardableResult mutating func apply(_ form: any DescribedForm) -> [PayloadError] {
        if let form = form as? UBX.Published { return applyUserData(form) }
        if let form = form as? ADL.Pushed { return applyNotice(form.payload) { $0.formUnion($1) } }
        if let form = form as? RML.Pushed { return applyNotice(form.payload) { $0.subtract($1) } }
        _ = applyPresence(form) || applySynchronization(form) || applyChange(form) || applyGroup(form)
        return []
    }

    /// An odd element costs only itself; what is no document at all changes nothing.
    private mutating func applyUserData(_ form: UBX.Published) -> [PayloadError] {
        var (message, problems) = ("", [PayloadError]())
        if !form.payload.isEmpty {
            do throws(PayloadError) {
                let read = try Payload.UserData.read(form.payload, limits: .grammar)
                (message, problems) = (read.content.personalMessage ?? "", read.problems)
            } catch {
                return [error]
            }
        }
        update(form.user.userHandle.string) { $0.personalMessage = message }
        return problems
    }

    /// Changes the lists of the people in a document.
    private mutating func applyNotice(
        _ payload: WireBytes, _ change: (inout ListMembership, ListMembership) -> Void
    ) -> [PayloadError] {
        do throws(PayloadError) {
            let read = try Payload.ContactNotice.read(payload, limits: .grammar)
            for person in read.content.people {
                update(person.account) {
                    change(&$0.lists, person.lists)
                    if $0.ownName == $0.account, let name = person.name { $0.ownName = name }
                }
            }
            return read.problems
        } catch {
            return [error]
        }
    }

    private mutating func applyPresence(_ form: any DescribedForm) -> Bool {
        switch form {
        case let form as ILN.Initial:
            update(form.userHandle.string) {
                $0.ownName = form.friendlyName.string
                $0.status = form.status
            }
        case let form as NLN.Changed:
            update(form.user.userHandle.string) {
                $0.ownName = form.friendlyName.string
                $0.status = form.status
            }
        case let form as FLN.Offline:
            update(form.user.userHandle.string) { $0.status = nil }
        default: return false
        }
        return true
    }

    private mutating func applySynchronization(_ form: any DescribedForm) -> Bool {
        switch form {
        case let form as LST.Entry:
            update(form.userHandle.string) {
                $0.ownName = form.friendlyName.string
                $0.lists.insert(ListMembership(form.list))
                $0.groups.formUnion((form.groups ?? []).map(\.text))
            }
        case let form as LST.Synchronized:
            lastContact = form.userHandle.string
            update(form.userHandle.string) {
                $0.ownName = form.friendlyName?.string ?? $0.ownName
                $0.identifier = form.contactID?.string
                $0.lists = form.lists
                $0.groups = Set((form.groups ?? []).map(\.text) + (form.groupIDs ?? []).map(\.text))
            }
        case let form as LSG.Entry: setGroup(form.group.text, name: form.groupName.string)
        case let form as LSG.Synchronized:
            if let number = form.group { setGroup(number.text, name: form.groupName.string) }
            if let id = form.groupID { setGroup(id.text, name: form.groupName.string) }
        case let form as BPR.Synchronized:
            guard form.property == .friendlyName, let lastContact else { return false }
            update(lastContact) { $0.ownName = form.value.string }
        default: return false
        }
        return true
    }

    private mutating func applyChange(_ form: any DescribedForm) -> Bool {
        switch form {
        case let form as ADD.Added:
            update(form.userHandle.string) {
                $0.lists.insert(ListMembership(form.list))
                if form.list == .forward { $0.ownName = form.friendlyName.string }
                if let group = form.groupNumber { $0.groups.insert(group.text) }
            }
        case let form as ADD.AddedByOther:
            update(form.userHandle.string) { $0.lists.insert(.reverse) }
        case let form as ADC.AddedByOther:
            update(form.userHandle.string) { $0.lists.insert(.reverse) }
        case let form as ADC.ContactAdded:
            update(form.userHandle.string) {
                $0.lists.insert(.forward)
                // Where the name is not known, the account stands in its place.
                if form.friendlyName.string != form.userHandle.string { $0.ownName = form.friendlyName.string }
                $0.identifier = form.contactID.string
            }
        case let form as ADC.AddedToList:
            update(form.userHandle.string) { $0.lists.insert(ListMembership(form.list)) }
        case let form as ADC.AddedToGroupByID:
            update(identifier: form.contactID) { $0.groups.insert(form.groupID.text) }
        case let form as ADC.AddedToGroupByNumber:
            update(identifier: form.contactID) { $0.groups.insert(String(form.groupNumber)) }
        case let form as REM.Removed:
            update(form.userHandle.string) { contact in
                if let group = form.groupNumber {
                    contact.groups.remove(group.text)
                } else {
                    contact.lists.remove(ListMembership(form.list))
                }
            }
        case let form as REM.RemovedFromList:
            update(form.userHandle.string) { $0.lists.remove(ListMembership(form.list)) }
        case let form as REM.ContactRemoved:
            update(identifier: form.contactID) { $0.lists.remove(.forward) }
        case let form as REM.RemovedFromGroupByID:
            update(identifier: form.contactID) { $0.groups.remove(form.groupID.text) }
        case let form as REM.RemovedFromGroupByNumber:
            update(identifier: form.contactID) { $0.groups.remove(String(form.groupNumber)) }
        case let form as REM.RemovedByOther:
            update(form.userHandle.string) { $0.lists.remove(.reverse) }
        case let form as REA.Renamed:
            update(form.userHandle.string) { $0.ownName = form.friendlyName.string }
        case let form as SBP.Changed:
            guard form.property == .friendlyName else { return false }
            update(identifier: form.contact) { $0.ownName = form.value.string }
        default: return false
        }
        return true
    }

    private mutating func applyGroup(_ form: any DescribedForm) -> Bool {
        switch form {
        case let form as ADG.CreatedWithNumber: setGroup(form.groupNumber.text, name: form.groupName.string)
        case let form as ADG.CreatedWithID: setGroup(form.groupID.text, name: form.groupName.string)
        case let form as REG.RenamedByNumber: setGroup(form.groupNumber.text, name: form.groupName.string)
        case let form as REG.RenamedByID: setGroup(form.groupID.text, name: form.groupName.string)
        case let form as RMG.RemovedByNumber: setGroup(form.groupNumber.text, name: nil)
        case let form as RMG.RemovedByID: setGroup(form.groupID.text, name: nil)
        default: return false
        }
        return true
    }

    /// Changes the contact with an identifier, which may be the account itself.
    private mutating func update(identifier: ContactID, _ change: (inout Contact) -> Void) {
        let text = identifier.string
        update(keys[text] ?? text, change)
    }
}

extension ListMembership {
    init(_ list: ContactList) {
        self =
            switch list {
            case .forward: .forward
            case .allow: .allow
            case .block: .block
            case .reverse: .reverse
            case .pending: .pending
            }
    }

    init(_ list: OwnList) {
        self =
            switch list {
            case .forward: .forward
            case .allow: .allow
            case .block: .block
            }
    }

    init(_ list: AccessList) {
        self =
            switch list {
            case .allow: .allow
            case .block: .block
            }
    }
}
#endif
