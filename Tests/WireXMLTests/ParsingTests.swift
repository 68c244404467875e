import TestSupport
import Testing
import WireProtocol
import WireXML

private typealias Element = WireProtocol.XMLElement

private func parse(_ text: String, limits: PayloadLimits = .default) throws(PayloadError) -> Element {
    try Element(parsing: WireBytes(text), limits: limits)
}

private func failure(_ bytes: [UInt8], limits: PayloadLimits = .default) -> PayloadError? {
    do throws(PayloadError) {
        _ = try Element(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

struct ParsingTests {
    @Test func elementsAttributesAndTextKeepTheirOrder() throws {
        let names = ["z", "y", "x", "w", "v", "u", "t", "s"]
        let attributes = names.map { " \($0)='\($0)1'" }.joined()
        let tree = try parse("<a\(attributes)>one<b/>two<c>three</c></a>")
        #expect(tree.attributes.map(\.name) == names)
        #expect(tree.attributes.map(\.value) == names.map { $0 + "1" })
        #expect(
            tree.content == [
                .text("one"), .element(Element("b")), .text("two"), .element(Element("c", content: [.text("three")])),
            ])
    }

    @Test(arguments: [
        ("<a/>", ""), ("<a></a >", ""), ("<a>1 &lt; 2 &amp;&#x26; 3&#33;</a>", "1 < 2 && 3!"),
        ("<a>o<!-- - <b> --><!---->n<![CDATA[<e>&amp;]]></a>", "on<e>&amp;"),
        ("<a>\r\n \r\n</a>", "\n \n"), ("<a>é€\u{1F600}\u{7F}\u{2028}</a>", "é€\u{1F600}\u{7F}\u{2028}"),
        ("\u{FEFF}<?xml version=\"1.0\" encoding='UTF-8' standalone=\"yes\" ?>\r\n<a>x</a>\n<!-- end --> ", "x"),
    ])
    func textIsDecodedAndJoined(document: String, text: String) throws {
        let tree = try parse(document)
        #expect(tree.name == "a")
        #expect(tree.text == text)
    }

    @Test func namespacesAreLeftAsTheyAreWritten() throws {
        let tree = try parse("<s:a xmlns:s='http://example.com/s' xmlns='x' s:b='1' b='2'><t:c t:d='3'/></s:a>")
        #expect(tree.name == "s:a")
        #expect(tree.attributes.map(\.name) == ["xmlns:s", "xmlns", "s:b", "b"])
        let child = try #require(tree[children: "t:c"].first)
        #expect(child[attribute: "t:d"] == "3")
    }

    @Test func valuesOfAttributesAreDecoded() throws {
        let tree = try parse("<a b='&quot;&apos;&#10;&#xE9;' c=\"it's > 1\nx\"/>")
        #expect(tree[attribute: "b"] == "\"'\né")
        #expect(tree[attribute: "c"] == "it's > 1 x")
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let tree = Element(
            "Data", attributes: [.init(name: "q", value: "<\"'&\t\n\r>")],
            content: [.text("a & b < c > d \" e ' \r f"), .element(Element("PSM", content: [.text("]]>")]))])
        #expect(try Element(parsing: tree.serialized()) == tree)
    }

    @Test func bytesMayBePartOfALargerChunk() throws {
        let chunk = Array("UBX 4\r\n<a/>X".utf8)
        #expect(try Element(parsing: WireBytes(chunk: chunk, range: 7..<11)).name == "a")
    }
}

struct RefusalTests {
    @Test(arguments: [
        ("", 0), ("   ", 3), ("<", 1), ("<a", 0), ("<a/", 0), ("<a>", 3), ("<a><b></a>", 6), ("<a></b>", 3),
        ("</a>", 0), ("<a/><b/>", 4), ("<a/>x", 4), ("x<a/>", 0), ("<a/>&amp;", 4), ("<a b/>", 3), ("<a b=1/>", 5),
        ("<a b='1'c='2'/>", 8), ("<a b='<'/>", 6), ("<a b='/>", 6), ("<a/ >", 0), ("<a><!-- </a>", 3),
        ("<a><![CDATA[ </a>", 3), ("<a =''/>", 3), ("< a/>", 1), (" <?xml version='1.0'?><a/>", 1),
    ])
    func markupThatIsNotWellFormedIsRefusedAtItsPlace(document: String, offset: Int) throws {
        let error = try #require(failure(Array(document.utf8)))
        #expect(error.offset == offset, "\(error)")
    }

    @Test(arguments: [
        "<a>&foo;</a>", "<a b='&foo;'/>", "<a>& </a>", "<a>&#0;</a>", "<a>&#1;</a>", "<a>&#xD800;</a>",
        "<a b='1' b='2'/>", "<a>&#x110000;</a>", "<a>]]></a>", "<1a/>", "<a 1='2'/>", "<a><!-- -- --></a>",
        "<a>\u{FFFE}</a>", "<a xmlns:b=''/>", "<a xmlns:xml='x'/>", "<a>&#99999999999999999999;</a>",
        "<a xmlns:p='u:x' xmlns:q='u:x' p:b='' q:b=''/>",
    ])
    func whatOnlyTheParserSeesIsRefused(document: String) throws {
        let error = try #require(failure(Array(document.utf8)))
        guard case .malformedXML = error.kind else {
            Issue.record("\(error)")
            return
        }
        #expect((0...document.utf8.count).contains(error.offset))
    }

    @Test(arguments: [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 0), ("<a><!ENTITY b 'c'></a>", 3),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 0), ("<a/><!DOCTYPE a>", 4), ("<?x?><a/>", 0),
        ("<a><?x y?></a>", 3), ("<?xml-stylesheet x?><a/>", 0), ("<?xml?><a/>", 0), ("<![CDATA[x]]><a/>", 0),
    ])
    func declarationsAndInstructionsAreRefused(document: String, offset: Int) throws {
        let error = try #require(failure(Array(document.utf8)))
        guard case .refusedXML = error.kind else {
            Issue.record("\(error)")
            return
        }
        #expect(error.offset == offset)
    }

    @Test func entitiesCannotGrow() throws {
        var bomb = "<!DOCTYPE a [<!ENTITY e0 'ha'>"
        for level in 1..<30 { bomb += "<!ENTITY e\(level) '&e\(level - 1);&e\(level - 1);'>" }
        let error = try #require(failure(Array((bomb + "]><a>&e29;</a>").utf8)))
        #expect(error.kind == .refusedXML("a document type or another declaration"))
    }

    @Test(arguments: [
        "<?xml ?><a/>", "<?xml version='1.1'?><a/>", "<?xml version='1.0' encoding='utf-16'?><a/>",
        "<?xml version='1.0' encoding='utf-7'?><a/>", "<?xml encoding='utf-8'?><a/>", "<?xml version='1.0'><a/>",
        "<?xml version='1.0' version='1.0'?><a/>", "<?xml version='1.0' x='y'?><a/>", "<?xml version='1.0'",
    ])
    func anyDeclarationButThatOfXML1InUTF8IsRefused(document: String) throws {
        let error = try #require(failure(Array(document.utf8)))
        guard case .malformedXML = error.kind else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func bytesThatAreNoTextAreRefusedAtTheirPlace() {
        #expect(failure(Array("<a>".utf8) + [0]) == PayloadError(.forbiddenByte(0), offset: 3))
        #expect(failure(Array("<a>\u{1}</a>".utf8)) == PayloadError(.forbiddenByte(1), offset: 3))
        let latin = failure(Array("<a>".utf8) + [0xE9] + Array("</a>".utf8))
        #expect(latin?.kind == .invalidValue(.invalidUTF8))
        #expect(latin?.offset == 3)
        #expect(failure(Array("<a/>".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }))?.offset == 1)
    }

    @Test func limitsHoldBeforeAnythingIsParsed() {
        let limits = PayloadLimits(documentBytes: 40, depth: 2, elements: 3, attributes: 1)
        let cases: [(String, PayloadError.Kind, Int)] = [
            ("<a>" + String(repeating: "x", count: 34) + "</a>", .tooLong(limit: 40), 40),
            ("<a><b><c/></b></a>", .nestedTooDeep(limit: 2), 6),
            ("<a><b/><b/><b/></a>", .tooManyElements(limit: 3), 11),
            ("<a b='' c=''/>", .tooManyAttributes(limit: 1), 8),
        ]
        for (document, kind, offset) in cases {
            #expect(failure(Array(document.utf8), limits: limits) == PayloadError(kind, offset: offset))
        }
        #expect(failure(Array("<a b=''><b/><b>x</b></a>".utf8), limits: limits) == nil)
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(failure(Array(deep.utf8))?.kind == .nestedTooDeep(limit: 16))
    }

    @Test func noMutationOfADocumentBringsTheParserDown() {
        let seed = Array("<?xml version='1.0'?><a b='1' c=\"&lt;\"><!-- x --><d>&#65;<![CDATA[y]]></d>é<e/></a>".utf8)
        let pieces = ["<", ">", "/", "&", ";", "'", "\"", "<?", "?>", "<!", "]]>", "--", "=", " ", "x", "\u{0}", "é"]
        var random = SeededGenerator(seed: 7)
        var refused = 0
        for _ in 0..<5000 {
            var bytes = seed
            for _ in 0...random.below(4) {
                let place = random.below(bytes.count)
                let end = min(bytes.count, place + random.below(6))
                bytes.replaceSubrange(place..<end, with: Array(random.pick(pieces).utf8))
                if bytes.isEmpty { bytes = seed }
            }
            guard let error = failure(bytes) else { continue }
            refused += 1
            #expect((0...bytes.count).contains(error.offset))
        }
        #expect((2500..<5000).contains(refused))
    }
}
