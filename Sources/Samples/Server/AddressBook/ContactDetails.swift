#if Network
// Shows: what has a place on the wire is kept there; only the rest is kept as the address book has it.
import MSNP
import WireProtocol

/// Mail addresses and telephone numbers, by their kinds in the address book.
struct ContactDetails: Codable, Sendable, Equatable {
    var emails: [String: String] = [:]
    var phones: [String: String] = [:]

    /// The bytes that they keep in memory.
    var bytes: Int { Roster.bytes(of: emails) + Roster.bytes(of: phones) }

    /// With changes; an empty value is removed.
    func merging(_ changes: ContactDetails) -> ContactDetails? {
        let emails = emails.merging(changes.emails) { $1 }.filter { !$0.value.isEmpty }
        let phones = phones.merging(changes.phones) { $1 }.filter { !$0.value.isEmpty }
        return emails.isEmpty && phones.isEmpty ? nil : ContactDetails(emails: emails, phones: phones)
    }
}

extension Roster {
    /// The telephone numbers that are properties of the user on the wire.
    private static let properties: [(kind: ContactPhoneKind, property: UserProperty)] = [
        (.personal, .homePhone), (.business, .workPhone), (.mobile, .mobilePhone),
    ]

    /// The mail addresses and telephone numbers of the user.
    var ownDetails: ContactDetails {
        var all = details ?? ContactDetails()
        for (kind, property) in Self.properties { all.phones[kind.text] = properties[property.text] }
        return all
    }

    /// Changes the mail addresses and telephone numbers of the user; gives the properties that have changed.
    mutating func change(details changes: ContactDetails) -> [String] {
        var (rest, changed) = (changes, [String]())
        for (kind, property) in Self.properties {
            guard let number = rest.phones.removeValue(forKey: kind.text) else { continue }
            properties[property.text] = number.isEmpty ? nil : number
            changed.append(property.text)
        }
        details = (details ?? ContactDetails()).merging(rest)
        return changed
    }

    /// Changes the mail addresses and telephone numbers of a contact.
    mutating func change(details changes: ContactDetails, of contact: Contact) {
        update(UserKey(contact.userHandle), called: contact.userHandle, name: nil, id: { contact.id }) {
            $0.details = ($0.details ?? ContactDetails()).merging(changes)
        }
    }
}

extension AddressBook {
    typealias ContactInfo = Payload.AddressBookElements.ContactInfo

    /// The mail addresses and telephone numbers that a message has about a contact, if it says that they change.
    func details(of contact: Contact, _ changed: Set<String>) throws -> ContactDetails {
        var details = ContactDetails()
        for email in changed.contains("ContactEmail") ? contact.info?.emails ?? [] : [] {
            guard let kind = email.kind, kind.index != nil else { throw SOAPFault.badArgument("The email has no kind") }
            let address = email.address ?? ""
            guard address.utf8.count <= limits.name else { throw SOAPFault.tooLong("Email") }
            details.emails[kind.text] = address
        }
        for phone in changed.contains("ContactPhone") ? contact.info?.phones ?? [] : [] {
            guard let kind = phone.kind, kind.index != nil else { throw SOAPFault.badArgument("The phone has no kind") }
            let number = phone.number ?? ""
            guard number.utf8.count <= limits.name else { throw SOAPFault.tooLong("Number") }
            details.phones[kind.text] = number
        }
        return details
    }

    /// Puts mail addresses and telephone numbers into an answer.
    static func show(_ details: ContactDetails?, in info: inout ContactInfo) {
        guard let details else { return }
        if !details.emails.isEmpty {
            info.emails = details.emails.sorted { $0.key < $1.key }.map { kind, address in
                var email = Payload.AddressBookElements.ContactEmail()
                email.kind = ContactEmailKind(checked: WireBytes(kind))
                email.address = address.withoutControls
                email.isMessengerEnabled = false
                return email
            }
        }
        if !details.phones.isEmpty {
            info.phones = details.phones.sorted { $0.key < $1.key }.map { kind, number in
                var phone = Payload.AddressBookElements.ContactPhone()
                phone.kind = ContactPhoneKind(checked: WireBytes(kind))
                phone.number = number.withoutControls
                phone.isMessengerEnabled = false
                return phone
            }
        }
    }
}
#endif
