import Testing
import YAMLTree

@testable import DissectorEmitter
@testable import ProtocolGrammar

/// The dissector of a protocol without transaction IDs, versions and numeric errors.
@Suite struct OtherProtocolTests {
    private static func grammar() throws -> Grammar {
        let texts = [
            (
                "protocol.yaml",
                #"""
                protocol: PUT
                about: Keeps values.
                services: { store: { about: The only one. } }
                transaction: none
                trailer: "\r\n"
                types:
                  Word: { kind: token, about: A word. }
                  Number: { kind: integer, about: A number. }
                  Text: { kind: rest, limit: 50, about: A text. }
                """#
            ),
            (
                "commands/PUT.yaml",
                """
                command: PUT
                about: Keeps a value.
                client:
                  put:
                    parameters: [{ name: key, type: Word }, { name: head, type: Number }]
                    payload: { format: bytes, limit: 10, length-before: head, header-length: head }
                """
            ),
            (
                "commands/ERR.yaml",
                """
                command: -ERR
                about: Refuses.
                server: { refusal: { parameters: [{ name: text, type: Text }] } }
                """
            ),
        ]
        let files = texts.map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }
        let (grammar, diagnostics) = GrammarReader.read(files)
        try #require(!diagnostics.hasErrors, "\(diagnostics.rendered(sources: files))")
        return grammar
    }

    @Test("A length in the middle of a line has its place, and no payload is without its trailer")
    func places() throws {
        let grammar = try Self.grammar()
        let command = try #require(grammar.command(named: "PUT"))
        let rows = CommandContexts(command, sender: .client, grammar: grammar).framing
        #expect(rows.map(\.rule) == [.init(mayLack: false, place: 2, minimumWords: 3, limit: 10)])
        let text = DissectorEmitter.emit(grammar)
        #expect(text.contains(#"trailer="\013\010","#))
        #expect(text.contains(#"payload={format="bytes",limit=10,place=2,header="head"}"#))
        #expect(text.contains(#"["-ERR"]={about="Refuses.",plain="ERR",rest=true,"#))
        #expect(text.contains(#"Text={kind="rest",limit=50}"#))
    }

    @Test("Nothing stands in it that only MSNP has", arguments: ["USR", "XFR", "MSNP", "6891", "notification", "TrID"])
    func particulars(word: String) throws {
        #expect(!DissectorEmitter.emit(try Self.grammar()).contains(word))
    }

    @Test("Only a grammar with transaction IDs says so")
    func transactions() throws {
        #expect(!DissectorEmitter.emit(try Self.grammar()).contains("transactions=true"))
        #expect(DissectorEmitter.emit(try Self.grammar()).contains(#"services = {"store"}, ports = "","#))
    }
}
