import Terminal
import Testing

struct KeyReaderTests {
    private func keys(_ text: String) -> [Key] {
        var reader = KeyReader()
        return reader.read(text.utf8)
    }

    @Test(arguments: [
        ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}[C", .right), ("\u{1B}[D", .left),
        ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}[F", .end), ("\u{1B}[4~", .end), ("\u{1B}[3~", .delete),
        ("\u{1B}[1;5D", .wordLeft), ("\u{1B}b", .wordLeft), ("\u{1B}[1;5C", .wordRight), ("\u{1B}f", .wordRight),
        ("\r", .enter), ("\n", .enter), ("\u{7F}", .backspace), ("\u{08}", .backspace), ("\t", .tab),
        ("\u{01}", .home), ("\u{05}", .end), ("\u{0B}", .killToEnd), ("\u{15}", .killToStart), ("\u{17}", .killWord),
        ("\u{03}", .interrupt), ("\u{04}", .endOfInput), ("\u{1A}", .suspend), ("\u{0C}", .redraw), ("a", .text("a")),
        ("é", .text("é")), ("好", .text("好")), ("😀", .text("😀")),
    ])
    func aSequenceIsAKeyHoweverItIsCut(_ text: String, _ key: Key) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var reader = KeyReader()
            #expect(reader.read(bytes[..<cut]) + reader.read(bytes[cut...]) == [key])
        }
    }

    @Test(arguments: [
        "\u{1B}[5~", "\u{1B}[24;80R", "\u{1B}[?1;2c", "\u{1B}OP", "\u{1B}x", "\u{1B}\u{1B}[Z",
        "\u{1B}[" + String(repeating: "1", count: 60) + "A",
    ])
    func anUnknownSequenceIsSkippedAndTheNextKeyIsRead(_ text: String) {
        #expect(keys(text + "z").last == .text("z"))
        #expect(!keys(text).contains(.up))
    }

    @Test func bytesThatAreNoTextAreSkipped() {
        var reader = KeyReader()
        #expect(reader.read([0xFF, 0xC3, 0x41, 0x80, 0x42, 0xE2, 0x82]) == [.text("A"), .text("B")])
        #expect(reader.read([0xAC]) == [.text("€")])
    }

    @Test func lineBreaksInPastedTextDoNotSendIt() {
        let pasted = keys("\u{1B}[200~a\r\nb\u{03}\u{1B}[201~\r")
        #expect(pasted == [.text("a"), .text(" "), .text(" "), .text("b"), .enter])
    }
}
