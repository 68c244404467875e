import ProtocolGrammar
import Testing

@testable import ReferenceSite

/// The builder of HTML lets no text become markup.
struct HTMLTests {
    @Test(arguments: [
        ("plain", "plain"), ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("\"quoted\"", "&quot;quoted&quot;"),
        ("&lt;", "&amp;lt;"), ("é", "é"), ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{0}b", "a\u{FFFD}b"),
    ]) func textIsEscaped(_ text: String, _ markup: String) {
        #expect(HTML(text).markup == markup)
    }

    @Test func attributesAreEscapedAndFlagsHaveNoValue() {
        let element = tag("a", .label("x\"><script>"), .flag("hidden")) { "<" }
        #expect(element.markup == "<a aria-label=\"x&quot;&gt;&lt;script&gt;\" hidden>&lt;</a>")
        #expect(tag("a", .href("x\"><b>{1}")) {}.markup == "<a href=\"x%22%3E%3Cb%3E%7B1%7D\"></a>")
    }

    @Test func anEmptyClassIsLeftOut() {
        #expect(tag("p", .class("")) {}.markup == "<p></p>")
    }

    @Test func theBuilderTakesTextPiecesConditionsAndLoops() {
        let isShown = false
        let html = tag("ul") {
            "a"
            if isShown { tag("li") { "no" } }
            for item in ["<", "b"] { tag("li") { item } }
            [HTML("c"), HTML("d")]
        }
        #expect(html.markup == "<ul>a<li>&lt;</li><li>b</li>cd</ul>")
    }

    @Test(arguments: [
        ("index.html", "commands/USR.html", nil, "../index.html"),
        ("commands/USR.html", "commands/XFR.html", "USR.join", "USR.html#USR.join"),
        ("commands/USR.html", "commands/USR.html", "forms", "#forms"),
        ("commands/USR.html", "index.html", nil, "commands/USR.html"),
        ("grammar/payloads/a.yaml.html", "grammar/commands/b.yaml.html", "L1", "../payloads/a.yaml.html#L1"),
    ]) func aLinkLeadsFromPageToPage(_ path: String, _ page: String, _ anchor: String?, _ expected: String) {
        #expect(PagePath.relative(path, from: page, anchor: anchor) == expected)
    }

    @Test func anAddressHasNoCharactersThatAddressesMayNotHave() {
        #expect(Attribute.href("a.html?v=1#word.{1} \"é|\\").value == "a.html?v=1#word.%7B1%7D%20%22é%7C%5C")
    }

    @Test(arguments: [
        ([UInt8]("USR 1\r\n".utf8), #"USR 1\r\n"#), ([0x41, 0x00, 0xFF], #"A\x00\xFF"#), ([UInt8]("é\\".utf8), #"é\\"#),
        ([0x41, 0x7F], #"A\x7F"#),
    ]) func bytesAreSpelledAsPeopleWriteThem(_ bytes: [UInt8], _ text: String) {
        #expect(EscapedText.of(bytes) == text)
    }
}
