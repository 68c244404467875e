import Testing
import WireProtocol

/// The compiled reference code at work; nothing of the grammar is imported here.
struct RoundTripTests {
    /// Frames, reads and writes a command; gives the name of its form.
    private func roundTrip(
        _ text: String, _ sender: Sender, _ version: UInt8, _ service: Service = .desk
    ) throws -> String? {
        let version = ProtocolVersion(version)
        var framer = Framer(table: DEMOFraming(sender: sender, service: service, version: version), limits: .grammar)
        framer.append(Array(text.utf8))
        let frame = try #require(try framer.next(), "\(text)")
        #expect(framer.bufferedBytes == 0, "\(text)")
        var writer = LineWriter(version: version)
        let form: (any WireForm)?
        if sender == .client {
            let envelope = try ClientMessage.decode(frame, version: version, service: service)
            try envelope.message.encode(into: &writer, transaction: envelope.transaction)
            form = envelope.message.form
        } else {
            let envelope = try ServerMessage.decode(frame, version: version, service: service)
            try envelope.message.encode(into: &writer, transaction: envelope.transaction)
            form = envelope.message.form
        }
        #expect(writer.bytes == Array(text.utf8), "\(text)")
        return form.map { type(of: $0).form.description }
    }

    @Test func everyFeatureOfTheLanguageComesBackAsItWas() throws {
        let session = "44bfd5a4-7450-4bda-ba3a-c51b3031126d"
        #expect(try roundTrip("HEY 0 DEMO1 ANY 12af!\r\n", .client, 1) == "offer")
        #expect(try roundTrip("HEY 5 OK DEMO1\r\n", .server, 1) == "agreed")
        #expect(try roundTrip("HEY 5 OK DEMO2 \(session) {\(session)}\r\n", .server, 2) == "agreed")
        #expect(try roundTrip("SIT 1 CLR secret\r\n", .client, 1) == "open")
        #expect(try roundTrip("SIT 2 DIG CLR s=abc\r\n", .client, 2) == "digest")
        #expect(try roundTrip("SIT 1 host:80;way 5 77 Y 1,2,9\r\n", .server, 3) == "welcome")
        #expect(try roundTrip("SIT 1 host:80 4\r\n", .server, 2) == "welcome")
        #expect(try roundTrip("SAY 4 GD Al%20ice 5\r\nhello", .client, 1, .hall) == "words")
        #expect(try roundTrip("SAY 4 XX 5\r\nhello", .client, 1, .hall) == "words")
        #expect(try roundTrip("SAY SUM 4\r\n\r\n\r\n", .client, 3, .hall) == "digest")
        #expect(try roundTrip("SAY Alice a b 5\r\nhello", .server, 1, .hall) == "heard")
        #expect(try roundTrip("SAY  0\r\n", .server, 1, .hall) == "heard")
        #expect(try roundTrip("SAY 1 DOC 7 7\r\n<Demo/>", .server, 3) == "document")
        #expect(try roundTrip("BYE\r\n", .client, 0) == "leave")
        #expect(try roundTrip("911 5\r\n", .server, 1) == "error")
        #expect(try roundTrip("911 5 3\r\nabc", .server, 2) == "error")
        #expect(try roundTrip("NEW 1 2 3\r\n", .server, 1) == nil)
    }

    @Test func aValueOutsideItsVersionsIsRefused() {
        #expect(throws: DecodingError.self) { try roundTrip("SIT 2 DIG DIG s=abc\r\n", .client, 1) }
        #expect(throws: DecodingError.self) { try roundTrip("SIT 1 host:80 5 N\r\n", .server, 1) }
        #expect(throws: DecodingError.self) { try roundTrip("SIT 1 host:0 4 N\r\n", .server, 1) }
    }
}
