#if Network
// Shows: presence has no version; what a user may see of it is decided in one place (see Visibility.swift).
import MSNP
import WireProtocol

extension Exchange {
    /// What a user sees of an online contact.
    struct Sight: Sendable {
        let presence: Presence
        let personal: WireBytes?
    }

    /// Changes the user's status and notifies the others; after the first change, returns the contacts that the user
    /// sees.
    func set(
        _ status: OwnStatus, capabilities: Capabilities, picture: MSNObject?, by handle: SignInHandle
    ) -> [Sight] {
        guard let member = member(handle) else { return [] }
        let isFirst = member.status == nil
        let before = watchers(of: handle.key)
        members[handle.key]?.status = status.detached()
        members[handle.key]?.capabilities = capabilities
        members[handle.key]?.picture = picture?.detached()
        tell(of: handle.key, before: before, isChanged: true)
        let wasSeen = member.propertiesWhenSeen == nil
        if status == .hidden, wasSeen {
            members[handle.key]?.propertiesWhenSeen = rosters[handle.key]?.properties
        } else if status != .hidden, let seen = member.propertiesWhenSeen {
            members[handle.key]?.propertiesWhenSeen = nil
            let now = rosters[handle.key]?.properties ?? [:]
            let changed = Set(seen.keys).union(now.keys).filter { seen[$0] != now[$0] }
            for property in changed.sorted() { announce(property, of: handle.key) }
        }
        return isFirst ? sights(of: handle.key) : []
    }

    func publish(_ personal: WireBytes, by handle: SignInHandle) {
        guard member(handle) != nil else { return }
        let personal = personal.detached()
        members[handle.key]?.personal = personal
        let userHandle = name(of: handle.key).address
        for watcher in watchers(of: handle.key) { post(.personal(userHandle, personal), to: watcher) }
    }

    /// The signed-in users who see a user.
    func watchers(of key: UserKey) -> Set<UserKey> {
        guard let roster = rosters[key] else { return [] }
        let others = roster.contacts.filter { $0.value.lists.contains(.reverse) }.keys.map { UserKey($0) }
        return Set(
            others.filter {
                $0 != key && members[$0]?.status != nil && visibility(of: key, to: $0).contains(.presence)
            })
    }

    /// Tells those who see a user about a property, if it is for them.
    func announce(_ property: String, of key: UserKey) {
        let value = rosters[key]?.properties[property]
        for watcher in watchers(of: key) where visibility(of: key, to: watcher).contains(.properties) {
            guard let changes = rosters[watcher]?.changes else { continue }
            post(.property(of: name(of: key).address, name: property, value: value, changes: changes), to: watcher)
        }
    }

    /// Notifies those who can now see the user, no longer can, or see a change.
    func tell(of key: UserKey, before: Set<UserKey>, isChanged: Bool) {
        let after = watchers(of: key)
        let userHandle = name(of: key).address
        for watcher in before.subtracting(after) { post(.offline(userHandle), to: watcher) }
        for watcher in after where isChanged || !before.contains(watcher) {
            guard let sight = sight(of: key) else { continue }
            post(.presence(sight.presence), to: watcher)
            if let personal = sight.personal, !before.contains(watcher) {
                post(.personal(userHandle, personal), to: watcher)
            }
        }
    }

    /// What a user sees of a contact; nil for nothing.
    func sight(of key: UserKey, by viewer: UserKey) -> Sight? {
        guard visibility(of: key, to: viewer).contains(.presence) else { return nil }
        if let contact, UserKey(contact.userHandle) == key { return Sight(presence: contact, personal: nil) }
        return sight(of: key)
    }

    /// The contacts that a user sees; first the one that is always online.
    private func sights(of viewer: UserKey) -> [Sight] {
        let always = contact.map { [UserKey($0.userHandle)] } ?? []
        let others =
            rosters[viewer]?.sortedContacts.map { UserKey($0.userHandle) }.filter { !always.contains($0) } ?? []
        return (always + others).compactMap { sight(of: $0, by: viewer) }
    }

    /// The presence of a signed-in user.
    private func sight(of key: UserKey) -> Sight? {
        guard let member = members[key], let status = member.status else { return nil }
        let (userHandle, name) = name(of: key)
        return Sight(
            presence: Presence(
                userHandle: userHandle, friendlyName: name, status: status, capabilities: member.capabilities,
                picture: member.picture),
            personal: member.personal)
    }
}
#endif
