import Testing
import WireProtocol

/// Tables of XML elements.
struct ElementTableTests {
    @Test(
        arguments: [
            (demo([("l", "1")], ["e"]), nil),
            (demo([("l", "1"), ("w", "Y")], []), nil),
            // An attribute that is empty is there, but it has no value.
            (demo([("l", "1"), ("w", "")], []), nil),
            (XMLElement("demo"), PayloadError(.otherElement(expected: "'Demo'"), field: "demo")),
            (demo([], ["e"]), PayloadError(.missingField, field: "l")),
            (demo([("l", "")], ["e"]), PayloadError(.missingField, field: "l")),
            (demo([("l", "6")], ["e"]), PayloadError(.invalidValue(.outOfRange("0...5")), field: "l")),
            (demo([("l", "-1")], ["e"]), PayloadError(.invalidValue(.outOfRange("0...5")), field: "l")),
            (demo([("l", "1x")], ["e"]), PayloadError(.invalidValue(.notANumber), field: "l", offset: 1)),
            (
                demo([("l", "1"), ("w", "1")], ["e"]),
                PayloadError(.invalidValue(.unknownValue(expected: "N or Y")), field: "w")
            ),
            (
                demo([("l", "1"), ("p", "65536")], ["e"]),
                PayloadError(.invalidValue(.outOfRange("1...65535")), field: "p")
            ),
            (demo([("l", "1")], []), PayloadError(.tooFewElements(minimum: 1), field: "Demo")),
            (demo([("l", "1")], ["x"]), PayloadError(.tooFewElements(minimum: 1), field: "Demo")),
        ] as [(XMLElement, PayloadError?)])
    func aDocumentIsHeldToItsTable(_ element: XMLElement, _ error: PayloadError?) {
        let found: PayloadError?
        do throws(PayloadError) {
            #expect(try Demo(element).element == element)
            found = nil
        } catch { found = error }
        #expect(found == error)
    }

    @Test func elementsInsideAreHeldToTheirOwn() throws {
        var inner = XMLElement("e", attributes: [.init(name: "n", value: "1")])
        inner.content = [.element(XMLElement("t", text: "GD")), .text("words"), .element(XMLElement("new"))]
        var outer = inner
        outer.content.append(.element(inner))
        var document = demo([("l", "1")], [])
        document.content = [.element(outer)]
        #expect(try Demo(document).entries.first?.inner?.element == inner)
        inner.content = [.element(XMLElement("t", text: "XX"))]
        outer.content = [.element(inner)]
        document.content = [.element(outer)]
        #expect(throws: PayloadError(.invalidValue(.unknownValue(expected: "GD, BD")), field: "t")) {
            try Demo(document)
        }
        outer.content = [.element(XMLElement("e"))]
        document.content = [.element(outer)]
        #expect(throws: PayloadError(.missingField, field: "n")) { try Demo(document) }
    }

    @Test func textsAreHeldToTheirType() throws {
        var document = demo([("l", "1")], [])
        document.content = [.element(XMLElement("port", text: "1")), .element(XMLElement("port", text: "0"))]
        #expect(throws: PayloadError(.invalidValue(.outOfRange("1...65535")), field: "port")) { try Demo(document) }
        document.content = [.element(XMLElement("port")), .element(XMLElement("name", text: "any text"))]
        #expect(try Demo(document).port == nil)
    }

    @Test func eachNameHasAMinimumOfItsOwn() throws {
        #expect(throws: PayloadError(.tooFewElements(minimum: 2), field: "Other")) { try Other().encoded() }
        var other = Other()
        other.element.set(children: "a", to: ["1", ""], in: Other.table)
        #expect(try other.encoded() == Array("<Other><a>1</a><a/></Other>".utf8))
    }

    @Test func whatIsNewStandsInTheOrderOfTheTable() throws {
        var demo = Demo()
        demo.element[attribute: "l"] = "1"
        demo.port = 80
        var entry = Demo.Entry()
        entry.element[attribute: "n"] = "x"
        entry.inner = entry
        demo.entries = [entry]
        demo.isWhole = true
        let text = "<Demo w=\"Y\" l=\"1\"><e n=\"x\"><e n=\"x\"/></e><port>80</port></Demo>"
        #expect(try demo.encoded() == Array(text.utf8))
        demo.port = nil
        demo.isWhole = nil
        demo.entries[0].inner = nil
        #expect(try demo.encoded() == Array("<Demo l=\"1\"><e n=\"x\"/></Demo>".utf8))
        #expect(Demo.payload.description == "demo" && Demo.elementName.description == "Demo")
    }
}

private func demo(_ attributes: [(String, String)], _ children: [String]) -> XMLElement {
    let entry = [XMLElement.Attribute(name: "n", value: "1")]
    return XMLElement(
        "Demo", attributes: attributes.map { XMLElement.Attribute(name: $0.0, value: $0.1) },
        content: children.map { .element(XMLElement($0, attributes: entry)) })
}
