import TestSupport
import Testing
@testable import WireProtocol

/// Looks at many bytes at once against looks at one after the other.
struct ByteScanTests {
    private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        let few: [UInt8] = [0x00, 0x09, 0x1F, 0x20, 0x21, 0x7E, 0x7F, 0x80, 0xFF]
        return (0..<64).map { _ in
            Bool.random(using: &random)
                ? few.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
        }
    }

    @Test func aMaskHasTheBitsOfItsBytesWithAndWithoutTheInstruction() {
        var random = SeededGenerator(seed: 0x3A5C)
        for round in 0..<65536 {
            // All masks of one half, each against a random one of the other.
            let bits = UInt64(round) | (round % 2 == 0 ? 0 : random.next() & 0xFFFF)
            var block = Block16(repeating: 0)
            for index in 0..<16 where bits >> UInt64(index) & 1 == 1 { block[index] = 1 }
            let mask = block .== Block16(repeating: 1)
            guard maskBits(mask) == bits, plainMaskBits(mask) == bits else {
                Issue.record("mask \(bits)")
                return
            }
        }
    }

    @Test func sixtyFourBytesAreScannedLikeSingleBytes() {
        var random = SeededGenerator(seed: 0x5CA)
        for _ in 0..<3000 {
            let bytes = Self.bytes(&random)
            let found = bytes.withUnsafeBytes { $0.baseAddress.map { (specialBytes($0), blanksAndControls($0)) } }
            var (special, low) = (UInt64(0), UInt64(0))
            for (index, byte) in bytes.enumerated() {
                if byte <= 0x20 || byte >= 0x7F { special |= 1 << UInt64(index) }
                if byte <= 0x20 { low |= 1 << UInt64(index) }
            }
            #expect(found?.0 == special)
            #expect(found?.1 == low)
        }
        for byte in UInt8.min...UInt8.max {
            #expect(specialBytes(Block16(repeating: byte)) == (byte <= 0x20 || byte >= 0x7F ? 0xFFFF : 0))
        }
    }

    /// A word somewhere in the middle of other bytes.
    private func lying(
        _ word: [UInt8], _ random: inout SeededGenerator, _ body: (UnsafeRawPointer, Int, Int, Int) -> Void
    ) {
        let front = (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let back = (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        (front + word + back).withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            body(base, front.count, front.count + word.count, bytes.count)
        }
    }

    @Test func aNumberIsReadAsThePlainReaderReadsIt() {
        var random = SeededGenerator(seed: 0x4E)
        let alphabet = Array("00112233445566778899*+,-./:;".utf8)
        for round in 0..<20000 {
            let digits = round % 3 == 0 ? alphabet : Array(alphabet.prefix(20))
            let word = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                digits.randomElement(using: &random) ?? 0x30
            }
            lying(word, &random) { base, start, end, _ in
                let plain = decimalNumber(word.span, from: 0, to: word.count)
                guard quickDecimal(base, start, end) == plain,
                    quickNumber(base, start, end) == canonicalNumber(word.span, from: 0, to: word.count),
                    quickIsNumber(base, start, end) == (quickNumber(base, start, end) != nil)
                else {
                    Issue.record("\(String(decoding: word, as: UTF8.self))")
                    return
                }
            }
        }
    }

    @Test func onlyDigitsAreDigitsAtAnyPlaceOfANumber() {
        for width in 1...10 {
            for place in 0..<width {
                for byte in UInt8.min...UInt8.max where byte &- 0x30 > 9 {
                    var word = [UInt8](repeating: 0x31, count: width)
                    word[place] = byte
                    for front in [0, 9] {
                        let bytes = [UInt8](repeating: 0x20, count: front) + word
                        let number = bytes.withUnsafeBytes { bytes in
                            bytes.baseAddress.flatMap { quickDecimal($0, front, front + width) }
                        }
                        let isNumber = bytes.withUnsafeBytes { bytes in
                            bytes.baseAddress.map { quickIsNumber($0, front, front + width) } ?? true
                        }
                        if isNumber { Issue.record("byte \(byte) at \(place) of \(width) is a number") }
                        let plain = decimalNumber(bytes.span, from: front, to: front + width)
                        if number != nil || plain != nil { Issue.record("byte \(byte) at \(place) of \(width)") }
                    }
                }
            }
        }
    }

    @Test func bothReadersAgreeOnGUIDsAndTexts() {
        var random = SeededGenerator(seed: 0x61D)
        let guid = Array("{44bfd5a4-7450-4BDA-ba3a-c51b3031126d}".utf8)
        for _ in 0..<10000 {
            let braces = Bool.random(using: &random)
            var word = braces ? guid : Array(guid.dropFirst().dropLast())
            if Bool.random(using: &random) {
                word[Int.random(in: 0..<word.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            lying(word, &random) { base, start, end, _ in
                #expect(quickIsGUID(base, start, end, braces: braces) == isGUID(word.span, braces: braces))
            }
        }
        let parts = ["%20", "%C3%A9", "%", "%C3", "a", "bcd", "é", "%F0%9F%98%80", "%7f", "%8", "%E2%82%AC"]
        for _ in 0..<10000 {
            let word = Array(
                (0..<Int.random(in: 1...10, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
                    .joined().utf8)
            let isRight = failure { () throws(ValueError) in try checkPercentCoding(word.span) } == nil
            lying(word, &random) { base, start, end, room in
                #expect(quickIsText(base, start, end, room: room) == isRight)
            }
        }
    }
}
