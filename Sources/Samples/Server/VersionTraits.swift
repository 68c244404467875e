// Shows: what a version can say is asked of the generated code: which forms it has, and which parameters they have.
import MSNP
import WireProtocol

/// What a version has room for. No number of a version stands here.
struct VersionTraits {
    /// The version.
    let version: ProtocolVersion

    /// Whether groups have numbers; newer versions have identifiers.
    var numbersGroups: Bool { LSG.Synchronized.has(.group, in: version) || hasNumberedEntries }
    /// Whether the list of people who wait for an answer is known.
    var knowsPending: Bool { REM.RemovePending.versions.contains(version) }
    /// Whether one user may be signed in at several places, which are told apart.
    var tellsEndpoints: Bool { CHG.Changed.has(.endpointCapabilities, in: version) }

    /// Whether groups with numbers are listed one by one.
    private var hasNumberedEntries: Bool { LSG.Entry.versions.contains(version) }

    /// The lists somebody is on, as this version knows them.
    func lists(of contact: Roster.Contact) -> ListMembership {
        guard contact.lists.contains(.pending), knowsPending else { return contact.lists.subtracting(.pending) }
        return contact.lists.subtracting(.reverse)
    }
}
