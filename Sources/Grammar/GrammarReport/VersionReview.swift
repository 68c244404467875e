import ProtocolGrammar
import YAMLTree

/// What somebody who adds a version has to look at: what it has or lacks because of its base, and what has no example.
public struct VersionReview: Sendable {
    /// The version.
    public var version: Version
    /// The version that it is based on, or else the one before it; nil for the first one.
    public var base: Version?
    /// Sets of versions that have the version only because it is based on another one.
    public var continued: [VersionStatement] = []
    /// Sets of versions that have the base and not the version.
    public var ended: [VersionStatement] = []
    /// Forms of the version without an example in it.
    public var formsWithoutExample: [Form] = []

    /// Reviews a version of a grammar.
    public init(of version: Version, in grammar: Grammar) {
        self.version = version
        let earlier = grammar.sortedVersions.last { $0.number < version.number && $0.status != .named }
        base = version.base.flatMap { grammar.version(number: $0) } ?? earlier
        let number = version.number
        let statements = grammar.versionStatements.filter { !$0.isOfExample }.sorted { left, right in
            (left.location.file, left.location.line, left.location.column)
                < (right.location.file, right.location.line, right.location.column)
        }
        continued = statements.filter { $0.inherited.contains(number) }
        if let base = base?.number {
            ended = statements.filter { $0.versions.contains(base) && !$0.versions.contains(number) }
        }
        for command in grammar.sortedCommands {
            let examples = command.examples.filter { $0.versions.contains(number) }
            let shown = Set(examples.flatMap(\.lines).map(\.form))
            formsWithoutExample += command.forms.filter { $0.versions.contains(number) && !shown.contains($0.name) }
        }
    }

    /// The review as plain text, one line per item.
    public var text: String {
        var lines: [String] = []
        func section(_ title: String, _ items: [(place: SourceLocation, words: String)]) {
            lines += ["\(title): \(items.count)"]
            for item in items {
                lines.append("  \(item.place.file):\(item.place.line):\(item.place.column): \(item.words)")
            }
        }
        if let base {
            if version.base != nil {
                section("Goes on in \(version.name) because of \(base.name)", continued.map(Self.row))
            }
            section("Ends at \(base.name)", ended.map(Self.row))
        }
        section("Without an example in \(version.name)", formsWithoutExample.map { ($0.location, $0.fullName) })
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ statement: VersionStatement) -> (SourceLocation, String) {
        (statement.location, "\(statement.what), \(statement.text)")
    }
}

extension VersionStatement {
    /// Whether it says where an example or a story is right, which is no fact about the protocol.
    fileprivate var isOfExample: Bool {
        what.contains("example") || location.file.split(separator: "/").dropLast().last == "conversations"
    }
}
