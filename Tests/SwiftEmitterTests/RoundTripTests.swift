import Testing
import WireProtocol

/// The compiled reference code at work; nothing of the grammar is imported here.
struct RoundTripTests {
    /// Frames, reads and writes a command; gives the name of its form.
    ///
    /// A stream of the same bytes gives the same message, in whole and byte by byte.
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
            try envelope.message.encode(into: &writer, optionalTransaction: envelope.transaction)
            form = envelope.message.form
            try expectStream(of: text, envelope, frame, version, service)
        } else {
            let envelope = try ServerMessage.decode(frame, version: version, service: service)
            try envelope.message.encode(into: &writer, optionalTransaction: envelope.transaction)
            form = envelope.message.form
            try expectStream(of: text, envelope, frame, version, service)
        }
        #expect(writer.bytes == Array(text.utf8), "\(text)")
        return form.map { type(of: $0).form.description }
    }

    private func expectStream<Message: DecodableMessage & Equatable>(
        of text: String, _ envelope: Envelope<Message>, _ frame: Frame, _ version: ProtocolVersion, _ service: Service
    ) throws where Message.MessageService == Service {
        for mode in ReadingMode.allCases {
            var whole = MessageDecoder<Message>(service: service, version: version, mode: mode, limits: .grammar)
            whole.append(Array((text + text).utf8))
            for _ in 0..<2 {
                #expect(try whole.next() == envelope, "\(text)")
                #expect(whole.frame == frame, "\(text)")
            }
            #expect(try whole.next() == nil)
            var slow = MessageDecoder<Message>(service: service, version: version, mode: mode, limits: .grammar)
            for byte in text.utf8.dropLast() {
                slow.append([byte])
                #expect(try slow.next() == nil, "\(text)")
            }
            slow.append([text.utf8.last ?? 0])
            #expect(try slow.next() == envelope, "\(text)")
        }
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
        #expect(try roundTrip("+WAVE/1? FLAG red 5 2 9\r\nHello", .client, 1) == "flag")
        #expect(try roundTrip("+WAVE/1? FLAG red 0 0\r\n", .client, 3, .hall) == "flag")
        #expect(try roundTrip("HUSH. a  b 5\r\n", .client, 1) == "whisper")
        #expect(try roundTrip("+WAVE/1? GD so much  joy\r\n", .server, 1) == "shout")
        #expect(try roundTrip("+WAVE/1? GD\r\n", .server, 1) == "shout")
        #expect(try roundTrip("911 5\r\n", .server, 1) == "error")
        #expect(try roundTrip("911 5 3\r\nabc", .server, 2) == "error")
        #expect(try roundTrip("911 5 0\r\n", .server, 2) == "error")
        #expect(try roundTrip("911\r\n", .server, 2) == "error")
        #expect(try roundTrip("NEW 1 2 3\r\n", .server, 1) == nil)
    }

    @Test(arguments: [
        (
            "SIT 2 DIG DIG s=abc\r\n", Sender.client,
            WireDecodingError.Kind.invalidValue(.unknownValue(expected: "CLR")), "CLR"
        ),
        ("SIT 1 host:80 5 N\r\n", .server, .invalidValue(.notANumber), "since"),
        ("SIT 1 host:0 4 N\r\n", .server, .invalidValue(.outOfRange("1...65535")), "address"),
    ])
    func aValueOutsideItsVersionsIsRefused(
        _ line: String, _ sender: Sender, _ kind: WireDecodingError.Kind, _ parameter: String
    ) {
        let error = #expect(throws: WireDecodingError.self) { try roundTrip(line, sender, 1) }
        #expect(error?.kind == kind && error?.parameter == parameter, "\(String(describing: error))")
    }

    /// A value of many words takes no part in their number, and a writer refuses what nobody would read as it was.
    @Test func theRestOfALineIsOneValue() throws {
        let text = Array(repeating: "x", count: 50).joined(separator: " ")
        #expect(try roundTrip("+WAVE/1? GD \(text)\r\n", .server, 1) == "shout")
        let shout = WAVE.Shout(mood: .good, text: try Cry("a  b"))
        #expect(shout.fields.map(\.description) == ["mood=GD", "text=a  b"])
        for text in ["", " a", "a ", "a\tb", String(repeating: "a", count: 101)] {
            #expect(throws: ValueError.self, "\(text)") { try Cry(text) }
            var writer = LineWriter(version: .demo1)
            let form = WAVE.Shout(mood: .good, text: Cry(checked: WireBytes(text)))
            #expect(throws: WireEncodingError.self, "\(text)") { try form.encode(into: &writer) }
            #expect(writer.count == 0)
        }
        let whisper = HUSH.Whisper(secret: try Murmur("the password"))
        #expect(!"\(whisper) \(whisper.secret)".contains("password"))
    }

    @Test func aHeaderIsAPartOfItsPayload() throws {
        let error = #expect(throws: WireDecodingError.self) {
            try roundTrip("+WAVE/1? FLAG red 5 6\r\nHello", .client, 1)
        }
        #expect(error?.kind == .invalidValue(.outOfRange("0...5, the bytes of the payload")))
        #expect(error?.parameter == "size" && error?.offset == 20)
        var writer = LineWriter(version: .demo1)
        let form = WAVE.Flag(colour: "red", size: 6, payload: "Hello")
        #expect(throws: WireEncodingError.self) { try form.encode(into: &writer) }
        #expect(writer.count == 0)
    }

    private func fields(
        _ fields: [String: FieldValue], _ version: UInt8, command: String, form: String
    ) throws -> String {
        let version = ProtocolVersion(version)
        let reader = FieldReader(fields, version: version, command: command, form: form)
        let message = try ServerMessage.make(command: command, form: form, fields: reader)
        var writer = LineWriter(version: version)
        try message.encode(into: &writer, optionalTransaction: 5)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func refusal(
        _ fields: [String: FieldValue], _ version: UInt8, command: String, form: String
    ) -> WireEncodingError.Kind? {
        let error = #expect(throws: WireEncodingError.self) {
            try self.fields(fields, version, command: command, form: form)
        }
        return error?.kind
    }

    @Test func aMessageIsMadeOfItsFields() throws {
        let address: [String: FieldValue] = ["address": "host:80;way", "lists": "5", "since": "77", "isAdult": "true"]
        #expect(try fields(address, 1, command: "SIT", form: "welcome") == "SIT 5 host:80;way 5 77 Y\r\n")
        var places = address
        places["places"] = ["1", "2"]
        #expect(try fields(places, 3, command: "SIT", form: "welcome") == "SIT 5 host:80;way 5 77 Y 1,2\r\n")
        #expect(refusal(places, 1, command: "SIT", form: "welcome") == .forbiddenInVersion)
        #expect(refusal(address, 1, command: "SIT", form: "none") == .unknownForm)
        #expect(refusal(address, 1, command: "ZZZ", form: "welcome") == .unknownForm)
    }

    @Test func anErrorReplyOfFieldsHasThePayloadThatIsGiven() throws {
        for version: UInt8 in [1, 2] {
            #expect(try fields(["code": "911"], version, command: "error", form: "error") == "911 5\r\n")
        }
        let details: [String: FieldValue] = ["code": "201", "payload": "abc"]
        #expect(try fields(details, 2, command: "error", form: "error") == "201 5 3\r\nabc")
        #expect(refusal(details, 1, command: "error", form: "error") == .forbiddenInVersion)
        #expect(
            refusal(["code": "1000"], 2, command: "error", form: "error")
                == .invalidValue(.outOfRange("0...999, with 3 digits")))
    }

    @Test func aFormIsChangedByItsProperties() throws {
        var welcome = SIT.Welcome(
            address: Address(host: "host", port: try PortNumber(80)), lists: [.friends, .blocked])
        #expect(welcome.fields.map(\.description) == ["address=host:80", "lists=5"])
        welcome.since = 77
        welcome.isAdult = false
        welcome.places = [1, 9]
        welcome.address = Address(host: welcome.address.host, port: welcome.address.port, path: "way")
        #expect(welcome.address == Address(host: "host", port: try PortNumber(80), path: "way"))
        let names = ["address", "lists", "since", "isAdult", "places"]
        #expect(welcome.fields.map(\.name) == names)
        #expect(welcome.fields(in: .demo3).map(\.name) == names)
        #expect(welcome.fields(in: .demo2).map(\.name) == ["address", "lists", "since"])
        welcome.lists = .blocked
        #expect(welcome.fields(in: .demo3).map(\.name) == ["address", "lists", "isAdult", "places"])
        #expect(SIT.Welcome.has(.places, in: .demo3) && !SIT.Welcome.has(.places, in: .demo2))
        #expect(!SIT.Welcome.has(.isAdult, in: .demo2) && SIT.Welcome.has(.isAdult, in: .demo1))
        let open = try SIT.Open(password: Password("hunter2"))
        for text in ["\(open)", String(reflecting: open)] { #expect(!text.contains("hunter2"), "\(text)") }
        #expect(open.fields.map(\.isSensitive) == [true])
        #expect(open.detached() == open)
    }
}
