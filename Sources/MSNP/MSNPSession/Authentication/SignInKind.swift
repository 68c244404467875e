import MSNP
import WireProtocol

/// The ways to sign in that this toolkit implements.
public enum SignInKind: Sendable, Hashable, CaseIterable {
    /// A digest of a challenge and the password.
    case digest
    /// A ticket from the web service.
    case ticket
    /// A ticket and a proof of its secret.
    case singleSignOn

    /// The sign-in of a version, which is the one whose answer form the version has; nil if it has none.
    public init?(version: ProtocolVersion) {
        guard let kind = Self.allCases.first(where: { $0.versions.contains(version) }) else { return nil }
        self = kind
    }

    /// The versions that sign in this way, according to the grammar.
    public var versions: VersionSet {
        switch self {
        case .digest: USR.Digest.versions
        case .ticket: USR.Ticket.versions
        case .singleSignOn: USR.Proof.versions
        }
    }

    /// The name of this sign-in in the first request.
    public var package: SecurityPackage {
        switch self {
        case .digest: .digest
        case .ticket: .passport
        case .singleSignOn: .singleSignOn
        }
    }

    /// Whether the server gets what it needs to guess the password: a digest of it and of a challenge of the server's.
    public var exposesPassword: Bool { self == .digest }

    /// The completely described versions that have a sign-in, oldest first.
    public static var completeVersions: [ProtocolVersion] {
        ProtocolVersion.complete.filter { SignInKind(version: $0) != nil }
    }
}
