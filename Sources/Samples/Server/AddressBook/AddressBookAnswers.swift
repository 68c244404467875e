#if Network
// Shows: what the wire says line by line is one document here.
import Foundation
import MSNP
import WireProtocol

extension AddressBook {
    /// All contacts and groups, or nothing if the client has them.
    func findAll(_ request: Payload.FindAll) async throws -> Payload.FindAllResponse {
        try check(request.addressBookID)
        let roster = try await roster()
        let isCurrent = try isCurrent(roster, request.isDelta, request.lastChange)
        var book = Payload.AddressBookElements.AddressBook()
        book.identifier = Self.identifier
        book.lastChange = roster.lastChange
        book.dynamicItemLastChange = Self.never
        var answer = Payload.FindAllResponse()
        answer.groups = isCurrent ? [] : groups(of: roster)
        answer.contacts = isCurrent ? [] : try await contacts(of: roster)
        answer.addressBook = book
        return answer
    }

    /// All contacts and groups on one page, or nothing if the client has them.
    func findPaged(
        _ request: Payload.FindContactsPaged
    ) async throws -> Payload.FindContactsPagedResponse {
        try check(request.addressBookID)
        let roster = try await roster()
        let isCurrent = try isCurrent(roster, request.isDelta, request.lastChange)
        var answer = Payload.FindContactsPagedResponse()
        answer.groups = isCurrent ? [] : groups(of: roster)
        answer.contacts = isCurrent ? [] : try await contacts(of: roster)
        answer.addressBookID = Self.identifier
        answer.lastChange = roster.lastChange
        answer.dynamicItemLastChange = Self.never
        return answer
    }

    /// The lists of who may see the user, of who has the user as a contact, and of who waits.
    func findMembership(_ request: Payload.FindMembership) async throws -> Payload.FindMembershipResponse {
        let roster = try await roster()
        var answer = Payload.FindMembershipResponse()
        answer.services = []
        guard try !isCurrent(roster, request.isDelta, request.lastChange),
            request.services.isEmpty || request.services.contains("Messenger")
        else { return answer }
        var handle = Payload.FindMembershipResponse.Handle()
        handle.identifier = "1"
        handle.kind = "Messenger"
        handle.foreignID = ""
        var service = Payload.FindMembershipResponse.MemberService()
        let waiting = Set(await exchange.waiting(for: key).map { UserKey($0.userHandle) })
        service.memberships = Self.roles.map { role, list in
            let contacts = roster.sortedContacts.filter { contact in
                contact.lists.contains(list) && (list != .pending || waiting.contains(UserKey(contact.userHandle)))
            }
            return Self.membership(contacts, role)
        }
        service.handle = handle
        service.lastChange = roster.lastChange
        service.isDeleted = false
        answer.services = [service]
        return answer
    }

    private static let never = "0001-01-01T00:00:00"
    private static let roles: [(MemberRole, ListMembership)] = [
        (.allow, .allow), (.block, .block), (.reverse, .reverse), (.pending, .pending),
    ]

    /// Whether a client that asks for changes has the latest; throws if it has others than that.
    private func isCurrent(_ roster: Roster, _ isDelta: Bool?, _ lastChange: String?) throws -> Bool {
        guard isDelta == true, let lastChange, !lastChange.hasPrefix("0001-") else { return false }
        guard lastChange == roster.lastChange else { throw SOAPFault.fullSyncRequired }
        return true
    }

    private static func membership(
        _ contacts: [Roster.Contact], _ role: MemberRole
    ) -> Payload.AddressBookElements.Membership {
        var membership = Payload.AddressBookElements.Membership()
        membership.role = role
        membership.members = contacts.map { contact in
            var member = Payload.AddressBookElements.Member()
            member.schema = "PassportMember"
            member.identifier = "\(role.text)/\(contact.id)"
            member.kind = "Passport"
            member.state = "Accepted"
            member.account = contact.userHandle.withoutControls
            return member
        }
        membership.isComplete = true
        return membership
    }

    private func groups(of roster: Roster) -> [Payload.AddressBookElements.Group] {
        roster.groups.filter { $0.number != 0 }.map { group in
            var info = Payload.AddressBookElements.GroupInfo()
            info.kind = Self.groupKind
            info.name = group.name.withoutControls
            var entry = Payload.AddressBookElements.Group()
            entry.identifier = group.id
            entry.info = info
            entry.isDeleted = false
            entry.lastChange = roster.lastChange
            return entry
        }
    }

    /// The owner and the contacts.
    private func contacts(of roster: Roster) async throws -> [Contact] {
        let own = await exchange.name(of: key)
        var info = Payload.AddressBookElements.ContactInfo()
        info.annotations = roster.ownNotes.map(Self.annotation)
        Self.show(roster.ownDetails, in: &info)
        info.kind = .owner
        info.account = own.address.withoutControls
        info.displayName = own.name.withoutControls
        info.identity = Self.identity(of: key)
        info.isMessengerUser = false
        var owner = Contact()
        owner.identifier = Self.contactID(of: key)
        owner.info = info
        return [owner] + roster.sortedContacts.filter { $0.lists.contains(.forward) }.map { entry(of: $0, in: roster) }
    }

    private func entry(of contact: Roster.Contact, in roster: Roster) -> Contact {
        let userHandle = contact.userHandle.withoutControls
        var info = Payload.AddressBookElements.ContactInfo()
        if !contact.notes.isEmpty {
            info.annotations = contact.notes.sorted { $0.key < $1.key }.map(Self.annotation)
        }
        Self.show(contact.details, in: &info)
        info.kind = .regular
        info.quickName = userHandle
        info.account = userHandle
        info.isAccountHidden = false
        info.displayName = contact.name.withoutControls
        let groups = roster.groups.filter { $0.number != 0 && contact.groups.contains($0.number) }
        if !groups.isEmpty { info.groupIDs = groups.map(\.id) }
        info.identity = Self.identity(of: UserKey(contact.userHandle))
        info.isMessengerUser = true
        var entry = Contact()
        entry.identifier = contact.id
        entry.info = info
        entry.isDeleted = false
        entry.lastChange = roster.lastChange
        return entry
    }

    private static func annotation(_ name: String, _ value: String) -> Annotation {
        var annotation = Annotation()
        annotation.name = name.withoutControls
        annotation.value = value.withoutControls
        return annotation
    }
}

extension Roster {
    /// The time that stands for the number of changes, which begins with that of the first start.
    var lastChange: String {
        let date = Date(timeIntervalSince1970: Double(changes)).formatted(.iso8601)
        return date.dropLast() + ".0000000-00:00"
    }
}

extension String {
    /// The text without characters that a line can have and a document cannot.
    var withoutControls: String {
        let isBad = { (scalar: Unicode.Scalar) in
            scalar.value < 0x20 && !"\t\n\r".unicodeScalars.contains(scalar) || [0xFFFE, 0xFFFF].contains(scalar.value)
        }
        guard unicodeScalars.contains(where: isBad) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.filter { !isBad($0) }))
    }
}
#endif
