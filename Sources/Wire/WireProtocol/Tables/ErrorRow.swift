/// What a grammar says about an error code.
public struct ErrorRow: Sendable {
    /// The code.
    public let number: UInt16
    /// The name in the grammar.
    public let name: StaticString
    /// Whether the connection is closed after it; `nil` if that is not known.
    public let closes: Bool?
    /// What the code means.
    public let about: StaticString

    /// Creates a row.
    public init(_ number: UInt16, _ name: StaticString, closes: Bool? = nil, _ about: StaticString) {
        self.number = number
        self.name = name
        self.closes = closes
        self.about = about
    }
}
