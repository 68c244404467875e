import Foundation
import MSNP
import Testing
import WireProtocol

/// Compiles only if no name of the package hides, or is mistaken for, one of Swift or Foundation.
struct NameCollisionTests {
    /// Fails as a coder of Foundation would.
    private struct Refusing: Codable {
        init() {}

        init(from decoder: any Decoder) throws {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "refused"))
        }

        func encode(to encoder: any Encoder) throws {
            throw EncodingError.invalidValue("", .init(codingPath: [], debugDescription: "refused"))
        }
    }

    @Test func namesOfFoundationMeanTheTypesOfFoundation() throws {
        let page: URL = try #require(URL(string: "http://example.com/inbox"))
        let data: Data = Data(page.path().utf8)
        let letters: CharacterSet = .letters
        #expect(data.count == 6 && letters.contains("a"))
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(Refusing()) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Refusing.self, from: Data("{}".utf8)) }
    }

    @Test func namesOfThePackageMeanItsOwnTypes() throws {
        let status: Status = .online
        let field: Field = Field(name: "status", value: "NLN")
        let hello: Payload.PlainText = "hi"
        let request = URLCommand.Page(page: .inbox)
        #expect(status.text == "NLN" && field.description == "status=NLN" && hello.text == "hi")
        #expect(ClientMessage.url(.page(request)).form is URLCommand.Page)
        var line = LineWriter(version: .msnp8)
        let error = #expect(throws: WireEncodingError.self) {
            try CHG.Change(status: .online).encode(into: &line, optionalTransaction: nil)
        }
        #expect(error?.kind == .missingTransactionID)
    }

    @Test func aMissingValueIsNoCaseOfAnEnumeration() {
        let acknowledgement: MessageAcknowledgement? = .never
        let generation: ClientGeneration? = .none
        #expect(acknowledgement != nil && generation == nil)
    }
}
