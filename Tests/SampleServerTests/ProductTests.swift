import ProtocolGrammar
import TestSupport
import Testing

@testable import SampleServer

/// The products of the server are those of the grammar.
struct ProductTests {
    @Test func theServerKnowsTheProductsOfBothChallenges() {
        var keys: [String: String] = [:]
        for name in ["plainChallenge", "productChallenge"] {
            guard let algorithm = Repository.grammar.algorithms[name] else { continue }
            for known in algorithm.known {
                let values = Repository.grammar.values(known.inputs, of: algorithm)
                guard case .text(let product) = values["productID"], case .text(let key) = values["productKey"] else {
                    continue
                }
                keys[product] = key
            }
        }
        #expect(keys.count > 10)
        #expect(Products.keys == keys)
    }
}
