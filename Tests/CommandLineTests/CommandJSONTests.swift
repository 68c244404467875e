import MSNP
import MSNPSession
import Testing
import WireProtocol
@testable import msnp

@Suite("Commands as JSON")
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

    @Test("a word of an enumeration is printed with its name")
    func words() throws {
        #expect(
            try json("NLN AWY bob@example.com Bob 0", ServerMessage.self, .msnp8) == """
                {"command":"NLN","form":"changed","parameters":{"status":"AWY","userHandle":"bob@example.com",\
                "friendlyName":"Bob","capabilities":"0"},"names":{"status":"away"}}
                """)
    }

    @Test("the bits of a number are printed with their names")
    func bits() throws {
        let text = try json("LST bob@example.com Bob 3 0", ServerMessage.self, .msnp8)
        #expect(text.contains(#""lists":"3""#))
        #expect(text.hasSuffix(#","names":{"lists":["forward","allow"]}}"#), "\(text)")
    }

    @Test("a value of a list without a name has the name null")
    func lists() throws {
        let text = try json("INF 1 MD5 XYZ", ServerMessage.self, .msnp3)
        #expect(text.contains(#""packages":["MD5","XYZ"]},"names":{"packages":["digest",null]}"#), "\(text)")
    }

    @Test("a command whose values have no names has no names")
    func noNames() throws {
        #expect(!(try json("CHL 0 123456", ServerMessage.self, .msnp8).contains("names")))
    }

    @Test(
        "what is decoded can be encoded, with its names",
        arguments: [
            "NLN AWY bob@example.com Bob 0", "LST bob@example.com Bob 3 0", "USR 4 OK bob@example.com Bob 1 0",
            "911 5", "CHL 0 123456",
        ])
    func roundTrip(text: String) throws {
        let json = try json(text, ServerMessage.self, .msnp8)
        #expect(try line(json, from: .server, .msnp8) == text + "\r\n")
    }

    @Test("names explain and do not count, but must be an object")
    func wrongNames() throws {
        let json = #"{"command":"CHG","form":"change","transaction":"2","parameters":{"status":"AWY"},"names":NAMES}"#
        let other = json.replacing("NAMES", with: #"{"status":"busy"}"#)
        #expect(try line(other, from: .client, .msnp7) == "CHG 2 AWY\r\n")
        #expect(refusal(json.replacing("NAMES", with: "[]")) == "'names' is not an object")
    }

    @Test("a secret is left out and its name listed")
    func secrets() throws {
        let text = try json("USR 3 TWN S t=secret", ClientMessage.self, .msnp8)
        #expect(!text.contains("secret"))
        #expect(text.hasSuffix(#""parameters":{},"redacted":["ticket"]}"#), "\(text)")
        #expect(refusal(text) == "secrets are left out ('ticket'); decode with --show-secrets")
    }

    @Test("a secret that is shown can be encoded, whatever it is", arguments: ["t=secret", "<redacted>"])
    func shownSecrets(secret: String) throws {
        let text = "USR 3 TWN S \(secret)"
        let json = try json(text, ClientMessage.self, .msnp8, showsSecrets: true)
        #expect(!json.contains(#""redacted":"#))
        #expect(try line(json, from: .client, .msnp8) == text + "\r\n")
    }

    @Test("the list of secrets may be empty and is a list of names")
    func redactedMember() throws {
        let json = #"{"command":"OUT","form":"signOut","redacted":LIST}"#
        #expect(try line(json.replacing("LIST", with: "[]"), from: .client, .msnp8) == "OUT\r\n")
        #expect(refusal(json.replacing("LIST", with: "[1]")) == "'redacted' is not a list of names")
    }
}
