#if Network
// Shows: handling a request throws the errors that the grammar lists for it.
import MSNP

extension Roster {
    /// The limits of a roster.
    struct Limits: Sendable, Equatable {
        /// The most contacts on a list.
        var contacts = 600
        /// The most groups, including the default one.
        var groups = 30
        /// The longest group name, in bytes before percent-encoding.
        var groupName = 61
        /// The longest display name from the address book, in bytes; percent-coded, it fits into a line.
        var name = 129
        /// The most notes in the address book about the user or a contact.
        var notes = 32
        /// The longest name of a note, in bytes.
        var noteName = 64
        /// The longest note, in bytes.
        var note = 1024
    }

    /// Adds somebody to a list, or a contact to another group; who is there already stays there.
    ///
    /// - Parameter isAnswer: whether allowing or blocking somebody who waits is the answer to them.
    mutating func add(
        _ userHandle: String, name: String?, to list: ListMembership, group: UInt32? = nil, isAnswer: Bool = true,
        id: () -> String, limits: Limits
    ) throws(Refusal) {
        let key = UserKey(userHandle)
        if let group, !groups.contains(where: { $0.number == group }) { throw Refusal(.unknownGroup) }
        let opposite: ListMembership = list == .allow ? .block : list == .block ? .allow : []
        if !opposite.isEmpty, has(key, on: opposite) { throw Refusal(.onOppositeList) }
        if !has(key, on: list), contacts.values.count(where: { $0.lists.contains(list) }) >= limits.contacts {
            throw Refusal(.listFull)
        }
        update(key, called: userHandle, name: name, id: id) { contact in
            if let group {
                contact.groups = contact.lists.contains(list) ? contact.memberships.union([group]) : [group]
            }
            contact.lists.formUnion(list)
            if list == .forward, let name { contact.name = name }
            if !opposite.isEmpty, isAnswer { contact.lists.remove(.pending) }
        }
        touch()
    }

    /// Settles an entry that waits for the user; who does not wait is left alone.
    mutating func settle(_ userHandle: String) {
        guard let entry = self[UserKey(userHandle)], entry.lists.contains(.pending) else { return }
        update(UserKey(userHandle), called: entry.userHandle, name: nil, id: { entry.id }) {
            $0.lists.remove(.pending)
        }
        touch()
    }

    /// Removes somebody from a list, or a contact from a group.
    mutating func remove(
        _ userHandle: String, from list: ListMembership, group: UInt32? = nil
    ) throws(Refusal) {
        let key = UserKey(userHandle)
        guard let contact = self[key], contact.lists.contains(list) else { throw Refusal(.notOnList) }
        if let group {
            guard groups.contains(where: { $0.number == group }) else { throw Refusal(.unknownGroup) }
            guard contact.memberships.contains(group) else { throw Refusal(.notInGroup) }
            update(key, called: userHandle, name: nil, id: { contact.id }) { entry in
                entry.groups = entry.memberships.subtracting([group])
            }
        } else {
            update(key, called: userHandle, name: nil, id: { contact.id }) { entry in
                entry.lists.subtract(list)
                if list == .forward { entry.groups = [] }
            }
        }
        touch()
    }

    /// Creates a group.
    mutating func addGroup(_ name: String, id: () -> String, limits: Limits) throws(Refusal) -> Group {
        try check(name, limits: limits)
        let used = Set(groups.map(\.number))
        guard groups.count < limits.groups,
            let number = (1..<UInt32(limits.groups)).first(where: { !used.contains($0) })
        else { throw Refusal(.tooManyGroups) }
        let group = Group(number: number, id: id(), name: name)
        groups.append(group)
        touch()
        return group
    }

    /// Renames a group.
    mutating func renameGroup(_ number: UInt32, to name: String, limits: Limits) throws(Refusal) {
        guard let index = groups.firstIndex(where: { $0.number == number }) else { throw Refusal(.unknownGroup) }
        if groups[index].name != name { try check(name, limits: limits) }
        groups[index].name = name
        touch()
    }

    /// Removes a group; contacts in no other group move to the default group.
    mutating func removeGroup(_ number: UInt32) throws(Refusal) {
        guard let index = groups.firstIndex(where: { $0.number == number }) else { throw Refusal(.unknownGroup) }
        guard number != 0 else { throw Refusal(.groupNotRemovable) }
        groups.remove(at: index)
        for (key, contact) in contacts where contact.groups.contains(number) {
            contacts[key]?.groups.remove(number)
        }
        touch()
    }

    /// Throws if a name is too long or taken.
    private func check(_ name: String, limits: Limits) throws(Refusal) {
        guard name.utf8.count <= limits.groupName else { throw Refusal(.groupNameTooLong) }
        guard !groups.contains(where: { $0.name == name }) else { throw Refusal(.groupExists) }
    }
}
#endif
