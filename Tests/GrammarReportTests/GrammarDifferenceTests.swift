import Foundation
import GrammarReport
import ProtocolGrammar
import Testing
import YAMLTree

/// What is different between two grammars; each kind of fact is changed once.
struct GrammarDifferenceTests {
    struct Edit: CustomTestStringConvertible {
        var path: String
        var old: String
        var new: String
        var kind: GrammarFact.Kind
        var name: String
        /// What the newer side says about it; nil if it is gone.
        var text: String?

        var testDescription: String { "\(old) -> \(new)" }

        init(_ path: String, _ old: String, _ new: String, _ kind: GrammarFact.Kind, _ name: String, _ text: String?) {
            (self.path, self.old, self.new, self.kind, self.name, self.text) = (path, old, new, kind, name, text)
        }
    }

    private static let files: [String: String] = [
        "versions.yaml": """
        facts: { quiet: { versions: 1, about: Nobody speaks. } }
        clients: { Toy 1: { build: "1", speaks: 1 } }
        versions: { 1: { name: T1 }, 2: { name: T2 } }

        """,
        "protocol.yaml": """
        protocol: T
        services: { main: { about: The one. } }
        limits: { line: 200 }
        behaviours: { ends: { about: Lines end., inferred: [] } }
        http-services: { shop: { about: A shop., hosts: [a.example], path: /, method: GET } }
        types:
          Token: { kind: token, limit: 9 }
          Mood: { kind: enumeration, open: true, values: { happy: H, sad: { value: S, versions: 2 } } }
          Pair: { kind: composite, parts: [{ name: a, type: Token }, { name: b, type: Token, after: ":" }] }
          Level: { kind: integer, minimum: 0, maximum: 9 }
          Looks: { kind: flags, values: { bold: 1 }, fields: { level: { bits: 4-7, type: Level } } }

        """,
        "programs.yaml": "programs: { talker: { title: Talker, side: client, speaks: 1 } }\n",
        "errors.yaml": "errors: { 200: { name: bad, about: Wrong. } }\n",
        "commands/ASK.yaml": """
        command: ASK
        about: Asks.
        client:
          question:
            parameters:
              - { name: word, type: Token, prefix: { 2: "W=" } }
              - { name: pair, type: Pair, versions: 2, optional: true }
              - { name: mood, type: Mood, versions: 2, optional: true }
            answers: [{ form: ASK.answer, count: 0-1 }]
            errors: [bad]
            deviations:
              - { programs: [talker], about: Says more., parameters: { more: { literal: x } }, example: { client: ASK 1 a x } }
        server:
          answer: { payload: { format: text, limit: 50 } }

        """,
        "payloads/note.yaml": """
        payload: note
        kind: mime
        about: A note.
        content-type: a/b
        fields: [{ name: word, header: Word, type: Token }]

        """,
        "payloads/tree.yaml": """
        payload: tree
        kind: xml
        about: A tree.
        root: tree
        elements:
          tree:
            element: tree
            attributes: [{ name: kind, attribute: kind, type: Token }]
            children: [{ name: leaf, element: leaf, type: Token }]

        """,
        "payloads/stack.yaml": "payload: stack\nkind: blocks\nabout: A stack.\nblocks: [{ name: top, fields: [] }]\n",
        "payloads/packet.yaml":
            "payload: packet\nkind: binary\nabout: A packet.\nfields: [{ name: size, bytes: 4 }]\n",
        "sessions/main.yaml": """
        session: main
        services: [main]
        states:
          open: { rules: [{ client: ASK.question, then: closed }] }

        """,
        "algorithms/twice.yaml": """
        algorithm: twice
        about: Doubles.
        inputs: [{ name: word, type: text }]
        steps: [{ name: both, operation: concatenate, of: [word, word] }]
        outputs: [{ name: both }]

        """,
        "questions.yaml": "questions: { words: { about: How many?, of: [ASK], notes: Nobody knows. } }\n",
    ]

    private static func facts(_ files: [String: String], in version: String? = nil) throws -> GrammarFacts {
        let sources = files.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }
        let (grammar, diagnostics) = GrammarReader.read(sources)
        try #require(!diagnostics.hasErrors, "\(diagnostics.rendered(sources: sources))")
        return GrammarFacts(of: grammar, in: try version.map { try #require(grammar.version(named: $0)) })
    }

    static let edits = [
        Edit("versions.yaml", "2: { name: T2 }", "2: { name: T2, status: complete }", .version, "T2", "2; complete"),
        Edit("versions.yaml", "Nobody", "Somebody", .fact, "quiet", "Somebody speaks.; versions 1"),
        Edit("versions.yaml", "build: \"1\"", "build: \"2\"", .client, "Toy 1", "2; versions 1"),
        Edit("protocol.yaml", "The one.", "The only one.", .service, "main", "The only one."),
        Edit("protocol.yaml", "line: 200", "line: 100", .limit, "line", "100"),
        Edit("protocol.yaml", "Lines end.", "They end.", .behaviour, "ends", "They end.; versions 1+"),
        Edit(
            "protocol.yaml", "path: /,", "path: /x,", .httpService, "shop",
            "A shop.; GET /x; https; a.example; versions 1+"),
        Edit("protocol.yaml", "limit: 9", "limit: 8", .type, "Token", "token of at most 8 bytes"),
        Edit("protocol.yaml", "after: \":\"", "after: \";\"", .type, "Pair", "composite; a: Token (1+) ;b: Token (1+)"),
        Edit("protocol.yaml", "happy: H", "happy: J", .value, "Mood.happy", "J; versions 1+"),
        Edit("protocol.yaml", "bits: 4-7", "bits: 4-6", .bits, "Looks.level", "bits 4 to 6; Level; versions 1+"),
        Edit("programs.yaml", "speaks: 1", "speaks: 1-2", .program, "talker", "Talker; client; versions 1+"),
        Edit(
            "errors.yaml", "name: bad, about: Wrong.", "name: bad, about: Bad.", .error, "200", "bad; Bad.; versions 1+"
        ),
        Edit("commands/ASK.yaml", "about: Asks.", "about: Asks them.", .command, "ASK", "Asks them.; versions 1+"),
        Edit(
            "commands/ASK.yaml", "limit: 50", "limit: 60", .form, "ASK.answer",
            "ASK TrID length; from a server on main; text of at most 60 bytes; Asks.; versions 1+"),
        Edit("commands/ASK.yaml", "W=", "X=", .parameter, "ASK.question.word", "Token in 1; Token prefix X= in 2"),
        Edit(
            "commands/ASK.yaml", "versions: 2, optional: true }\n      - { name: mood",
            "versions: 2 }\n      - { name: mood",
            .parameter, "ASK.question.pair", "Pair in 2"),
        Edit("commands/ASK.yaml", "count: 0-1", "count: 0+", .answer, "ASK.question to ASK.answer", "0+"),
        Edit("commands/ASK.yaml", "    errors: [bad]\n", "", .answer, "ASK.question to error bad", nil),
        Edit(
            "commands/ASK.yaml", "literal: x", "literal: y", .deviation, "ASK.question talker",
            "Says more.; more literal y; versions 1+"),
        Edit("payloads/note.yaml", "a/b", "a/c", .payload, "note", "MIME message; a/c; A note.; versions 1+"),
        Edit("payloads/note.yaml", "header: Word", "header: Words", .field, "note.word", "Words; Token; versions 1+"),
        Edit("payloads/stack.yaml", "name: top", "name: top, about: The top", .block, "stack.top", "The top"),
        Edit(
            "payloads/packet.yaml", "bytes: 4", "bytes: 2", .number, "packet.size",
            "2 bytes in the header, little-endian"),
        Edit(
            "payloads/tree.yaml", "    element: tree\n", "    element: tree\n    text: words\n", .element, "tree.tree",
            "tree; text is words"),
        Edit("payloads/tree.yaml", "attribute: kind", "attribute: sort", .attribute, "tree.tree.kind", "sort; Token"),
        Edit(
            "payloads/tree.yaml", "element: leaf", "element: leaf, repeated: true", .child, "tree.tree.leaf",
            "leaf; Token; repeated"),
        Edit("sessions/main.yaml", "services: [main]", "services: []", .session, "main", ""),
        Edit("sessions/main.yaml", "open: {", "open: { otherwise: ignore,", .state, "main.open", "otherwise ignore"),
        Edit("sessions/main.yaml", ", then: closed", "", .rule, "main.open client ASK.question", "versions 1+"),
        Edit(
            "algorithms/twice.yaml", "about: Doubles.", "about: Repeats.", .algorithm, "twice",
            "Repeats.; 1 steps; 0 known values; versions 1+"),
        Edit(
            "questions.yaml", "How many?", "How few?", .question, "words", "How few?; of ASK; versions 1+"),
    ]

    @Test(arguments: edits) func eachKindOfFactIsCompared(_ edit: Edit) throws {
        var changed = Self.files
        let text = try #require(changed[edit.path])
        try #require(text.contains(edit.old))
        changed[edit.path] = text.replacing(edit.old, with: edit.new)
        let difference = GrammarDifference(
            from: try Self.facts(Self.files), named: "a", to: try Self.facts(changed), named: "b")
        #expect(difference.changes.map { "\($0.kind) \($0.name)" }.contains("\(edit.kind) \(edit.name)"))
        #expect(difference.changes.first { $0.kind == edit.kind && $0.name == edit.name }?.new == edit.text)
    }

    @Test func allKindsAreEdited() {
        #expect(Set(Self.edits.map(\.kind)) == Set(GrammarFact.Kind.allCases))
    }

    @Test func equalGrammarsDoNotDiffer() throws {
        let facts = try Self.facts(Self.files)
        let difference = GrammarDifference(from: facts, named: "a", to: facts, named: "b")
        #expect(difference.text == "a to b\nNo differences.\n")
        #expect(difference.json == "{\n  \"from\": \"a\",\n  \"to\": \"b\",\n  \"changes\": []\n}\n")
    }

    @Test func twoVersionsAreComparedInTextAndJSON() throws {
        let difference = GrammarDifference(
            from: try Self.facts(Self.files, in: "T1"), named: "T1", to: try Self.facts(Self.files, in: "T2"),
            named: "T2")
        #expect(
            difference.text == """
                T1 to T2

                Facts
                  - quiet: Nobody speaks.

                Clients
                  - Toy 1: 1

                Programs
                  - talker: Talker; client

                Values
                  + Mood.sad: S

                Forms
                  - ASK.question: ASK TrID word; from a client on main; Asks.
                  + ASK.question: ASK TrID W=word [pair] [mood]; from a client on main; Asks.

                Parameters
                  - ASK.question.word: Token
                  + ASK.question.word: Token prefix W=
                  + ASK.question.pair: Pair optional
                  + ASK.question.mood: Mood optional

                """)
        struct Report: Decodable {
            struct Change: Decodable { var kind: String, name: String, old: String?, new: String? }
            var from: String, to: String, changes: [Change]
        }
        let report = try JSONDecoder().decode(Report.self, from: Data(difference.json.utf8))
        #expect(report.from == "T1" && report.to == "T2" && report.changes.count == difference.changes.count)
        #expect(report.changes.map(\.name) == difference.changes.map(\.name))
        #expect(report.changes.map(\.old) == difference.changes.map(\.old))
        #expect(report.changes.map(\.new) == difference.changes.map(\.new))
    }

    @Test func aBitFieldOfOnlyOneVersionIsTold() throws {
        var files = Self.files
        files["protocol.yaml"] = files["protocol.yaml"]?.replacing("bits: 4-7,", with: "bits: 4-7, versions: 2,")
        let grammar = GrammarReader.read(
            files.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }
        ).grammar
        let (first, second) = (try #require(grammar.version(named: "1")), try #require(grammar.version(named: "2")))
        let facts = GrammarDifference(
            from: GrammarFacts(of: grammar, in: first), named: "1", to: GrammarFacts(of: grammar, in: second),
            named: "2")
        let text = VersionDifference(from: first, to: second, in: grammar).text(with: facts)
        #expect(text.contains("\nBit fields\n  + Looks.level: bits 4 to 7; Level\n"), "\(text)")
    }

    @Test func partsOfWhatIsNewAreNotToldOneByOne() throws {
        let grammar = try SmallGrammar.grammar()
        let (first, second) = (try #require(grammar.version(named: "1")), try #require(grammar.version(named: "2")))
        let facts = GrammarDifference(
            from: GrammarFacts(of: grammar, in: first), named: "1", to: GrammarFacts(of: grammar, in: second),
            named: "2")
        let text = VersionDifference(from: first, to: second, in: grammar).text(with: facts)
        #expect(text.contains("  + ASK.told  Tells.\n"))
        #expect(!text.contains("ASK.told."))
        #expect(text.contains("\nParameters\n") && text.contains("  + ASK.question.mood: Mood\n"), "\(text)")
    }
}
