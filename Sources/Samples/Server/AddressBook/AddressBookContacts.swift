#if Network
// Shows: all of a message is checked before anything is changed, and all of it is one change.
import MSNP
import WireProtocol

extension AddressBook {
    typealias Contact = Payload.AddressBookElements.Contact
    typealias Annotation = Payload.AddressBookElements.Annotation

    /// Adds contacts; who is one already stays one.
    func addContacts(
        _ request: Payload.ContactAdd
    ) async throws -> Payload.ContactAddResponse {
        try check(request.addressBookID)
        var entries: [(userHandle: String, name: String?, notes: [String: String])] = []
        for contact in request.contacts {
            guard let userHandle = contact.info?.account else { throw SOAPFault.badEmail }
            try await checkExists(userHandle)
            entries.append(
                (userHandle, try contact.info?.displayName.map { try checked(name: $0) }, try notes(of: contact)))
        }
        guard !entries.isEmpty else { throw SOAPFault.badArgument("There is no contact") }
        let (contacts, isAllowed, limits) = (entries, request.managesAllowList == true, limits)
        let identifiers = try await exchange.change(by: key) { editor, draft, news throws(Refusal) in
            var identifiers: [String] = []
            for entry in contacts {
                identifiers.append(
                    try editor.addContact(
                        entry.userHandle, name: entry.name, isAllowed: isAllowed, in: &draft, &news))
                try draft.change(editor.key) { roster throws(Refusal) in
                    try roster.annotate(UserKey(entry.userHandle), with: entry.notes, limits: limits)
                }
            }
            return identifiers
        }
        var answer = Payload.ContactAddResponse()
        answer.identifier = identifiers.first
        return answer
    }

    /// What an update can change.
    private static let properties: Set = ["DisplayName", "Annotation", "ContactEmail", "ContactPhone"]

    /// Changes the names of contacts, the notes about them, their mail addresses and telephone numbers, or those of the
    /// user.
    func updateContacts(
        _ request: Payload.ContactUpdate
    ) async throws -> Payload.ContactUpdateResponse {
        try check(request.addressBookID)
        var updates: [(identifier: String?, name: String?, notes: [String: String], details: ContactDetails)] = []
        for contact in request.contacts {
            let isOwner = contact.info?.kind == .owner || contact.identifier == Self.contactID(of: key)
            guard isOwner || contact.identifier != nil else { throw SOAPFault.contactDoesNotExist }
            let changed = Set((contact.changedProperties ?? "").split(separator: " ").map(String.init))
            guard !changed.isEmpty, changed.isSubset(of: Self.properties) else {
                throw SOAPFault.badArgument("Only \(Self.properties.sorted().joined(separator: ", ")) can be changed")
            }
            updates.append(
                (
                    isOwner ? nil : contact.identifier,
                    changed.contains("DisplayName") ? try checked(name: contact.info?.displayName ?? "") : nil,
                    changed.contains("Annotation") ? try notes(of: contact) : [:],
                    try details(of: contact, changed)
                ))
        }
        let (changes, limits) = (updates, limits)
        try await exchange.change(by: key) { editor, draft, news throws(Refusal) in
            for update in changes {
                let entry = try update.identifier.map { identifier throws(Refusal) in
                    try editor.contact(identifier, in: draft)
                }
                news.properties += try draft.change(editor.key) { roster throws(Refusal) in
                    roster.touch()
                    if let entry {
                        try roster.annotate(UserKey(entry.userHandle), with: update.notes, limits: limits)
                        if let name = update.name { roster.rename(entry, to: name) }
                        roster.change(details: update.details, of: entry)
                        return []
                    }
                    try roster.annotate(with: update.notes, limits: limits)
                    if let name = update.name, !name.isEmpty { roster.friendlyName = name }
                    return roster.change(details: update.details)
                }
            }
        }
        return Payload.ContactUpdateResponse()
    }

    /// Removes contacts; who is none stays none, as some clients say so on the wire first.
    func deleteContacts(
        _ request: Payload.ContactDelete
    ) async throws -> Payload.ContactDeleteResponse {
        try check(request.addressBookID)
        let identifiers = request.contacts.map { $0.identifier ?? "" }
        try await exchange.change(by: key) { editor, draft, news throws(Refusal) in
            for identifier in identifiers {
                guard let contact = draft[editor.key]?.contact(named: identifier), contact.lists.contains(.forward),
                    try editor.remove(contact.userHandle, from: .forward, in: &draft)
                else { continue }
                news.removed.append(contact)
            }
        }
        return Payload.ContactDeleteResponse()
    }

    /// Takes note that the user has seen news of contacts; there are none here.
    func updateItems(_ request: Payload.UpdateDynamicItem) async throws -> Payload.UpdateDynamicItemResponse {
        try check(request.addressBookID)
        let roster = try await roster()
        for item in request.items {
            guard let account = item.account, roster[UserKey(account)] != nil || UserKey(account) == key else {
                throw SOAPFault.contactDoesNotExist
            }
        }
        return Payload.UpdateDynamicItemResponse()
    }

    /// The notes that a message has about a contact; an empty one takes the note back.
    private func notes(of contact: Contact) throws -> [String: String] {
        var notes: [String: String] = [:]
        for annotation in contact.info?.annotations ?? [] {
            guard let name = annotation.name, !name.isEmpty else { throw SOAPFault.badArgument("A note has no name") }
            let value = annotation.value ?? ""
            guard name.utf8.count <= limits.noteName, value.utf8.count <= limits.note else {
                throw SOAPFault.tooLong("Annotation")
            }
            notes[name] = value
        }
        return notes
    }
}
#endif
