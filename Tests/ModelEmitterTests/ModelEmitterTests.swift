import ProtocolGrammar
import Testing
import YAMLTree

@testable import ModelEmitter

@Suite struct ModelEmitterTests {
    private static func grammar(about: String = "A toy.") -> Grammar {
        func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, bytes: Array(text.utf8)) }
        return GrammarReader.read([
            file(
                "versions.yaml",
                """
                versions:
                  2: { name: TOY2, status: complete, about: The first. }
                  3: { name: TOY3, status: complete, about: The second. }
                  5: { name: TOY5, status: complete, about: The third. }
                """),
            file(
                "protocol.yaml",
                """
                protocol: TOY
                about: \(about)
                services: { main: { about: One. }, side: { about: Another one. } }
                types:
                  Word: { kind: token, about: A word. }
                  Mood: { kind: flags, about: A mood., sensitive: true, values: { glad: 1, sad: { value: 2, versions: 5 } } }
                """),
            file(
                "commands/SAY.yaml",
                """
                command: SAY
                about: Says something.
                services: [main]
                client:
                  text:
                    parameters:
                      - { name: mood, type: Mood, optional: true, versions: 3+ }
                      - { name: rest, type: Word, repeated: 0+ }
                    payload: { format: text, limit: 10, length: 4 }
                    answers: { SAY.heard: { count: 0+ } }
                    documented: []
                  no:
                    versions: 2
                    transaction: none
                    parameters: [{ literal: "no" }]
                    inferred: []
                server:
                  heard: { parameters: [{ literal: heard }], inferred: [] }
                invalid:
                  - { client: SAY, versions: 2-3, error: noMatchingForm }
                """),
            file(
                "algorithms/sum.yaml",
                """
                algorithm: sum
                about: Adds.
                inputs: [{ name: first, type: number, about: Any. }]
                constants: [{ name: most, number: "18446744073709551615" }]
                steps: [{ name: total, operation: add, of: [first, first], modulo: most }]
                outputs: [{ name: total }]
                vectors: [{ inputs: { first: 3 }, outputs: { total: 6 }, inferred: [] }]
                """),
        ]).grammar
    }

    private static func value(at path: [String], in model: JSONValue) -> JSONValue? {
        path.reduce(model) { value, key in
            switch value {
            case .object(let members): members.first { $0.key == key }?.value
            case .list(let items): Int(key).flatMap { items.indices.contains($0) ? items[$0] : nil }
            default: nil
            }
        }
    }

    @Test(
        "Each part of a grammar has one spelling",
        arguments: [
            ("versions 0", #"{"number":2,"name":"TOY2","status":"complete","about":"The first."}"#),
            ("types Word", #"{"kind":"token","limit":8192,"about":"A word."}"#),
            (
                "types Mood",
                #"{"kind":"flags","values":[{"name":"glad","value":1},{"name":"sad","value":2,"versions":"5"}],"#
                    + #""sensitive":true,"about":"A mood."}"#
            ),
            (
                "commands SAY client forms 0 parameters",
                #"[{"name":"mood","type":"Mood","versions":"3-5","optional":true,"sensitive":true},"#
                    + #"{"name":"rest","type":"Word","atLeast":0}]"#
            ),
            ("commands SAY client forms 0 payload", #"{"format":"text","limit":10,"length":4}"#),
            ("commands SAY client forms 1 services", #"["main"]"#),
            (
                "commands SAY client choices",
                #"[{"services":["main"],"versions":"2","order":"#
                    + #"[{"form":"text","tests":[{"word":0,"is":"number"}]},{"form":"no"}]},"#
                    + #"{"services":["main"],"versions":"3-5","order":[{"form":"text"}]}]"#
            ),
            (
                "commands SAY client framing",
                #"[{"services":["main"],"versions":"2","words":3,"mayLack":true,"limit":10},"#
                    + #"{"services":["main"],"versions":"3-5","words":3,"limit":10}]"#
            ),
            (
                "commands SAY invalid",
                #"[{"sender":"client","line":"SAY","service":"main","versions":"2-3","error":"noMatchingForm"}]"#
            ),
            (
                "algorithms sum constants",
                #"[{"name":"most","type":{"kind":"number"},"value":"18446744073709551615"}]"#
            ),
            ("algorithms sum vectors 0 results", #"{"total":"6"}"#),
        ])
    func parts(path: String, expected: String) {
        let model = ModelEmitter.model(of: Self.grammar())
        let found = Self.value(at: path.split(separator: " ").map(String.init), in: model)
        #expect(found?.dense(linesTo: 0) == expected)
    }

    @Test("A grammar without errors has no errors in its model, not an empty list of them")
    func noErrors() {
        #expect(Self.value(at: ["errors"], in: ModelEmitter.model(of: Self.grammar())) == nil)
    }

    @Test(
        "No text of a grammar breaks out of its string",
        arguments: [#""quoted""#, #"'back\slash'"#, #""tab\tand \"quotes\"""#])
    func quotesTexts(about: String) throws {
        let text = ModelEmitter.emit(Self.grammar(about: about))
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(#""about":"#) })
        let inner = line.dropFirst(#""about":""#.count).dropLast(#"","#.count)
        #expect(!inner.replacing(#"\\"#, with: "").replacing(#"\""#, with: "").contains("\""))
        #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test("The tables of pages have all that reading needs, and no lines that must be refused")
    func reading() {
        let text = ModelEmitter.emit(Self.grammar(), isForReading: true)
        for part in [#""choices":"#, #""framing":"#, #""types":"#, #""algorithms":"#] { #expect(text.contains(part)) }
        for part in [#""invalid":"#, #""conversations":"#, #""changes":"#] { #expect(!text.contains(part)) }
    }

    @Test("Each command, type and payload stands in a line of its own")
    func lines() {
        let lines = ModelEmitter.emit(Self.grammar()).split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix(#""SAY":{"#) && $0.hasSuffix("}") })
        #expect(lines.contains { $0.hasPrefix(#""Word":{"#) && $0.hasSuffix("}") })
    }
}
