import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// What the pages say about the extent of the grammar, held against the grammar.
struct CoverageTests {
    @Test func theReadmeCountsWhatIsThere() throws {
        let stated = try Page("README.md").rows(under: "What is in it").map { $0.joined(separator: ": ") }
        let actual = try Self.counts().map { "\($0.what): \($0.count)" }
        let table = try Self.counts().map { "| \($0.what) | \($0.count) |" }.joined(separator: "\n")
        #expect(stated == actual, "the section 'What is in it' of README.md has to say:\n\(table)")
    }

    @Test func everyCommandKnownByNameOnlyIsListed() throws {
        let stated = try Page("Grammar/COVERAGE.md").rows(under: "Commands known by name only").compactMap(\.first)
        let known = Repository.grammar.commands.filter(\.isNamedOnly).map { "`\($0.name)`" }
        #expect(stated.sorted() == known.sorted(), "COVERAGE.md has to list \(known.sorted().joined(separator: ", "))")
    }

    @Test func everyErrorThatNoRequestNamesIsListed() throws {
        let stated = try Page("Grammar/COVERAGE.md").rows(under: "Errors that no request names").flatMap {
            ($0.first ?? "").split(separator: ", ").compactMap { Int($0) }
        }
        let grammar = Repository.grammar
        let named = Set(grammar.commands.flatMap(\.forms).flatMap(\.errors).map(\.name))
        let others = grammar.errors.filter { !named.contains($0.name) }.map(\.number)
        let list = others.sorted().map { "\($0)" }.joined(separator: ", ")
        #expect(stated.sorted() == others.sorted(), "COVERAGE.md has to list \(list)")
    }

    @Test func everyMessageOfAServiceThatNoConversationTellsIsListed() throws {
        let stated = try Page("Grammar/COVERAGE.md").rows(under: "Messages of web services that no conversation tells")
            .flatMap { ($0.first ?? "").split(separator: ", ").map(String.init) }
        let grammar = Repository.grammar
        let told = Set(grammar.conversations.flatMap(\.payloads).compactMap(\.kind?.name))
        let others = grammar.payloads.filter { $0.serviceRequest != nil && !told.contains($0.name) }
            .map { "`\($0.name)`" }.sorted()
        #expect(stated.sorted() == others, "COVERAGE.md has to list \(others.joined(separator: ", "))")
    }

    // MARK: - What is there

    private static func counts() throws -> [(what: String, count: Int)] {
        let grammar = Repository.grammar
        let vectors = try Repository.files(in: Repository.folder.appending(path: "Grammar/vectors"), ending: ".tsv")
            .filter { $0.path != "exceptions.tsv" }
        let lists = grammar.types.compactMap { type in
            switch type.kind {
            case .enumeration(let values, _), .flags(let values, _): values.count
            default: nil
            }
        }
        return [
            ("commands", grammar.commands.count { !$0.isNamedOnly }),
            ("commands known by name only", grammar.commands.count(where: \.isNamedOnly)),
            ("forms of their lines", grammar.commands.flatMap(\.forms).count),
            ("kinds of payloads", grammar.payloads.count),
            ("errors", grammar.errors.count),
            ("types", grammar.types.count),
            ("enumerations and sets of flags among them", lists.count),
            ("values of those", lists.reduce(0, +)),
            ("states of sessions", grammar.sessions.flatMap(\.states).count),
            ("lines of examples", grammar.commands.flatMap(\.examples).flatMap(\.lines).count),
            ("lines that must be refused", grammar.commands.flatMap(\.invalidExamples).count),
            ("algorithms", grammar.algorithms.count),
            ("known answers of those", grammar.algorithms.map(\.vectors.count).reduce(0, +)),
            ("conversations", grammar.conversations.count),
            ("lines of conversations", grammar.conversations.flatMap(\.steps).count { $0.content.isLine }),
            ("contradictions among sources", grammar.questions.count { !$0.isOpen }),
            ("open questions", grammar.questions.count(where: \.isOpen)),
            ("real wire lines", vectors.reduce(0) { $0 + $1.bytes.split(separator: 10).count }),
        ]
    }
}

/// A page in Markdown.
private struct Page {
    private let lines: [Substring]

    /// Reads a page of the package.
    init(_ path: String) throws {
        lines = try String(contentsOf: Repository.folder.appending(path: path), encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
    }

    /// The cells of the tables in a section, row by row and without the heads of the tables.
    func rows(under heading: String) throws -> [[String]] {
        let start = try #require(lines.firstIndex { $0.hasPrefix("#") && $0.hasSuffix(" \(heading)") })
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }
        let rows = section.filter { $0.hasPrefix("|") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        return rows.split { $0.allSatisfy { $0.allSatisfy { $0 == "-" } } }.dropFirst().flatMap { Array($0) }
    }
}
