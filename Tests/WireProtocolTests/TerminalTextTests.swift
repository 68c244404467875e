import Testing
import WireProtocol

struct TerminalTextTests {
    @Test(arguments: [
        "\u{0}", "\u{7}", "\u{8}", "\n", "\r", "\u{1B}", "\u{7F}", "\u{85}", "\u{90}", "\u{9B}", "\u{9D}", "\u{AD}",
        "\u{61C}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202E}", "\u{2066}",
        "\u{2069}", "\u{FEFF}", "\u{E0041}",
    ])
    func whatDoesNotStandForItselfIsReplaced(_ text: String) {
        #expect(TerminalText.line("a\(text)b") == "a\u{FFFD}b")
    }

    @Test(arguments: ["", "Bob B", "é", "日本", "a\tb", "👩‍👩‍👧", "می‌خواهم", "e\u{301}"])
    func whatStandsForItselfIsKept(_ text: String) {
        #expect(Array(TerminalText.line(text).utf8) == Array(text.utf8))
    }

    @Test func severalLinesKeepTheirBreaks() {
        #expect(TerminalText.lines("a\nb\u{9B}c\n") == "a\nb\u{FFFD}c\n")
        #expect(TerminalText.lines("a\r\nb") == "a\u{FFFD}\nb")
    }
}
