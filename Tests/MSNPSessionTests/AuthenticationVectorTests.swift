import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

@testable import MSNPSession

extension KnownAnswer: CustomTestStringConvertible {
    public var testDescription: String { description }

    /// All inputs, constants and results, by the steps of the grammar.
    fileprivate func run() throws -> [String: AlgorithmValue] {
        try AlgorithmRunner.run(algorithm, inputs: inputs, received: results, in: Repository.grammar)
    }

    /// Bytes among the inputs; none if there are none.
    fileprivate func bytes(_ name: String) -> [UInt8] {
        guard case .bytes(let bytes) = inputs[name] else { return [] }
        return bytes
    }

    /// A number among the inputs, as a text.
    fileprivate func digits(_ name: String) -> String { inputs[name]?.description ?? "" }
}

struct AuthenticationVectorTests {
    /// The steps of the grammar are data; here they are run.
    @Test(arguments: KnownAnswer.all) func theStepsOfTheGrammarGiveEachStatedValue(_ answer: KnownAnswer) throws {
        let values = try answer.run()
        #expect(!answer.results.isEmpty)
        for (name, stated) in answer.results {
            guard case .rounds(let rounds) = stated, case .rounds(let found) = values[name] else {
                #expect(values[name] == stated, "\(name)")
                continue
            }
            try #require(found.count == rounds.count)
            for (found, stated) in zip(found, rounds) { #expect(found.merging(stated) { $1 } == found) }
        }
    }

    @Test func everyVectorOfTheGrammarIsRead() {
        let grammar = Repository.grammar
        #expect(KnownAnswer.all.count == grammar.algorithms.map(\.vectors.count).reduce(0, +))
        for answer in KnownAnswer.all {
            #expect(answer.inputs.count == answer.algorithm.inputs.count, "\(answer)")
            let vector = answer.algorithm.vectors[answer.number - 1]
            #expect(answer.results.count == vector.results.count, "\(answer)")
        }
    }

    /// The algorithms without code in this module: those of the web services and of what no client here does.
    private static let elsewhere: Set = [
        "passportSignIn", "passportToken", "securityToken", "circleTicket", "hashedNonce", "swappedPort",
        "referralCount", "webSignIn",
    ]

    @Test(arguments: Repository.grammar.algorithms.map(\.name)) func everyAlgorithmHasCodeOrIsListed(_ name: String)
        throws
    {
        let answer = try #require(KnownAnswer.of(name).first)
        #expect((try Self.computed(answer) == nil) == Self.elsewhere.contains(name))
    }

    /// The values of the code are those of the steps, from the first to the last.
    @Test(arguments: KnownAnswer.all) func theCodeGivesEachStep(_ answer: KnownAnswer) throws {
        guard let computed = try Self.computed(answer) else { return }
        let values = try answer.run()
        for (name, value) in computed {
            guard case .rounds(let rounds) = value, case .rounds(let expected) = values[name] else {
                #expect(value == values[name], "\(name)")
                continue
            }
            try #require(rounds.count == expected.count)
            for (round, whole) in zip(rounds, expected) {
                #expect(!round.isEmpty && round.merging(whole) { $1 } == whole && whole.merging(round) { $1 } == whole)
            }
        }
        for output in answer.algorithm.outputs { #expect(computed[output.name] != nil, "\(output.name)") }
    }

    /// What the code makes of the inputs, by the names of the steps; nil if this module has no such code.
    private static func computed(_ answer: KnownAnswer) throws -> [String: AlgorithmValue]? {
        switch answer.algorithm.name {
        case "md5SignIn":
            let (challenge, password) = (answer.text("challenge"), answer.text("password"))
            return [
                "hash": .bytes(MD5Text.bytes(of: challenge + password)),
                "digest": .text(MD5Login.digest(challenge: challenge, password: password)),
            ]
        case "plainChallenge":
            return [
                "hash": .bytes(MD5Text.bytes(of: answer.text("challenge") + answer.text("productKey"))),
                "answer": .text(challengeAnswer(answer, version: 10)),
            ]
        case "productChallenge": return mixing(answer)
        case "derivedKey":
            let secret = Data(answer.bytes("secret")).base64EncodedString()
            let steps = try SingleSignOnProof(secret: secret).derivedKey(answer.text("purpose"))
            return [
                "first": .bytes(steps.first), "second": .bytes(steps.second), "third": .bytes(steps.third),
                "fourth": .bytes(steps.fourth), "derived": .bytes(steps.derived),
            ]
        case "singleSignOnProof":
            let proof = try SingleSignOnProof(secret: answer.text("secret"))
            let (nonce, start) = (answer.text("nonce"), answer.bytes("initialization"))
            let steps = try proof.steps(nonce: nonce, initialization: start)
            return [
                "signKey": .bytes(steps.signKey), "cipherKey": .bytes(steps.cipherKey),
                "signature": .bytes(steps.signature), "filled": .bytes(steps.filled), "cipher": .bytes(steps.cipher),
                "header": .bytes(steps.header), "structure": .bytes(steps.structure),
                "blob": .text(try proof.text(nonce: nonce, initialization: start)),
            ]
        case "objectDataDigest": return ["digest": .text(ObjectDigest.ofData(answer.bytes("data")))]
        case "objectContentDigest":
            let (creator, size, type) = (answer.text("creator"), answer.digits("size"), answer.digits("kind"))
            let (location, friendly) = (answer.text("location"), answer.text("friendlyName"))
            let dataDigest = answer.text("dataDigest")
            return [
                "attributes": .text(
                    ObjectDigest.attributes(
                        creator: creator, size: size, type: type, location: location, friendly: friendly,
                        dataDigest: dataDigest)),
                "digest": .text(
                    ObjectDigest.ofAttributes(
                        creator: creator, size: size, type: type, location: location, friendly: friendly,
                        dataDigest: dataDigest)),
            ]
        case "objectDigestDigits":
            return ["digits": .text(try #require(ObjectDigest.hexadecimal(answer.text("dataDigest"))))]
        default: return nil
        }
    }

    private static func challengeAnswer(_ answer: KnownAnswer, version: UInt8) -> String {
        ClientChallenge(productID: answer.text("productID"), productKey: answer.text("productKey"))
            .answer(to: answer.text("challenge"), version: .init(number: version))
    }

    private static func mixing(_ answer: KnownAnswer) -> [String: AlgorithmValue] {
        let hash = MD5Text.bytes(of: answer.text("challenge") + answer.text("productKey"))
        let mixing = ClientChallenge.Mixing(hash: hash, text: answer.text("challenge") + answer.text("productID"))
        return [
            "hash": .bytes(hash), "words": .numbers(mixing.words.map(UInt64.init)), "keys": .numbers(mixing.keys),
            "text": .text(String(decoding: mixing.text, as: UTF8.self)),
            "blocks": .numbers(mixing.blocks.map(UInt64.init)),
            "walk": .rounds(
                mixing.rounds.map { ["t": .number($0.t), "nextHigh": .number($0.high), "nextLow": .number($0.low)] }),
            "finalHigh": .number(mixing.finalHigh), "finalLow": .number(mixing.finalLow),
            "folded": .numbers(mixing.folded.map(UInt64.init)), "result": .bytes(mixing.result),
            "answer": .text(challengeAnswer(answer, version: 11)),
        ]
    }

    /// FIPS PUB 81 (the sentence "Now is the time for all "), and the triple key of NIST SP 800-67's example.
    @Test func tripleDESGivesThePublishedAnswers() throws {
        let single: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF]
        let start: [UInt8] = [0x12, 0x34, 0x56, 0x78, 0x90, 0xAB, 0xCD, 0xEF]
        let sentence = Array("Now is the time for all ".utf8)
        let found = try #require(
            TripleDES.encrypt(sentence, key: single + single + single, initialization: start))
        #expect(MD5Text.hexadecimal(found) == "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6")
        let second: [UInt8] = [0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01]
        let third: [UInt8] = [0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23]
        let quick = try #require(
            TripleDES.encrypt(
                Array("The qufc".utf8), key: single + second + third, initialization: [UInt8](repeating: 0, count: 8)))
        #expect(MD5Text.hexadecimal(quick) == "a826fd8ce53b855f")
    }

    @Test func tripleDESRefusesWrongSizes() {
        let key = [UInt8](repeating: 1, count: 24)
        #expect(TripleDES.encrypt([1], key: key, initialization: [UInt8](repeating: 0, count: 8)) == nil)
        #expect(TripleDES.encrypt([], key: [1], initialization: [UInt8](repeating: 0, count: 8)) == nil)
        #expect(TripleDES.encrypt([], key: key, initialization: []) == nil)
    }

    @Test func onlyTheRightProofIsAccepted() throws {
        let proof = try SingleSignOnProof(secret: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        let nonce = String(repeating: "A", count: 64)
        let text = try proof.text(nonce: nonce)
        #expect(text.count == 172)
        #expect(proof.proves(text, nonce: nonce))
        #expect(!proof.proves(text, nonce: String(repeating: "B", count: 64)))
        #expect(!proof.proves("HAAAAA==", nonce: nonce))
        #expect(throws: SingleSignOnProof.Failure.secretIsNotBase64) { try SingleSignOnProof(secret: "?") }
    }
}
