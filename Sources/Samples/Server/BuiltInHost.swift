#if Network
// Shows: old clients know the names of their servers by heart, so a server for them has to be found under those.

import MSNP

/// A host name that is built into clients.
public struct BuiltInHost: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The port that clients expect: 1863, or 443 for TLS.
    public let port: Int
    /// What clients look for there.
    public let about: String

    /// The names that lead to a service of the sample server, oldest clients first.
    public static let all: [BuiltInHost] = {
        let services: [(HTTPService, String)] = [
            (.nexus, "nexus, MSNP8 to MSNP14"), (.tokens, "tokens, MSNP13 and later"),
            (.addressBook, "address book, MSNP13 and later"), (.storage, "profile, MSNP13 and later"),
        ]
        return [BuiltInHost("messenger.hotmail.com", 1863, "dispatch server")]
            + services.flatMap { service, about in service.hosts.map { BuiltInHost($0, 443, about) } }
    }()

    private init(_ name: String, _ port: Int, _ about: String) {
        (self.name, self.port, self.about) = (name, port, about)
    }
}
#endif
