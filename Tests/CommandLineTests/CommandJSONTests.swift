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
        String(decoding: try CommandLineJSON(line: json).bytes(from: sender, version: version), as: UTF8.self)
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
        #expect(refusal(text) == "secrets are left out ('ticket'); decode with --show-secrets")
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
}
