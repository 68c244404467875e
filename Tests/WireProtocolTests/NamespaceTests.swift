import Testing
import WireProtocol

/// A document with two namespaces, and elements around others that say nothing else.
private struct Letter: XMLPayload {
    static let table = ElementTable(
        "s:Letter", payload: "letter", attributes: [AttributeRow("k:kind", SampleTypes.mood)],
        children: [
            .text("To/Place", SampleTypes.word), .text("To/All/Name", SampleTypes.word, minimum: 1),
            .element("Stamp", Stamp.self), .text("s:Port", SampleTypes.port),
        ],
        namespaces: ["s": "http://example.com/s", "k": "http://example.com/k"])

    var element = Self.table.newElement

    var names: [String] {
        get { element.texts(children: "To/All/Name") }
        set { element.set(children: "To/All/Name", to: newValue, in: Self.table) }
    }
    var place: String? {
        get { element[text: "To/Place"] }
        set { element.set(child: "To/Place", to: newValue, in: Self.table) }
    }
    var stamp: Stamp? {
        get { element.child("Stamp") }
        set { element.set(child: "Stamp", to: newValue, in: Self.table) }
    }
    var port: UInt32? {
        get { element.value(child: "s:Port", as: UInt32.self) }
        set { element.set(child: "s:Port", to: newValue, in: Self.table) }
    }

    struct Stamp: XMLContent {
        static let table = ElementTable("Stamp", namespaces: ["": "http://example.com/stamps"])

        var element = Self.table.newElement
    }
}

/// Namespaces and paths of elements.
struct NamespaceTests {
    private static let declared = "xmlns:s=\"http://example.com/s\" xmlns:k=\"http://example.com/k\""

    @Test func newElementsDeclareTheirNamespaces() throws {
        var letter = Letter()
        letter.port = 80
        letter.stamp = Letter.Stamp()
        letter.names = ["a", "b"]
        letter.place = "c"
        let around = "<To><Place>c</Place><All><Name>a</Name><Name>b</Name></All></To>"
        let stamp = "<Stamp xmlns=\"http://example.com/stamps\"/>"
        let text = "<s:Letter \(Self.declared)>\(around)\(stamp)<s:Port>80</s:Port></s:Letter>"
        #expect(try letter.encoded() == Array(text.utf8))
    }

    @Test func prefixesMakeNoDifferenceToAReader() throws {
        let name = XMLElement("y:All", content: [.element(XMLElement("Name", text: "a"))])
        var document = XMLElement("Letter", attributes: [.init(name: "xmlns:kind", value: "x")])
        document.content = [
            .element(XMLElement("x:To", content: [.element(name)])), .element(XMLElement("Port", text: "80")),
        ]
        var letter = try Letter(document)
        #expect(letter.names == ["a"])
        #expect(letter.port == 80)
        #expect(letter.element[attribute: "k:kind"] == nil)
        // What is changed stays where it is, and keeps its name.
        letter.port = 81
        letter.names = ["b"]
        letter.element[attribute: "k:kind"] = "bad"
        #expect(
            try letter.element.serialized()
                == Array(
                    """
                    <Letter xmlns:kind="x" k:kind="bad"><x:To><y:All><Name>b</Name></y:All></x:To><Port>81</Port></Letter>
                    """.utf8))
        document.attributes.append(.init(name: "j:kind", value: "?"))
        #expect(throws: PayloadError.self) { try Letter(document) }
    }

    @Test func aSetListIsWrittenWithTheElementsAroundIt() throws {
        var letter = Letter()
        letter.names = []
        letter.place = nil
        #expect(letter.element.elements == [XMLElement("To", content: [.element(XMLElement("All"))])])
        #expect(throws: PayloadError(.tooFewElements(minimum: 1), field: "s:Letter")) { try letter.check() }
        var other = Letter()
        other.place = nil
        #expect(other.element.elements == [])
    }

    /// A ticket, for example, stands in the text of an element.
    @Test func aDescriptionHasNoText() {
        var letter = Letter()
        letter.place = "secret"
        letter.element.attributes.append(.init(name: "a", value: "secret"))
        var dumped = ""
        dump(letter, to: &dumped)
        for text in ["\(letter)", String(reflecting: letter), dumped] { #expect(!text.contains("secret"), "\(text)") }
    }

    @Test func anotherNameIsAnotherElement() {
        let expected = PayloadError(.otherElement(expected: "'s:Letter'"), field: "s:Letters")
        #expect(throws: expected) { try Letter(XMLElement("s:Letters")) }
        #expect(!XMLElement("a:b").isNamed("a"))
        #expect(XMLElement("a:b").isNamed("c:b"))
    }
}
