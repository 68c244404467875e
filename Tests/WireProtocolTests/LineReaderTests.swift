import Testing
@testable import WireProtocol

struct LineReaderTests {
    private static let words = form([.words("words", .anyWord)])
    private static let text = form([.value("name", .anyText)], name: "initial")
    private static let number = form([.value("number", .anyNumber)])

    @Test(arguments: [0, 9, 13, 27, 127] as [UInt8])
    func aByteThatCannotStandInALineIsRefused(byte: UInt8) {
        let error = readingError(Array("ABC 1 a".utf8) + [byte, 0x62], Self.words)
        let expected = WireDecodingError(
            kind: .forbiddenByte(byte), command: "ABC", version: version, offset: 7, line: "ABC (9 bytes)")
        #expect(error == expected)
    }

    @Test(
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]])
    func invalidUTF8IsRefused(bytes: [UInt8]) {
        let error = readingError(Array("ABC 1 ".utf8) + bytes, Self.words)
        #expect(error?.kind == .invalidUTF8)
        #expect(error?.offset == 6)
        #expect(error?.form == nil)
    }

    @Test(arguments: [0, 1, 5, 64])
    func moreWordsThanTheLimitAreRefused(limit: Int) throws {
        let limits = WireLimits(parameters: limit)
        let fits = "ABC" + String(repeating: " a", count: limit)
        let line = try read(fits, Self.words, limits: limits)
        #expect((line.list(0, separator: 0x20) as [WireToken]?)?.count == limit)
        let error = readingError(fits + " a", Self.words, limits: limits)
        #expect(error?.kind == .tooManyParameters)
        #expect(error?.offset == fits.utf8.count + 1)
    }

    @Test(arguments: [("a%", 1), ("a%2", 1), ("%zz", 0), ("ab%2g", 2), ("%%20", 0)])
    func aTextWithABadPercentEscapeIsRefused(word: String, offset: Int) {
        let error = readingError("ABC " + word, Self.text)
        #expect(error?.kind == .invalidValue(.badPercentEscape))
        #expect(error?.offset == 4 + offset)
        #expect(error?.parameter == "name")
        #expect(error?.form == "initial")
    }

    @Test(arguments: [("ab%FF", 2), ("%20%C3x", 3), ("%ED%A0%80", 0)])
    func aTextThatDoesNotDecodeToUTF8IsRefused(word: String, offset: Int) {
        let error = readingError("ABC " + word, Self.text)
        #expect(error?.kind == .invalidValue(.invalidUTF8))
        #expect(error?.offset == 4 + offset)
    }

    @Test func aMissingWordIsNamedWithItsFormVersionAndByte() {
        let words: [FormWord] = [.value("userHandle", .anyWord), .value("friendlyName", .anyText)]
        let table = form(words, command: "USR", name: "authenticated", transaction: .required)
        let error = readingError("USR 1 somebody", table)
        #expect(
            error?.description
                == "USR: parameter 'friendlyName' is missing (form 'authenticated', version 8) at byte 14")
    }

    @Test func wordsAfterTheLastParameterAreRefusedAndNotShown() {
        let table = form(command: "USR", transaction: .required)
        let error = readingError("USR 1 hidden hidden", table)
        #expect(error?.kind == .extraParameter("2 words"))
        #expect(error?.offset == 6)
        #expect(error?.description.contains("hidden") == false)
        #expect(error?.line.contains("hidden") == false)
        #expect(readingError("USR 1 hidden", table)?.kind == .extraParameter("1 word"))
    }

    @Test(arguments: ["7", "007", "0", "4294967295", "0000000001"])
    func aTransactionIDKeepsItsSpelling(digits: String) throws {
        let table = form(command: "USR", transaction: .required)
        let number = try #require(try read("USR " + digits, table).transaction)
        #expect(number.description == digits)
        #expect(try written(table, transaction: number) == "USR \(digits)\r\n")
    }

    @Test(arguments: ["x", "-1", "1x", "4294967296", "00000000001", "12,45", "1234/678"])
    func aWordThatIsNoTransactionIDIsRefused(word: String) throws {
        let error = readingError(
            "USR " + word, form([.value("word", .anyWord)], command: "USR", transaction: .required))
        #expect(error?.kind == .invalidTransactionID)
        #expect(error?.offset == 4)
        #expect(error?.form == nil)
        let table = form([.value("word", .anyWord)], command: "USR", transaction: .optional)
        let line = try read("USR " + word, table)
        #expect(line.transaction == nil)
        #expect(line.values == [WireBytes(word)])
    }

    @Test func readingFollowsTheTransactionRules() throws {
        let zero = form(transaction: .zero)
        #expect(try read("ABC 0", zero).transaction == 0)
        #expect(readingError("ABC 1", zero)?.kind == .invalidTransactionID)
        #expect(try read("ABC 1", Self.words).transaction == nil)
        for rule in [TransactionRule.required, .zero] {
            let error = readingError("ABC", form(transaction: rule))
            #expect(error?.kind == .missingTransactionID)
            #expect(error?.offset == 3)
        }
        #expect(try read("ABC", form(transaction: .optional)).transaction == nil)
        #expect(try read("ABC 5", form(transaction: .optional)).transaction == 5)
    }

    @Test func runsOfBlanksCountAsOneUnlessEmptyWordsAreKept() throws {
        let two = form([.value("first", .anyWord), .value("second", .anyWord)])
        #expect(try read("ABC  a   b  ", two).values == [WireBytes("a"), WireBytes("b")])
        let kept = form([
            .value("first", .anyWord, mayBeEmpty: true), .value("second", .anyWord),
            .value("third", .anyWord, optional: true),
        ])
        #expect(try read("ABC  a", kept).values == [WireBytes(), WireBytes("a"), nil])
        let error = readingError("ABC  a ", kept)
        #expect(error?.kind == .invalidValue(.empty))
        #expect(error?.parameter == "third")
        #expect(error?.offset == 7)
    }

    @Test func prefixesListsAndRepeatedWordsAreRead() throws {
        let table = form([
            .value("name", .anyWord, prefix: "N="), .list("list", .anyNumber, separator: UInt8(ascii: ",")),
            .words("rest", .anyNumber, minimum: 2),
        ])
        let line = try read("ABC N=x 1,2,3 4 5", table)
        #expect(line.value(0) == ("x" as WireToken))
        #expect(line.list(1, separator: UInt8(ascii: ",")) == ([1, 2, 3] as [UInt32]))
        #expect(line.list(2, separator: 0x20) == ([4, 5] as [UInt32]))
        let prefix = readingError("ABC x 1 4 5", table)
        #expect(prefix?.kind == .invalidValue(.badShape(expected: "a word that begins with 'N='")))
        #expect(prefix?.offset == 4)
        let value = readingError("ABC N= 1 4 5", table)
        #expect(value?.kind == .invalidValue(.empty))
        #expect(value?.offset == 6)
        let element = readingError("ABC N=x 1,,3 4 5", table)
        #expect(element?.kind == .invalidValue(.empty))
        #expect(element?.offset == 10)
        let number = readingError("ABC N=x 1,23,x 4 5", table)
        #expect(number?.kind == .invalidValue(.notANumber))
        #expect(number?.offset == 13)
        let few = readingError("ABC N=x 1 4", table)
        #expect(few?.kind == .missingParameter)
        #expect(few?.parameter == "rest")
        #expect(few?.offset == 11)
    }

    @Test(arguments: ["01", "+1", "-1", "1x", "4294967296", "00", "1,2345", "12.456", "1234567+", "1*345678"])
    func aNumberThatIsNotCanonicalIsRefused(word: String) {
        let error = readingError("ABC " + word, Self.number)
        guard case .invalidValue = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.parameter == "number")
        #expect(error?.line == "ABC (\(4 + word.utf8.count) bytes)")
    }

    @Test(arguments: [("01", 0), ("1x", 1), ("4294967296", 0), ("x", 0)])
    func theErrorSaysWhyAWordIsNoNumber(word: String, offset: Int) {
        let reasons: [String: ValueError.Reason] = [
            "01": .badShape(expected: "a decimal number without leading zeros"), "1x": .notANumber,
            "4294967296": .outOfRange("0...4294967295"), "x": .notANumber,
        ]
        let error = readingError("ABC " + word, Self.number)
        #expect(error?.kind == reasons[word].map { .invalidValue($0) })
        #expect(error?.offset == 4 + offset)
    }

    @Test(arguments: [(5, true), (4, false), (6, false)])
    func aPayloadMustMatchItsByteCount(announced: Int, fits: Bool) throws {
        let table = form(
            [.words("words", .anyWord)], command: "MSG", payload: PayloadTable(.bytes, limit: 5, length: 5))
        let (line, bytes) = ("MSG a \(announced)", Array("hello".utf8))
        if fits {
            #expect(try read(line, payload: bytes, table).values == [WireBytes("a"), WireBytes("hello")])
        } else {
            let error = readingError(line, payload: bytes, table)
            #expect(error?.kind == .wrongPayloadLength)
            #expect(error?.parameter == "payload")
            #expect(error?.offset == 6)
        }
        let small = form([.words("words", .anyWord)], command: "MSG", payload: PayloadTable(.bytes, limit: 4))
        #expect(
            readingError("MSG 5", payload: bytes, small)?.kind == .invalidValue(.tooLong(limit: 4)))
        let fixed = form(command: "MSG", payload: PayloadTable(.bytes, limit: 9, length: 4))
        #expect(readingError("MSG 5", payload: bytes, fixed)?.kind == .wrongPayloadLength)
        #expect(readingError("MSG", payload: bytes, small)?.kind == .missingParameter)
        #expect(readingError("MSG 5", fixed)?.kind == .wrongPayloadLength)
        #expect(readingError("MSG 05", payload: bytes, fixed)?.kind == .wrongPayloadLength)
    }

    @Test(arguments: [ValueTable("Short", .token([]), limit: 3), ValueTable("Short", .text, limit: 3)])
    func aWordOverTheLimitOfItsTypeIsRefused(type: ValueTable) throws {
        let table = form([.value("name", type, prefix: "N=")])
        #expect(try read("ABC N=abc", table).values == [WireBytes("abc")])
        let error = readingError("ABC N=abcd", table)
        #expect(error?.kind == .invalidValue(.tooLong(limit: 3)))
        #expect(error?.offset == 9)
    }

    @Test func aWrongOrMissingLiteralIsRefused() {
        let table = form([.literal("OK"), .value("name", .anyWord)])
        let other = readingError("ABC KO x", table)
        #expect(other?.kind == .invalidValue(.unknownValue(expected: "OK")))
        #expect(other?.parameter == "OK")
        #expect(other?.offset == 4)
        #expect(readingError("ABC", table)?.kind == .missingParameter)
    }
}

/// Which form a line has, and what is wrong where it has none.
struct DispatchTests {
    private static let one = form([.words("words", .anyWord)], name: "one")
    private static let two = form([.words("words", .anyWord)], name: "two", place: 1)
    private static let guid = "C1BDF6E7-9A4E-4E39-B8A0-0D5B2D0D7B11"

    private func chosen(_ line: String, if tests: FormTest...) -> Int? {
        let choices: [CommandTable.Choice] = [
            .init(0, on: ServiceSet(number: 0), if: tests), .init(1, on: ServiceSet(number: 0)),
        ]
        let command = CommandTable("ABC", client: [Self.one, Self.two], clientChoices: choices)
        let table = ProtocolTable("ONE", services: 1, lastVersion: 9, commands: [command])
        let (plain, quick) = places(line, table)
        #expect(plain == quick, "\(line)")
        return plain
    }

    @Test func theTestsOfACommandChooseTheForm() {
        let line = "ABC 12 N=a {\(Self.guid)} -3 \(Self.guid)"
        #expect(chosen(line, if: .word(0, isOneOf: ["1", "12"])) == 0)
        #expect(chosen(line, if: .word(0, isOneOf: ["1", "123"])) == 1)
        #expect(chosen(line, if: .word(9, isOneOf: ["12"])) == 1)
        #expect(chosen(line, if: .wordHasPrefix(1, "N=")) == 0)
        #expect(chosen(line, if: .wordHasPrefix(1, "N=ab")) == 1)
        #expect(chosen(line, if: .wordIsGUID(2, braces: true)) == 0)
        #expect(chosen(line, if: .wordIsGUID(2, braces: false)) == 1)
        #expect(chosen(line, if: .wordIsGUID(4, braces: false)) == 0)
        #expect(chosen(line, if: .wordIsGUID(1, braces: true)) == 1)
        #expect(chosen(line, if: .wordIsNumber(3)) == 0)
        #expect(chosen(line, if: .wordIsNumber(1)) == 1)
        #expect(chosen(line, if: .atLeast(5)) == 0)
        #expect(chosen(line, if: .atLeast(6)) == 1)
        #expect(chosen(line, if: .atMost(5)) == 0)
        #expect(chosen(line, if: .atMost(4)) == 1)
        #expect(chosen(line, if: .atLeast(2), .wordIsNumber(1)) == 1)
        #expect(chosen("ABC averylongword x", if: .word(0, isOneOf: ["averylongword", "12"])) == 0)
        #expect(chosen("ABC averylongprefix x", if: .wordHasPrefix(0, "averylongpre")) == 0)
    }

    @Test func theErrorSaysWhyALineHasNoForm() throws {
        let choices: [CommandTable.Choice] = [
            .init(0, on: ServiceSet(number: 0), if: [.atLeast(2)]),
            .init(1, on: ServiceSet(number: 0), if: [.atLeast(3)]),
        ]
        let old = FormTable("OLD", "old", from: .client, on: ServiceSet(number: 0), in: 1...3)
        let table = ProtocolTable(
            "ONE", services: 1, lastVersion: 9,
            commands: [
                CommandTable("ABC", client: [Self.one, Self.two], clientChoices: choices),
                CommandTable("OLD", client: [old]), CommandTable("NAM", isNamedOnly: true),
            ])
        func error(_ line: String, service: Int = 0) -> WireDecodingError? {
            #expect(throws: WireDecodingError.self) {
                try table.lines(from: .client, service: service, version: version)
                    .read(Frame(line: line), mode: .checked, limits: .default)
            }
        }
        let none = error("ABC a")
        #expect(none?.kind == .noMatchingForm(expected: "one or two"))
        #expect(none?.offset == 4)
        #expect(error("ABC")?.offset == 3)
        #expect(error("OLD")?.kind == .notInVersion)
        #expect(error("ABC a b", service: 1)?.kind == .notInVersion)
        #expect(error("É 1")?.kind == .unknownCommand)
        #expect(error(" ABC 1")?.kind == .unknownCommand)
        #expect(error("OLD \u{7}")?.kind == .forbiddenByte(7))
        let lines = table.lines(from: .client, service: 0, version: version)
        for name in ["NAM 1", "ZZZ 1", "911 1"] {
            #expect(try lines.read(Frame(line: name), mode: .checked, limits: .default)?.form == nil)
        }
    }
}
