#if Network
// Shows: one function decides what one user may learn of another; whatever the server tells asks it.
import MSNP

/// What one user may learn of another.
struct Visibility: OptionSet, Sendable {
    let rawValue: UInt8

    /// That the user is there, may be invited and gets messages.
    static let reach = Visibility(rawValue: 1)
    /// Status, display name, picture and personal message, and each change of them.
    static let presence = Visibility(rawValue: 2)
    /// Telephone numbers and the other properties.
    static let properties = Visibility(rawValue: 4)
    /// That the user adds the other.
    static let addition = Visibility(rawValue: 8)
}

extension Exchange {
    /// What a user may learn of another now.
    ///
    /// Who is blocked, or not allowed, learns nothing. Presence and properties are for those who have the user as a
    /// contact, properties only for those whom the user has allowed or added, too. A hidden user is not there. Adding
    /// somebody is a message to them, from hidden users as well, unless one has blocked the other.
    func visibility(of key: UserKey, to viewer: UserKey) -> Visibility {
        // The contact that is always online is everybody's.
        if let contact, UserKey(contact.userHandle) == key { return .presence }
        let isContact = rosters[viewer]?.has(key, on: .forward) ?? false
        guard let roster = rosters[key] else { return [] }
        var visibility: Visibility = []
        let isBlocking = rosters[viewer]?.has(key, on: .block) ?? false
        if !isBlocking, !roster.has(viewer, on: .block) { visibility.insert(.addition) }
        guard key == viewer || roster.allows(viewer) else { return visibility }
        if let status = members[key]?.status, status != .hidden {
            visibility.insert(.reach)
            if isContact { visibility.insert(.presence) }
        }
        let isKnown = roster.has(viewer, on: .allow) || roster.has(viewer, on: .forward)
        if isContact, isKnown { visibility.insert(.properties) }
        return visibility
    }

    /// The properties of a user, as another may see them: those of the last time that the user could be seen.
    func properties(of key: UserKey, to viewer: UserKey) -> [String: String] {
        guard visibility(of: key, to: viewer).contains(.properties) else { return [:] }
        return members[key]?.propertiesWhenSeen ?? rosters[key]?.properties ?? [:]
    }
}
#endif
