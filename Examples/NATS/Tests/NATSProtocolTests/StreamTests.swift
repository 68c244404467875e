import NATSProtocol
import Testing
import WireProtocol

/// The generated code reads what it writes, however the stream is cut, and refuses what is no NATS.
@Suite struct StreamTests {
    private static let server =
        "INFO {\"server_name\": \"one of two\"}  \r\n+OK\r\nMSG weather.de.berlin 1 5\r\nSunny\r\n"
        + "HMSG weather.de 1 answers 28 32\r\nNATS/1.0\r\nNats-Msg-Id: 7\r\n\r\nRain\r\nPING\r\n"
        + "MSG weather.none 1 0\r\n\r\nMSG a b 2\r\n\r\n\r\n-ERR 'Unknown Protocol Operation'\r\nPONG\r\n"

    private func read(_ pieces: [[UInt8]], mode: ReadingMode = .checked) -> (texts: [String], error: ReadingError?) {
        var decoder = MessageDecoder<ServerMessage>(mode: mode)
        var texts: [String] = []
        for piece in pieces {
            decoder.append(piece)
            do throws(ReadingError) {
                while let envelope = try decoder.next() { texts.append(Self.text(of: envelope.message)) }
            } catch {
                return (texts, error)
            }
        }
        return (texts, nil)
    }

    private static func text(of message: ServerMessage) -> String {
        let fields = message.form?.fields.map { "\($0)" } ?? ["unknown"]
        let payload = message.form?.payloadBytes.map { ["\($0)".debugDescription] } ?? []
        let name = message.form.map { "\(type(of: $0).command)" } ?? ""
        return ([name] + fields.filter { !$0.hasPrefix("payload=") } + payload).joined(separator: " ")
    }

    private static let texts = [
        #"INFO options={"server_name": "one of two"}"#, "+OK", #"MSG subject=weather.de.berlin id=1 "Sunny""#,
        #"HMSG subject=weather.de id=1 replyTo=answers headerLength=28 "NATS/1.0\r\nNats-Msg-Id: 7\r\n\r\nRain""#,
        "PING", #"MSG subject=weather.none id=1 """#, #"MSG subject=a id=b "\r\n""#,
        "-ERR text='Unknown Protocol Operation'", "PONG",
    ]

    @Test(arguments: ReadingMode.allCases)
    func aStreamIsReadHoweverItIsCut(mode: ReadingMode) {
        let bytes = Array(Self.server.utf8)
        #expect(read([bytes], mode: mode).texts == Self.texts)
        #expect(read(bytes.map { [$0] }, mode: mode).texts == Self.texts)
        for cut in bytes.indices {
            let (texts, error) = read([Array(bytes[..<cut]), Array(bytes[cut...])], mode: mode)
            #expect(texts == Self.texts && error == nil, "cut at \(cut)")
        }
    }

    @Test(arguments: [
        // The offset is that of the byte where CR LF should be.
        ("MSG a 1 5\r\nSunnyMSG a 1 5\r\n", 0, 16), ("PONG\r\nMSG a 1 2\r\nabX\n", 1, 19),
        ("+OK\r\nHMSG a 1 12 12\r\nNATS/1.0\r\n\r\n\n\n", 1, 33),
    ])
    func aPayloadWithoutItsLineEndIsAnErrorWithItsPlace(_ stream: String, _ count: Int, _ place: UInt64) {
        let bytes = Array(stream.utf8)
        for pieces in [[bytes], bytes.map { [$0] }] {
            let (texts, error) = read(pieces)
            #expect(texts.count == count)
            guard case .framing(let failure) = error, case .wrongTrailer(let expected, let found) = failure.kind else {
                Issue.record("no error, but \(String(describing: error))")
                continue
            }
            #expect(expected == [0x0D, 0x0A] && found == place)
            #expect(
                failure.description.hasSuffix(#"payload is not followed by "\r\n" at byte \#(place) of the stream"#))
        }
    }

    @Test(arguments: [
        ("MSG a 1 1048577\r\n", "payload of 1048577 bytes is longer than 1048576"),
        ("MSG a 1 -1\r\n", "payload length '-1' is not a byte count"),
        ("MSG 5\r\n", "payload length is missing"), ("INFO\r\n", "parameter 'options' is missing"),
        ("+OK 1\r\n", "line has 1 word too many"),
        ("HMSG a 1 6 5\r\nSunny\r\n", "parameter 'headerLength' is not in 0...5, the bytes of the payload"),
    ])
    func aLineThatIsWrongSaysWhy(_ stream: String, _ reason: String) {
        let found = read([Array(stream.utf8)]).error
        let text =
            switch found {
            case .framing(let error): error.reason
            case .decoding(let error, _): error.reason
            case nil: ""
            }
        #expect(text == reason)
    }

    private func written(_ form: some WritableForm & PlainForm) throws(WireEncodingError) -> String {
        var writer = LineWriter(version: .nats, limits: .grammar)
        try form.encode(into: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func whatIsWrittenEndsWithALineEnd() throws {
        let subject = try Subject("weather.de")
        #expect(try written(PUB.Publication(subject: subject, payload: "Sunny")) == "PUB weather.de 5\r\nSunny\r\n")
        #expect(
            try written(HPUB.Publication(try Payload.Headed(messageID: "7", text: "Rain"), subject: subject))
                == "HPUB weather.de 28 32\r\nNATS/1.0\r\nNats-Msg-Id: 7\r\n\r\nRain\r\n")
        #expect(
            try written(CONNECT.Introduction(options: try ConnectOptions(#"{"name": "a b"}"#)))
                == "CONNECT {\"name\": \"a b\"}\r\n")
        #expect(try written(PING.FromClient()) == "PING\r\n")
    }

    @Test func whatNobodyCouldReadIsNotWritten() throws {
        let wrong = HPUB.Publication(subject: try Subject("a"), headerLength: 6, payload: "Sunny")
        #expect(throws: WireEncodingError.self) { try written(wrong) }
        for text in [" {}", "{} ", "{\r\n}", ""] {
            #expect(throws: ValueError.self, "\(text)") { try ConnectOptions(text) }
        }
    }

    @Test func secretsAreNotShown() throws {
        let form = CONNECT.Introduction(options: try ConnectOptions(#"{"pass":"hunter2"}"#))
        #expect(!"\(form) \(form.options) \(String(reflecting: form))".contains("hunter2"))
    }
}
