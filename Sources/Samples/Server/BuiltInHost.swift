// Shows: old clients know the names of their servers by heart, so a server for them has to be found under those.

/// A host name that is built into clients.
public struct BuiltInHost: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The port that clients expect: 1863, or 443 for TLS.
    public let port: Int
    /// What clients look for there.
    public let about: String

    /// The names that lead to a service of the sample server, oldest clients first.
    public static let all = [
        BuiltInHost("messenger.hotmail.com", 1863, "dispatch server"),
        BuiltInHost("nexus.passport.com", 443, "nexus, MSNP8 to MSNP14"),
        BuiltInHost("login.live.com", 443, "tokens, MSNP13 and later"),
        BuiltInHost("contacts.msn.com", 443, "address book, MSNP13 and later"),
        BuiltInHost("local-bay.contacts.msn.com", 443, "address book, MSNP13 and later"),
        BuiltInHost("storage.msn.com", 443, "profile, MSNP13 and later"),
    ]

    private init(_ name: String, _ port: Int, _ about: String) {
        (self.name, self.port, self.about) = (name, port, about)
    }
}
