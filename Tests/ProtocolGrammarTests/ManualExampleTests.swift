import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// The examples of the manual are a grammar together, with the few files that they take for granted.
struct ManualExampleTests {
    private static let granted: [(path: String, text: String)] = [
        ("versions.yaml", "versions:\n" + (2...12).map { "  \($0): { name: T\($0), status: complete }\n" }.joined()),
        (
            "protocol.yaml",
            """
            protocol: T
            services: { notification: {} }
            types: { Text: { kind: text }, Integer: { kind: integer }, Token: { kind: token } }

            """
        ),
        ("sources.yaml", "sources: { imagination: Nobody says so. }\n"),
        ("errors.yaml", "errors: { 201: { name: invalidParameter } }\n"),
        (
            "commands/NEW.yaml",
            """
            command: NEW
            about: What the manual does not show.
            versions: 8+
            client:
              cancel: { parameters: [{ literal: X }], documented: [imagination] }
              proof: { parameters: [{ literal: P }, { name: digest, type: Token }], documented: [imagination] }
            server:
              asked: { parameters: [{ literal: A }, { name: challenge, type: Token }], documented: [imagination] }
              announced: { transaction: none, payload: { format: mime }, documented: [imagination] }
            examples:
              - title: All of it
                lines:
                  - { client: NEW 1 X, form: cancel }
                  - { client: NEW 1 P a, form: proof }
                  - { server: NEW 1 A a, form: asked }
                  - { server: NEW 2, payload: "\\r\\n", form: announced }

            """
        ),
        (
            "commands/OUT.yaml",
            """
            command: OUT
            about: Ends the connection.
            client: { goodbye: { transaction: none, documented: [imagination] } }
            server: { closing: { transaction: none, documented: [imagination] } }
            examples:
              - { title: Both, lines: [{ client: OUT, form: goodbye }, { server: OUT, form: closing }] }

            """
        ),
        (
            "sessions/handshake.yaml",
            "shared: handshake\nstates: { first: { rules: [{ client: TMP.request, then: ready }] } }\n"
        ),
    ]

    private static let folders = [
        "command": "commands", "payload": "payloads", "algorithm": "algorithms", "session": "sessions",
        "conversation": "conversations",
    ]

    @Test func theExamplesOfTheManualPassTheCheck() throws {
        let manual = try String(contentsOf: Repository.folder.appending(path: "Grammar/README.md"), encoding: .utf8)
        var files = Self.granted.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }
        for block in manual.components(separatedBy: "\n```yaml\n").dropFirst() {
            let text = try #require(block.components(separatedBy: "\n```").first) + "\n"
            let words = try #require(text.split(separator: "\n").first).split(separator: " ")
            if text.hasPrefix("questions:\n") {
                files.append(SourceFile(path: "questions.yaml", bytes: Array(text.utf8)))
            }
            guard words.count == 2, let folder = Self.folders[String(words[0].dropLast())] else { continue }
            files.append(SourceFile(path: "\(folder)/\(words[1]).yaml", bytes: Array(text.utf8)))
        }
        #expect(files.count == Self.granted.count + Self.folders.count + 1)
        #expect(Base.diagnostics(files).map(Base.shown) == [])
    }
}
