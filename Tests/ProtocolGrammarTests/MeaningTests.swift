import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// What a document or message carries has a meaning in words, if only that nobody knows it.
struct MeaningTests {
    @Test(arguments: Repository.grammar.payloads.map(\.name))
    func everyFieldOfAPayloadHasAMeaning(_ name: String) throws {
        let payload = try #require(Repository.grammar.payloads.first { $0.name == name })
        #expect(!payload.about.isEmpty)
        switch payload.content {
        case .mime(let content): expectMeanings(content.fields.map { ($0.name, $0.about) })
        case .blocks(let content):
            expectMeanings(content.blocks.map { ($0.name, $0.about) })
            for block in content.blocks {
                expectMeanings(block.fields.map { ($0.name, $0.about) })
                if let line = block.startLine { expectMeanings([(line.name, line.about)]) }
            }
        case .xml(let content):
            expectMeanings(content.all.map { ($0.name, $0.about) })
            for element in content.all {
                expectMeanings(element.attributes.map { ($0.name, $0.about) })
                expectMeanings(element.children.map { ($0.name, $0.meaning(among: content.all)) })
            }
        case .binary(let content): expectMeanings((content.numbers + content.footer).map { ($0.name, $0.about) })
        }
    }

    private func expectMeanings(_ parts: [(name: String, about: String)]) {
        for part in parts { #expect(!part.about.isEmpty, "'\(part.name)' has no meaning") }
    }
}
