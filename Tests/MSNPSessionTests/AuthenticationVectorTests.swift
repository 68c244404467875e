import Foundation
import TestSupport
import Testing
import WireProtocol

@testable import MSNPSession

extension AuthenticationVector: CustomTestStringConvertible {
    public var testDescription: String { "\(algorithm) \(expected.prefix(12))" }
}

struct AuthenticationVectorTests {
    @Test func everyKnownAnswerIsRead() {
        #expect(AuthenticationVector.all.count == 25)
    }

    @Test(arguments: AuthenticationVector.all) func theKnownAnswerIsComputed(_ vector: AuthenticationVector) throws {
        func input(_ name: String) throws -> String { try #require(vector.inputs[name]) }
        let found: String
        switch vector.algorithm {
        case "md5-login":
            found = MD5Login.digest(challenge: try input("challenge"), password: try input("password"))
        case "challenge-md5", "challenge-new":
            let product = ClientChallenge(productID: try input("product_id"), productKey: try input("product_key"))
            let version = vector.algorithm == "challenge-new" ? 11 : 10
            found = product.answer(to: try input("challenge"), version: .init(number: UInt8(version)))
        case "challenge-new-step1-md5":
            found = MD5Text.hexadecimal(of: try input("challenge") + input("product_key"))
        case "sso-blob":
            let start = try #require(Self.bytes(try input("iv")))
            found = try SingleSignOnProof(secret: try input("secret"))
                .text(nonce: try input("nonce"), initialization: start)
        case "sso-derived-hash-key", "sso-derived-encryption-key":
            let proof = try SingleSignOnProof(secret: try input("secret"))
            found = MD5Text.hexadecimal(proof.derivedKey(try input("magic")))
        case "msnobject-sha1c":
            found = ObjectDigest.ofAttributes(
                creator: try input("Creator"), size: try input("Size"), type: try input("Type"),
                location: try input("Location"), friendly: try input("Friendly"), dataDigest: try input("SHA1D"))
        case "msnobject-sha1d-hex": found = try #require(ObjectDigest.hexadecimal(try input("SHA1D")))
        case "clientport-byteswap":
            found = String(try #require(UInt16(try input("ClientPort"))).byteSwapped)
        case "xfrcount-base64": found = Data(try input("text").utf8).base64EncodedString()
        default:
            Issue.record("unknown algorithm \(vector.algorithm)")
            return
        }
        #expect(found == vector.expected)
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8]? {
        let digits = Array(hexadecimal)
        guard digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 }
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
