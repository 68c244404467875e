import GrammarReport
import ProtocolGrammar

/// The subcommands that explain and compare.
extension Tool {
    /// Prints what a line means, or on standard error why no context decodes it.
    static func explain(_ line: String, _ options: [String: String], in grammar: Grammar) -> Int32 {
        var scope = LineExplainer.Scope()
        if let name = options["--version"] {
            guard let version = grammar.version(named: name) else { return refuse(version: name, in: grammar) }
            scope.version = version.number
        }
        if let name = options["--service"] {
            guard grammar.services.contains(where: { $0.name == name }) else {
                let names = grammar.services.map(\.name).joined(separator: ", ")
                return refuse("no service is named '\(name)'; the services are \(names)\n")
            }
            scope.service = name
        }
        if let name = options["--sender"] {
            guard let sender = Sender(rawValue: name) else { return refuse("'--sender' must be client or server\n") }
            scope.sender = sender
        }
        let explanation = LineExplainer(grammar).explain(line, in: scope)
        FileSystem.print(explanation.text, toError: !explanation.isRead)
        return explanation.isRead ? 0 : 1
    }

    /// Prints the difference between two versions.
    static func compare(_ older: String, _ newer: String, in grammar: Grammar) -> Int32 {
        guard let first = grammar.version(named: older) else { return refuse(version: older, in: grammar) }
        guard let second = grammar.version(named: newer) else { return refuse(version: newer, in: grammar) }
        FileSystem.print(VersionDifference(from: first, to: second, in: grammar).text, toError: false)
        return 0
    }

    private static func refuse(version name: String, in grammar: Grammar) -> Int32 {
        let names = grammar.sortedVersions.map(\.name).joined(separator: ", ")
        return refuse("no version is named '\(name)'; the versions are \(names)\n")
    }
}
