#if Network
import MSNP

/// Changes the lists of a user in a draft, and the reverse lists that follow from them.
struct RosterEditor: Sendable {
    /// The user.
    let key: UserKey
    let userHandle: String
    let name: String
    let limits: Roster.Limits
    /// Whether allowing or blocking somebody who waits is the answer to them.
    let answersByLists: Bool

    /// Adds somebody to a list; true if they are a new contact.
    func add(
        _ userHandle: String, name: String?, to list: ListMembership, group: UInt32? = nil, in draft: inout RosterDraft
    ) throws(Refusal) -> Bool {
        let other = UserKey(userHandle)
        let wasContact = draft[key]?.has(other, on: .forward) ?? false
        try draft.change(key) { roster throws(Refusal) in
            try roster.add(
                userHandle, name: name, to: list, group: group, isAnswer: answersByLists, id: Random.identifier,
                limits: limits)
        }
        let isNew = list.contains(.forward) && !wasContact
        if isNew { try reverse(other, in: &draft, isAdded: true) }
        return isNew
    }

    /// Removes somebody from a list or group; true if they are no contact any more.
    func remove(
        _ userHandle: String, from list: ListMembership, group: UInt32? = nil, in draft: inout RosterDraft
    ) throws(Refusal) -> Bool {
        try draft.change(key) { roster throws(Refusal) in
            try roster.remove(userHandle, from: list, group: group)
        }
        let isGone = list.contains(.forward) && group == nil
        if isGone { try reverse(UserKey(userHandle), in: &draft, isAdded: false) }
        return isGone
    }

    /// Updates somebody's reverse list after the user added or removed them.
    private func reverse(_ other: UserKey, in draft: inout RosterDraft, isAdded: Bool) throws(Refusal) {
        guard draft[other] != nil else { return }
        try draft.change(other) { roster in
            roster.update(key, called: userHandle, name: name, id: Random.identifier) { entry in
                if isAdded {
                    let isAnswered = !entry.lists.isDisjoint(with: [.allow, .block])
                    entry.lists.formUnion(isAnswered ? .reverse : [.reverse, .pending])
                } else {
                    entry.lists.subtract([.reverse, .pending])
                }
            }
            roster.touch()
        }
    }
}
#endif
