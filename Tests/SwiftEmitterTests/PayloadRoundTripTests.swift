import ProtocolGrammar
import Testing
import WireProtocol

/// The payloads of the made-up grammar, in the code that is checked in.
struct PayloadRoundTripTests {
    @Test func everyExampleOfBytesIsWrittenAsItWas() throws {
        let (grammar, _) = GrammarReader.read(try Reference.files())
        #expect(Set(grammar.payloads.map(\.name)) == Set(Payload.contents.map { "\($0.payload)" }))
        for payload in grammar.payloads {
            let type = try #require(Payload.contents.first { "\($0.payload)" == payload.name })
            for example in payload.examples {
                let bytes = WireBytes(example.bytes)
                switch type {
                case let type as any MIMEPayload.Type:
                    let message = try MIMEMessage(reading: bytes)
                    #expect(try type.init(message, limits: .default).encoded() == example.bytes)
                    #expect(try Payload.Message(reading: bytes).encoded() == example.bytes)
                case let type as any BytesPayload.Type:
                    #expect(try type.init(reading: bytes, limits: .default).encoded() == example.bytes)
                default: #expect(type is any XMLPayload.Type)
                }
            }
        }
    }

    @Test func newPayloadsHaveTheirFirstFields() throws {
        var note = Payload.Note()
        note.title = "a title"
        note.urgent = false
        #expect(note.mood == .good)
        let text = "MIME-Version: 1.0\r\nContent-Type: text/x-note; charset=UTF-8\r\nMood: GD\r\nUrgent: N\r\n"
        #expect(try note.encoded() == Array((text + "Title: a title\r\n\r\n").utf8))
        #expect(try Payload.Parcel().encoded() == Array("Parcel: 1.0\r\n\r\n\r\n".utf8))
    }

    @Test func aLineBeforeTheFieldsIsTyped() throws {
        var order = Payload.Order()
        #expect(throws: PayloadError(.missingField, field: "start line")) { try order.encoded() }
        order.head.headers.startLine = WireBytes()
        #expect(throws: PayloadError(.missingField, field: "start line")) { try order.encoded() }
        order.head.place = try Address(host: "a", port: PortNumber(1))
        var item = Payload.Item()
        item.goods.count = 3
        try order.setInside(item)
        let text = "a:1\r\nContent-Type: text/x-item\r\nLength: 12\r\n\r\nItem: 3\r\n\r\n\u{0}"
        #expect(try order.encoded() == Array(text.utf8))
        let read = try Payload.Order(reading: WireBytes(text))
        #expect(read.head.place?.port.text == "1")
        #expect(try read.inside(as: Payload.Item.self) == item)
        #expect(try read.inside() is Payload.Item)
        #expect(throws: PayloadError(.wrongLength, field: "Length")) {
            try Payload.Order(reading: WireBytes(text.replacing("12", with: "13")))
        }
    }

    @Test func aPayloadIsInsideOfAnotherWhereItsConditionsHold() throws {
        let text = "a:1\r\nContent-Type: text/x-other\r\nLength: 0\r\n\r\n"
        var packet = Payload.Packet()
        packet.data = WireBytes(text)
        packet.lists = .friends
        packet.total = UInt64(text.utf8.count)
        #expect(try packet.inside() is Payload.Order)
        packet.total += 1
        #expect(try packet.inside() == nil)
        packet.total -= 1
        packet.lists = .blocked
        #expect(try packet.inside() == nil)
        var note = Payload.Note()
        note.body = WireBytes(text)
        #expect(try note.inside(as: Payload.Order.self)?.head.kind == "text/x-other")
        #expect(try note.inside(as: Payload.Item.self) == nil)
        note.title = "a title"
        #expect(try note.inside() == nil)
        note.title = nil
        note.body = WireBytes("no place\r\n" + text)
        #expect(try note.inside() == nil)
    }

    @Test func aDocumentIsHeldAgainstItsRules() throws {
        var demo = Payload.Demo()
        #expect(throws: PayloadError(.missingField, field: "l")) { try demo.encoded() }
        demo.lists = [.friends]
        #expect(throws: PayloadError(.tooFewElements(minimum: 1), field: "Demo")) { try demo.encoded() }
        var line = Payload.Demo.Entry()
        line.words = "a & b"
        demo.lines = [line]
        demo.names = ["c", "d"]
        demo.isWhole = true
        let text = "<Demo w=\"Y\" l=\"1\"><e>a &amp; b</e><name>c</name><name>d</name></Demo>"
        #expect(try demo.encoded() == Array(text.utf8))
        try Payload.validate(demo.element, command: "SAY", form: "document", version: ProtocolVersion(2))
        demo.lists = Lists(rawValue: 6)
        #expect(throws: PayloadError(.invalidValue(.outOfRange("0...5")), field: "l")) { try demo.encoded() }
    }
}
