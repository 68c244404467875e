// Shows: nothing. What an account keeps has no version; the versions come when it is told (see SessionSync.swift).
import MSNP
import WireProtocol

/// What the server keeps for an account: settings, properties, groups, and who is on its lists.
struct Roster: Codable, Sendable, Equatable {
    /// Somebody on a list.
    struct Contact: Codable, Sendable, Equatable {
        /// The address as it was given.
        var userHandle: String
        /// The name that the owner sees.
        var name: String
        /// The lists, as bits.
        var bits: UInt32
        /// The groups by number; a contact without any is in the default group.
        var groups: Set<UInt32> = []
        /// What newer versions call the contact by.
        var id: String
        /// What the owner noted about the contact, by the wire's names.
        var notes: [String: String] = [:]

        /// The groups by number, the default one if the contact is in no other.
        var memberships: Set<UInt32> { groups.isEmpty ? [0] : groups }

        /// The lists.
        var lists: ListMembership {
            get { ListMembership(rawValue: bits) }
            set { bits = newValue.rawValue }
        }
    }

    /// A group of contacts.
    struct Group: Codable, Sendable, Equatable {
        /// What older versions call it by.
        var number: UInt32
        /// What newer versions call it by.
        var id: String
        /// Its name.
        var name: String
    }

    /// The name shown to others.
    var friendlyName: String
    /// Whether people on no list may see and call; the wire's word.
    var mode = PrivacyMode.allow.text
    /// Whether the client asks about people who add the user; the wire's word.
    var promptMode = ReverseListPrompt.ask.text
    /// Properties by the wire's names.
    var properties: [String: String] = [:]
    /// The groups; the first one, number 0, is always there.
    var groups = [Group(number: 0, id: "00000000-0000-0000-0000-000000000000", name: "~")]
    /// Contacts by address in lower case.
    var contacts: [String: Contact] = [:]
    /// Counts the changes.
    var changes: UInt32 = 1

    /// A roster of nobody.
    init(friendlyName: String) {
        self.friendlyName = friendlyName
    }

    /// Who is on the lists, in the order of the addresses.
    var sortedContacts: [Contact] {
        contacts.sorted { $0.key < $1.key }.map(\.value)
    }

    /// An entry.
    subscript(_ key: UserKey) -> Contact? {
        contacts[key.address]
    }

    /// Whether somebody is on a list.
    func has(_ key: UserKey, on list: ListMembership) -> Bool {
        self[key]?.lists.contains(list) ?? false
    }

    /// Whether somebody may see and call the user: the block list first, then the allow list, then the setting.
    func allows(_ key: UserKey) -> Bool {
        if has(key, on: .block) { return false }
        return has(key, on: .allow) || mode == PrivacyMode.allow.text
    }

    /// The contact with that identifier or address.
    func contact(named word: String) -> Contact? {
        self[UserKey(word)] ?? contacts.values.first { $0.id == word.lowercased() }
    }

    /// Changes an entry or makes it; an entry on no list goes away.
    mutating func update(
        _ key: UserKey, called userHandle: String, name: String?, id: () -> String, _ change: (inout Contact) -> Void
    ) {
        var entry = self[key] ?? Contact(userHandle: userHandle, name: name ?? userHandle, bits: 0, id: id())
        change(&entry)
        contacts[key.address] = entry.bits == 0 ? nil : entry
    }

    /// Counts a change.
    mutating func touch() {
        changes = changes == .max ? 1 : changes + 1
    }
}
