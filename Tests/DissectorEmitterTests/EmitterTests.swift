import Testing
import YAMLTree

@testable import DissectorEmitter
@testable import ProtocolGrammar

@Suite struct EmitterTests {
    private static func file(_ path: String, _ text: String) -> SourceFile {
        SourceFile(path: path, bytes: Array(text.utf8))
    }

    private static func grammar(about: String) throws -> Grammar {
        let read = GrammarReader.read([
            file(
                "versions.yaml",
                """
                versions:
                  2: { name: TOY2, status: complete, about: The first. }
                  3: { name: TOY3, status: complete, about: The second. }
                """),
            file(
                "protocol.yaml",
                """
                protocol: TOY
                about: \(about)
                services: { main: { about: The only one. } }
                types: { Word: { kind: token, about: A word. } }
                """),
            file(
                "commands/SAY.yaml",
                """
                command: SAY
                about: Says something.
                services: [main]
                client:
                  text:
                    about: Says a text.
                    parameters: [{ name: end, type: Word, versions: 3 }]
                    payload: { format: text, limit: 10 }
                    inferred: []
                  word:
                    about: Says a word.
                    transaction: none
                    versions: 2
                    parameters: [{ literal: "no" }]
                    inferred: []
                """),
        ])
        return read.grammar
    }

    @Test(
        "No text of a grammar breaks out of its literal",
        arguments: [#""quoted""#, #"'back\slash'"#, #""tab\tand \"quotes\"""#])
    func quotesTexts(about: String) throws {
        let text = DissectorEmitter.emit(try Self.grammar(about: about))
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("about=") })
        let inner = line.dropFirst(#"about=""#.count).dropLast(#"","#.count)
        #expect(!inner.replacing("\\\\", with: "").replacing("\\\"", with: "").contains("\""))
        #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test("Framing rules say where a payload follows, by version and service")
    func framing() throws {
        let grammar = try Self.grammar(about: "Nothing.")
        let command = try #require(grammar.command(named: "SAY"))
        let rows = CommandContexts(command, sender: .client, grammar: grammar).framing
        #expect(rows.map(\.versions.numbers) == [[2], [3]])
        #expect(
            rows.map(\.rule) == [
                .init(mayLack: true, place: nil, minimumWords: 3, limit: 10),
                .init(mayLack: false, place: nil, minimumWords: 4, limit: 10),
            ])
    }

    @Test("A payload has what may be inside of it, and under which conditions")
    func inside() throws {
        let grammar = GrammarReader.read([
            Self.file("versions.yaml", "versions: { 2: { name: TOY2, status: complete, about: The first. } }"),
            Self.file(
                "protocol.yaml",
                """
                protocol: TOY
                about: Nothing.
                services: { main: { about: The only one. } }
                types: { Word: { kind: token, about: A word. } }
                """),
            Self.file(
                "payloads/box.yaml",
                """
                payload: box
                kind: binary
                about: A box.
                byte-order: little
                fields:
                  - { name: kind, bytes: 4, about: What it is. }
                  - { name: size, bytes: 4, about: The number of bytes. }
                  - { name: total, bytes: 4, about: The number of all bytes. }
                data-length: size
                inferred: []
                """),
            Self.file(
                "payloads/letter.yaml",
                """
                payload: letter
                kind: blocks
                about: A letter.
                inside: [{ payload: box, when: { kind: 3, total: size } }]
                blocks:
                  - name: head
                    about: The head.
                    start-line: { name: line, type: Word, about: The first line. }
                    fields: [{ name: length, header: Length, type: Word, about: The number of bytes. }]
                body-length: length
                inferred: []
                """),
        ]).grammar
        let source = PayloadTables(writer: TableWriter(grammar: grammar)).emit().source
        let lines = source.split(separator: "\n").map(String.init)
        let box = try #require(lines.first { $0.hasPrefix("box=") })
        #expect(
            box.hasSuffix(
                #"inside={{payload="letter",when={{"number","kind",3},{"equal","total","size"}}}}},"#))
        let letter = try #require(lines.first { $0.hasPrefix("letter=") })
        #expect(letter.contains(#"startLine={name="line",type="Word",about="The first line."}"#))
        #expect(letter.hasSuffix(#"bodyLength="length"},"#))
    }

    @Test("A key that is a word of Lua is quoted")
    func keys() {
        let value = LuaValue.record([("end", .number(1)), ("no", nil), ("a b", .flag(true)), ("plain", .text("x"))])
        #expect(value.source == #"{["end"]=1,["a b"]=true,plain="x"}"#)
    }
}
