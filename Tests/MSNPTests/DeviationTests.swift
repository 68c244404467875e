import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// An example of a form's deviation in one version.
struct DeviantExample: CustomTestStringConvertible {
    let line: WireLine
    let form: String
    let about: String

    var testDescription: String { "\(line)" }

    /// All of them, with those of a type in a form that has it.
    static let all: [DeviantExample] = Repository.grammar.commands.flatMap(\.forms).flatMap { form in
        form.deviations.flatMap { entry in
            entry.examples.flatMap { example in
                example.versions.numbers.map { version in
                    DeviantExample(
                        line: WireLine(
                            text: Array(example.text.utf8), payload: example.payload.map { Array($0.utf8) },
                            isClient: form.sender == .client,
                            service: form.services.first.flatMap(MSNP.Service.init) ?? .notification,
                            version: version),
                        form: form.name, about: entry.deviation.about)
                }
            }
        }
    }
}

struct DeviationTests {
    @Test(arguments: DeviantExample.all)
    func theExampleOfADeviationIsReadAndNamed(example: DeviantExample) throws {
        let found = try example.line.decoded()
        #expect(found.formName == example.form)
        #expect(found.deviations == [example.about])
    }

    @Test(arguments: DeviantExample.all)
    func strictReadingRefusesADeviation(example: DeviantExample) {
        #expect(throws: WireDecodingError.self) { try example.line.decoded(mode: .strict) }
    }

    @Test(arguments: DeviantExample.all)
    func anUnchangedDeviationWritesItsOwnBytes(example: DeviantExample) throws {
        #expect(try example.line.decoded().encoded() == example.line.bytes)
    }

    @Test func aChangedDeviationIsWrittenAsItShouldBe() throws {
        let frame = Frame(line: "ADG 14 Friends 0")
        let envelope = try ClientMessage.decode(frame, version: .msnp12, service: .notification)
        guard case .adg(.create(var form)) = envelope.message else {
            Issue.record("\(envelope.message)")
            return
        }
        #expect(
            envelope.deviations.map(\.description) == [
                "known deviation of msn-pecan: the padding of older versions is still sent"
            ])
        form.groupName = try GroupName("Family")
        #expect(form.deviations.isEmpty)
        var writer = LineWriter(version: .msnp12)
        try form.encode(into: &writer, transaction: 14)
        #expect(String(decoding: writer.takeBytes(), as: UTF8.self) == "ADG 14 Family\r\n")
    }

    @Test func aDeviationIsNotWrittenInAnotherVersion() throws {
        let frame = Frame(line: "ADG 14 Friends 0")
        let envelope = try ClientMessage.decode(frame, version: .msnp12, service: .notification)
        var writer = LineWriter(version: .msnp11)
        try envelope.message.encode(into: &writer, optionalTransaction: envelope.transaction)
        #expect(String(decoding: writer.takeBytes(), as: UTF8.self) == "ADG 14 Friends\r\n")
    }

    @Test func aValueInAnotherSpellingReadsAsItShouldBe() throws {
        let frame = Frame(line: "USR 7 SSO S t=ticket proof A54D2E1E-3C40-3C8D-90B8-35445084824B")
        let envelope = try ClientMessage.decode(frame, version: .msnp18, service: .notification)
        guard case .usr(.proof(let form)) = envelope.message else {
            Issue.record("\(envelope.message)")
            return
        }
        #expect(form.endpoint?.text == "{A54D2E1E-3C40-3C8D-90B8-35445084824B}")
        let deviation = try #require(envelope.deviations.first)
        #expect(deviation.programs == [.pidgin210, .bitlbee32])
        #expect(deviation.parameter == "endpoint")
        #expect(deviation.offset == 27)
    }

    @Test func aLineThatIsRightHasNoDeviations() throws {
        let frame = Frame(line: "ADG 14 Friends")
        let envelope = try ClientMessage.decode(frame, version: .msnp12, service: .notification)
        #expect(envelope.deviations.isEmpty)
    }

    @Test func aLineThatNoDeviationAccountsForFailsAsItWouldStrictly() {
        let line = Frame(line: "ADG 14 Friends 1")
        for mode in ReadingMode.allCases {
            #expect {
                try ClientMessage.decode(line, version: .msnp12, service: .notification, mode: mode)
            } throws: { error in
                (error as? WireDecodingError)?.kind == .extraParameter("1 word")
            }
        }
    }
}
