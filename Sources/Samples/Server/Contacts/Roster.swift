#if Network
// Shows: a roster has no version; versions come in when it is sent (see SessionSync.swift).
import MSNP
import WireProtocol

/// What the server stores for an account: settings, properties, groups and lists.
struct Roster: Codable, Sendable, Equatable {
    /// An entry on one or more lists.
    struct Contact: Codable, Sendable, Equatable {
        /// The address, as given.
        var userHandle: String
        /// The display name for the owner.
        var name: String
        var bits: UInt32
        /// The numbers of the groups; a contact without any is in the default group.
        var groups: Set<UInt32> = []
        /// The identifier in newer versions.
        var id: String
        /// The owner's notes about the contact, by their names on the wire.
        var notes: [String: String] = [:]
        /// The owner's notes of mail addresses and telephone numbers.
        var details: ContactDetails?

        /// The numbers of the groups; the default group if there are none.
        var memberships: Set<UInt32> { groups.isEmpty ? [0] : groups }

        /// The bytes that the entry keeps in memory.
        var bytes: Int {
            let texts = userHandle.utf8.count + name.utf8.count + id.utf8.count
            return Roster.overhead + texts + Roster.bytes(of: notes) + (details?.bytes ?? 0)
                + groups.count * MemoryLayout<UInt32>.size
        }

        /// Whether the owner has it on a list; the entry may have come from others alone.
        var isOwn: Bool { !lists.isDisjoint(with: [.forward, .allow, .block]) }

        var lists: ListMembership {
            get { ListMembership(rawValue: bits) }
            set { bits = newValue.rawValue }
        }
    }

    /// A group of contacts.
    struct Group: Codable, Sendable, Equatable {
        /// The number in older versions.
        var number: UInt32
        /// The identifier in newer versions.
        var id: String
        var name: String
    }

    var friendlyName: String
    /// Whether people on no list may see and invite the user; as on the wire.
    var mode = PrivacyMode.allow.text
    /// Whether the client asks about people who add the user; as on the wire.
    var promptMode = ReverseListPrompt.ask.text
    /// Properties, by their names on the wire.
    var properties: [String: String] = [:]
    /// The groups; the first, number 0, always exists.
    var groups = [Group(number: 0, id: "00000000-0000-0000-0000-000000000000", name: "~")]
    /// Contacts by address in lower case.
    var contacts: [String: Contact] = [:]
    /// What the address book keeps about the user that has no other place, by name.
    var annotations: [String: String]?
    /// Mail addresses and telephone numbers of the user that are no properties on the wire.
    var details: ContactDetails?
    /// The personal message in the profile.
    var personalStatus: String?
    /// The number of changes so far.
    var changes: UInt32 = 1

    /// An empty roster.
    init(friendlyName: String) {
        self.friendlyName = friendlyName
    }

    /// The bytes that it keeps in memory, without the entries that others caused.
    var ownBytes: Int { contacts.values.reduce(settingBytes) { $0 + ($1.isOwn ? $1.bytes : 0) } }

    /// The bytes that it keeps in memory.
    var bytes: Int { contacts.values.reduce(settingBytes) { $0 + $1.bytes } }

    /// The bytes of everything but the contacts.
    private var settingBytes: Int {
        groups.reduce(friendlyName.utf8.count + Self.bytes(of: properties) + (details?.bytes ?? 0)) {
            $0 + Self.overhead + $1.id.utf8.count + $1.name.utf8.count
        }
    }

    static func bytes(of texts: [String: String]) -> Int {
        texts.reduce(0) { $0 + overhead + $1.key.utf8.count + $1.value.utf8.count }
    }

    /// What each entry needs.
    private static let overhead = 128

    /// The entries on a list, ordered by address.
    var sortedContacts: [Contact] {
        contacts.sorted { $0.key < $1.key }.map(\.value)
    }

    subscript(_ key: UserKey) -> Contact? {
        contacts[key.address]
    }

    func has(_ key: UserKey, on list: ListMembership) -> Bool {
        self[key]?.lists.contains(list) ?? false
    }

    /// Whether somebody may see and invite the user: first the block list, then the allow list, then the setting.
    func allows(_ key: UserKey) -> Bool {
        if has(key, on: .block) { return false }
        return has(key, on: .allow) || mode == PrivacyMode.allow.text
    }

    /// The contact with an identifier or address.
    func contact(named word: String) -> Contact? {
        self[UserKey(word)] ?? contacts.values.first { $0.id == word.lowercased() }
    }

    /// Changes or creates an entry; an entry on no list is removed.
    mutating func update(
        _ key: UserKey, called userHandle: String, name: String?, id: () -> String, _ change: (inout Contact) -> Void
    ) {
        var entry = self[key] ?? Contact(userHandle: userHandle, name: name ?? userHandle, bits: 0, id: id())
        change(&entry)
        contacts[key.address] = entry.bits == 0 ? nil : entry
    }

    mutating func touch() {
        changes = changes == .max ? 1 : changes + 1
    }
}
#endif
