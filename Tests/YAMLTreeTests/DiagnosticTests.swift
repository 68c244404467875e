import Testing
import YAMLTree

struct DiagnosticTests {
    @Test func aDiagnosticIsShownWithItsCaretAndNotes() {
        let text = String(repeating: "#\n", count: 37) + "      - { name: groups, type: GroupNumer }\n"
        let path = "Grammar/commands/LST.yaml"
        var list = DiagnosticList()
        list.append(
            Diagnostic(
                "unknown-type", "no type is named 'GroupNumer'",
                at: SourceLocation(file: path, line: 38, column: 31, length: 10),
                notes: [
                    .init(
                        message: "did you mean 'GroupNumber'?",
                        location: SourceLocation(file: "Grammar/protocol.yaml", line: 14, column: 3)),
                    .init(message: "no place of its own"),
                ]))
        #expect(
            list.rendered(sources: [SourceFile(path: path, bytes: Array(text.utf8))]) == """
                Grammar/commands/LST.yaml:38:31: error: no type is named 'GroupNumer' [unknown-type]
                 38 |       - { name: groups, type: GroupNumer }
                    |                               ^~~~~~~~~~
                Grammar/protocol.yaml:14:3: note: did you mean 'GroupNumber'?
                Grammar/commands/LST.yaml:38:31: note: no place of its own

                """)
    }

    @Test func aParserErrorIsShownAtItsPlace() {
        let file = SourceFile(path: "t.yaml", bytes: Array("a:\n\tb: 1\n".utf8))
        var list = DiagnosticList()
        #expect(YAMLParser.parse(file, into: &list) == nil)
        let lines = list.rendered(sources: [file]).split(separator: "\n")
        #expect(lines.first?.hasPrefix("t.yaml:2:1: error: YAML does not allow tabs for indentation") == true)
        #expect(lines.dropFirst() == [" 2 | \tb: 1", "   | ^"])
    }

    @Test func theCaretKeepsTabsStopsAtTheEndAndHidesControls() {
        let file = SourceFile(path: "t", bytes: Array("\té\u{1B}x".utf8))
        var list = DiagnosticList()
        list.append(Diagnostic(.warning, "w", "m\u{1B}", at: SourceLocation(file: "t", line: 1, column: 3, length: 9)))
        #expect(list.rendered(sources: [file]) == "t:1:3: warning: m\u{FFFD} [w]\n 1 | \té\u{FFFD}x\n   | \t ^~\n")
        #expect(!list.hasErrors)
        #expect(!list.isEmpty)
    }

    @Test func aLongLineIsCut() {
        let file = SourceFile(path: "t", bytes: [UInt8](repeating: 0x61, count: 100_000))
        var list = DiagnosticList()
        list.append(Diagnostic("e", "m", at: SourceLocation(file: "t", line: 1, column: 50_000, length: 99_999)))
        #expect(list.rendered(sources: [file]).count < 600)
    }

    @Test func placesOutsideTheFileHaveNoExcerpt() {
        let file = SourceFile(path: "t", bytes: Array("a\n".utf8))
        var list = DiagnosticList()
        list.append(Diagnostic("e", "m", at: SourceLocation(file: "t", line: 9, column: 9, length: 0)))
        list.append(Diagnostic("e", "m", at: SourceLocation(file: "s", line: 1, column: 1)))
        list.append(Diagnostic("f", "m", at: SourceLocation(file: "t", line: 0, column: -4)))
        #expect(
            list.rendered(sources: [file])
                == "s:1:1: error: m [e]\nt:0:-4: error: m [f]\nt:9:9: error: m [e]\n")
        #expect(list.sorted().map(\.location.file) == ["s", "t", "t"])
        #expect(list.all.map(\.location.file) == ["t", "s", "t"])
    }

    @Test func linesAreCountedFromOneWhateverTheirEnd() {
        let file = SourceFile(path: "t", bytes: Array("a\r\nbé\n\nc".utf8))
        #expect([0, 1, 2, 3, 4, 5].map(file.lineText) == ["", "a", "bé", "", "c", ""])
    }

    @Test func aSuggestionIsTheNearestName() {
        #expect(suggestion(for: "GroupNumer", among: ["Number", "GroupNumber", "GroupName"]) == "GroupNumber")
        #expect(suggestion(for: "tpye", among: ["name", "type"]) == "type")
        #expect(suggestion(for: "lst", among: ["lts"]) == "lts")
        #expect(suggestion(for: "ab", among: ["ac"]) == nil)
        #expect(suggestion(for: "type", among: ["type", "shape"]) == nil)
        #expect(suggestion(for: "", among: ["", "a"]) == nil)
    }
}
