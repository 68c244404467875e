import Testing
import WireProtocol

@testable import ProtocolGrammar

/// What the runtime has room for is what the grammar allows.
struct RuntimeLimitTests {
    @Test func aCompositeWithAsManyPartsAsAGrammarMayHaveIsTakenApart() {
        let parts = (0..<GrammarLimit.parts).map {
            CompositePart("part", .anyWord, after: $0 == 0 ? "" : ";")
        }
        let words = (0..<GrammarLimit.parts).map { "word\($0)" }
        let wire = WireBytes(words.joined(separator: ";"))
        var found = CompositeParts(wire, ValueTable("Handle", .composite(parts, partsMayBeEmpty: false)))
        #expect(words.map { _ in (found.value(of: wire) as WireToken).string } == words)
    }
}
