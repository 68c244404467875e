import MSNP
import WireProtocol

/// The ways to sign in that this toolkit implements.
public enum SignInKind: Sendable, Hashable, CaseIterable {
    /// A digest of a challenge and the password.
    case digest
    /// A ticket of the web service.
    case ticket
    /// A ticket and a proof.
    case singleSignOn

    /// The way the grammar offers in a version: the one whose answer form that version has.
    public init?(version: ProtocolVersion) {
        guard let kind = Self.allCases.first(where: { $0.versions.contains(version) }) else { return nil }
        self = kind
    }

    /// The versions that can sign in this way, by the grammar.
    public var versions: VersionSet {
        switch self {
        case .digest: USR.Digest.versions
        case .ticket: USR.Ticket.versions
        case .singleSignOn: USR.Proof.versions
        }
    }

    /// How the first request names it.
    public var package: SecurityPackage {
        switch self {
        case .digest: .digest
        case .ticket: .passport
        case .singleSignOn: .singleSignOn
        }
    }

    /// The completely described versions in which a user can sign in, oldest first.
    public static var completeVersions: [ProtocolVersion] {
        ProtocolVersion.complete.filter { SignInKind(version: $0) != nil }
    }
}
