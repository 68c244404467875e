import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// An example of a payload in the grammar.
struct PayloadExample: CustomTestStringConvertible {
    var payload: String
    var title: String
    var bytes: WireBytes

    var testDescription: String { "\(payload): \(title)" }

    static let all = Repository.grammar.payloads.flatMap { payload in
        payload.examples.map {
            PayloadExample(payload: payload.name, title: $0.title, bytes: WireBytes($0.bytes))
        }
    }
}

struct PayloadExampleTests {
    @Test func everyPayloadOfTheGrammarIsGeneratedAndHasAnExample() {
        let names = Set(Payload.contents.map { "\($0.payload)" })
        #expect(names == Set(Repository.grammar.payloads.map(\.name)))
        #expect(names == Set(PayloadExample.all.map(\.payload)))
        #expect(names.count > 30)
    }

    @Test(arguments: PayloadExample.all)
    func everyExampleIsReadAsItsPayloadAndWrittenAgain(_ example: PayloadExample) throws {
        let type = try #require(Payload.contents.first { "\($0.payload)" == example.payload })
        switch type {
        case let type as any MIMEPayload.Type: try checkMessage(type, example.bytes)
        case let type as any BytesPayload.Type:
            #expect(try type.init(reading: example.bytes, limits: .default).encoded() == example.bytes.array)
        case let type as any XMLPayload.Type:
            let element = try #require(DocumentReader.read(example.bytes.array))
            let encoded = try type.init(element).encoded()
            #expect(DocumentReader.read(encoded) == element)
        default: Issue.record("no kind of payload: \(type)")
        }
    }

    private func checkMessage(_ type: any MIMEPayload.Type, _ bytes: WireBytes) throws {
        let message = try MIMEMessage(reading: bytes)
        #expect(message.contentType == "\(type.contentType)")
        #expect(try type.init(message, limits: .default).encoded() == bytes.array)
        let chosen = try Payload.Message(message)
        if case .other = chosen { Issue.record("the content type is not known: \(message)") }
        #expect(try chosen.encoded() == bytes.array)
    }

    /// All payloads of examples and vectors, each held against its form in each version.
    @Test func everyPayloadOfALineFitsItsForm() throws {
        var count = 0
        let vectors = VectorRow.all.filter { $0.isValid && $0.isDescribed && !$0.isFramingOnly }
        let lines = vectors.flatMap { row in row.versions.map { row.line(version: $0) } }
        for line in Examples.valid.map(\.line) + lines {
            guard let payload = line.payload, !payload.isEmpty else { continue }
            do {
                count += try line.validate(payload) ? 1 : 0
            } catch {
                Issue.record(error, "\(line)")
            }
        }
        #expect(count > 500)
    }
}

extension WireLine {
    /// Holds a payload against what the grammar says about the form of this line; `false` where it has no form.
    @discardableResult
    func validate(_ payload: [UInt8]) throws -> Bool {
        guard let form = try decoded().form.map({ type(of: $0) }) else { return false }
        let (command, name) = (form.command.description, form.form.description)
        if case .xml = form.payloadFormat {
            guard let element = DocumentReader.read(payload) else { throw PayloadError(.malformedXML("no document")) }
            try Payload.validate(element, command: command, form: name, version: wireVersion)
        } else {
            try Payload.validate(WireBytes(payload), command: command, form: name, version: wireVersion)
        }
        return true
    }
}

extension VectorRow {
    /// Whether a row shows the length of a payload with one that means nothing.
    var isFramingOnly: Bool { source.contains("framing-only") }
}
