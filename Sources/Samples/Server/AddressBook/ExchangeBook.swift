#if Network
// Shows: a change by the address book goes the way of a change by the wire; only who asks is another.
import MSNP

/// What a change of a user's lists means for others.
struct ListNews: Sendable {
    /// The new contacts.
    var added: [UserKey] = []
    /// Those who are no contacts any more.
    var removed: [Roster.Contact] = []
    /// The properties of the user that have changed.
    var properties: [String] = []
}

extension Exchange {
    /// The lists and settings of a user.
    func roster(of key: UserKey) -> Roster? { rosters[key] }

    /// Changes the lists of a user; returns once the change is stored, and those whom it concerns are told.
    func change<Result: Sendable>(
        by key: UserKey,
        _ body: @Sendable (RosterEditor, inout RosterDraft, inout ListNews) throws(Refusal) -> Result
    ) async throws(Refusal) -> Result {
        let editor = editor(of: key)
        return try await commit(by: key) { draft throws(Refusal) in
            var news = ListNews()
            let result = try body(editor, &draft, &news)
            return (news, result)
        } then: { news, result in
            for other in news.added { self.tellReverse(other, of: editor, isAdded: true) }
            let changes = self.rosters[key]?.changes ?? 0
            for contact in news.removed {
                self.tellReverse(UserKey(contact.userHandle), of: editor, isAdded: false)
                self.post(.unlisted(contact.userHandle, id: contact.id, changes: changes), to: key)
            }
            for property in news.properties { self.announce(property, of: key) }
            return result
        }
    }
}

extension RosterEditor {
    /// Makes somebody a contact, and lets them see the user if that is wanted and they are not blocked.
    func addContact(
        _ userHandle: String, name: String?, group: UInt32? = nil, isAllowed: Bool, in draft: inout RosterDraft,
        _ news: inout ListNews
    ) throws(Refusal) -> String {
        let other = UserKey(userHandle)
        if try add(userHandle, name: name, to: .forward, group: group, in: &draft) { news.added.append(other) }
        if isAllowed, draft[key]?[other]?.lists.isDisjoint(with: [.allow, .block]) == true {
            _ = try add(userHandle, name: nil, to: .allow, in: &draft)
        }
        return draft[key]?[other]?.id ?? ""
    }

    /// The contact with an identifier.
    func contact(_ identifier: String, in draft: RosterDraft) throws(Refusal) -> Roster.Contact {
        guard let contact = draft[key]?.contact(named: identifier), contact.lists.contains(.forward) else {
            throw Refusal(.notOnList)
        }
        return contact
    }

    /// The group with an identifier; the default group has none.
    func group(_ identifier: String, in draft: RosterDraft) throws(Refusal) -> UInt32 {
        let id = identifier.lowercased()
        guard let group = draft[key]?.groups.first(where: { $0.id == id }), group.number != 0 else {
            throw Refusal(.unknownGroup)
        }
        return group.number
    }
}
#endif
