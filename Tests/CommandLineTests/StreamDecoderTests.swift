import MSNP
import MSNPSession
import Testing
import WireProtocol
@testable import msnp

/// What `msnp decode` prints for a stream.
struct StreamDecoderTests {
    private func decode(_ pieces: [String]) -> [DecodedOutput] {
        var decoder = StreamDecoder<ServerMessage>(service: .notification, version: .msnp8)
        return pieces.flatMap { decoder.decode(Array($0.utf8)) } + decoder.finish()
    }

    @Test func eachCommandIsOneObjectHoweverTheInputIsSplit() {
        let input = "CHL 0 123456\r\nMSG Hotmail Hotmail 2\r\nhi911 007\r\n"
        let expected: [DecodedOutput] = [
            .command(
                #"{"command":"CHL","form":"challenge","transaction":"0","parameters":{"challenge":"123456"}}"#),
            .command(
                #"{"command":"MSG","form":"notice","parameters":{"from":"Hotmail","friendlyName":"Hotmail"},"payload":"hi","#
                    + #""problems":["a header line is not 'Name: value'"]}"#
            ),
            .command(
                #"{"command":"911","form":"error","transaction":"007","parameters":{"name":"authenticationFailed"}}"#),
        ]
        #expect(decode([input]) == expected)
        #expect(decode(input.map { String($0) }) == expected)
    }

    @Test func whatCannotBeDecodedIsReportedAtItsByteAndTheNextCommandIsDecoded() {
        #expect(
            decode(["NLN XXX\r\n\r\nZZZ 5\r\nPNG\r\nQ", "NG\r\n"]) == [
                .problem(
                    "byte 7: NLN: parameter 'user' is missing (form 'changed', version 8) at byte 7"),
                .problem("byte 9: line is empty at byte 9 of the stream"),
                .problem("byte 11: ZZZ: unknown command"),
                .problem("byte 18: PNG: command is not in this version (version 8) at byte 0"),
                .command(#"{"command":"QNG","form":"pong","parameters":{}}"#),
            ])
    }

    @Test func anInputThatEndsInsideACommandIsReported() {
        #expect(
            decode(["QNG\r\nMSG Hotmail Hotmail 9\r\nhi"]) == [
                .command(#"{"command":"QNG","form":"pong","parameters":{}}"#),
                .problem("byte 5: the input ends inside a command"),
            ])
    }

    @Test func secretsAreShownOnRequestOnly() {
        let line = Array("USR 3 TWN S t=secret\r\n".utf8)
        var redacting = StreamDecoder<ClientMessage>(service: .notification, version: .msnp8)
        var showing = StreamDecoder<ClientMessage>(service: .notification, version: .msnp8, showsSecrets: true)
        let object = #"{"command":"USR","form":"ticket","transaction":"3","parameters":"#
        #expect(redacting.decode(line) == [.command(object + #"{},"redacted":["ticket"]}"#)])
        #expect(showing.decode(line) == [.command(object + #"{"ticket":"t=secret"}}"#)])
    }
}
