#if Network
// Shows: the generations of SYN side by side; the forms of the version decide which one applies.
import MSNP
import MSNPSession
import WireProtocol

/// A snapshot of a roster, as one version of the protocol sends it.
struct RosterSnapshot {
    let roster: Roster
    /// The properties of the contacts, by lower-case address.
    let properties: [String: [String: String]]
    let version: ProtocolVersion

    /// The entries on lists that the version knows.
    var contacts: [Roster.Contact] {
        roster.sortedContacts.filter { !$0.lists(in: version).isEmpty }
    }

    /// The groups to send, including the default group where groups have numbers.
    var groups: [Roster.Group] {
        version.has(.numberedGroups) ? roster.groups : roster.groups.filter { $0.number != 0 }
    }

    /// The two time stamps that replace the change count in newer versions.
    var stamp: ListStamp? {
        let seconds = Int(roster.changes / 10_000_000)
        let fraction = String(Int(roster.changes % 10_000_000) + 10_000_000).dropFirst()
        let parts = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { String($0 + 100).dropFirst() }
        return try? ListStamp("2001-01-01T" + parts.joined(separator: ":") + "." + fraction + "-00:00")
    }

    /// The entries on a list.
    func contacts(on list: ListMembership) -> [Roster.Contact] {
        contacts.filter { $0.lists(in: version).contains(list) }
    }

    /// The identifier of a group, for an entry.
    func groupIDs(of contact: Roster.Contact) -> [GroupID] {
        groups.filter { contact.groups.contains($0.number) }.compactMap { try? GroupID($0.id) }
    }

    /// The properties that old versions list for everybody.
    static let customary: [(name: String, fallback: String?)] = [
        (UserProperty.homePhone.text, nil), (UserProperty.workPhone.text, nil), (UserProperty.mobilePhone.text, nil),
        (UserProperty.takesPages.text, "N"),
    ]
}

extension Roster.Contact {
    /// The lists the contact is on, as a version knows them.
    fileprivate func lists(in version: ProtocolVersion) -> ListMembership {
        guard lists.contains(.pending), version.has(.pendingList) else { return lists.subtracting(.pending) }
        return lists.subtracting(.reverse)
    }
}

extension ServerSession {
    /// Sends the lists, unless the client is up to date.
    func synchronize(
        _ request: SYN.Synchronize, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle
    ) async throws {
        let snapshot = try await snapshot(handle)
        let changes = snapshot.roster.changes
        let stamp = snapshot.stamp
        hasSynchronized = true
        let isCurrent = request.listVersion?.number == changes || (stamp != nil && request.listStamp == stamp)
        guard !isCurrent else {
            try say(
                SYN.Current(listVersion: ListVersion(changes), listStamp: stamp, settingsStamp: stamp), transaction)
            return
        }
        if SYN.Announced.versions.contains(connection.version) {
            try say(
                SYN.Announced(
                    listVersion: ListVersion(changes), listStamp: stamp, settingsStamp: stamp,
                    contactCount: UInt32(clamping: snapshot.contacts.count),
                    groupCount: UInt32(clamping: snapshot.groups.count)), transaction)
            try await tellCounted(snapshot)
        } else {
            try say(SYN.Current(listVersion: ListVersion(changes)), transaction)
            try await tellListByList(snapshot, transaction)
        }
    }

    /// The user's roster, as this version sends it.
    func snapshot(_ handle: Exchange.SignInHandle) async throws -> RosterSnapshot {
        guard let roster = await context.exchange.roster(handle) else { throw Refusal(.databaseError) }
        return RosterSnapshot(
            roster: roster, properties: await context.exchange.properties(of: roster, to: handle.key),
            version: connection.version)
    }

    /// The newer generations: one line per contact, as many as announced.
    private func tellCounted(_ snapshot: RosterSnapshot) async throws {
        let roster = snapshot.roster
        if let prompt = try? ReverseListPrompt(text: roster.promptMode, version: connection.version) {
            tell(GTC.Synchronized(prompt: prompt))
        }
        if let mode = try? PrivacyMode(text: roster.mode, version: connection.version) {
            tell(BLP.Synchronized(privacy: mode))
        }
        tellOwn(UserProperty.friendlyName.text, roster.friendlyName)
        for (name, value) in roster.properties.sorted(by: { $0.key < $1.key }) { tellOwn(name, value) }
        for group in snapshot.groups {
            tell(
                try LSG.Synchronized(
                    group: GroupNumber(group.number), groupName: GroupName(group.name), groupID: try? GroupID(group.id))
            )
        }
        for contact in snapshot.contacts {
            tellEntry(contact, snapshot)
            try await flushIfLong()
        }
    }

    /// A property of the user in the answer to SYN, if the version knows it.
    private func tellOwn(_ name: String, _ value: String) {
        guard let property = try? UserProperty(text: name, version: connection.version) else { return }
        tell(PRP.Synchronized(property: property, value: WireText(value)))
    }

    /// Sends the line of an entry, and the properties of a contact.
    private func tellEntry(_ contact: Roster.Contact, _ snapshot: RosterSnapshot) {
        let lists = contact.lists(in: snapshot.version)
        let isContact = lists.contains(.forward)
        let isNamed = isContact || lists.contains(.pending) || !LST.Synchronized.has(.contactID, in: snapshot.version)
        let groupIDs = snapshot.groupIDs(of: contact)
        tell(
            try LST.Synchronized(
                userHandle: Account(contact.userHandle), friendlyName: isNamed ? WireText(contact.name) : nil,
                contactID: isContact ? ContactID(contact.id) : nil, lists: lists, networkID: .windowsLive,
                groups: isContact ? contact.memberships.sorted().map(GroupNumber.init(_:)) : nil,
                groupIDs: isContact && !groupIDs.isEmpty ? groupIDs : nil))
        guard isContact else { return }
        let properties = snapshot.properties[UserKey(contact.userHandle).address] ?? [:]
        for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
            guard let property = try? UserProperty(text: name, version: connection.version) else { continue }
            tell(BPR.Synchronized(property: property, value: WireText(value)))
        }
    }

    /// The older generations: list by list, with numbered lines.
    private func tellListByList(_ snapshot: RosterSnapshot, _ transaction: TransactionID?) async throws {
        let roster = snapshot.roster
        if let prompt = try? ReverseListPrompt(text: roster.promptMode, version: connection.version) {
            tell(GTC.Chosen(listVersion: ListVersion(roster.changes), prompt: prompt), transaction)
        }
        if let mode = try? PrivacyMode(text: roster.mode, version: connection.version) {
            tell(BLP.Chosen(listVersion: ListVersion(roster.changes), privacy: mode), transaction)
        }
        for (name, fallback) in RosterSnapshot.customary + [(UserProperty.mobileDevice.text, "N")] {
            guard let property = try? UserProperty(text: name, version: connection.version) else { continue }
            let value = (roster.properties[name] ?? fallback).map { WireText($0) }
            tell(PRP.Changed(listVersion: ListVersion(roster.changes), property: property, value: value), transaction)
        }
        tellGroups(snapshot, transaction)
        let lists: [ContactList] = [.forward, .allow, .block, .reverse]
        for list in lists { try await tellList(list, snapshot, transaction) }
    }

    /// Sends all groups, with numbered lines.
    func tellGroups(_ snapshot: RosterSnapshot, _ transaction: TransactionID?) {
        let groups = snapshot.groups
        for (index, group) in groups.enumerated() {
            tell(
                try LSG.Entry(
                    listVersion: ListVersion(snapshot.roster.changes), index: UInt32(clamping: index + 1),
                    total: UInt32(clamping: groups.count), group: GroupNumber(group.number),
                    groupName: GroupName(group.name)),
                transaction)
        }
    }

    /// Sends one list with numbered lines, or the line for an empty list.
    func tellList(
        _ list: ContactList, _ snapshot: RosterSnapshot, _ transaction: TransactionID?
    ) async throws {
        let changes = snapshot.roster.changes
        let contacts = snapshot.contacts(on: list.membership)
        if contacts.isEmpty { tell(LST.Empty(list: list, listVersion: ListVersion(changes)), transaction) }
        for (index, contact) in contacts.enumerated() {
            tell(
                try LST.Entry(
                    list: list, listVersion: ListVersion(changes), index: UInt32(clamping: index + 1),
                    total: UInt32(clamping: contacts.count), userHandle: Account(contact.userHandle),
                    friendlyName: WireText(contact.name),
                    groups: list == .forward ? contact.memberships.sorted().map(GroupNumber.init(_:)) : nil),
                transaction)
            if list == .forward { tellProperties(of: contact.userHandle, snapshot) }
            try await flushIfLong()
        }
    }

    /// Sends the properties that everybody has.
    func tellProperties(of userHandle: String, _ snapshot: RosterSnapshot) {
        let properties = snapshot.properties[UserKey(userHandle).address] ?? [:]
        for (name, fallback) in RosterSnapshot.customary {
            tell(
                property: name, value: properties[name] ?? fallback, of: userHandle, changes: snapshot.roster.changes)
        }
    }
}

extension ContactList {
    var membership: ListMembership {
        switch self {
        case .forward: .forward
        case .allow: .allow
        case .block: .block
        case .reverse: .reverse
        case .pending: .pending
        }
    }
}

extension Exchange {
    /// The properties of the contacts on a roster, as its owner may see them.
    func properties(of roster: Roster, to viewer: UserKey) -> [String: [String: String]] {
        roster.contacts.filter { $0.value.lists.contains(.forward) }.mapValues {
            properties(of: UserKey($0.userHandle), to: viewer)
        }
    }
}
#endif
