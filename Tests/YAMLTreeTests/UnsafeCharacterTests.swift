import Testing
import YAMLTree

struct UnsafeCharacterTests {
    @Test(
        arguments: [
            (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0x2028, 0x2029), (0x061C, 0x061C), (0x200E, 0x200F),
            (0x202A, 0x202E),
            (0x2066, 0x2069), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
        ] as [(UInt32, UInt32)])
    func invisibleCharactersAreRefusedInValuesAndKeys(_ first: UInt32, _ last: UInt32) {
        for value in [first, last] {
            let digits = String(value, radix: 16, uppercase: true)
            let escape = "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            let result = read("a: 1\nbb: \"x\(escape)\"\n\"c\(escape)\": 2\n")
            #expect(
                result.found == [Found("unsafe-character", 2, 5, 13), Found("unsafe-character", 3, 1, 13)], "\(digits)")
            let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            #expect(result.list.all.first?.message == "the text contains the invisible character U+\(name); remove it")
            #expect(result.root == nil)
        }
    }

    @Test func anInvisibleCharacterInTheFileIsReportedAtItsColumn() {
        #expect(read("a: [b, c\u{202E}d]\n").found == [Found("unsafe-character", 1, 9)])
        #expect(read("a\u{200F}: b\n").found == [Found("unsafe-character", 1, 2)])
    }

    @Test func tabsLineFeedsAndLettersOfAllScriptsAreTexts() throws {
        let result = read("a: \"\\t\\n \u{E9}\u{5D0}\u{627}\u{1F642}\"\n")
        #expect(result.found.isEmpty)
        #expect(result.root?.mapping?.first?.value.scalar == "\t\n \u{E9}\u{5D0}\u{627}\u{1F642}")
    }

    @Test func onlyLinesMayHaveCarriageReturns() {
        let text =
            "a: \"x\\r\\n\"\nlines: \"x\\r\\n\"\nmore: { lines: \"\\r\", \"lines\\r\": 1 }\nlist: { lines: [\"\\r\"] }\n"
        var list = DiagnosticList()
        let file = SourceFile(path: "t.yaml", bytes: Array(text.utf8))
        _ = YAMLParser.parse(file, lineKeys: ["lines"], into: &list)
        #expect(list.all.map { [$0.location.line, $0.location.column] } == [[1, 4], [3, 22], [4, 17]])
        #expect(list.all.allSatisfy { $0.identifier == "unsafe-character" })
    }

    @Test func whatIsShownDrivesNoTerminal() {
        var list = DiagnosticList()
        let place = SourceLocation(file: "a\u{1B}[2J.yaml", line: 1, column: 1)
        list.append(Diagnostic("x", "no\u{9B}31m\u{202E}\r\nway", at: place, notes: [.init(message: "\u{2028}")]))
        let sources = [SourceFile(path: "a\u{1B}[2J.yaml", bytes: Array("b\u{2067}c\u{7F}".utf8))]
        let shown = list.rendered(sources: sources)
        #expect(!shown.unicodeScalars.contains(where: UnsafeCharacter.isUnsafe))
        #expect(shown.hasPrefix("a\u{FFFD}[2J.yaml:1:1: error: no\u{FFFD}31m\u{FFFD}\u{FFFD}\u{FFFD}way [x]\n"))
    }
}

struct DiagnosticLimitTests {
    @Test func aFileShowsAHundredErrorsAndAHundredWarnings() {
        var list = DiagnosticList()
        for number in 1...500 {
            for file in ["a", "b"] {
                list.append(
                    Diagnostic(.warning, "w", "\(number)", at: SourceLocation(file: file, line: number, column: 1)))
            }
        }
        #expect(!list.hasErrors && !list.isFull(of: "a"))
        #expect(list.all.count == 202)
        for number in 1...500 {
            list.append(Diagnostic("e", "\(number)", at: SourceLocation(file: "a", line: number, column: 1)))
        }
        #expect(list.hasErrors && list.isFull(of: "a") && !list.isFull(of: "b"))
        #expect(list.all.count == 303)
        #expect(list.all.last?.message == "this file has more than 100 errors; fix them to see the rest")
        #expect(list.all.last?.location.line == 101)
    }

    @Test func aSuggestionIsNotSearchedForWithoutEnd() {
        let near = String(repeating: "a", count: 40)
        let far = (0..<10_000).map { "\($0)" + String(repeating: "b", count: 36) }
        #expect(suggestion(for: near + "x", among: [near] + far) == near)
        #expect(suggestion(for: near + "x", among: far + [near]) == nil)
        #expect(suggestion(for: String(repeating: "a", count: 65), among: [String(repeating: "a", count: 64)]) == nil)
    }
}
