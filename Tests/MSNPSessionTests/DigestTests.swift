import Crypto
import TestSupport
import Testing

@testable import MSNPSession

/// The digests of this package against those of a cryptographic library, and against published answers.
struct DigestTests {
    /// Lengths around the ends of blocks, where the filling changes.
    private static let lengths = Array(0...130) + [1_000, 4_096, 65_537]

    @Test(arguments: lengths)
    func digestsAreThoseOfACryptographicLibrary(length: Int) {
        var random = SeededGenerator(seed: UInt64(length) + 1)
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(MD5.hash(bytes) == Array(Insecure.MD5.hash(data: bytes)))
        #expect(SHA1.hash(bytes) == Array(Insecure.SHA1.hash(data: bytes)))
    }

    @Test(arguments: [0, 1, 20, 63, 64, 65, 128, 200])
    func authenticationCodesAreThoseOfACryptographicLibrary(length: Int) {
        var random = SeededGenerator(seed: UInt64(length) + 1)
        let key = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        let text = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        let wanted = HMAC<Insecure.SHA1>.authenticationCode(for: text, using: SymmetricKey(data: key))
        #expect(SHA1.authenticationCode(for: text, key: key) == Array(wanted))
    }

    @Test func answersOfTheStandardsHold() {
        #expect(MD5Text.hexadecimal(MD5.hash("abc".utf8)) == "900150983cd24fb0d6963f7d28e17f72")
        #expect(MD5Text.hexadecimal(SHA1.hash("abc".utf8)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        let code = SHA1.authenticationCode(for: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(MD5Text.hexadecimal(code) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    }
}
