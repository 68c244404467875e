import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// What a conversation posts to an HTTP service, and what comes back.
struct ConversationRequestTests {
    private static let shared = """
        protocol: TEST
        services: { main: {} }
        http-services:
          book: { about: A book., hosts: [book.example], path: /book.asmx, envelope: around }
          desk: { about: A desk., hosts: [desk.example], path: /desk.asmx }
          gate: { about: A gate., hosts: [gate.example], path: /, method: GET }

        """

    private static func document(_ name: String, _ keys: String = "") -> (String, String) {
        (
            "payloads/\(name).yaml",
            "payload: \(name)\nkind: xml\nabout: A document.\n\(keys)root: a\nelements: { a: { element: a } }\n"
                + "examples: [{ title: One, text: <a/> }]\n"
        )
    }

    private static let payloads = """
          word: { text: a }
          ask: { kind: ask, within: around, text: <a/> }
          bare: { kind: ask, text: <a/> }
          told: { kind: told, within: around, text: <a/> }
          other: { kind: other, within: around, text: <a/> }
          late: { kind: late, within: around, text: <a/> }
          note: { kind: note, text: <a/> }
          wrapped: { kind: note, within: around, text: <a/> }
          noted: { kind: noted, text: <a/> }
          fault: { kind: around, text: <a>fault</a> }
          around: { kind: around, text: "<a>$(content)</a>" }

        """

    /// What is wrong with a request and its answer.
    private func found(_ service: String, _ asked: String?, _ answer: String?) -> [String] {
        // Nothing may be unused.
        let used = Self.payloads.split(separator: "\n").filter { line in
            let name = line.drop { $0 == " " }.prefix { $0 != ":" }
            return name == asked ?? "" || name == answer ?? "" || name == "around" && Self.isEnclosed([asked, answer])
        }
        var talk = "conversation: talk\ntitle: A talk\nversions: 2\n"
        talk += "actors: { alice: { client: a }, web: { web: \(service) } }\n"
        talk += (used.isEmpty ? "" : "payloads:\n") + used.map { $0 + "\n" }.joined() + "steps:\n"
        let sent = asked.map { ", payload: \($0)" } ?? ""
        let received = answer.map { ", payload: \($0)" } ?? ""
        talk += "  - { from: alice, to: web, request: \(service)\(sent) }\n"
        talk += "  - { from: web, to: alice, response: 200 OK\(received) }\n"
        let files: [(String, String)] = [
            ("protocol.yaml", Self.shared), ("versions.yaml", "versions: { 1: { name: T1 }, 2: { name: T2 } }\n"),
            Self.document("around"), Self.document("told"), Self.document("noted"),
            Self.document("ask", "http-service: book\nanswer: told\n"),
            Self.document("other", "http-service: desk\nanswer: told\n"),
            Self.document("late", "versions: 1\nhttp-service: book\nanswer: told\n"),
            Self.document("note", "http-service: desk\nanswer: noted\n"),
            ("conversations/talk.yaml", talk),
        ]
        return Self.errors(files).map(\.message)
    }

    private static func errors(_ files: [(String, String)]) -> [Diagnostic] {
        Base.diagnostics(files.map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }).filter { $0.severity == .error }
    }

    private static func isEnclosed(_ names: [String?]) -> Bool {
        names.contains { name in
            payloads.split(separator: "\n").contains { $0.contains("  \(name ?? "-"):") && $0.contains("within") }
        }
    }

    @Test(arguments: [
        ("book", "ask", "told"), ("book", "ask", "fault"), ("desk", "note", "noted"), ("gate", nil, nil),
    ])
    func messagesAndTheirAnswersAreRight(_ service: String, _ asked: String?, _ answer: String?) {
        #expect(found(service, asked, answer) == [])
    }

    @Test(arguments: [nil, "word", "other", "late"])
    func aRequestNeedsAMessageOfItsService(_ asked: String?) {
        #expect(
            found("book", asked, nil).first == "a request for 'book' needs one of its messages of T2 as payload")
    }

    @Test func aMessageStandsInTheEnvelopeOfItsService() {
        #expect(found("book", "bare", "told") == ["a message of 'book' stands in a payload of the kind 'around'"])
        #expect(found("desk", "wrapped", "noted") == ["a message of 'desk' stands in no other payload"])
    }

    @Test(arguments: [nil, "note", "other"]) func anAnswerIsThatOfTheRequest(_ answer: String?) {
        #expect(found("book", "ask", answer) == ["the answer to 'ask' is 'told'"])
    }

    @Test func aFaultStandsWhereTheServiceHasAnEnvelope() {
        #expect(found("desk", "note", "fault") == ["the answer to 'note' is 'noted'"])
    }

    @Test func anEnvelopeIsADocumentOfTheSameVersions() {
        func found(_ envelope: String, _ text: (String, String)) -> [String] {
            let shared = Self.shared.replacing("envelope: around", with: "envelope: \(envelope)")
            let files: [(String, String)] = [
                ("protocol.yaml", shared), ("versions.yaml", "versions: { 1: { name: T1 }, 2: { name: T2 } }\n"), text,
            ]
            return Self.errors(files).map { "\($0.message) [\($0.identifier)]" }
        }
        let sentence = "'around' cannot be around messages: it is no document of the same versions [wrong-service]"
        #expect(found("around", Self.document("around")) == [])
        #expect(found("around", Self.document("around", "versions: 2\n")) == [sentence])
        #expect(found("arond", Self.document("around")) == ["no payload is named 'arond' [unknown-payload]"])
    }

    @Test func nothingIsPostedToAServiceThatIsAskedWithGet() {
        let files: [(String, String)] = [
            ("protocol.yaml", Self.shared), ("versions.yaml", "versions: { 1: { name: T1 }, 2: { name: T2 } }\n"),
            Self.document("around"), Self.document("told"),
            Self.document("ask", "http-service: gate\nanswer: told\n"),
        ]
        let found = Self.errors(files).map(Base.shown)
        #expect(
            found == [
                "payloads/ask.yaml:4:15: error: nothing is posted to 'gate', since its method is GET [wrong-service]"
            ])
    }

    @Test func anAlgorithmSendsAndReceivesMessagesOfItsServices() {
        let algorithm = """
            algorithm: test
            about: A test.
            inputs: [{ name: word, type: text }]
            steps:
              - name: exchange
                operation: exchange
                service: book
                sends: [{ value: word, places: [ask.a.text, told.a.text] }]
                receives: [{ name: ticket, places: [told.a.text, ask.a.text] }]
            outputs: [{ name: ticket }]
            vectors: [{ inputs: { word: a }, steps: { ticket: b } }]

            """
        let files =
            [
                ("protocol.yaml", Self.shared), ("versions.yaml", "versions: { 1: { name: T1 }, 2: { name: T2 } }\n"),
                Self.document("around"), ("algorithms/test.yaml", algorithm),
            ]
            + [Self.document("told"), Self.document("ask", "http-service: book\nanswer: told\n")].map { path, text in
                (path, text.replacing("element: a }", with: "element: a, text: text }"))
            }
        let found = Self.errors(files).map(Base.shown)
        #expect(
            found == [
                "algorithms/test.yaml:8:49: error: 'told' is no message of 'book' in this direction [wrong-service]",
                "algorithms/test.yaml:9:54: error: 'ask' is no message of 'book' in this direction [wrong-service]",
            ])
    }
}
