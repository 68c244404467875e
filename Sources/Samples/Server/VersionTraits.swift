// Shows: the generated code says what a version has: which forms, with which parameters.
import MSNP
import WireProtocol

/// What a version supports, without comparing version numbers.
struct VersionTraits {
    let version: ProtocolVersion

    /// Whether groups have numbers rather than identifiers.
    var numbersGroups: Bool { LSG.Synchronized.has(.group, in: version) || hasNumberedEntries }
    /// Whether the version has the pending list.
    var knowsPending: Bool { REM.RemovePending.versions.contains(version) }
    /// Whether the version has endpoints.
    var tellsEndpoints: Bool { CHG.Changed.has(.endpointCapabilities, in: version) }

    /// Whether numbered groups are listed one by one.
    private var hasNumberedEntries: Bool { LSG.Entry.versions.contains(version) }

    /// The lists of an entry that this version knows.
    func lists(of contact: Roster.Contact) -> ListMembership {
        guard contact.lists.contains(.pending), knowsPending else { return contact.lists.subtracting(.pending) }
        return contact.lists.subtracting(.reverse)
    }
}
