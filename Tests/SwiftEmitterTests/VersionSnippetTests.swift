import Testing

/// What depends on the version.
struct VersionSnippetTests {
    @Test func aPartOfSomeVersionsMayBeAbsent() throws {
        let types = """
              Pair:
                kind: composite
                parts:
                  - { name: left, type: Token }
                  - { name: right, type: Token, after: ":", versions: 2, ignorable: true }
            """
        let files = try emitted(types: types, commands: [:])
        expect(
            files["Types.swift"],
            contains: #"CompositePart("right", WireTypes.token, after: ":", in: 2...2, isIgnorable: true),"#)
        expect(files["Types.swift"], contains: "public let right: WireToken?")
        expect(files["Types.swift"], contains: "right = parts.optional(of: wire)")
    }

    @Test func rulesThatDependOnTheVersionAreRowsOfOneProperty() throws {
        let parameters = """
            parameters:
              - { name: word, type: Token, prefix: { 2: "N=" }, optional: { 2: true } }
              - { name: next, type: Token }
            """
        let files = try emitted(commands: ["TOY": command(parameters)])
        expect(
            files["TOY.swift"],
            contains: """
                words: [
                .value("word", WireTypes.token, in: 1...1),
                .value("word", WireTypes.token, in: 2...2, optional: true, prefix: "N="),
                .value("next", WireTypes.token),
                ])
                """)
        expect(files["TOY.swift"], contains: "public var storage: FormStorage<2>")
        expect(files["TOY.swift"], contains: "public init(word: WireToken? = nil, next: WireToken) {")
    }
}
