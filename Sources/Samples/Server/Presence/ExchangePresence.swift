// Shows: one decision about privacy serves all versions: block list, allow list, setting.
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
        members[handle.key]?.status = status
        members[handle.key]?.capabilities = capabilities
        members[handle.key]?.picture = picture
        tell(of: handle.key, before: before, isChanged: true)
        return isFirst ? sights(of: handle.key) : []
    }

    func publish(_ personal: WireBytes, by handle: SignInHandle) {
        guard member(handle) != nil else { return }
        members[handle.key]?.personal = personal
        let userHandle = name(of: handle.key).address
        for watcher in watchers(of: handle.key) { post(.personal(userHandle, personal), to: watcher) }
    }

    /// The signed-in users who see a user: those who have the user as a contact and are allowed to.
    func watchers(of key: UserKey) -> Set<UserKey> {
        guard let status = members[key]?.status, status != .hidden, let roster = rosters[key] else { return [] }
        var result: Set<UserKey> = []
        for (address, contact) in roster.contacts where contact.lists.contains(.reverse) {
            let other = UserKey(address)
            if other != key, members[other]?.status != nil, roster.allows(other) { result.insert(other) }
        }
        return result
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
        guard rosters[viewer]?.has(key, on: .forward) ?? false else { return nil }
        if let contact, UserKey(contact.userHandle) == key { return Sight(presence: contact, personal: nil) }
        guard rosters[key]?.allows(viewer) ?? false, let status = members[key]?.status, status != .hidden else {
            return nil
        }
        return sight(of: key)
    }

    /// The contacts that a user sees; first the one that is always online.
    private func sights(of viewer: UserKey) -> [Sight] {
        let always = contact.map { UserKey($0.userHandle) }
        let others = rosters[viewer]?.sortedContacts.compactMap { entry -> Sight? in
            let key = UserKey(entry.userHandle)
            return key == always ? nil : sight(of: key, by: viewer)
        }
        return (contact.map { [Sight(presence: $0, personal: nil)] } ?? []) + (others ?? [])
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
