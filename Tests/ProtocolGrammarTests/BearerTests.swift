import ProtocolGrammar
import Testing
import YAMLTree

/// Payloads inside of payloads.
struct BearerTests {
    private static let bearers = [
        "packet": """
        payload: packet
        kind: binary
        about: A packet.
        versions: 2-5
        fields: [{ name: session, bytes: 4 }, { name: size, bytes: 4 }, { name: total, bytes: 4 }]
        data-length: size
        examples: [{ title: Empty, bytes: 00 00 00 00 00 00 00 00 00 00 00 00 }]

        """,
        "request": """
        payload: request
        kind: blocks
        about: A request.
        blocks:
          - { name: header, fields: [{ name: kind, header: Content-Type, type: Token }] }
        examples: [{ title: Empty, text: "\\r\\n" }]

        """,
        "letter": """
        payload: letter
        kind: mime
        about: A letter.
        content-type: text/x-letter
        fields-in: body
        fields: [{ name: subject, header: Subject, type: Token }]
        examples: [{ title: Empty, text: "Content-Type: text/x-letter\\r\\n\\r\\n" }]

        """,
        "list": """
        payload: list
        kind: xml
        about: A list.
        root: list
        elements: { list: { element: ml } }
        examples: [{ title: Empty, text: <ml/> }]

        """,
        "rival": """
        payload: rival
        kind: blocks
        about: Another content of requests.
        content-type: text/x-content
        inside: [request]
        blocks: [{ name: part, fields: [] }]
        examples: [{ title: Empty, text: "\\r\\n" }]

        """,
    ]

    /// The diagnostics for a payload with these lines among the ones above.
    private static func diagnostics(_ lines: String, versions: String = "2+", beside: [String]) -> [String] {
        let text = """
            payload: content
            kind: blocks
            about: What is inside.
            versions: \(versions)
            blocks: [{ name: part, fields: [] }]
            examples: [{ title: Empty, text: "\\r\\n" }]
            inferred: [gossips]
            \(lines)

            """
        let others = beside.compactMap { name in
            bearers[name].map { SourceFile(path: "payloads/\(name).yaml", bytes: Array($0.utf8)) }
        }
        return Base.diagnostics(Base.files(with: "payloads/content.yaml", Array(text.utf8)) + others)
            .filter { $0.location.file == "payloads/content.yaml" }
            .map { "\($0.message) [\($0.identifier)]" }
    }

    @Test(arguments: [
        "inside: [packet]",
        "inside: [{ payload: packet, when: { session: 0, total: size } }]",
        "content-type: text/x-content\ninside: [request]",
        "inside: [{ payload: request, when: { kind: absent } }, packet]",
    ])
    func aBodyOrDataCanBeAPayload(_ lines: String) {
        #expect(Self.diagnostics(lines, beside: ["packet", "request"]) == [])
    }

    @Test(arguments: [
        ("inside: [list]", "list", "'list' is a document, which has no body [bad-bearer]"),
        ("inside: [letter]", "letter", "the body of 'letter' consists of its fields [bad-bearer]"),
        (
            "content-type: text/x-content\ninside: [packet]", "packet",
            "'packet' has no field Content-Type that could say 'text/x-content' [bad-bearer]"
        ),
        (
            "inside: [{ payload: packet, when: { sesion: 0 } }]", "packet",
            "'packet' has no such 'sesion' [unknown-parameter]"
        ),
        (
            "inside: [{ payload: packet, when: { session: count } }]", "packet",
            "'packet' has no such 'count' [unknown-parameter]"
        ),
        (
            "inside: [{ payload: packet, when: { session: present } }]", "packet",
            "'packet' has nothing that a condition could name [unknown-parameter]"
        ),
    ])
    func whatCannotBeInsideIsRefused(_ lines: String, _ bearer: String, _ message: String) {
        #expect(Self.diagnostics(lines, beside: [bearer]) == [message])
    }

    @Test func aContentTypeMeansOnePayload() {
        #expect(
            Self.diagnostics("content-type: text/x-content\ninside: [request]", beside: ["request", "rival"])
                == ["'request' has several payloads with the content type 'text/x-content' [bad-bearer]"])
    }

    @Test func aPayloadAndWhatIsAroundItShareVersions() {
        #expect(
            Self.diagnostics("inside: [packet]", versions: "6+", beside: ["packet"])
                == ["'packet' exists in T2 to T5 only [versions-outside]"])
    }

    @Test func whatIsPinnedAwayBearsNothing() throws {
        let text = "payload: content\nkind: blocks\nabout: A.\ninside: [packet]\nblocks: [{ name: part, fields: [] }]\n"
        let packet = SourceFile(path: "payloads/packet.yaml", bytes: Array((Self.bearers["packet"] ?? "").utf8))
        let (grammar, _) = GrammarReader.read(Base.files(with: "payloads/content.yaml", Array(text.utf8)) + [packet])
        let pinned = grammar.pinned(to: VersionSet([8]))
        #expect(pinned.payloads.map(\.name) == ["content"])
        #expect(pinned.payloads.first?.bearers.isEmpty == true)
        #expect(grammar.payloads.first { $0.name == "content" }?.bearers.count == 1)
    }
}
