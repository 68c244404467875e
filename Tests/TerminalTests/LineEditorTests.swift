import Terminal
import Testing

struct LineEditorTests {
    private func type(_ text: String, in editor: inout LineEditor) {
        for scalar in text.unicodeScalars { editor.press(.text(scalar)) }
    }

    @Test(arguments: [
        ([Key.left, .left, .text("x")], "one txwo", 2),
        ([.home, .delete], "ne two", 6), ([.backspace], "one tw", 0), ([.killWord], "one ", 0),
        ([.wordLeft, .text("x")], "one xtwo", 3), ([.wordLeft, .wordLeft, .wordRight, .text("x")], "onex two", 4),
        ([.wordLeft, .killToEnd], "one ", 0), ([.wordLeft, .killToStart], "two", 3),
        ([.killWord, .home, .yank], "twoone ", 4), ([.left, .end, .text("!")], "one two!", 0),
        ([.right, .delete, .up, .down], "one two", 0),
    ])
    func keysEditTheLine(_ keys: [Key], _ text: String, _ charactersBehind: Int) {
        var editor = LineEditor()
        type("one two", in: &editor)
        keys.forEach { editor.press($0) }
        #expect(editor.text == text)
        #expect(editor.right.count == charactersBehind)
    }

    @Test func theCursorMovesOverWholeCharacters() {
        var editor = LineEditor()
        type("a👩‍👩‍👧e\u{301}", in: &editor)
        editor.press(.left)
        #expect(editor.right == "e\u{301}")
        editor.press(.backspace)
        #expect(editor.text == "ae\u{301}")
    }

    @Test func theHistoryKeepsWhatIsBeingTyped() {
        var editor = LineEditor()
        for line in ["first", "second", "second", "  "] {
            type(line, in: &editor)
            _ = editor.takeLine()
        }
        #expect(editor.history == ["first", "second"])
        type("draft", in: &editor)
        var seen: [String] = []
        for key in [Key.up, .up, .up, .down, .down, .down] {
            editor.press(key)
            seen.append(editor.text)
        }
        #expect(seen == ["second", "first", "first", "second", "draft", "draft"])
    }

    @Test func theLineAndTheHistoryAreBounded() {
        var editor = LineEditor()
        type(String(repeating: "x", count: 5000), in: &editor)
        #expect(editor.text.count == 4096)
        _ = editor.takeLine()
        for number in 0..<600 {
            type("\(number)", in: &editor)
            _ = editor.takeLine()
        }
        #expect(editor.history.count == 500)
        #expect(editor.history.first == "100")
    }
}
