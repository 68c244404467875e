import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// What a comment of a fixture says about a line.
private struct Expectation {
    var line: Int
    var severity: String
    var message: String
    var identifier: String
    var note: String?

    func agrees(with diagnostic: Diagnostic) -> Bool {
        diagnostic.location.line == line && diagnostic.severity.rawValue == severity
            && diagnostic.identifier == identifier && diagnostic.message.contains(message)
            && note.map { note in diagnostic.notes.contains { $0.message.contains(note) } } ?? true
    }
}

/// A file of the folder `Fixtures`.
struct Fixture: CustomTestStringConvertible {
    var name: String
    var path: String
    var bytes: [UInt8]
    fileprivate var expectations: [Expectation]

    var testDescription: String { name }

    static func all() throws -> [Fixture] {
        try Repository.files(
            in: Repository.folder.appending(path: "Tests/ProtocolGrammarTests/Fixtures"), ending: ".yaml"
        ).map { file in
            let lines = String(decoding: file.bytes, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            let mark = "# file: "
            let first = try #require(lines.first)
            try #require(first.hasPrefix(mark), "\(file.path) does not tell its place")
            var expectations: [Expectation] = []
            for (index, line) in lines.enumerated() where line.contains("error: ") || line.contains("warning: ") {
                let pattern = /# (below-)?(error|warning): (.+) \[([a-z-]+)\](?: note: (.+))?$/
                guard let match = line.firstMatch(of: pattern) else { continue }
                expectations.append(
                    Expectation(
                        line: index + 1 + (match.1 == nil ? 0 : 1), severity: String(match.2),
                        message: String(match.3), identifier: String(match.4), note: match.5.map(String.init)))
            }
            return Fixture(
                name: file.path, path: String(first.dropFirst(mark.count)), bytes: file.bytes,
                expectations: expectations)
        }
    }
}

/// Files whose fault no comment can state, with the place of the one diagnostic they give.
struct CodeFixture: CustomTestStringConvertible {
    var name: String
    var identifier: String
    var bytes: [UInt8]
    var line: Int
    var column: Int

    var testDescription: String { name }

    init(_ name: String, _ identifier: String, _ bytes: [UInt8], _ line: Int, _ column: Int) {
        (self.name, self.identifier, self.bytes, self.line, self.column) = (name, identifier, bytes, line, column)
    }

    init(_ name: String, _ identifier: String, _ text: String, _ line: Int, _ column: Int) {
        self.init(name, identifier, Array(text.utf8), line, column)
    }

    static let all: [CodeFixture] = [
        CodeFixture("tab", "yaml-syntax", "command: ABC\nclient:\n\task: {}\n", 3, 1),
        CodeFixture("invalid UTF-8", "invalid-utf8", Array("command: ABC\nabout: \u{E9}".utf8) + [0xFF], 2, 9),
        CodeFixture("empty", "empty-file", "", 1, 1),
        CodeFixture("only a comment", "empty-file", "# nothing\n", 1, 1),
        CodeFixture("10 MB", "file-too-large", [UInt8](repeating: 0x61, count: 10_000_000), 1, 1),
        CodeFixture("unclosed quote", "yaml-syntax", "command: ABC\nabout: \"A test.\nclient: {}\n", 2, 8),
        CodeFixture("ends in a key", "yaml-syntax", "command: ABC\nabout", 2, 6),
        CodeFixture("an escape", "unsafe-character", "command: ABC\nabout: \"A\\e test.\"\n", 2, 8),
        CodeFixture("a mirrored text", "unsafe-character", "command: ABC\nabout: A \u{202E}test.\n", 2, 10),
        CodeFixture("a carriage return in a key", "unsafe-character", "\"a\\rb\": {}\n", 1, 1),
        CodeFixture("deep", "yaml-depth", "a: " + String(repeating: "[", count: 1000), 1, 35),
        CodeFixture(
            "many items", "yaml-size", "a: [" + String(repeating: "b,", count: 2000) + "]", 1, 5 + 2 * 1000),
        CodeFixture(
            "many nodes", "yaml-size",
            (0..<200).map { "a\($0): [" + String(repeating: "b,", count: 100) + "]\n" }.joined(), 197, 18),
    ]

    /// Identifiers that the tests below state one by one.
    static let others: Set<String> = [
        "missing-file", "duplicate-command", "too-many-errors", "too-many", "too-long", "nameless-secret",
        "unreceived-error", "missing-place", "bad-answer", "bad-bearer", "wrong-service",
        "stray-file", "ambiguous-subject",
    ]
}

struct FixtureTests {
    @Test func theBaseIsClean() {
        #expect(Base.diagnostics(Base.files()).map(Base.shown) == [])
    }

    @Test(arguments: try Fixture.all()) func eachFixtureGivesTheDiagnosticsOfItsComments(_ fixture: Fixture) {
        #expect(!fixture.expectations.isEmpty, "no comment states what is expected")
        var found = Base.diagnostics(Base.files(with: fixture.path, fixture.bytes))
        for expected in fixture.expectations {
            let index = found.firstIndex { $0.location.file == fixture.path && expected.agrees(with: $0) }
            if let index {
                found.remove(at: index)
            } else {
                Issue.record("missing: \(expected)")
            }
        }
        for diagnostic in found { Issue.record("unexpected: \(Base.shown(diagnostic)) \(diagnostic.notes)") }
    }

    @Test(arguments: CodeFixture.all) func brokenBytesGiveOneDiagnosticAtTheirPlace(_ fixture: CodeFixture) {
        let found = Base.diagnostics(Base.files(with: "commands/ABC.yaml", fixture.bytes))
        #expect(found.count == 1)
        #expect(found.first?.identifier == fixture.identifier)
        #expect(found.first?.location.file == "commands/ABC.yaml")
        #expect(found.first?.location.line == fixture.line)
        #expect(found.first?.location.column == fixture.column)
    }

    @Test func anAliasBombStopsAtOnce() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for index in 1...30 {
            text += "a\(index): &a\(index) [" + String(repeating: "*a\(index - 1), ", count: 9) + "]\n"
        }
        let found = Base.diagnostics(Base.files(with: "commands/ABC.yaml", Array(text.utf8)))
        #expect(found.first.map(Base.shown)?.hasPrefix("commands/ABC.yaml:1:5: error: anchors are not") == true)
        #expect(found.dropFirst().first?.location.line == 2)
        #expect(found.last?.identifier == "too-many-errors")
        #expect(Set(found.dropLast().map(\.identifier)) == ["yaml-alias"])
        #expect(found.count == 101)
    }

    @Test func twoFilesForOneCommandAreBothReported() {
        let text = Base.texts.first { $0.path == "commands/BAS.yaml" }?.text ?? ""
        let found = Base.diagnostics(Base.files(with: "more/commands/BAS.yaml", Array(text.utf8)))
        let places = found.filter { $0.identifier == "duplicate-command" }.map { Base.shown($0) }
        #expect(
            places == [
                "commands/BAS.yaml:1:10: error: 'BAS' is described twice [duplicate-command]",
                "more/commands/BAS.yaml:1:10: error: 'BAS' is described twice [duplicate-command]",
            ])
    }

    @Test func aSecretThatNoParameterHoldsIsRefused() {
        let command = """
            command: ABC
            about: A test.
            client:
              login:
                parameters: [{ name: password, type: Password }]
                deviations:
                  - programs: [talker]
                    about: The password comes twice.
                    parameters: { again: { type: Password } }
                    example: { client: ABC 1 a a }

            """
        let types = "types:\n  Password: { kind: token, sensitive: true }\n"
        let found = Base.diagnostics(
            Base.files(with: "commands/ABC.yaml", Array(command.utf8))
                + [SourceFile(path: "types/t.yaml", bytes: Array(types.utf8))])
        #expect(
            found.map(Base.shown) == [
                "commands/ABC.yaml:9:23: error: 'login' has no parameter 'again', so nothing would keep its value out of logs "
                    + "[nameless-secret]"
            ])
    }

    @Test func aValueWithoutAPlaceInAVersionIsRefused() {
        let command = """
            command: ABC
            about: A test.
            client:
              ask:
                parameters: [{ name: word, type: Token, versions: 4+ }]
                inferred: [gossips]
              late:
                versions: 9+
                inferred: [gossips]
                parameters: [{ name: letter, type: Flag }, { name: word, type: Token }, { literal: A }]
            examples:
              - { title: A word, versions: 4+, lines: [{ client: ABC 1 a, form: ask }] }
              - { title: A letter, versions: 9+, lines: [{ client: ABC 1 T b A, form: late }] }

            """
        func algorithm(_ versions: String, _ places: String) -> String {
            """
            algorithm: test
            about: A test.
            versions: \(versions)
            inputs: [{ name: word, type: text, places: \(places) }]
            steps: [{ name: coded, operation: base64, of: word }]
            outputs: [{ name: coded }]
            vectors: [{ inputs: { word: a }, computed: { coded: YQ== } }]

            """
        }
        func found(_ versions: String, _ places: String) -> [String] {
            let files = Base.files(with: "commands/ABC.yaml", Array(command.utf8))
            let text = Array(algorithm(versions, places).utf8)
            return Base.diagnostics(files + [SourceFile(path: "algorithms/test.yaml", bytes: text)]).map(Base.shown)
        }
        #expect(found("4+", "ABC.ask.word") == [])
        #expect(found("2+", "[ABC.ask.word, BAS.ask.word]") == [])
        #expect(
            found("2+", "[ABC.ask.word, ABC.late.word]") == [
                "algorithms/test.yaml:4:18: error: 'word' has no place in T2 to T3 [missing-place]"
            ])
    }

    @Test(arguments: [
        ("commands/ABC.yml", "the names of grammar files end with '.yaml'; rename it to 'ABC.yaml'", nil),
        ("version.yaml", "a grammar has no file 'version.yaml' in this place", "did you mean 'versions.yaml'?"),
        ("comands/ABC.yaml", "a grammar has no file 'ABC.yaml' in this place", "did you mean the folder 'commands'?"),
        (
            "commands/more/ABC.yaml", "a grammar has no file 'ABC.yaml' in this place",
            "the files of a grammar are errors.yaml, programs.yaml, protocol.yaml, questions.yaml, sources.yaml, "
                + "versions.yaml and those in the folders algorithms, commands, conversations, payloads, sessions, types"
        ),
        ("payloads/one/two/test.yaml", "a grammar has no file 'test.yaml' in this place", nil),
    ]) func aFileInTheWrongPlaceIsReported(_ path: String, _ message: String, _ note: String?) {
        let found = Base.diagnostics(Base.files(with: path, []))
        #expect(found.map(Base.shown) == ["\(path):1:1: error: \(message) [stray-file]"])
        if let note { #expect(found.first?.notes.map(\.message) == [note]) }
    }

    @Test func optionsForTheGeneratorMayStandBesideTheGrammar() {
        #expect(Base.diagnostics(Base.files(with: "grammar-generator.yaml", Array("versions: 2\n".utf8))).isEmpty)
    }

    @Test func namedSourcesNeedTheirFile() {
        let found = Base.diagnostics(Base.files().filter { $0.path != "sources.yaml" })
        #expect(
            found.map(Base.shown) == [
                "commands/USE.yaml:15:16: warning: the grammar names sources, but has no file 'sources.yaml' that lists them "
                    + "[missing-file]"
            ])
    }

    @Test func aLineThatMustBeRefusedIsTriedInTheVersionsOfItsCommand() {
        let text = """
            command: ABC
            about: A test.
            versions: 4+
            client:
              ask: { parameters: [{ name: word, type: Token }], inferred: [gossips] }
            examples: [{ title: A word, lines: [{ client: ABC 1 a, form: ask }] }]
            invalid:
              - { client: ABC 1, error: missingParameter, parameter: word }
              - { client: ABC 1 a, versions: 2-3, error: notInVersion }

            """
        #expect(Base.diagnostics(Base.files(with: "commands/ABC.yaml", Array(text.utf8))).map(Base.shown) == [])
    }

    @Test func aMissingFileIsReported() {
        let found = Base.diagnostics(Base.files().filter { $0.path != "protocol.yaml" })
        #expect(found.contains { $0.identifier == "missing-file" && $0.message.contains("'protocol.yaml'") })
        #expect(Base.diagnostics([]).contains { $0.identifier == "missing-file" })
    }

    @Test func withoutAFileOfVersionsThereIsOneVersion() {
        func found(_ versions: String) -> [String] {
            let command = """
                command: +OK
                about: Is fine.
                versions: \(versions)
                server: { fine: { about: Says so. } }
                examples: [{ title: Fine, lines: [{ server: +OK, form: fine }] }]

                """
            let texts = [
                ("protocol.yaml", "protocol: T\nservices: { main: {} }\ntransaction: none\n"),
                ("commands/OK.yaml", command),
            ]
            return Base.diagnostics(texts.map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }).map(Base.shown)
        }
        #expect(found("1") == [])
        #expect(found("1+") == [])
        #expect(
            found("1-2") == [
                "commands/OK.yaml:3:11: error: there is no version 2; without a file 'versions.yaml' there is only version 1 "
                    + "[unknown-version]"
            ])
    }

    @Test func everyIdentifierHasAFixture() throws {
        let folder = Repository.folder.appending(path: "Sources/Grammar")
        var named: Set<String> = []
        for name in ["ProtocolGrammar", "YAMLTree"] {
            for file in try Repository.files(in: folder.appending(path: name), ending: ".swift") {
                let pattern =
                    /(?:Diagnostic|unknown|error|refuse|[Ff]ault)\(\s*(?:\.(?:error|warning),\s*|identifier:\s*)?"([a-z][a-z0-9-]*)"/
                let text = String(decoding: file.bytes, as: UTF8.self)
                named.formUnion(text.matches(of: pattern).map { String($0.1) })
            }
        }
        var covered = CodeFixture.others.union(CodeFixture.all.map(\.identifier))
        for fixture in try Fixture.all() { covered.formUnion(fixture.expectations.map(\.identifier)) }
        #expect(named.count > 45)
        #expect(named.subtracting(covered).sorted() == [])
        #expect(covered.subtracting(named).sorted() == [])
    }
}
