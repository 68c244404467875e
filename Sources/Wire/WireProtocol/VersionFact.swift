/// Something that holds in some versions, as in `version.has(.serverLists)`.
public struct VersionFact: Hashable, Sendable {
    /// The versions that it holds in.
    public let versions: VersionSet

    /// Creates the fact that holds in these versions.
    public init(_ versions: VersionSet) { self.versions = versions }
}

extension ProtocolVersion {
    /// Whether the fact holds in this version.
    public func has(_ fact: VersionFact) -> Bool { fact.versions.contains(self) }
}
