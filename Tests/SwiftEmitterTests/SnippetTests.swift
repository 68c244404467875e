import Testing

struct SnippetTests {
    @Test func aParameterOfSomeVersionsIsOptionalAndCheckedByVersion() throws {
        let files = try emitted(commands: ["TOY": command("parameters:\n  - { name: word, type: Token, versions: 2 }")])
        expect(files["TOY.swift"], contains: "public var word: WireToken?")
        expect(
            files["TOY.swift"],
            contains: """
                if version == 2 {
                word = try line.read("word", limit: 64)
                } else {
                word = nil
                }
                """)
        expect(
            files["TOY.swift"],
            contains: """
                if let word {
                guard version == 2 else {
                throw line.fail(.forbiddenInVersion, "word")
                }
                try line.write(word, "word", limit: 64)
                } else if version == 2 {
                throw line.fail(.missingParameter, "word")
                }
                """)
    }

    @Test func aPrefixIsReadBeforeAndWrittenWithTheValue() throws {
        let files = try emitted(commands: ["TOY": command("parameters:\n  - { name: word, type: Token, prefix: N= }")])
        expect(
            files["TOY.swift"],
            contains: """
                try line.prefix("N=", "word")
                word = try line.read("word", limit: 64)
                """)
        expect(files["TOY.swift"], contains: #"try line.write(word, "word", prefix: "N=", limit: 64)"#)
    }

    @Test func aListIsReadFromOneWordOrFromAllWords() throws {
        let files = try emitted(commands: [
            "TOY": command(
                """
                parameters:
                  - { name: items, type: Token, separator: "," }
                  - { name: rest, type: Token, repeated: 1+ }
                """)
        ])
        expect(files["TOY.swift"], contains: "public var items: [WireToken]")
        expect(files["TOY.swift"], contains: "public var rest: [WireToken]")
        expect(
            files["TOY.swift"],
            contains: """
                items = try line.readList("items", separator: UInt8(ascii: ","), limit: 64)
                rest = try line.readRepeated("rest", minimum: 1, limit: 64)
                """)
    }

    @Test func anOpenEnumerationKeepsUnknownWordsAndAClosedOneDoesNot() throws {
        let types = """
              Open: { kind: enumeration, open: true, values: { up: UP, down: DN } }
              Shut: { kind: enumeration, open: false, values: { up: UP, down: DN } }
            """
        let files = try emitted(types: types, commands: [:])
        expect(files["Types.swift"], contains: "self = .other(try WireToken(wire: wire, version: version))")
        expect(files["Types.swift"], contains: #"throw ValueError(.unknownValue(expected: "UP, DN"), offset: 0)"#)
    }

    @Test func aCompositeIsReadPartAfterPart() throws {
        let types = """
              Pair:
                kind: composite
                parts:
                  - { name: left, type: Token }
                  - { name: right, type: Token, after: ":", optional: true }
            """
        let files = try emitted(types: types, commands: [:])
        expect(
            files["Types.swift"],
            contains: """
                var parts = CompositeReader(wire)
                let leftValue = try WireToken(wire: parts.required(after: "", before: ":"), version: version)
                left = leftValue
                if let rightWire = parts.optional(after: ":") {
                """)
    }

    @Test func aPayloadIsReadLastAndGivesItsFramingRule() throws {
        let files = try emitted(commands: [
            "TOY": command("parameters:\n  - { name: word, type: Token }\npayload: { format: text, limit: 100 }")
        ])
        expect(files["TOY.swift"], contains: "public static var payloadFormat: PayloadFormat { .text }")
        expect(
            files["Protocol.swift"],
            contains: """
                case 0x544F59:  // TOY
                switch (sender, service, version.number) {
                case (.client, .main, 1...2): return .last(minimumWords: 4, limit: 100)
                default: return .none
                }
                """)
    }
}
