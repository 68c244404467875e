import YAMLTree

/// A client program of the protocol's maker.
public struct OfficialClient: Named, Sendable {
    /// The name for people, such as `MSN Messenger 6.0`.
    public var name: String
    public var build: String
    /// When it came out; empty if nobody knows.
    public var date: String
    /// The versions that it offers.
    public var versions: VersionSet
    /// Lines that it is known to send; each is right in the newest of its versions.
    public var lines: [Reference]
    /// The HTTP services that it asks.
    public var services: [Reference]
    public var about: String
    public var notes: String
    public var confidence: String
    public var sources: [String]
    public var location: SourceLocation
}
