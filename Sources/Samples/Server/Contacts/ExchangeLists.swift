// Shows: a list change is the same, whether it arrives as ADD, ADC or ADL.
import MSNP
import WireProtocol

extension Exchange {
    /// The result of a list change.
    struct ListChange: Sendable {
        /// The entry after the change; nil if it was removed.
        let entry: Roster.Contact?
        /// The number of changes to the roster so far.
        let changes: UInt32
        /// A contact who has become visible.
        let sight: Sight?
    }

    func roster(_ handle: SignInHandle) -> Roster? {
        rosters[handle.key]
    }

    /// Adds somebody to a list; returns once the change is stored.
    func add(
        _ userHandle: String, name: String?, to list: ListMembership, group: UInt32? = nil, unknown: ErrorCode,
        by handle: SignInHandle
    ) async throws -> ListChange {
        let other = UserKey(userHandle)
        guard other.domain != nil else { throw Refusal(.invalidParameter) }
        guard exists(other) else { throw Refusal(unknown) }
        let wasContact = rosters[handle.key]?.has(other, on: .forward) ?? false
        let limits = limits.roster
        // Clients with a list of those who wait take them from it themselves.
        let isAnswer = members[handle.key]?.version.has(.pendingList) != true
        try change(handle.key) { roster throws(Refusal) in
            try roster.add(
                userHandle, name: name, to: list, group: group, isAnswer: isAnswer, id: Random.identifier,
                limits: limits)
        }
        let isNew = list.contains(.forward) && !wasContact
        if isNew { reverse(other, of: handle.key, isAdded: true) }
        let result = outcome(other, of: handle.key, isSeen: isNew)
        try await keep(isNew ? [handle.key, other] : [handle.key])
        return result
    }

    /// Removes somebody from a list or group; returns once the change is stored.
    func remove(
        _ userHandle: String, from list: ListMembership, group: UInt32? = nil, by handle: SignInHandle
    ) async throws -> ListChange {
        let other = UserKey(userHandle)
        try change(handle.key) { roster throws(Refusal) in
            try roster.remove(userHandle, from: list, group: group)
        }
        let isGone = list.contains(.forward) && group == nil
        if isGone { reverse(other, of: handle.key, isAdded: false) }
        let result = outcome(other, of: handle.key, isSeen: false)
        try await keep(isGone ? [handle.key, other] : [handle.key])
        return result
    }

    /// Settles an entry that waits for the user; returns once the change is stored.
    func settlePending(_ userHandle: String, by handle: SignInHandle) async throws {
        guard exists(UserKey(userHandle)) else { throw Refusal(.invalidUserHandle) }
        try change(handle.key) { roster throws(Refusal) in roster.settle(userHandle) }
        try await keep([handle.key])
    }

    /// Those who wait for the user, and their names.
    func waiting(for handle: SignInHandle) -> [(userHandle: String, name: String)] {
        let contacts = rosters[handle.key]?.sortedContacts ?? []
        return contacts.filter { $0.lists.contains(.pending) }.map { name(of: UserKey($0.userHandle)) }
            .map { ($0.address, $0.name) }
    }

    /// Changes anything else in a roster; returns once the change is stored.
    func edit<Result: Sendable>(
        by handle: SignInHandle, _ body: @Sendable (inout Roster) throws(Refusal) -> Result
    ) async throws -> (result: Result, changes: UInt32) {
        let nameBefore = rosters[handle.key]?.friendlyName
        let before = watchers(of: handle.key)
        let result = try change(handle.key, body)
        if rosters[handle.key]?.friendlyName != nameBefore { tell(of: handle.key, before: before, isChanged: true) }
        let changes = rosters[handle.key]?.changes ?? 0
        try await keep([handle.key])
        return (result, changes)
    }

    /// Tells the users who have somebody as a contact about a property.
    func announce(property: String, value: String?, by handle: SignInHandle) {
        guard let roster = rosters[handle.key] else { return }
        let userHandle = name(of: handle.key).address
        for (address, contact) in roster.contacts where contact.lists.contains(.reverse) {
            let other = UserKey(address)
            guard roster.allows(other), let changes = rosters[other]?.changes else { continue }
            post(.property(of: userHandle, name: property, value: value, changes: changes), to: other)
        }
    }

    /// Changes a roster, and notifies those who can now see the user or no longer can.
    private func change<Result>(
        _ key: UserKey, _ body: (inout Roster) throws(Refusal) -> Result
    ) throws(Refusal) -> Result {
        guard var roster = rosters[key] else { throw Refusal(.databaseError) }
        let before = watchers(of: key)
        let result = try body(&roster)
        rosters[key] = roster
        tell(of: key, before: before, isChanged: false)
        return result
    }

    /// Updates somebody's reverse list after a user added or removed them, and notifies them.
    private func reverse(_ other: UserKey, of key: UserKey, isAdded: Bool) {
        let (userHandle, name) = name(of: key)
        guard rosters[other] != nil else { return }
        rosters[other]?.update(key, called: userHandle, name: name, id: Random.identifier) { entry in
            if isAdded {
                let isAnswered = !entry.lists.isDisjoint(with: [.allow, .block])
                entry.lists.formUnion(isAnswered ? .reverse : [.reverse, .pending])
            } else {
                entry.lists.subtract([.reverse, .pending])
            }
        }
        rosters[other]?.touch()
        let changes = rosters[other]?.changes ?? 0
        post(
            isAdded ? .added(by: userHandle, name: name, changes: changes) : .removed(by: userHandle, changes: changes),
            to: other)
    }

    private func outcome(_ other: UserKey, of key: UserKey, isSeen: Bool) -> ListChange {
        ListChange(
            entry: rosters[key]?[other], changes: rosters[key]?.changes ?? 0,
            sight: isSeen && members[key]?.status != nil ? sight(of: other, by: key) : nil)
    }

    /// Waits until the rosters are on disk.
    private func keep(_ keys: [UserKey]) async throws {
        var last: UInt64 = 0
        for key in keys {
            if let roster = rosters[key] { last = journal.note(roster, of: key) }
        }
        do {
            try await journal.settle(last)
        } catch {
            throw Refusal(.databaseError)
        }
    }
}
