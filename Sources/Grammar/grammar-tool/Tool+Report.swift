import GrammarReport
import ProtocolGrammar
import ToolSupport
import YAMLTree

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

    /// Prints what each row of a file means, for programs that compare other readers.
    static func explain(rowsOf path: String, in grammar: Grammar) -> Int32 {
        do throws(FileSystem.Failure) {
            let file = try FileSystem.file(path)
            do throws(LineListing.Failure) {
                let rows = String(decoding: file.bytes, as: UTF8.self)
                FileSystem.print(try LineListing(grammar).json(of: rows), toError: false)
                return 0
            } catch {
                return refuse("\(path): \(error.text)\n")
            }
        } catch {
            return refuse(error.text)
        }
    }

    /// Prints what to look at in a version.
    static func review(_ name: String, in grammar: Grammar) -> Int32 {
        guard let version = grammar.version(named: name) else { return refuse(version: name, in: grammar) }
        FileSystem.print(VersionReview(of: version, in: grammar).text, toError: false)
        return 0
    }

    /// Prints the difference between two versions.
    static func compare(_ older: String, _ newer: String, in grammar: Grammar, asJSON: Bool) -> Int32 {
        guard let first = grammar.version(named: older) else { return refuse(version: older, in: grammar) }
        guard let second = grammar.version(named: newer) else { return refuse(version: newer, in: grammar) }
        let facts = GrammarDifference(
            from: GrammarFacts(of: grammar, in: first), named: first.name, to: GrammarFacts(of: grammar, in: second),
            named: second.name)
        let text = VersionDifference(from: first, to: second, in: grammar).text(with: facts)
        FileSystem.print(asJSON ? facts.json : text, toError: false)
        return 0
    }

    /// Prints the difference between two grammars, in a version or in all of them.
    static func compare(
        _ older: (name: String, files: [SourceFile]), _ newer: (name: String, files: [SourceFile]), in version: String?,
        asJSON: Bool
    ) -> Int32 {
        var sides: [GrammarFacts] = []
        for (_, files) in [older, newer] {
            let read = GrammarReader.read(files)
            if read.diagnostics.hasErrors { return refuse(read.diagnostics.rendered(sources: files)) }
            let found = version.flatMap(read.grammar.version)
            if let version, found == nil { return refuse(version: version, in: read.grammar) }
            sides.append(GrammarFacts(of: read.grammar, in: found))
        }
        let difference = GrammarDifference(from: sides[0], named: older.name, to: sides[1], named: newer.name)
        FileSystem.print(asJSON ? difference.json : difference.text, toError: false)
        return 0
    }

    private static func refuse(version name: String, in grammar: Grammar) -> Int32 {
        let names = grammar.sortedVersions.map(\.name).joined(separator: ", ")
        return refuse("no version is named '\(name)'; the versions are \(names)\n")
    }
}
