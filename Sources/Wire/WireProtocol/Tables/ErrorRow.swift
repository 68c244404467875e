/// What a grammar says about an error code.
public struct ErrorRow: Sendable {
    /// The code.
    public let number: UInt16
    /// The name in the grammar.
    public let name: StaticString
    /// Whether the connection closes after it; `nil` if unknown.
    public let closes: Bool?
    /// The unreadable lines it answers.
    let failures: [WireDecodingError.Kind.Name]
    /// The commands that name the error and whose unreadable lines it therefore answers first.
    let commands: [StaticString]
    /// The meaning of the code.
    public let about: StaticString

    /// Creates a row.
    public init(
        _ number: UInt16, _ name: StaticString, closes: Bool? = nil,
        answersTo failures: [WireDecodingError.Kind.Name] = [], of commands: [StaticString] = [],
        _ about: StaticString
    ) {
        self.number = number
        self.name = name
        self.closes = closes
        self.failures = failures
        self.commands = commands
        self.about = about
    }

    /// The first row that answers an unreadable line: one that its command names, if there is any.
    public static func answer(to error: WireDecodingError, in rows: [ErrorRow]) -> ErrorRow? {
        let rows = rows.filter { $0.failures.contains(error.kind.name) }
        return rows.first { row in row.commands.contains { "\($0)" == error.command } } ?? rows.first
    }
}
