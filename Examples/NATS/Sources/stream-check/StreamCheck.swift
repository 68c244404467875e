// stream-check
//
// Checks that the generated code reads what it writes, however the stream is cut, and refuses what is no NATS. A program
// needs less than a test bundle, so that it builds as fast as the client.

import NATSProtocol
import WireProtocol

@main
struct StreamCheck {
    private var failures: [String] = []

    static func main() throws {
        var check = StreamCheck()
        for mode in ReadingMode.allCases { check.readsAStreamHoweverItIsCut(mode) }
        check.namesThePlaceOfAMissingLineEnd()
        check.saysWhatIsWrong()
        try check.endsWhatItWritesWithALineEnd()
        try check.writesNothingThatNobodyCouldRead()
        try check.showsNoSecrets()
        guard check.failures.isEmpty else { throw Failures(texts: check.failures) }
        print("all checks passed")
    }

    /// What went wrong.
    private struct Failures: Error, CustomStringConvertible {
        var texts: [String]
        var description: String { texts.joined(separator: "\n") }
    }

    private mutating func expect<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) {
        if found != expected { failures.append("\(what): found \(found), expected \(expected)") }
    }

    // MARK: - Reading

    private static let stream =
        "INFO {\"server_name\": \"one of two\"}  \r\n+OK\r\nMSG weather.de.berlin 1 5\r\nSunny\r\n"
        + "HMSG weather.de 1 answers 28 32\r\nNATS/1.0\r\nNats-Msg-Id: 7\r\n\r\nRain\r\nPING\r\n"
        + "MSG weather.none 1 0\r\n\r\nMSG a b 2\r\n\r\n\r\n-ERR 'Unknown Protocol Operation'\r\nPONG\r\n"

    private static let texts = [
        #"INFO options={"server_name": "one of two"}"#, "+OK", #"MSG subject=weather.de.berlin id=1 "Sunny""#,
        #"HMSG subject=weather.de id=1 replyTo=answers headerLength=28 "NATS/1.0\r\nNats-Msg-Id: 7\r\n\r\nRain""#,
        "PING", #"MSG subject=weather.none id=1 """#, #"MSG subject=a id=b "\r\n""#,
        "-ERR text='Unknown Protocol Operation'", "PONG",
    ]

    private func read(_ pieces: [[UInt8]], mode: ReadingMode = .checked) -> (texts: [String], error: ReadingError?) {
        var decoder = MessageDecoder<ServerMessage>(mode: mode)
        var texts: [String] = []
        for piece in pieces {
            decoder.append(piece)
            do throws(ReadingError) {
                while let envelope = try decoder.next() { texts.append(text(of: envelope.message)) }
            } catch {
                return (texts, error)
            }
        }
        return (texts, nil)
    }

    private func text(of message: ServerMessage) -> String {
        guard let form = message.form else { return "unknown" }
        let fields = form.fields.filter { $0.name != "payload" }.map { "\($0)" }
        let payload = form.payloadBytes.map { ["\($0)".debugDescription] } ?? []
        return (["\(type(of: form).command)"] + fields + payload).joined(separator: " ")
    }

    private mutating func readsAStreamHoweverItIsCut(_ mode: ReadingMode) {
        let bytes = Array(Self.stream.utf8)
        expect(read([bytes], mode: mode).texts, Self.texts, "the whole, \(mode)")
        expect(read(bytes.map { [$0] }, mode: mode).texts, Self.texts, "single bytes, \(mode)")
        for cut in bytes.indices {
            let found = read([Array(bytes[..<cut]), Array(bytes[cut...])], mode: mode)
            expect(found.texts, Self.texts, "cut at \(cut), \(mode)")
            expect(found.error, nil, "cut at \(cut), \(mode)")
        }
    }

    private mutating func namesThePlaceOfAMissingLineEnd() {
        let streams: [(text: String, count: Int, place: UInt64)] = [
            ("MSG a 1 5\r\nSunnyMSG a 1 5\r\n", 0, 16), ("PONG\r\nMSG a 1 2\r\nabX\n", 1, 19),
            ("+OK\r\nHMSG a 1 12 12\r\nNATS/1.0\r\n\r\n\n\n", 1, 33),
        ]
        for stream in streams {
            let bytes = Array(stream.text.utf8)
            for pieces in [[bytes], bytes.map { [$0] }] {
                let (texts, error) = read(pieces)
                expect(texts.count, stream.count, stream.text)
                let kind = if case .framing(let failure) = error { Optional(failure.kind) } else { nil as Kind? }
                expect(kind, .wrongTrailer(expected: [0x0D, 0x0A], at: stream.place), stream.text)
            }
        }
    }

    private typealias Kind = FramingError.Kind

    private mutating func saysWhatIsWrong() {
        for (stream, reason) in [
            ("MSG a 1 1048577\r\n", "payload of 1048577 bytes is longer than 1048576"),
            ("MSG a 1 -1\r\n", "payload length '-1' is not a byte count"),
            ("MSG 5\r\n", "payload length is missing"), ("INFO\r\n", "parameter 'options' is missing"),
            ("+OK 1\r\n", "line has 1 word too many"),
            ("HMSG a 1 6 5\r\nSunny\r\n", "parameter 'headerLength' is not in 0...5, the bytes of the payload"),
        ] {
            let text: String? =
                switch read([Array(stream.utf8)]).error {
                case .framing(let error): error.reason
                case .decoding(let error, _): error.reason
                case nil: nil
                }
            expect(text, reason, stream)
        }
    }

    // MARK: - Writing

    private func written(_ form: some WritableForm & PlainForm) throws(WireEncodingError) -> String {
        var writer = LineWriter(version: .nats, limits: .grammar)
        try form.encode(into: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private mutating func endsWhatItWritesWithALineEnd() throws {
        let subject = try Subject("weather.de")
        expect(
            try written(PUB.Publication(subject: subject, payload: "Sunny")), "PUB weather.de 5\r\nSunny\r\n", "PUB")
        let rain = try Payload.Headed(messageID: "7", text: "Rain")
        expect(
            try written(HPUB.Publication(rain, subject: subject)),
            "HPUB weather.de 28 32\r\nNATS/1.0\r\nNats-Msg-Id: 7\r\n\r\nRain\r\n", "HPUB")
        let options = try ConnectOptions(#"{"name": "a b"}"#)
        expect(
            try written(CONNECT.Introduction(options: options)), "CONNECT {\"name\": \"a b\"}\r\n", "CONNECT")
        expect(try written(PING.FromClient()), "PING\r\n", "PING")
    }

    private mutating func writesNothingThatNobodyCouldRead() throws {
        let wrong = HPUB.Publication(subject: try Subject("a"), headerLength: 6, payload: "Sunny")
        expect((try? written(wrong)) == nil, true, "a header longer than its payload is refused")
        for text in [" {}", "{} ", "{\r\n}", ""] {
            expect((try? ConnectOptions(text)) == nil, true, "the options '\(text)' are refused")
        }
    }

    private mutating func showsNoSecrets() throws {
        let form = CONNECT.Introduction(options: try ConnectOptions(#"{"pass":"hunter2"}"#))
        expect("\(form) \(form.options) \(String(reflecting: form))".contains("hunter2"), false, "a secret is shown")
    }
}
