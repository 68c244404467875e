import Testing

@testable import ReferenceSite

/// Documents as people read them.
struct DocumentTextTests {
    @Test(arguments: [
        ("<a><b>x</b><c/></a>", ["<a>", "  <b>x</b>", "  <c/>", "</a>"]),
        ("<?xml version=\"1.0\"?><a>\r\n  <b></b>\r\n</a>", ["<?xml version=\"1.0\"?>", "<a>", "  <b></b>", "</a>"]),
        ("<a>two\nlines</a>", ["<a>two", "lines</a>"]), ("</a></b>", ["</a>", "</b>"]), ("<a", ["<a"]),
        ("no <b>document</b>", ["no <b>document</b>"]),
    ]) func tagsStandOnLinesOfTheirOwn(_ text: String, _ lines: [String]) {
        #expect(DocumentText.lines(of: Array(text.utf8)) == lines)
    }

    @Test func otherBytesAreADump() {
        #expect(DocumentText.lines(of: [0x3C, 0xFF, 0x00]) == ["3C FF 00" + String(repeating: " ", count: 42) + "<.."])
    }
}
