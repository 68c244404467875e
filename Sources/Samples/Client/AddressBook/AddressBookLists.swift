#if Network
// Shows: the lists of three documents become the same contacts as the lines of SYN.
import MSNP
import WireProtocol

/// What the address book says after the sign-in.
struct AddressBookLists: Sendable, Equatable {
    /// Everybody on a list.
    var contacts: [Contact] = []
    /// The names of the groups, by identifier.
    var groups: [String: String] = [:]
    /// Whether people on no list may see and invite the user.
    var privacy = PrivacyMode.allow

    /// The documents that tell the server about the lists.
    func documents() throws -> [WireBytes] {
        try ContactDocument.first(
            contacts.map { ($0.account, $0.lists.intersection([.forward, .allow, .block])) }.filter { !$0.1.isEmpty })
    }
}

extension AddressBookSession {
    /// Fetches the contacts, the groups and the lists.
    func lists() async throws -> AddressBookLists {
        var request = Payload.FindMembership()
        request.services = ["Messenger"]
        let members = try await ask(request, scenario: "Initial")
        var all = Payload.FindAll()
        all.addressBookID = "00000000-0000-0000-0000-000000000000"
        all.view = "Full"
        all.isDelta = false
        let book = try await ask(all, scenario: "Initial")
        return AddressBookLists(book, members)
    }
}

extension AddressBookLists {
    init(_ book: Payload.FindAllResponse, _ members: Payload.FindMembershipResponse) {
        for group in book.groups {
            if let identifier = group.identifier, let name = group.info?.name { groups[identifier] = name }
        }
        var found: [String: Contact] = [:]
        for entry in book.contacts {
            guard let info = entry.info, let account = info.account, Self.isUsable(account) else { continue }
            if info.kind == .owner {
                if info.note("MSN.IM.BLP") == "0" { privacy = .block }
                continue
            }
            // Contacts of other kinds, such as those for mail, have no place here.
            guard info.isMessengerUser != false, entry.isDeleted != true else { continue }
            found[account.lowercased()] = Contact(
                account: account, ownName: info.displayName ?? account, nickname: info.note("AB.NickName"),
                identifier: entry.identifier, lists: .forward, groups: Set(info.groupIDs))
        }
        for membership in members.services.flatMap(\.memberships) {
            guard let list = membership.role?.list else { continue }
            for account in membership.members.compactMap(\.account) where Self.isUsable(account) {
                found[account.lowercased(), default: Contact(account: account, ownName: account)].lists.insert(list)
            }
        }
        contacts = found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether lines and documents can name an account; a service may say anything.
    private static func isUsable(_ account: String) -> Bool { (try? ListChanges.handle(account)) != nil }
}

extension Payload.AddressBookElements.ContactInfo {
    /// The note with a name; nil if there is none.
    fileprivate func note(_ name: String) -> String? {
        annotations.first { $0.name == name }?.value.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension MemberRole {
    /// The list that the role stands for.
    fileprivate var list: ListMembership? {
        switch self {
        case .allow: .allow
        case .block: .block
        case .reverse: .reverse
        case .pending: .pending
        case .other: nil
        }
    }
}
#endif
