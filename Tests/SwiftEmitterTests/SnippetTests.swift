import Testing

struct SnippetTests {
    @Test func aParameterOfSomeVersionsIsOptionalAndCheckedByVersion() throws {
        let files = try emitted(commands: ["TOY": command("parameters:\n  - { name: word, type: Token, versions: 2 }")])
        expect(files["TOY.swift"], contains: "public var word: Optional<WireToken>")
        expect(
            files["TOY.swift"],
            contains: """
                let word: WireToken?
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
                let word: WireToken = try line.read("word", limit: 64)
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
                let items: [WireToken] = try line.readList("items", separator: UInt8(ascii: ","), limit: 64)
                let rest: [WireToken] = try line.readRepeated("rest", minimum: 1, limit: 64)
                """)
    }

    @Test func anOpenEnumerationKeepsUnknownWordsAndAClosedOneDoesNot() throws {
        let types = """
              Open: { kind: enumeration, open: true, values: { up: UP, down: DN } }
              Shut: { kind: enumeration, open: false, values: { up: UP, down: DN } }
            """
        let files = try emitted(types: types, commands: [:])
        expect(files["Types.swift"], contains: "return Self.other(try WireToken(wire: wire, version: version))")
        expect(files["Types.swift"], contains: "case 0x5550:  // UP\nreturn Self.up")
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
                let leftWire = try parts.required(after: "", before: ":")
                guard leftWire.count <= 64 else {
                throw ValueError(.tooLong(limit: 64), offset: 64)
                }
                let leftValue = try WireToken(wire: leftWire, version: version)
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

    @Test func theAnswersOfARequestAreAnEnumThatKnowsItsEnd() throws {
        let server = """
            server:
              part:
                about: One of them.
                parameters: [{ name: index, type: Count }, { name: total, type: Count }]
                sources: [toy]
                confidence: observed
              done: { about: The end., parameters: [{ literal: OK }], sources: [toy], confidence: observed }
            """
        let types = "  Count: { kind: integer, minimum: 0, maximum: 9 }"
        let closed = try emitted(
            types: types,
            commands: ["TOY": command("answers: [{ form: TOY.part, count: 0+ }, TOY.done]") + server])
        expect(
            closed["TOY.swift"],
            contains: """
                extension TOY.Go: RequestForm {
                /// What answers `TOY.go`.
                public enum Reply: ReplyForm {
                /// One of them.
                case toyPart(TOY.Part)
                /// The end.
                case toyDone(TOY.Done)
                """)
        expect(
            closed["TOY.swift"],
            contains: """
                switch self {
                case .toyPart: .part
                case .toyDone: .final
                }
                """)
        let open = try emitted(
            types: types,
            commands: ["TOY": command("answers: [TOY.done, { form: TOY.part, count: 0+ }]") + server])
        expect(open["TOY.swift"], contains: "case .toyDone: .leading\ncase .toyPart: .part")
        let numbered = try emitted(
            types: types, commands: ["TOY": command("answers: [{ form: TOY.part, count: 1+ }]") + server])
        expect(
            numbered["TOY.swift"],
            contains: "case .toyPart(let form): form.index == form.total ? .final : .part")
        expect(numbered["TOY.swift"], contains: "public static var hasProper: Bool { false }")
    }

    @Test func aFormWithoutAnswersIsNoRequest() throws {
        let files = try emitted(commands: ["TOY": command("parameters: []")])
        #expect(files["TOY.swift"]?.contains("RequestForm") == false)
    }
}
