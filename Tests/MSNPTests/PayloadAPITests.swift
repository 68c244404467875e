import MSNP
import Testing
import WireProtocol

struct PayloadAPITests {
    private func written(_ form: some WritableForm, _ transaction: TransactionID) throws -> String {
        var line = LineWriter(version: .msnp8)
        try form.encode(into: &line, optionalTransaction: transaction)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    @Test func aTypedPayloadCanBeGivenWhereAFormIsMade() throws {
        let hello: Payload.PlainText = "hi"
        let form = MSG.Message(acknowledgement: .both, payload: hello)
        #expect(try Payload.Message(reading: form.payload) == .plainText(hello))
        #expect(hello.text == "hi" && hello.body == WireBytes("hi"))
        #expect(form == MSG.Message(acknowledgement: .both, payload: WireBytes(try hello.encoded())))
        #expect(try written(form, 4).hasSuffix("\r\n\r\nhi"))
    }

    @Test func aTextIsAPayloadToo() throws {
        var form = QRY.Answer(clientID: "PROD", payload: "8f2f5a91b72102cd28355e9fc9000d6e")
        #expect(form.payload.count == 32)
        #expect(try written(form, 5) == "QRY 5 PROD 32\r\n8f2f5a91b72102cd28355e9fc9000d6e")
        form.payload = WireBytes()
        #expect(form.payload.isEmpty && form.payloadBytes == WireBytes())
    }

    @Test func aPayloadThatCannotBeEncodedIsRefusedWhenTheFormIsWritten() throws {
        var message = MIMEMessage(contentType: "text/plain")
        message.headers.set("X-Name", WireBytes("a\r\nb"))
        let form = MSG.Message(acknowledgement: .both, payload: message)
        #expect(form.payload.isEmpty)
        #expect(form != MSG.Message(acknowledgement: .both, payload: WireBytes()))
        do {
            _ = try written(form, 6)
            Issue.record("written")
        } catch let error as WireEncodingError {
            #expect(error.parameter == "payload")
            guard case .invalidValue(.invalidContent) = error.kind else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
