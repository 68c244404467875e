import MSNP
import Testing
import WireProtocol
@testable import MSNPSession
@testable import SampleClient
@testable import msnp

/// How `msnp demo` prints a command.
struct TraceTextTests {
    private func text(_ command: String, _ version: ProtocolVersion = .msnp8) throws -> String {
        var decoder = MessageDecoder<ServerMessage>(service: .notification, version: version)
        decoder.append(Array(command.utf8))
        let envelope = try #require(try decoder.next())
        let line = SessionLine(received: envelope, decoder.frame, service: .notification, version: version)
        return TraceText.text(of: TraceLine(line))
    }

    private func text(of form: some WritableForm, _ version: ProtocolVersion = .msnp8) throws -> String {
        var writer = LineWriter(version: version)
        try form.encode(into: &writer, optionalTransaction: 2)
        let line = SessionLine(sent: form, writer.bytes, 2, service: .notification, version: version)
        return TraceText.text(of: TraceLine(line))
    }

    @Test func aCommandIsFollowedByItsFormAndParameters() throws {
        #expect(
            try text("NLN AWY bob@example.com Bob%20B 0\r\n") == """
                S>C NLN AWY bob@example.com Bob%20B 0
                      NLN.changed  status=AWY  user=bob@example.com  friendlyName="Bob B"  capabilities=0
                """)
    }

    @Test func aTicketInAPayloadIsHidden() throws {
        let payload = "Content-Type: text/x-msmsgsprofile\r\nMSPAuth: 2Ase$cret\r\n\r\n"
        let text = try text("MSG Hotmail Hotmail \(payload.utf8.count)\r\n\(payload)")
        #expect(text.hasSuffix("\n      | MSPAuth: 0000$0000"), "\(text)")
    }

    @Test func aPayloadIsShownLineByLine() throws {
        #expect(
            try text("MSG Hotmail Hotmail 13\r\nA: b\r\n\r\nc\r\n\r\n") == """
                S>C MSG Hotmail Hotmail 13
                      MSG.notice  from=Hotmail  friendlyName=Hotmail
                      | A: b
                      |\u{20}
                      | c
                """)
    }

    @Test func secretsAreShownNeitherInTheLineNorAmongTheParameters() throws {
        let ticket = try USR.Ticket(ticket: Credential("t=secret&p=profile"))
        #expect(
            try text(of: ticket) == """
                C>S USR 2 TWN S <redacted>
                      USR.ticket  ticket=<redacted>
                """)
    }

    @Test func errorsAreShownByNameAndUnknownCommandsAsUnknown() throws {
        #expect(try text("911 4\r\n") == "S>C 911 4\n      911.authenticationFailed")
        #expect(try text("ZZZ 4 x\r\n") == "S>C ZZZ 4 x\n      unknown command")
    }
}
