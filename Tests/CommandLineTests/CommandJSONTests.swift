import MSNP
import MSNPSession
import Testing
import WireProtocol
@testable import msnp

struct CommandJSONTests {
    /// What `decode` prints for a line.
    private func json<Message: WireMessage>(
        _ line: String, _ message: Message.Type, _ version: ProtocolVersion, showsSecrets: Bool = false
    ) throws -> String {
        var decoder = MessageDecoder<Message>(service: .notification, version: version)
        decoder.append(Array((line + "\r\n").utf8))
        let envelope = try #require(try decoder.next())
        return try #require(CommandJSON(envelope, version: version)).text(showsSecrets: showsSecrets)
    }

    private func line(_ json: String, from sender: Sender, _ version: ProtocolVersion) throws -> String {
        let command = try CommandLineJSON(line: json)
        return String(
            decoding: try command.bytes(from: sender, service: .notification, version: version), as: UTF8.self)
    }

    private func refusal(_ json: String) -> String? {
        (#expect(throws: JSONLineError.self) { try CommandLineJSON(line: json) })?.description
    }

    @Test func aWordOfAnEnumerationIsPrintedWithItsName() throws {
        #expect(
            try json("NLN AWY bob@example.com Bob 0", ServerMessage.self, .msnp8) == """
                {"command":"NLN","form":"changed","parameters":{"status":"AWY","user":"bob@example.com",\
                "friendlyName":"Bob","capabilities":"0"},"names":{"status":"away"}}
                """)
    }

    @Test func theBitsOfANumberArePrintedWithTheirNames() throws {
        let text = try json("LST bob@example.com Bob 3 0", ServerMessage.self, .msnp8)
        #expect(text.contains(#""lists":"3""#))
        #expect(text.hasSuffix(#","names":{"lists":["forward","allow"]}}"#), "\(text)")
    }

    @Test func capabilitiesArePrintedWithTheirNamesAndTheGenerationOfTheClient() throws {
        let names = #"{"client":["inkGIF",{"generation":"version75"}]"#
        let number = try json("NLN AWY bob@example.com Bob 1342177284", ServerMessage.self, .msnp8)
        #expect(number.hasSuffix(#""names":{"status":"away","capabilities":\#(names)}}}"#), "\(number)")
        let pair = try json("NLN AWY 1:bob@example.com Bob 1342177284:48", ServerMessage.self, .msnp18)
        #expect(pair.contains(#""capabilities":\#(names),"extended":["video","peerToPeer2"]}"#), "\(pair)")
    }

    @Test func aValueOfAListWithoutANameHasTheNameNull() throws {
        let text = try json("INF 1 MD5 XYZ", ServerMessage.self, .msnp3)
        #expect(text.contains(#""packages":["MD5","XYZ"]},"names":{"packages":["digest",null]}"#), "\(text)")
    }

    @Test func aCommandWhoseValuesHaveNoNamesHasNoNames() throws {
        #expect(!(try json("CHL 0 123456", ServerMessage.self, .msnp8).contains("names")))
    }

    @Test(arguments: [
        "NLN AWY bob@example.com Bob 0", "LST bob@example.com Bob 3 0", "USR 4 OK bob@example.com Bob 1 0",
        "911 5", "CHL 0 123456",
    ])
    func whatIsDecodedCanBeEncodedWithItsNames(text: String) throws {
        let json = try json(text, ServerMessage.self, .msnp8)
        #expect(try line(json, from: .server, .msnp8) == text + "\r\n")
    }

    @Test func namesMayDisagreeWithTheValuesButMustBeAnObject() throws {
        let json = #"{"command":"CHG","form":"change","transaction":"2","parameters":{"status":"AWY"},"names":NAMES}"#
        let other = json.replacing("NAMES", with: #"{"status":"busy"}"#)
        #expect(try line(other, from: .client, .msnp7) == "CHG 2 AWY\r\n")
        #expect(refusal(json.replacing("NAMES", with: "[]")) == "'names' is not an object")
    }

    @Test func aSecretIsLeftOutAndItsNameListed() throws {
        let text = try json("USR 3 TWN S t=secret", ClientMessage.self, .msnp8)
        #expect(!text.contains("secret"))
        #expect(text.hasSuffix(#""parameters":{},"redacted":["ticket"]}"#), "\(text)")
        #expect(refusal(text) == "secrets are redacted ('ticket'); decode with --show-secrets")
    }

    @Test(arguments: ["MSPAuth", "mspauth", "SessionPassword"])
    func aSecretOfAPayloadIsHiddenAndItsNameListed(_ name: String) throws {
        let payload = "Content-Type: text/x-msmsgsprofile\r\nsid: 507\r\n\(name): 2Ase$cret\r\nkv: 11\r\n\r\n"
        let command = "MSG Hotmail Hotmail \(payload.utf8.count)\r\n\(payload)"
        let hidden = try json(command, ServerMessage.self, .msnp8)
        #expect(
            hidden.contains(#""redacted":["\#(name)"],"payload":"Content-Type: text/x-msmsgsprofile\r\nsid: 507\r\n"#))
        #expect(hidden.contains(#"\#(name): 0000$0000\r\nkv: 11\r\n"#), "\(hidden)")
        #expect(refusal(hidden) == "secrets are redacted ('\(name)'); decode with --show-secrets")
        let shown = try json(command, ServerMessage.self, .msnp8, showsSecrets: true)
        #expect(shown.contains(#"\#(name): 2Ase$cret\r\n"#) && !shown.contains("redacted"))
        // What is hidden already, as in a recording, is no secret any more.
        let recorded = try json(command.replacing("2Ase$cret", with: "0000$0000"), ServerMessage.self, .msnp8)
        #expect(!recorded.contains("redacted"))
    }

    @Test(arguments: ["t=secret", "<redacted>"])
    func aSecretThatIsShownCanBeEncodedWhateverItIs(secret: String) throws {
        let text = "USR 3 TWN S \(secret)"
        let json = try json(text, ClientMessage.self, .msnp8, showsSecrets: true)
        #expect(!json.contains(#""redacted":"#))
        #expect(try line(json, from: .client, .msnp8) == text + "\r\n")
    }

    @Test func theListOfSecretsMayBeEmptyAndIsAListOfNames() throws {
        let json = #"{"command":"OUT","form":"signOut","redacted":LIST}"#
        #expect(try line(json.replacing("LIST", with: "[]"), from: .client, .msnp8) == "OUT\r\n")
        #expect(refusal(json.replacing("LIST", with: "[1]")) == "'redacted' is not a list of names")
    }

    @Test(arguments: [
        ("", "not a JSON object"), ("[]", "not a JSON object"), ("{", "not a JSON object"),
        (#"{"command":"OUT"}"#, "'command' and 'form' must be strings"),
        (#"{"command":1,"form":"signOut"}"#, "'command' and 'form' must be strings"),
        (#"{"command":"OUT","form":"signOut","x":1}"#, "unknown member 'x'"),
        (#"{"command":"OUT","form":"signOut","transaction":"x"}"#, "'transaction' is not a transaction ID"),
        (#"{"command":"OUT","form":"signOut","transaction":-1}"#, "'transaction' is not a transaction ID"),
        (#"{"command":"OUT","form":"signOut","parameters":[]}"#, "'parameters' is not an object"),
        (
            #"{"command":"CHG","form":"change","parameters":{"status":{}}}"#,
            "parameter 'status' is neither a string nor a whole number"
        ),
        (#"{"command":"OUT","form":"signOut","payload":1}"#, "'payload' is not a string"),
        (#"{"command":"OUT","form":"signOut","payloadBase64":"?"}"#, "'payloadBase64' is not valid Base64"),
        (#"{"command":"OUT","form":"signOut","spelling":1}"#, "'spelling' is not a string"),
    ])
    func aLineThatIsNoCommandIsRefusedWithTheReason(_ json: String, _ reason: String) {
        #expect(refusal(json) == reason)
    }

    @Test func aPayloadIsTextOrBase64() throws {
        let text = #"{"command":"MSG","form":"notice","parameters":{"from":"a","friendlyName":"b"},"payload":"hé"}"#
        #expect(try line(text, from: .server, .msnp8) == "MSG a b 3\r\nhé")
        let base64 = text.replacing(#""payload":"hé""#, with: #""payloadBase64":"/wA=""#)
        let bytes = try CommandLineJSON(line: base64).bytes(from: .server, service: .notification, version: .msnp8)
        #expect(bytes == Array("MSG a b 2\r\n".utf8) + [0xFF, 0])
        var decoder = StreamDecoder<ServerMessage>(service: .notification, version: .msnp8)
        let problem = "has the forbidden byte 0x00 at byte 1 of the payload"
        #expect(decoder.decode(bytes) == [.command(base64.dropLast() + #","problems":["\#(problem)"]}"#)])
    }

    @Test func aTransactionIDKeepsLeadingZerosInAStringAlone() throws {
        let json = #"{"command":"CHG","form":"change","transaction":ID,"parameters":{"status":"AWY"}}"#
        #expect(try line(json.replacing("ID", with: "7"), from: .client, .msnp7) == "CHG 7 AWY\r\n")
        #expect(try line(json.replacing("ID", with: "\"007\""), from: .client, .msnp7) == "CHG 007 AWY\r\n")
    }

    @Test func aCommandThatTheGrammarRefusesIsNotEncoded() {
        let json = #"{"command":"CHG","form":"change","transaction":7}"#
        let error = #expect(throws: WireEncodingError.self) { try line(json, from: .client, .msnp7) }
        #expect(error?.kind == .missingParameter && error?.parameter == "status")
        let reply = #"{"command":"911","form":"error","transaction":7}"#
        let refused = #expect(throws: JSONLineError.self) { try line(reply, from: .client, .msnp7) }
        #expect(refused?.description == "only servers send error replies")
    }

    @Test func charactersThatJSONCannotHoldAreEscaped() {
        let value = JSONText.object([("a\"b", .list([.string("\\\r\n\t\u{1}\u{7F}é"), .null]))])
        #expect(value.text == #"{"a\"b":["\\\r\n\t\u0001\u007fé",null]}"#)
    }

    /// JSON on a terminal must not command it; in JSON, an escape keeps the character.
    @Test(arguments: [
        ("\u{1B}", "\\u001b"), ("\u{85}", "\\u0085"), ("\u{9B}", "\\u009b"), ("\u{9D}", "\\u009d"),
        ("\u{202E}", "\\u202e"), ("\u{2066}", "\\u2066"), ("\u{2028}", "\\u2028"), ("\u{FEFF}", "\\ufeff"),
        ("\u{E0041}", "\\udb40\\udc41"),
    ])
    func charactersThatATerminalMustNotGetAreEscaped(_ character: String, _ escape: String) throws {
        let name = character.utf8.map { "%" + String($0, radix: 16, uppercase: true) }
            .map { $0.count == 2 ? "%0" + $0.dropFirst() : $0 }.joined()
        let text = try json("NLN AWY bob@example.com a\(name)b 0", ServerMessage.self, .msnp8)
        #expect(text.contains("\"friendlyName\":\"a\(escape)b\""), "\(text)")
        #expect(!text.unicodeScalars.contains(where: TerminalText.isUnsafe))
        #expect(try line(text, from: .server, .msnp8) == "NLN AWY bob@example.com a\(name)b 0\r\n")
    }
}
