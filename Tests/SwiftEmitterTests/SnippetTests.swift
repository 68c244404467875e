import Testing

struct SnippetTests {
    @Test func aParameterOfSomeVersionsIsOptionalAndItsTableSaysWhich() throws {
        let files = try emitted(commands: ["TOY": command("parameters:\n  - { name: word, type: Token, versions: 2 }")])
        expect(
            files["TOY.swift"],
            contains: """
                public var word: WireToken? {
                @inlinable get { storage.optional(0) }
                set { storage.set(0, newValue) }
                }
                """)
        expect(
            files["TOY.swift"],
            contains: """
                public init(word: WireToken? = nil) {
                var builder = FormBuilder()
                builder.add(0, word)
                storage = FormStorage(builder)
                }
                """)
        expect(files["TOY.swift"], contains: #".value("word", WireTypes.token, in: 2...2)"#)
        expect(
            files["TOY.swift"],
            contains: """
                extension FormParameter where Form == TOY.Go {
                /// TOY2.
                public static var word: Self { Self(slot: 0) }
                }
                """)
    }

    @Test func aFormIsATableAndPropertiesOverItsStorage() throws {
        let files = try emitted(commands: [
            "TOY": command(
                "versions: 1\ntransaction: optional\nparameters:\n  - { literal: GO }\n  - { name: word, type: Token }")
        ])
        expect(
            files["TOY.swift"],
            contains: """
                public struct Go: WireForm, OptionalTransactionForm {
                public var word: WireToken {
                """)
        expect(
            files["TOY.swift"],
            contains: """
                public var storage: FormStorage<1>
                public init(storage: FormStorage<1>) { self.storage = storage }
                """)
        expect(
            files["TOY.swift"],
            contains: """
                public static let table = FormTable(
                "TOY", "go", from: .client, on: [.main], in: 1...1, transaction: .optional,
                words: [
                .literal("GO"),
                .value("word", WireTypes.token),
                ])
                """)
    }

    @Test func acronymsStandInCapitals() throws {
        let text = command("parameters:\n  - { name: siteId, type: Token }").replacing("go:", with: "ssoHtmlPage:")
        let files = try emitted(commands: ["TOY": text])
        expect(files["TOY.swift"], contains: "public struct SSOHTMLPage: WireForm, TransactionForm {")
        expect(files["TOY.swift"], contains: "public var siteID: WireToken {")
    }

    @Test func aCommandHasTheNameThatIsGivenForSwift() throws {
        let text = command("").replacing("about: Plays.", with: "about: Plays.\nnames: { swift: ToyCommand }")
        let files = try emitted(commands: ["TOY": text])
        expect(files["TOY.swift"], contains: "public enum ToyCommand {")
        expect(files["Messages.swift"], contains: "case toy(ToyCommand.ClientMessage)")
    }

    @Test func aFormSaysWhetherItHasATransactionID() throws {
        for (rule, name) in [("none", "PlainForm"), ("zero", "PlainForm"), ("required", "TransactionForm")] {
            let files = try emitted(commands: ["TOY": command("transaction: \(rule)")])
            expect(files["TOY.swift"], contains: "public struct Go: WireForm, \(name) {")
        }
    }

    @Test func aPrefixIsInTheTable() throws {
        let files = try emitted(commands: ["TOY": command("parameters:\n  - { name: word, type: Token, prefix: N= }")])
        expect(
            files["TOY.swift"],
            contains: """
                words: [
                .value("word", WireTypes.token, prefix: "N=")
                ])
                """)
    }

    @Test func whatAParameterMayBeIsInTheTable() throws {
        let files = try emitted(
            types: """
                  Bits: { kind: flags, values: { some: 4 } }
                  Small: { kind: integer, minimum: 0, maximum: 99 }
                """,
            commands: [
                "TOY": command(
                    """
                    parameters:
                      - { name: bits, type: Bits }
                      - { name: more, type: Token, when: { bits: some }, sensitive: true }
                      - { name: few, type: Small, maximum: 9 }
                      - { name: gone, type: Token, optional: true, ignorable: true }
                    """)
            ])
        expect(
            files["TOY.swift"],
            contains: """
                .value("bits", WireTypes.bits),
                .value("more", WireTypes.token, when: .bits(4, inSlot: 0), sensitive: true),
                .value("few", WireTypes.small, range: 0...9),
                .value("gone", WireTypes.token, optional: true, ignorable: true),
                """)
        expect(files["TOY.swift"], contains: "public var more: Secret<WireToken>? {")
    }

    @Test func aNamedWordTextOrNumberIsATypeOfItsOwn() throws {
        let types = """
              Text: { kind: text, limit: 9 }
              Integer: { kind: integer }
              Account: { kind: token, limit: 9, about: An address. }
              Title: { kind: text, limit: 9 }
              Ticket: { kind: token, sensitive: true }
              Count: { kind: integer, minimum: 0, maximum: 4294967295 }
              Change: { kind: integer, minimum: -5, maximum: 5 }
            """
        let form = command(
            """
            parameters:
              - { name: word, type: Token }
              - { name: text, type: Text }
              - { name: number, type: Integer }
              - { name: account, type: Account }
              - { name: ticket, type: Ticket }
              - { name: counts, type: Count, separator: "," }
              - { name: hidden, type: Change, sensitive: true }
            """)
        let files = try emitted(types: types, commands: ["TOY": form])
        let properties = [
            "word: WireToken", "text: WireText", "number: UInt32", "account: Account", "ticket: Ticket",
            "counts: [Count]", "hidden: Secret<Change>",
        ]
        for property in properties { expect(files["TOY.swift"], contains: "public var \(property) {") }
        expect(
            files["Types.swift"],
            contains: """
                /// An address. From `protocol.yaml`.
                public struct Account: PlainWord {
                public let wire: WireBytes
                public static var table: ValueTable { WireTypes.account }
                @inlinable public init(checked wire: WireBytes) { self.wire = wire }
                }
                """)
        expect(files["Types.swift"], contains: "public struct Title: WireWord {")
        expect(files["Types.swift"], contains: "public struct Ticket: SecretWord, PlainWord {")
        expect(
            files["Types.swift"],
            contains: """
                public struct Count: WireInteger, ExpressibleByIntegerLiteral {
                public let number: UInt32
                """)
        expect(
            files["Types.swift"],
            contains: """
                public struct Change: WireInteger {
                public let number: Int64
                """)
        for name in ["Token", "Text", "Integer"] {
            #expect(files["Types.swift"]?.contains("struct \(name):") == false)
        }
    }

    @Test func whatAllFormsHaveIsAPropertyOfTheirEnum() throws {
        let text = """
            command: TOY
            about: Plays.
            client:
              byName:
                about: By name.
                parameters: [{ literal: A }, { name: name, type: Token }, { name: only, type: Token }]
              byNumber:
                about: By number.
                parameters: [{ name: name, type: Token, optional: true }]
            """
        let file = try emitted(commands: ["TOY": text])["TOY.swift"]
        expect(
            file,
            contains: """
                public var name: WireToken? {
                switch self {
                case .byName(let form): form.name
                case .byNumber(let form): form.name
                }
                }

                @inline(__always)
                """)
        #expect(file?.contains("form.only") == false)
    }

    @Test func aListIsOneWordOrAllWords() throws {
        let files = try emitted(commands: [
            "TOY": command(
                """
                parameters:
                  - { name: items, type: Token, separator: "," }
                  - { name: rest, type: Token, repeated: 1+ }
                """)
        ])
        expect(
            files["TOY.swift"],
            contains: """
                public var items: [WireToken] {
                @inlinable get { storage.list(0, separator: UInt8(ascii: ",")) }
                set { storage.set(0, newValue, separator: UInt8(ascii: ",")) }
                }
                """)
        expect(files["TOY.swift"], contains: "public var rest: [WireToken] {")
        expect(
            files["TOY.swift"],
            contains: """
                .list("items", WireTypes.token, separator: UInt8(ascii: ",")),
                .words("rest", WireTypes.token, minimum: 1),
                """)
    }

    @Test func anOpenEnumerationKeepsUnknownWordsAndAClosedOneDoesNot() throws {
        let types = """
              Open: { kind: enumeration, open: true, values: { up: UP, down: DN } }
              Shut: { kind: enumeration, open: false, values: { up: UP, down: { value: DN, versions: 2 } } }
            """
        let files = try emitted(types: types, commands: [:])
        expect(
            files["Types.swift"],
            contains: """
                static let open = ValueTable(
                "Open",
                .enumeration(
                [
                NamedWord("up", "UP"),
                NamedWord("down", "DN"),
                ], isOpen: true))
                static let shut = ValueTable(
                "Shut",
                .enumeration(
                [
                NamedWord("up", "UP"),
                NamedWord("down", "DN", in: 2...2),
                ], isOpen: false))
                """)
        expect(
            files["Types.swift"],
            contains: """
                public static var table: ValueTable { WireTypes.open }
                public init(other word: WireToken) { self = .other(word) }
                public var other: WireToken? { if case .other(let word) = self { word } else { nil } }
                """)
        expect(
            files["Types.swift"],
            contains: """
                public enum Shut: Int, WireEnumeration {
                /// `UP`.
                case up
                /// `DN`. TOY2.
                case down
                public static var table: ValueTable { WireTypes.shut }
                public init(other word: WireToken) { self = .up }
                """)
    }

    @Test func aCompositeIsReadAndWrittenPartAfterPart() throws {
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
                CompositePart("left", WireTypes.token),
                CompositePart("right", WireTypes.token, after: ":", isOptional: true),
                """)
        expect(
            files["Types.swift"],
            contains: """
                public init(checked wire: WireBytes) {
                if wire.containsNone(of: ":") {
                left = WireToken(checked: wire)
                right = nil
                return
                }
                var parts = CompositeParts(wire, Self.table)
                left = parts.value(of: wire)
                right = parts.optional(of: wire)
                }

                public func write(to writer: inout LineWriter) throws(ValueError) {
                var parts = CompositeWriter(Self.table)
                try parts.write(left, to: &writer)
                try parts.write(right, to: &writer)
                }
                """)
    }

    @Test func formsOfOneContextAreToldApartByTheFewestTests() throws {
        let body = """
            command: TOY
            about: Plays.
            client:
              word: { about: A word., parameters: [{ literal: A }] }
              other: { about: Another one., parameters: [{ literal: B }, { name: rest, type: Token }] }
            """
        let files = try emitted(commands: ["TOY": body])
        expect(
            files["TOY.swift"],
            contains: """
                static let table = CommandTable(
                "TOY",
                client: [Word.table, Other.table],
                clientChoices: [
                .init(0, on: [.main], if: [.word(1, isOneOf: ["A"])]),
                .init(1, on: [.main]),
                ])
                """)
    }

    @Test func aPayloadHasTheLastSlotAndItsTable() throws {
        let files = try emitted(commands: [
            "TOY": command("parameters:\n  - { name: word, type: Token }\npayload: { format: text, limit: 100 }")
        ])
        expect(files["TOY.swift"], contains: "public var storage: FormStorage<2>")
        expect(
            files["TOY.swift"],
            contains: """
                public var payload: WireBytes {
                get { storage.bytes(1) }
                set { storage.set(1, bytes: newValue) }
                }
                """)
        expect(files["TOY.swift"], contains: "], payload: PayloadTable(.text, limit: 100))")
        expect(
            files["Messages.swift"],
            contains: """
                public static let toy = ProtocolTable(
                "TOY", services: 1, lastVersion: 2,
                commands: [TOY.table], errorReply: ErrorReply.table)
                """)
    }

    @Test func theAnswersOfARequestAreAnEnumThatKnowsItsEnd() throws {
        let server = """
            server:
              part:
                about: One of them.
                parameters: [{ name: index, type: Count }, { name: total, type: Count }]
                observed: [toy]
              done: { about: The end., parameters: [{ literal: OK }], observed: [toy] }
            """
        let types = "  Count: { kind: integer, minimum: 0, maximum: 9 }"
        let closed = try emitted(
            types: types,
            commands: ["TOY": command("answers: [{ form: TOY.part, count: 0+ }, TOY.done]") + server])
        expect(
            closed["TOY.swift"],
            contains: """
                extension TOY.Go: RequestForm {
                /// The replies to `TOY.go`.
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
                case .toyDone: .final
                default: .part
                }
                """)
        let open = try emitted(
            types: types,
            commands: ["TOY": command("answers: [TOY.done, { form: TOY.part, count: 0+ }]") + server])
        expect(open["TOY.swift"], contains: "case .toyDone: .leading\ndefault: .part")
        let numbered = try emitted(
            types: types, commands: ["TOY": command("answers: [{ form: TOY.part, count: 1+ }]") + server])
        expect(
            numbered["TOY.swift"],
            contains: "case .toyPart(let form): form.index == form.total ? .final : .part")
        expect(numbered["TOY.swift"], contains: "public static var hasMainReply: Bool { false }")
    }

    @Test func aFormWithoutAnswersIsNoRequest() throws {
        let files = try emitted(commands: ["TOY": command("parameters: []")])
        #expect(files["TOY.swift"]?.contains("RequestForm") == false)
    }
}
