import Testing
import YAMLTree

struct YAMLTreeShapeTests {
    @Test func everyScalarIsTextWithItsPlace() throws {
        let result = read("version: 1.10\nyes: 'no'\nlist:\n  - a b\n  - {é: \"x\", k: [1, 2]}\nnone:\n")
        #expect(result.found.isEmpty)
        let entries = try #require(result.root?.mapping)
        #expect(entries.map(\.key) == ["version", "yes", "list", "none"])
        #expect(entries.map(\.keyLocation.line) == [1, 2, 3, 6])
        #expect(entries[0].value.scalar == "1.10")
        #expect(entries[0].value.location == SourceLocation(file: "t.yaml", line: 1, column: 10, length: 4))
        guard case .scalar("no", isQuoted: true) = entries[1].value.content else {
            Issue.record("not a quoted 'no'")
            return
        }
        #expect(entries[1].value.location.length == 4)
        let items = try #require(entries[2].value.sequence)
        #expect(items[0].scalar == "a b")
        let flow = try #require(items[1].mapping)
        #expect(items[1].location == SourceLocation(file: "t.yaml", line: 5, column: 5, length: 19))
        #expect(flow[1].keyLocation.column == 14)
        #expect(flow[1].value.location == SourceLocation(file: "t.yaml", line: 5, column: 17, length: 6))
        #expect(entries[3].value.scalar?.isEmpty == true)
        #expect(result.root?.kindName == "a mapping")
        #expect(entries[2].value.kindName == "a list")
        #expect(items[0].kindName == "text")
    }

    @Test func aByteOrderMarkAndCarriageReturnsDoNotMoveColumns() throws {
        let result = read([0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb: 2\r\n".utf8))
        #expect(result.found.isEmpty)
        let entries = try #require(result.root?.mapping)
        #expect(entries.map(\.keyLocation.column) == [1, 1])
        #expect(entries.map(\.keyLocation.line) == [1, 2])
    }

    @Test func aBlockTextIsPlacedAtItsFirstLine() throws {
        let result = read("a: |\n  one\n  two\n")
        let value = try #require(result.root?.mapping?.first?.value)
        #expect(value.scalar == "one\ntwo\n")
        #expect(value.location == SourceLocation(file: "t.yaml", line: 1, column: 4, length: 1))
    }
}

struct YAMLRuleTests {
    @Test func aDuplicateKeyIsReportedWithTheFirst() throws {
        let result = read("a: 1\nbb: 2\n\nbb: 3\n")
        #expect(result.found == [Found("duplicate-key", 4, 1, 2)])
        let note = try #require(result.list.all.first?.notes.first)
        #expect(note.location == SourceLocation(file: "t.yaml", line: 2, column: 1, length: 2))
        #expect(result.root?.mapping?.map { $0.value.scalar } == ["1", "2"])
    }

    @Test(arguments: [
        ("a:\n\tb: 1\n", 2, 1), ("a:\n  b: 1\n\tc: 2\n", 3, 1), ("a:\n  - 1\n \t- 2\n", 3, 2),
        ("\"a\": \"1\"\n\t\"b\": 2\n", 2, 1), ("a: 1\n \tb: 2\n", 2, 2),
    ])
    func aTabInAnIndentationIsRefused(text: String, line: Int, column: Int) {
        let result = read(text)
        #expect(result.found == [Found("yaml-syntax", line, column)])
        #expect(result.list.all.first?.message.hasPrefix("YAML does not allow tabs for indentation") == true)
        #expect(result.root == nil)
    }

    @Test func syntaxErrorsKeepTheTextOfLibyaml() {
        let result = read("a: b: c\n")
        #expect(result.found == [Found("yaml-syntax", 1, 5)])
        #expect(result.list.all.first?.message == "mapping values are not allowed in this context")
        #expect(read("a: 1\nb: @x\n").found == [Found("yaml-syntax", 2, 4)])
        #expect(read("a: [1, 2\nb: 3\n").found == [Found("yaml-syntax", 2, 2)])
        #expect(read("a: 'é\u{1}'\n").found == [Found("yaml-syntax", 1, 6)])
        #expect(read([0xEF, 0xBB, 0xBF] + Array("a: 1\nb: \u{1}\n".utf8)).found == [Found("yaml-syntax", 2, 4)])
    }

    @Test func aSyntaxErrorNamesWhatItIsIn() {
        let result = read("a: [1,\n  2\nb: }\n")
        #expect(result.root == nil)
        #expect(result.found.map(\.identifier) == ["yaml-syntax"])
        #expect(result.list.all.first?.notes.first?.location?.column == 4)
    }

    @Test(arguments: [
        ("a: 1\nb: \"open\nc: 2\n", 2, 4), ("a: 1\nb: 'open\n", 2, 4), ("a: 'open", 1, 4),
        ("a: \"open\nb: \"x\"\n", 1, 4),
    ])
    func anUnclosedQuoteIsReportedWhereItOpens(text: String, line: Int, column: Int) {
        let result = read(text)
        #expect(result.found == [Found("yaml-syntax", line, column)])
        #expect(result.list.all.first?.message.hasPrefix("this quote is") == true)
    }

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF, 0x0A], 1, 4), ([0x61, 0x0A, 0xC3, 0xA9, 0xC0, 0x80], 2, 2),
            ([0xFF, 0xFE, 0x61, 0x00], 1, 1), ([0x61, 0xED, 0xA0, 0x80], 1, 2), ([0x61, 0xE2, 0x82], 1, 2),
            ([0xF4, 0x90, 0x80, 0x80], 1, 1), ([0xEF, 0xBB, 0xBF, 0x61, 0x80], 1, 2),
        ] as [([UInt8], Int, Int)])
    func invalidUTF8IsReportedAtItsByte(bytes: [UInt8], line: Int, column: Int) {
        let result = read(bytes)
        #expect(result.found == [Found("invalid-utf8", line, column)])
        #expect(result.root == nil)
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\u{FEFF}"])
    func anEmptyFileIsRefused(text: String) {
        let result = read(text)
        #expect(result.found == [Found("empty-file", 1, 1)])
        #expect(result.root == nil)
    }

    @Test func aFileOverTheLimitIsRefused() {
        let result = read([UInt8](repeating: 0xFF, count: 10_485_760))
        #expect(result.found == [Found("file-too-large", 1, 1)])
        #expect(read("a: 12\n", limits: YAMLLimits(bytes: 6)).found.isEmpty)
        #expect(read("a: 123\n", limits: YAMLLimits(bytes: 6)).found == [Found("file-too-large", 1, 1)])
    }

    @Test func anchorsAndAliasesAreRefused() {
        let result = read("a: &one 1\nb: *one\nc: &m {x: 1}\nd:\n  - &s\n    - 1\n")
        #expect(
            result.found == [
                Found("yaml-alias", 1, 4, 4), Found("yaml-alias", 2, 4, 4), Found("yaml-alias", 3, 4, 2),
                Found("yaml-alias", 5, 5, 2),
            ])
        #expect(result.root == nil)
        #expect(read("<<: *base\n").found == [Found("yaml-alias", 1, 5, 5)])
    }

    @Test func tagsAreRefused() {
        let result = read("a: !!int 1\nb: !x [1]\nc: &k !y 2\nd: !<z> 3\n")
        #expect(
            result.found == [
                Found("yaml-tag", 1, 4, 5), Found("yaml-tag", 2, 4, 2), Found("yaml-alias", 3, 4, 2),
                Found("yaml-tag", 3, 7, 2), Found("yaml-tag", 4, 4, 4),
            ])
        #expect(result.root == nil)
    }

    @Test func aSecondDocumentIsRefused() {
        #expect(read("---\na: 1\n---\nb: 2\n").found == [Found("yaml-documents", 3, 1, 3)])
        #expect(read("---\na: 1\n...\n").found.isEmpty)
    }

    @Test func nestingOverTheLimitIsRefused() {
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        #expect(read(nested(32)).found.isEmpty)
        #expect(read(nested(33)).found == [Found("yaml-depth", 1, 33)])
        #expect(read("a:\n  b:\n    c: 1\n", limits: YAMLLimits(depth: 2)).found == [Found("yaml-depth", 3, 5)])
        #expect(read(String(repeating: "[", count: 200_000)).found.map(\.identifier) == ["yaml-depth"])
        #expect(read(String(repeating: "- ", count: 100_000)).found.map(\.identifier) == ["yaml-depth"])
    }

    @Test func nodesOverTheLimitAreRefused() {
        #expect(read("- a\n- b\n- c\n", limits: YAMLLimits(nodes: 4)).found.isEmpty)
        #expect(read("- a\n- b\n- cc\n", limits: YAMLLimits(nodes: 3)).found == [Found("yaml-size", 3, 3, 2)])
        #expect(read("- [a, b]\n- [c, d]\n", limits: YAMLLimits(items: 2)).found.isEmpty)
        #expect(read("- [a, b]\n- [c, d, e]\n", limits: YAMLLimits(items: 2)).found == [Found("yaml-size", 2, 10)])
        #expect(read("{a: b, c: d, e: f}\n", limits: YAMLLimits(items: 2)).found == [Found("yaml-size", 1, 14)])
        #expect(read(String(repeating: "- a\n", count: 1001)).found == [Found("yaml-size", 1001, 3)])
        let many = String(repeating: "- [" + String(repeating: "a,", count: 199) + "]\n", count: 101)
        #expect(read(many).found == [Found("yaml-size", 100, 400)])
    }

    @Test func aKeyThatIsNoTextIsRefused() {
        let result = read("[a, b]: 1\nc: {{x: 1}: 2}\n")
        #expect(result.found == [Found("yaml-key", 1, 1, 6), Found("yaml-key", 2, 5, 6)])
        #expect(result.list.all.first?.message == "a key must be text, not a list")
        #expect(result.root == nil)
    }

    @Test func atMostAHundredProblemsAreReported() {
        let result = read(String(repeating: "- *a\n", count: 1000))
        #expect(result.found.count == 101)
        #expect(result.found.last?.identifier == "too-many-errors")
    }

    @Test func noPrefixOrByteChangeCrashes() {
        let text = Array("---\na: &x [1, {b: 'c'}]\n? \"k\\u00e9\"\n: !t |\n  é\n<<: *x\n...\n".utf8)
        for end in 0...text.count { _ = read(Array(text[..<end])) }
        for index in text.indices {
            for byte in [0x00, 0x09, 0x0A, 0x22, 0x27, 0x2D, 0x3A, 0x5B, 0x7B, 0x80, 0xC2, 0xE2, 0xFF] as [UInt8] {
                var changed = text
                changed[index] = byte
                let result = read(changed)
                #expect(result.root != nil || result.list.hasErrors)
            }
        }
    }
}
