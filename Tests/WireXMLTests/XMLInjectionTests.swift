import Testing
import WireProtocol
import WireXML

/// A text never becomes markup.
struct XMLInjectionTests {
    static let texts: [String] = {
        var result = [
            "", " ", "a b", " a ", "<", ">", "&", "\"", "'", "<a>&\"'</a>", "]]>", "<![CDATA[x]]>", "<!-- x -->", "-->",
            "<?x?>",
            "&lt;", "&#0;", "&amp;amp;", "<!DOCTYPE a>", "\t", "\n", "\r", "\r\n", "a\r\nb", "é", "\u{1F600}", "\u{85}",
            "\u{2028}", "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{7F}", "\u{9F}", "\u{1FFFE}", "e\u{301}",
            "/>", "' x='",
            "\" x=\"", "%3C",
        ]
        result += (0..<0x20).map { "a\(Character(Unicode.Scalar(UInt8($0))))b" }
        return result
    }()

    @Test(arguments: texts) func aTextIsRefusedOrReadBackAsItWasGiven(_ text: String) {
        let tree = WireProtocol.XMLElement(
            "a", attributes: [.init(name: "b", value: text), .init(name: "c", value: "1")],
            content: [
                .element(WireProtocol.XMLElement("d", text: text)), .text(text.isEmpty ? "." : text),
                .element(WireProtocol.XMLElement("e")),
            ])
        let bytes: [UInt8]
        do throws(PayloadError) {
            bytes = try tree.serialized()
        } catch {
            guard case .forbiddenByte = error.kind else {
                Issue.record(error)
                return
            }
            #expect(!Self.isCharacterData(text))
            return
        }
        #expect(Self.isCharacterData(text))
        do throws(PayloadError) {
            let read = try WireProtocol.XMLElement(parsing: bytes)
            #expect(read == tree)
            // Equal texts may have different scalars.
            #expect(Array((read[attribute: "b"] ?? "").utf8) == Array(text.utf8))
            #expect(Array((read[text: "d"] ?? "").utf8) == Array(text.utf8))
        } catch {
            Issue.record(error)
        }
    }

    /// Whether XML 1.0 has all characters of a text.
    private static func isCharacterData(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "\t", "\n", "\r", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": true
            default: false
            }
        }
    }

    @Test(arguments: [
        "", " ", "a b", "a>", "a/", "a=\"1\"", "<a", "&a;", "1a", "-a", "a\n", "\u{D7}", "a\u{0}", "\u{37E}",
        "a\u{2000}", "!a", "?a",
    ])
    func aNameThatIsNoneIsRefused(_ name: String) {
        let element = WireProtocol.XMLElement(name)
        #expect(throws: PayloadError(.malformedXML("bad element name"), field: name)) { try element.serialized() }
        let attribute = WireProtocol.XMLElement("a", attributes: [.init(name: name, value: "")])
        #expect(throws: PayloadError(.malformedXML("bad attribute name"), field: name)) {
            try attribute.serialized()
        }
    }

    @Test(arguments: ["a", "_a", "a-b.c_1", "é", "a\u{B7}", "a\u{300}", "\u{1F600}", "漢字", "s:a"])
    func aNameIsWrittenAndReadAgain(_ name: String) throws {
        let element = WireProtocol.XMLElement(name, attributes: [.init(name: name, value: "1")])
        #expect(try WireProtocol.XMLElement(parsing: element.serialized()) == element)
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://example.com/b'> %b;]><a/>",
        "<!DOCTYPE a PUBLIC '-//x' 'http://example.com/a.dtd'><a>&b;</a>",
    ])
    func aReferenceToAnotherDocumentIsRefused(_ document: String) {
        #expect(throws: PayloadError(.refusedXML("a document type or another declaration"))) {
            try WireProtocol.XMLElement(parsing: WireBytes(document))
        }
    }

    @Test func anInclusionIsAnElementLikeAnyOther() throws {
        let document =
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd' parse='text'/></a>"
        let tree = try WireProtocol.XMLElement(parsing: WireBytes(document))
        #expect(tree.content.count == 1)
        #expect(tree[children: "xi:include"].map(\.content) == [[]])
    }
}
