import ProtocolGrammar
import Testing
import YAMLTree

/// The line of a form in the usual notation.
struct FormSyntaxTests {
    private func form(_ parameters: String, rest: String = "") throws -> Form {
        let text = """
            command: ABC
            about: A test.
            services: [main]
            versions: 3-6
            client:
              ask:
                parameters: [\(parameters)]
                \(rest)
            """
        let (grammar, diagnostics) = GrammarReader.read(Base.files(with: "commands/ABC.yaml", Array(text.utf8)))
        #expect(diagnostics.isEmpty, "\(diagnostics.all)")
        return try #require(grammar.command(named: "ABC")?.forms.first)
    }

    @Test(arguments: [
        ("{ literal: GO }, { name: a, type: Token }", "", "ABC TrID GO a"),
        ("{ name: a, type: Token, optional: true }", "transaction: zero", "ABC 0 [a]"),
        ("{ name: a, type: Number, prefix: \"n=\" }", "transaction: none", "ABC n=a"),
        ("{ name: a, type: Token, repeated: 1+ }", "transaction: optional", "ABC [TrID] a..."),
        ("{ name: a, type: Token, repeated: 0+ }", "", "ABC TrID [a...]"),
        ("{ name: a, type: Token, separator: \",\" }", "payload: { format: bytes }", "ABC TrID a,... length"),
    ])
    func wordsStandAsTheyAreSent(_ parameters: String, _ rest: String, _ line: String) throws {
        let form = try form(parameters, rest: rest)
        #expect(form.syntax(in: 3) == line)
        #expect(form.syntax(in: form.versions) == line)
    }

    @Test func wordsOfSomeVersionsAreInBracketsWhereAllVersionsAreMeant() throws {
        let form = try form("{ name: a, type: Token }, { name: b, type: Token, versions: 5+ }")
        #expect(form.syntax(in: form.versions) == "ABC TrID a [b]")
        #expect(form.syntax(in: 2) == nil)
        #expect(form.generations.map(\.versions) == [VersionSet(3...4), VersionSet(5...6)])
        #expect(form.generations.map(\.line) == ["ABC TrID a", "ABC TrID a b"])
    }

    @Test func eachGenerationHasTheRulesOfItsVersions() throws {
        let form = try form(
            "{ name: a, type: Token, prefix: { 5+: \"N=\" }, optional: { 6: true } }, { literal: { 3-4: X, 5+: Y } }")
        #expect(form.generations.map(\.line) == ["ABC TrID a X", "ABC TrID N=a Y", "ABC TrID [N=a] Y"])
        #expect(form.syntax(in: form.versions) == "ABC TrID [a] X|Y")
        #expect(form.values.map(\.name) == ["a"])
    }

    @Test func theWordOfACompositeShowsItsParts() throws {
        let (grammar, _) = GrammarReader.read(Base.files())
        guard case .composite(let parts) = grammar.type(named: "Address")?.kind else {
            Issue.record("there is no composite")
            return
        }
        #expect(CompositePart.syntax(of: parts) == "host:port[/path]")
    }
}
