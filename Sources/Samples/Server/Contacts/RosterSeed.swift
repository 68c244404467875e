#if Network
import MSNP

/// Creates the initial rosters.
enum RosterSeed {
    /// The stored rosters, and a new roster for each account without one.
    ///
    /// A new roster starts its change count at the current time, so that no client mistakes a list cached from an
    /// earlier server for the current one.
    static func rosters(
        kept: [UserKey: Roster], accounts: [SampleAccount], contact: Presence?, birthday: Int
    ) -> [UserKey: Roster] {
        let keys = Set(accounts.map { UserKey($0.userHandle) })
        var rosters = kept.filter { keys.contains($0.key) }
        let fresh = accounts.filter { kept[UserKey($0.userHandle)] == nil }
        for account in fresh {
            var roster = Roster(friendlyName: account.friendlyName)
            roster.changes = UInt32(clamping: max(1, birthday))
            rosters[UserKey(account.userHandle)] = roster
        }
        for account in fresh where !account.acquaintances.isEmpty {
            let key = UserKey(account.userHandle)
            let known = account.acquaintances.map { ($0, rosters[UserKey($0)]?.friendlyName ?? $0) }
            for (userHandle, name) in known + (contact.map { [($0.userHandle, $0.friendlyName)] } ?? []) {
                let other = UserKey(userHandle)
                rosters[key]?.update(other, called: userHandle, name: name, id: Random.identifier) {
                    $0.lists.formUnion([.forward, .allow])
                }
                rosters[other]?.update(
                    key, called: account.userHandle, name: account.friendlyName, id: Random.identifier
                ) {
                    $0.lists.formUnion(.reverse)
                }
            }
        }
        return rosters
    }
}
#endif
