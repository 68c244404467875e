import MSNP
import ProtocolGrammar
import Testing
import TestSupport
import WireProtocol
import WireXML

struct DocumentDeviationTests {
    @Test(arguments: Repository.grammar.payloads.filter { !$0.deviations.isEmpty }.map(\.name))
    func theExampleOfADeviationIsNotWellFormed(name: String) throws {
        let payload = try #require(Repository.grammar.payloads.first { $0.name == name })
        for entry in payload.deviations {
            #expect(throws: PayloadError.self) { try XMLElement(parsing: WireBytes(entry.example)) }
        }
    }

    @Test func aDocumentWithUnescapedTextIsReadAndTheProgramNamed() throws {
        let document = #"<Data><PSM>bob says <hi> &#x26; "bye" & co</PSM><CurrentMedia></CurrentMedia></Data>"#
        let read = try Payload.UserData.read(WireBytes(document))
        let (data, deviations) = (read.content, read.deviations)
        #expect(data.personalMessage == #"bob says <hi> & "bye" & co"#)
        #expect(deviations.map(\.programs) == [[.escargot]])
        #expect(deviations.first?.parameter == "PSM")
        #expect(deviations.first?.offset == 11)
        #expect(try String(decoding: data.encoded(), as: UTF8.self).contains("bob says &lt;hi&gt; &amp;"))
    }

    @Test(arguments: [
        "<Data><PSM>a</PSM>", "<Data><PSM>a</Data>", "<Data><PSM>a < b</PSM><CurrentMedia>c < d</CurrentMedia></Data>",
    ])
    func aDocumentThatNoDeviationAccountsForFailsAsItStands(document: String) {
        let bytes = WireBytes(document)
        let plain = #expect(throws: PayloadError.self) { try XMLElement(parsing: bytes) }
        let tolerant = #expect(throws: PayloadError.self) { try Payload.UserData.read(bytes) }
        #expect(plain == tolerant)
    }

    @Test func aRightDocumentHasNoDeviations() throws {
        let document = WireBytes("<Data><PSM>a &lt; b</PSM></Data>")
        #expect(try Payload.UserData.read(document).deviations.isEmpty)
    }

    @Test func aValueInAnotherSpellingIsReadAsItShouldBe() throws {
        let document = WireBytes("<EndpointData><Capabilities>262180:00</Capabilities></EndpointData>")
        let read = try Payload.EndpointData.read(document)
        let (data, deviations) = (read.content, read.deviations)
        #expect(data.capabilities?.text == "262180:0")
        #expect(deviations.map(\.programs) == [[.pidgin210, .bitlbee32]])
        #expect(try data.encoded() == document.array)
    }
}
