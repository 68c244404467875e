import YAMLTree

/// A program that people run, and whose habits the grammar knows.
public struct Program: Named, Sendable {
    public var name: String
    /// The name for people, such as `Pidgin 2.10`.
    public var title: String
    public var about: String
    /// The end that it is.
    public var side: Sender
    /// The versions that it speaks.
    public var versions: VersionSet
    public var sources: [String]
    public var location: SourceLocation
}
