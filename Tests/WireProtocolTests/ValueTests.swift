import TestSupport
import Testing
@testable import WireProtocol

struct ValueTests {
    @Test func noWayOfPrintingShowsASecret() {
        let secret: Secret<WireToken> = "hunter2"
        var dumped = ""
        dump([secret], to: &dumped)
        let shown = ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped]
        for text in shown { #expect(!text.contains("hunter2"), "\(text)") }
        #expect("\(secret)" == "<redacted>")
        #expect(secret.value == "hunter2")
        #expect(!Field(name: "ticket", value: "hunter2", isSensitive: true).description.contains("hunter2"))
    }

    @Test func theErrorDoesNotShowARefusedSecret() {
        let secret = ValueTable("Ticket", .text, isSensitive: true)
        let error = readingError("USR hunter2%", form([.value("ticket", secret)], command: "USR"))
        #expect(error?.kind == .invalidValue(.badPercentEscape))
        #expect(error.map { String(reflecting: $0).contains("hunter2") } == false)
    }

    @Test(arguments: [("a b", "a%20b"), ("100%", "100%25"), ("é", "%C3%A9"), ("a@b:(c)!~*'", "a@b:(c)!~*'"), ("", "")])
    func aTextIsCodedCanonicallyAndDecodedBack(text: String, coded: String) throws {
        #expect(WireText(text).wire.string == coded)
        #expect(try WireText(wire: WireBytes(coded)).string == text)
    }

    @Test(arguments: [("%41", "A"), ("%25%41", "%A"), ("%", "%"), ("%4", "%4"), ("%4G", "%4G"), ("%%41", "%A")])
    func anEscapeIsDecodedWhereverItStands(coded: String, decoded: String) {
        for before in 0...18 {
            for after in 0...18 {
                let (start, end) = (String(repeating: "y", count: before), String(repeating: "z", count: after))
                #expect(WireText(checked: WireBytes(start + coded + end)).string == start + decoded + end)
            }
        }
    }

    @Test(arguments: [("x", true), ("12", true), ("", false), ("1:x", false), ("x;y", false), ("1:x;y", false)])
    func aWordKnowsWhetherItHasMarks(word: String, hasNone: Bool) {
        #expect(WireBytes("::;" + word).slice(3..<3 + word.utf8.count).containsNone(of: ":;") == hasNone)
    }

    @Test(arguments: ["%41", "%c3%a9", "é", "a%20b"])
    func aTextKeepsTheSpellingItCameIn(word: String) throws {
        var line = LineWriter(version: version)
        try WireText(wire: WireBytes(word)).write(to: &line)
        #expect(String(decoding: line.bytes, as: UTF8.self) == word)
    }

    @Test(arguments: [21, 22, 23] as [UInt64])
    func randomTextsComeBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let number = UInt32.random(in: 0...0x2FFF, using: &random)
                if let scalar = Unicode.Scalar(number) { text.unicodeScalars.append(scalar) }
            }
            let wire = WireText(text).wire
            #expect(try WireText(wire: wire).string == text)
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func signedNumbersAreReadToTheirEnds(number: Int64) throws {
        #expect(try Int64(text: String(number), version: version) == number)
        var line = LineWriter(version: version)
        try number.write(to: &line)
        #expect(String(decoding: line.bytes, as: UTF8.self) == String(number))
    }

    @Test(arguments: [
        ("", ValueError(.empty)), ("-", ValueError(.notANumber)), ("x", ValueError(.notANumber)),
        ("1 ", ValueError(.notANumber, offset: 1)),
        ("-0", ValueError(.badShape(expected: "a decimal number without leading zeros"))),
        ("01", ValueError(.badShape(expected: "a decimal number without leading zeros"))),
        (
            "9223372036854775808",
            ValueError(.outOfRange("-9223372036854775808...9223372036854775807"))
        ),
    ])
    func otherSpellingsOfNumbersAreRefused(word: String, error: ValueError) {
        #expect(throws: error) { try Int64(text: word, version: version) }
    }

    @Test func aCommandWordIsPackedBigEndian() {
        #expect(CommandCode("USR").rawValue == 0x555352)
        #expect(CommandCode("USR").description == "USR")
        #expect(CommandCode(bytes: Array("911".utf8))?.rawValue == 0x393131)
        #expect(CommandCode("COMMANDS").description == "COMMANDS")
        for word in ["", "ABCDEFGHI", "A B", "É"] { #expect(CommandCode(bytes: Array(word.utf8)) == nil) }
    }

    @Test func aVersionSetHoldsItsRangesAndNoOtherVersion() {
        let set = VersionSet(2...7, 10...10, 250...255)
        let held = (0...255).filter { set.contains(ProtocolVersion(UInt8($0))) }
        #expect(held == Array(2...7) + [10] + Array(250...255))
        #expect(VersionSet(1...1).union(VersionSet(3...3)) == VersionSet(1...1, 3...3))
    }

    @Test func shapesTellWordsApart() {
        let table = ValueTable(
            "Shaped",
            .token([
                WireShape(literal: "CVR0"), WireShape(prefix: "V", characters: .digits, suffix: ";"),
                WireShape(characters: .hexadecimal, length: 4), WireShape(prefix: "L", characters: .letters),
                WireShape(prefix: "*", characters: .any),
            ]))
        for word in ["CVR0", "V12;", "09aF", "LabZ", "*1é"] {
            #expect(table.failure(of: Array(word.utf8).span, in: version) == nil)
        }
        let expected = "'CVR0' or 'V' digits ';' or 4 hexadecimal or 'L' letters or '*' characters"
        for word in ["", "CVR", "V;", "V1x;", "09aFF", "09aG", "L", "La1", "*"] {
            #expect(
                table.failure(of: Array(word.utf8).span, in: version)
                    == ValueError(.badShape(expected: expected)))
        }
    }

    @Test func bytesAreEqualByContentAndClampedToTheirRange() {
        let chunk = Array("abcabc".utf8)
        let first = WireBytes(chunk: chunk, range: 0..<3)
        let second = WireBytes(chunk: chunk, range: 3..<9)
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
        #expect(second.detached() == first)
        #expect(WireBytes([0xFF]).string == nil)
    }

    @Test func fieldsBecomeAFormAndAWrongOneIsNamed() throws {
        let table = form([
            .value("a", .anyNumber), .value("b", .anyText, optional: true),
            .list("list", .anyNumber, separator: UInt8(ascii: ",")),
        ])
        func text(_ fields: [String: FieldValue]) throws(WireEncodingError) -> String {
            let reader = FieldReader(fields, version: version, command: "ABC", form: "plain")
            var line = LineWriter(version: version)
            try FormStorage<3>(try table.builder(from: reader)).encode(table, into: &line, transaction: nil)
            return String(decoding: line.bytes, as: UTF8.self)
        }
        func kind(_ fields: [String: FieldValue]) -> WireEncodingError? {
            failure { () throws(WireEncodingError) in _ = try text(fields) }
        }
        #expect(try text(["a": "1", "b": "x y", "list": ["1", "2"]]) == "ABC 1 x%20y 1,2\r\n")
        #expect(try text(["a": "1", "list": "2"]) == "ABC 1 2\r\n")
        let missing = kind(["list": "2"])
        #expect(missing?.kind == .missingParameter && missing?.parameter == "a")
        let list = kind(["a": ["1", "2"], "list": "2"])
        #expect(list?.kind == .invalidValue(.badShape(expected: "one text")) && list?.parameter == "a")
        let value = kind(["a": "x", "list": "2"])
        #expect(value?.kind == .invalidValue(.notANumber) && value?.parameter == "a")
        let element = kind(["a": "1", "list": ["2", "x"]])
        #expect(element?.kind == .invalidValue(.notANumber) && element?.parameter == "list")
        let unknown = kind(["a": "1", "list": "2", "c": "3", "z": "4"])
        #expect(unknown?.kind == .unknownField && unknown?.parameter == "c")
        #expect(kind(["a": "1", "list": []])?.kind == .missingParameter)
    }
}
