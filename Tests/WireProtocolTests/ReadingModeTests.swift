import TestSupport
import Testing
@testable import WireProtocol

/// What the modes of reading have in common, and in what they differ.
struct ReadingModeTests {
    private static let text = form([.value("name", .anyText)])

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func whatAStricterModeAcceptsTheOthersAcceptWithEqualValues(seed: UInt64) {
        var maker = LineMaker(seed: 0x300 + seed)
        maker.version = ProtocolVersion(UInt8(seed) + 2)
        for _ in 0..<400 {
            let command =
                Double.random(in: 0..<1, using: &maker.random) < 0.4 ? maker.spoil(maker.command()) : maker.command()
            func arrivals(_ mode: ReadingMode) -> [Arrival] {
                readPlainly(command, StreamSettings(version: maker.version, mode: mode))
            }
            let (strict, checked, fast) = (arrivals(.strict), arrivals(.checked), arrivals(.fast))
            guard strict.count == checked.count, checked.count == fast.count else {
                Issue.record("frames depend on the mode")
                continue
            }
            for index in strict.indices {
                if strict[index].message != nil { #expect(checked[index] == strict[index]) }
                if checked[index].message != nil { #expect(fast[index] == checked[index]) }
                guard fast[index].message != nil, checked[index].message == nil else { continue }
                // Only the codes of a text are looked at later.
                guard case .decoding(let error, _) = checked[index].error else {
                    Issue.record("\(checked[index])")
                    continue
                }
                let isEscape =
                    error.kind == .invalidValue(.badPercentEscape) || error.kind == .invalidValue(.invalidUTF8)
                #expect(isEscape, "\(error)")
            }
        }
    }

    @Test(arguments: [
        ("%zz", "%zz"), ("a%", "a%"), ("a%2", "a%2"), ("%%20", "% "), ("%FF", "\u{FFFD}"), ("a%C3b", "a\u{FFFD}b"),
        ("%C3%A9%zz", "é%zz"), ("%ED%A0%80", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("%E2%82", "\u{FFFD}"),
        ("é%FF", "é\u{FFFD}"),
    ])
    func onlyFastModeReadsAnInvalidTextAndShowsWhatItCan(word: String, shown: String) throws {
        for mode in [ReadingMode.checked, .strict] {
            #expect(readingError("ABC " + word, Self.text, mode: mode)?.parameter == "name")
        }
        let text: WireText = try #require(try read("ABC " + word, Self.text, mode: .fast).value(0))
        #expect(text.string == shown)
        #expect(text.text == shown)
        #expect("\(text)" == shown)
        #expect(text.wire.description == word)
        #expect(throws: ValueError.self) { try text.decoded() }
    }

    @Test func aTextSaysWhatIsWrongWithItAndWhere() {
        func error(_ word: String) -> ValueError? {
            failure { () throws(ValueError) in _ = try WireText(checked: WireBytes(word)).decoded() }
        }
        #expect(error("ab%2g") == ValueError(.badPercentEscape, offset: 2))
        #expect(error("%20%FFab") == ValueError(.invalidUTF8, offset: 3))
        #expect(error("%20%C3x") == ValueError(.invalidUTF8, offset: 3))
        #expect(error("a b") == ValueError(.forbiddenCharacter(0x20), offset: 1))
        #expect(error("%C3%A9%20é") == nil)
    }

    @Test(
        arguments: ReadingMode.allCases,
        ["%C3%A9%20x", "é", "%EF%BB%BFa", "\u{FEFF}a", "%00", "%25zz", "a%F0%9F%98%80"])
    func aValidTextIsTheSameInEachMode(mode: ReadingMode, word: String) throws {
        let text: WireText = try #require(try read("ABC " + word, Self.text, mode: mode).value(0))
        #expect(try text.decoded() == text.string)
        #expect(try WireText(wire: WireBytes(word)) == text)
    }

    @Test func aByteOrderMarkInFrontOfATextSurvives() throws {
        for word in ["%EF%BB%BFab", "\u{FEFF}ab", "%EF%BB%BFa%20"] {
            let text = try WireText(wire: WireBytes(word))
            #expect(text.string.unicodeScalars.first == "\u{FEFF}")
            #expect(try text.decoded().unicodeScalars.first == "\u{FEFF}")
            let token = WireToken(checked: WireBytes(word))
            #expect(Array(token.string.utf8) == Array(word.utf8))
        }
        #expect(WireText("\u{FEFF}a").wire.description == "%EF%BB%BFa")
        #expect(Array(WireText("\u{FEFF}a").string.utf8) == [0xEF, 0xBB, 0xBF, 0x61])
    }

    @Test(arguments: [31, 32, 33] as [UInt64])
    func aTextIsDecodedWhateverItsBytes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let parts = ["%", "%2", "%zz", "%C3", "%A9", "%41", "a", "é", "%F0%9F", "%98%80", "%e2%82%ac"]
            let word = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                parts.randomElement(using: &random) ?? "a"
            }.joined()
            let text = WireText(checked: WireBytes(word))
            let bytes = decoded(Array(word.utf8))
            #expect(text.string == String(decoding: bytes, as: UTF8.self))
            let isRight = (try? text.decoded()) != nil
            let hasBadCode = (try? WireText(wire: WireBytes(word))) == nil
            #expect(isRight != hasBadCode)
            if isRight { #expect(Array(text.string.utf8) == bytes) }
        }
    }

    /// The decoded bytes, one after the other; a percent sign that begins no code stands for itself.
    private func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let code = bytes[index...].prefix(3).dropFirst()
            let isCode =
                bytes[index] == UInt8(ascii: "%") && code.count == 2
                && code.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }
            if isCode, let value = UInt8(String(decoding: code, as: UTF8.self), radix: 16) {
                result.append(value)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
