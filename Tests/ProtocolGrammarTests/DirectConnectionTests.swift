import ProtocolGrammar
import Testing
import YAMLTree

/// Conversations over direct connections between clients.
struct DirectConnectionTests {
    private static func payload(_ name: String, _ lines: String) -> SourceFile {
        let text = "payload: \(name)\nabout: Some bytes.\ninferred: [gossips]\n\(lines)\n"
        return SourceFile(path: "payloads/\(name).yaml", bytes: Array(text.utf8))
    }

    private static let payloads = [
        payload(
            "frame",
            "versions: 2-4\nkind: binary\nfields: [{ name: size, bytes: 1 }]\ndata-length: size\n"
                + "examples: [{ title: Empty, bytes: 00 }]"),
        payload(
            "packet",
            "kind: binary\nfields: [{ name: number, bytes: 1 }]\nexamples: [{ title: Empty, bytes: 00 }]"),
    ]

    /// The diagnostics for a conversation whose actor `carol` listens for `alice`, who is connected.
    private static func diagnostics(_ kind: String, versions: String = "2-4", _ step: String) -> [String] {
        // Nothing may be unused.
        let other = step.contains("other") ? ", other: { kind: packet, bytes: 01 }" : ""
        let talk = """
            conversation: talk
            title: A talk
            versions: \(versions)
            actors: { alice: { client: a }, carol: { direct: \(kind) } }
            payloads: { hello: { kind: frame, bytes: 01 61 }\(other) }
            steps:
              - { connect: alice, to: carol }
              - { from: alice, to: carol, payload: hello }
              - \(step)
              - { close: carol, to: alice }

            """
        return Base.diagnostics(Base.files(with: "conversations/talk.yaml", Array(talk.utf8)) + payloads)
            .map { "\($0.location.line): \($0.message) [\($0.identifier)]" }
    }

    @Test func bothClientsSendFrames() {
        #expect(Self.diagnostics("frame", "{ from: carol, to: alice, payload: hello }") == [])
    }

    @Test(arguments: [
        (
            "{ from: alice, to: carol, payload: other }",
            "9: all that goes over this connection are payloads of the kind 'frame' [conversation-line]"
        ),
        (
            "{ from: alice, to: carol, line: BAS 1 a }",
            "9: a direct connection has no lines; what goes over it are payloads [conversation-role]"
        ),
        (
            "{ connect: alice, to: carol }", "9: 'alice' is connected to 'carol' already [conversation-order]"
        ),
        (
            "{ connect: carol, to: alice }",
            "9: lines and connections need a service; a request goes to a web server, which answers it "
                + "[conversation-role]"
        ),
    ])
    func onlyFramesGoOverAConnection(_ step: String, _ expected: String) {
        #expect(Self.diagnostics("frame", step) == [expected])
    }

    @Test func aFrameExistsInEachVersion() {
        let found = Self.diagnostics("frame", versions: "2-5", "{ from: carol, to: alice, payload: hello }")
        #expect(
            found == [
                "8: 'frame' does not exist in T5 [conversation-line]",
                "9: 'frame' does not exist in T5 [conversation-line]",
            ])
    }

    @Test func aFrameSaysItsSize() {
        #expect(
            Self.diagnostics("packet", "{ from: carol, to: alice, payload: hello }") == [
                "4: 'packet' does not say its size; a direct connection needs a binary payload with 'data-length' "
                    + "[conversation-role]"
            ])
        #expect(
            Self.diagnostics("fram", "{ from: carol, to: alice, payload: hello }") == [
                "4: no payload of the grammar is named 'fram' [unknown-payload]"
            ])
    }
}
