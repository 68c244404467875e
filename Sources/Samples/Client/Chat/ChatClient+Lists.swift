#if Network
import MSNP
import MSNPSession
import WireProtocol

/// The lists that the notification server does not keep: those of the address book, or of a file.
extension ChatClient {
    /// Sends the lists of the address book or the file, for versions whose server does not store them.
    func sendLists(_ session: ClientSession) async throws {
        if settings.contactList.entries.isEmpty, let lists = await addressBookLists() {
            return try await send(lists, session)
        }
        _ = try await session.send(BLP.Choose(privacy: .allow))
        for document in try settings.contactList.documents() {
            _ = try await session.send(ADL.Add(payload: document))
        }
        for entry in settings.contactList.entries {
            for group in entry.groups { book.setGroup(group, name: group) }
            book.update(entry.account) {
                $0.nickname = entry.name
                $0.lists = [.forward, entry.isBlocked ? .block : .allow]
                $0.groups = Set(entry.groups)
            }
        }
    }

    /// What the address book has; nil, and the user is told, if there is none.
    private func addressBookLists() async -> AddressBookLists? {
        addressBook = nil
        guard let service = settings.addressBook else {
            show("This version keeps contact lists in a web service; without one, --contacts names a file to use.")
            return nil
        }
        let session = AddressBookSession(service, credentials: settings.credentials)
        do {
            let lists = try await session.lists()
            addressBook = session
            return lists
        } catch {
            show("The address book cannot be read: \(ChatText.sentence(error)) --contacts names a file to use instead.")
            return nil
        }
    }

    /// Tells the server about the lists of the address book.
    private func send(_ lists: AddressBookLists, _ session: ClientSession) async throws {
        _ = try await session.send(BLP.Choose(privacy: lists.privacy))
        for document in try lists.documents() { _ = try await session.send(ADL.Add(payload: document)) }
        for (key, name) in lists.groups { book.setGroup(key, name: name) }
        for contact in lists.contacts { book.update(contact.account) { $0 = contact } }
    }
}
#endif
