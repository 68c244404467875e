import Terminal
import TestSupport
import Testing

struct ConsoleTests {
    private func screen(_ console: inout Console, columns: Int, height: Int = 24) -> ScreenGrid {
        var grid = ScreenGrid(columns: columns, height: height)
        grid.write(console.takeOutput())
        return grid
    }

    @Test func outputDoesNotCutWhatIsBeingTyped() {
        var console = Console(columns: 40, rows: 24, prompt: "bob> ")
        _ = console.receive(Array("hel".utf8))
        console.show("* Dave is online.")
        _ = console.receive(Array("lo".utf8))
        let grid = screen(&console, columns: 40)
        #expect(grid.shown == ["* Dave is online.", "bob> hello"])
        #expect(grid.column == 10)
        #expect(grid.unknown.isEmpty)
    }

    @Test func anEnteredLineStaysOnTheScreenAboveTheNext() {
        var console = Console(columns: 40, rows: 24, prompt: "> ")
        #expect(console.receive(Array("hi\r/quit\r".utf8)) == [.line("hi"), .line("/quit")])
        #expect(screen(&console, columns: 40).shown == ["> hi", "> /quit", ">"])
    }

    @Test(arguments: [8, 20, 40, 120]) func aLongLineIsShownAroundTheCursorInOneRow(_ columns: Int) {
        var console = Console(columns: columns, rows: 24, prompt: "> ")
        let text = (0..<200).map { "\($0 % 10)" }.joined()
        _ = console.receive(Array(text.utf8))
        var grid = screen(&console, columns: columns)
        #expect(grid.shown.count == 1)
        #expect(text.hasSuffix(grid.shown[0].dropFirst(2)))
        for _ in 0..<200 {
            _ = console.receive([0x02])
            grid.write(console.takeOutput())
            #expect(grid.shown.count == 1)
            #expect(grid.column >= 2 && grid.column < columns)
        }
        #expect(text.hasPrefix(grid.shown[0].dropFirst(2)))
        #expect(grid.column == 2)
    }

    @Test(arguments: [20, 40, 120]) func outputIsBrokenBetweenWords(_ columns: Int) {
        let words = (0..<60).map { String(repeating: "w", count: $0 % 9 + 1) }
        var console = Console(columns: columns, rows: 24, prompt: "> ")
        console.show(words.joined(separator: " "))
        let rows = screen(&console, columns: columns).shown.dropLast()
        #expect(rows.allSatisfy { TextColumns.width($0) <= columns })
        #expect(rows.flatMap { $0.split(separator: " ").map(String.init) } == words)
        #expect(rows.count > 1)
    }

    @Test func aNewWidthBreaksTheLinesAnew() {
        let text = "These are some words that fit in one row of a wide terminal only."
        var console = Console(columns: 120, rows: 24, prompt: "> ")
        console.show(text)
        _ = console.receive(Array("typing".utf8))
        #expect(screen(&console, columns: 120).shown == [text, "> typing"])
        console.resize(columns: 20, rows: 24)
        let grid = screen(&console, columns: 20)
        #expect(grid.shown.last == "> typing")
        #expect(grid.shown.dropLast().joined(separator: " ") == text)
    }

    @Test func aNewWidthShowsTheLastLinesOnly() {
        var console = Console(columns: 80, rows: 6, prompt: "> ")
        for number in 0..<20 { console.show("line \(number)") }
        _ = console.takeOutput()
        console.resize(columns: 40, rows: 6)
        #expect(
            screen(&console, columns: 40, height: 6).shown
                == ["line 15", "line 16", "line 17", "line 18", "line 19", ">"])
    }

    @Test func keysThatAreNoTextAreEvents() {
        var console = Console(columns: 40, rows: 24, prompt: "> ")
        #expect(console.receive(Array("a\u{03}".utf8)).isEmpty)
        #expect(console.receive([0x03, 0x04, 0x1A]) == [.interrupt, .end, .suspend])
        #expect(screen(&console, columns: 40).shown == [">"])
    }

    @Test(arguments: ["\u{9B}", "\u{202E}", "\u{85}"]) func whatATerminalMustNotGetIsNotTyped(_ text: String) {
        var console = Console(columns: 40, rows: 24, prompt: "> ")
        #expect(console.receive(Array("a\(text)b\r".utf8)) == [.line("ab")])
    }

    @Test func wideCharactersTakeTwoColumns() {
        var console = Console(columns: 10, rows: 24, prompt: "> ")
        _ = console.receive(Array("你好世界你好".utf8))
        let grid = screen(&console, columns: 10)
        #expect(grid.shown.count == 1)
        #expect(TextColumns.width(grid.shown[0]) <= 10)
        #expect(TextColumns.rows("你好世界 👩‍👩‍👧 e\u{301}", columns: 8) == ["你好世界", "👩‍👩‍👧 e\u{301}"])
    }

    @Test func theTerminalIsLeftWithoutTheLineToTypeIn() {
        var console = Console(columns: 40, rows: 24, prompt: "> ")
        console.show("last")
        console.close()
        let grid = screen(&console, columns: 40)
        #expect(grid.shown == ["last"])
        #expect(grid.column == 0)
    }
}
