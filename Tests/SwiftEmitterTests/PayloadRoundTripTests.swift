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
