#if Network
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
    ) async throws(Refusal) -> ListChange {
        let other = UserKey(userHandle)
        guard other.domain != nil else { throw Refusal(.invalidParameter) }
        guard exists(other) else { throw Refusal(unknown) }
        let editor = editor(of: handle.key)
        return try await commit(by: handle.key) { draft throws(Refusal) in
            try editor.add(userHandle, name: name, to: list, group: group, in: &draft)
        } then: { isNew in
            if isNew { self.tellReverse(other, of: editor, isAdded: true) }
            return self.outcome(other, of: handle.key, isSeen: isNew)
        }
    }

    /// Removes somebody from a list or group; returns once the change is stored.
    func remove(
        _ userHandle: String, from list: ListMembership, group: UInt32? = nil, by handle: SignInHandle
    ) async throws(Refusal) -> ListChange {
        let other = UserKey(userHandle)
        let editor = editor(of: handle.key)
        return try await commit(by: handle.key) { draft throws(Refusal) in
            try editor.remove(userHandle, from: list, group: group, in: &draft)
        } then: { isGone in
            if isGone { self.tellReverse(other, of: editor, isAdded: false) }
            return self.outcome(other, of: handle.key, isSeen: false)
        }
    }

    /// Settles an entry that waits for the user; returns once the change is stored.
    func settlePending(_ userHandle: String, by handle: SignInHandle) async throws(Refusal) {
        guard exists(UserKey(userHandle)) else { throw Refusal(.invalidUserHandle) }
        _ = try await edit(by: handle) { roster throws(Refusal) in roster.settle(userHandle) }
    }

    /// Those who wait for the user, and their names.
    func waiting(for key: UserKey) -> [(userHandle: String, name: String)] {
        let contacts = rosters[key]?.sortedContacts.filter { $0.lists.contains(.pending) } ?? []
        return contacts.map { UserKey($0.userHandle) }
            .filter { visibility(of: $0, to: key).contains(.addition) }
            .map { name(of: $0) }.map { ($0.address, $0.name) }
    }

    /// Changes anything else in a roster; returns once the change is stored.
    ///
    /// - Parameter full: the error for a user who would keep too much.
    func edit<Result: Sendable>(
        by handle: SignInHandle, full: ErrorCode = .listFull, _ body: @Sendable (inout Roster) throws(Refusal) -> Result
    ) async throws(Refusal) -> (result: Result, changes: UInt32) {
        try await commit(by: handle.key, full: full) { draft throws(Refusal) in
            try draft.change(handle.key, body)
        } then: { result in
            (result, self.rosters[handle.key]?.changes ?? 0)
        }
    }

    /// Changes a property of the user and tells those who may see it; returns once it is stored.
    func set(_ property: String, to value: String?, by handle: SignInHandle) async throws(Refusal) -> UInt32 {
        try await commit(by: handle.key, full: .notExpected) { draft throws(Refusal) in
            try draft.change(handle.key) {
                $0.properties[property] = value
                $0.touch()
            }
        } then: {
            self.announce(property, of: handle.key)
            return self.rosters[handle.key]?.changes ?? 0
        }
    }

    /// What a change of a user's lists depends on.
    func editor(of key: UserKey) -> RosterEditor {
        let (userHandle, name) = name(of: key)
        return RosterEditor(
            key: key, userHandle: userHandle, name: name, limits: limits.roster,
            // Clients with a list of those who wait take them from it themselves.
            answersByLists: members[key]?.version.has(.pendingList) != true)
    }

    /// Tells somebody that a user added or removed them, if they may learn it.
    func tellReverse(_ other: UserKey, of editor: RosterEditor, isAdded: Bool) {
        guard visibility(of: editor.key, to: other).contains(isAdded ? .addition : .reach),
            let changes = rosters[other]?.changes
        else { return }
        let (userHandle, name) = (editor.userHandle, editor.name)
        post(
            isAdded ? .added(by: userHandle, name: name, changes: changes) : .removed(by: userHandle, changes: changes),
            to: other)
    }

    private func outcome(_ other: UserKey, of key: UserKey, isSeen: Bool) -> ListChange {
        ListChange(
            entry: rosters[key]?[other], changes: rosters[key]?.changes ?? 0,
            sight: isSeen && members[key]?.status != nil ? sight(of: other, by: key) : nil)
    }
}
#endif
