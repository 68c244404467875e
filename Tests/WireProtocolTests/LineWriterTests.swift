import Testing
import WireProtocol

struct LineWriterTests {
    static let injections = ["a b", "a\tb", "a\r\nOUT", "a\0b", "a\u{7F}", " ", "\n"]

    private static let token = form([.value("name", .anyWord)], command: "USR", name: "initial", transaction: .required)
    private static let text = form([.value("name", .anyText)], command: "USR", name: "initial", transaction: .required)

    @Test(arguments: injections)
    func aTokenThatIsMoreThanAWordIsRefused(text: String) {
        let error = writingError(Self.token, .value(WireToken(text)), transaction: 1)
        #expect(error?.parameter == "name")
        #expect(error?.form == "initial")
        guard case .invalidValue(.forbiddenCharacter) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: injections)
    func aTokenThatIsMoreThanAWordIsRefusedInEveryWord(text: String) {
        let table = form([.value("first", .anyWord, prefix: "F="), .words("rest", .anyWord)])
        #expect(writingError(table, .value(WireToken(text)))?.parameter == "first")
        #expect(writingError(table, .value("a" as WireToken), .list([WireToken(text)]))?.parameter == "rest")
        #expect(writingError(table, .value("a" as WireToken), .list(["b", WireToken(text)]))?.parameter == "rest")
    }

    @Test(arguments: injections)
    func aTextThatIsMoreThanAWordIsEscaped(text: String) throws {
        let line = try written(Self.text, .value(WireText(text)), transaction: 1)
        let bytes = Array(line.utf8.dropLast(2))
        #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(bytes.filter { $0 == 0x20 }.count == 2)
        let back: WireText? = try read(bytes, Self.text).value(0)
        #expect(back?.string == text)
    }

    @Test(arguments: ["a%", "%zz", "%FF"])
    func anInvalidTextReadInFastModeIsRefused(text: String) throws {
        let read: WireText? = try read("USR 1 " + text, Self.text, mode: .fast).value(0)
        let error = writingError(Self.text, .value(read), transaction: 1)
        #expect(error?.parameter == "name")
    }

    @Test func anEmptyWordIsRefusedUnlessAllowed() throws {
        let error = writingError(Self.token, .value(WireToken("")), transaction: 1)
        #expect(error?.kind == .invalidValue(.empty))
        let table = form(
            [.value("name", .anyWord, mayBeEmpty: true), .value("number", .anyNumber, prefix: "N=")], command: "USR",
            transaction: .required)
        let line = try written(table, .value(WireToken("")), .value(5 as UInt32), transaction: 1)
        #expect(line == "USR 1  N=5\r\n")
        let last = form([.value("name", .anyWord, mayBeEmpty: true)])
        #expect(try written(last, .value(WireToken(""))) == "ABC \r\n")
        #expect(try read("ABC ", last).values == [WireBytes()])
        #expect(writingError(form([.words("rest", .anyWord)]), .list([WireToken("")]))?.kind == .invalidValue(.empty))
    }

    @Test func aListValueThatHoldsTheSeparatorIsRefused() throws {
        let table = form(
            [
                .list("list", .anyWord, separator: UInt8(ascii: ",")),
                .words("rest", .anySignedNumber, minimum: 2),
            ], command: "USR", transaction: .required)
        let rest = Given.list([-3, 4] as [Int64])
        for (value, reason) in [
            ("a,b", ValueError.Reason.forbiddenCharacter(0x2C)), ("a b", .forbiddenCharacter(0x20)), ("", .empty),
        ] {
            let list = Given.list(["a", WireToken(value)], separator: UInt8(ascii: ","))
            let error = writingError(table, list, rest, transaction: 1)
            #expect(error?.kind == .invalidValue(reason))
            #expect(error?.parameter == "list")
        }
        let list = Given.list([1, 2] as [UInt32], separator: UInt8(ascii: ","))
        #expect(try written(table, list, rest, transaction: 1) == "USR 1 1,2 -3 4\r\n")
        #expect(writingError(table, list, .list([4] as [Int64]), transaction: 1)?.kind == .missingParameter)
        let none = Given.list([] as [UInt32], separator: UInt8(ascii: ","))
        #expect(writingError(table, none, rest, transaction: 1)?.kind == .missingParameter)
    }

    @Test func onlyTheFailedLineIsTakenBack() throws {
        var line = LineWriter(version: version)
        try write(form(command: "USR", transaction: .required), to: &line, transaction: 1)
        let table = form([.literal("word"), .value("name", .anyWord)])
        let error = #expect(throws: WireEncodingError.self) { try write(table, .value(WireToken("a b")), to: &line) }
        #expect(error?.command == "ABC")
        #expect(String(decoding: line.bytes, as: UTF8.self) == "USR 1\r\n")
        try write(table, .value("x" as WireToken), to: &line)
        #expect(String(decoding: line.bytes, as: UTF8.self) == "USR 1\r\nABC word x\r\n")
    }

    @Test(arguments: [(3, true), (4, false)])
    func aValueOverItsLimitIsRefused(count: Int, fits: Bool) throws {
        let type = ValueTable("Short", .token([]), limit: 3)
        let table = form([.value("name", type)])
        let token = WireToken(String(repeating: "a", count: count))
        if fits {
            #expect(try written(table, .value(token)) == "ABC aaa\r\n")
        } else {
            #expect(writingError(table, .value(token))?.kind == .invalidValue(.tooLong(limit: 3)))
        }
    }

    @Test func aPayloadIsWrittenAfterItsByteCountAndItsLengthChecked() throws {
        func table(limit: Int, length: Int? = nil) -> FormTable {
            form(
                command: "USR", transaction: .required, payload: PayloadTable(.bytes, limit: limit, length: length))
        }
        #expect(try written(table(limit: 4), .payload("a\r\nb"), transaction: 1) == "USR 1 4\r\na\r\nb")
        #expect(try written(table(limit: 4), .payload(""), transaction: 1) == "USR 1 0\r\n")
        #expect(
            writingError(table(limit: 2), .payload("abc"), transaction: 1)?.kind == .payloadTooLong(limit: 2))
        #expect(
            writingError(table(limit: 9, length: 4), .payload("abc"), transaction: 1)?.kind == .wrongPayloadLength)
        let error = writingError(table(limit: 9), .nothing, transaction: 1)
        #expect(error?.kind == .missingParameter && error?.parameter == "payload")
    }

    @Test func writingFollowsTheTransactionRules() {
        func text(_ rule: TransactionRule, _ number: TransactionID?) -> Result<String, WireEncodingError> {
            Result { () throws(WireEncodingError) in
                var line = LineWriter(version: version)
                try write(form(transaction: rule), to: &line, transaction: number)
                return String(decoding: line.bytes, as: UTF8.self)
            }
        }
        func kind(_ rule: TransactionRule, _ number: TransactionID?) -> WireEncodingError.Kind? {
            if case .failure(let error) = text(rule, number) { error.kind } else { nil }
        }
        #expect(text(.required, 5) == .success("ABC 5\r\n"))
        #expect(kind(.required, nil) == .missingTransactionID)
        #expect(text(.absent, nil) == .success("ABC\r\n"))
        #expect(kind(.absent, 5) == .unexpectedTransactionID)
        #expect(text(.zero, nil) == .success("ABC 0\r\n"))
        #expect(text(.zero, TransactionID(value: 0, digits: 3)) == .success("ABC 000\r\n"))
        #expect(kind(.zero, 5) == .unexpectedTransactionID)
        #expect(text(.optional, nil) == .success("ABC\r\n"))
        #expect(text(.optional, 5) == .success("ABC 5\r\n"))
    }

    @Test func aFormOrParameterThatTheVersionLacksIsRefusedByName() throws {
        let table = FormTable(
            "ABC", "plain", from: .client, on: ServiceSet(number: 0), in: 3...9, transaction: .absent,
            words: [.value("name", .anyWord), .value("other", .anyWord, in: 5...9)])
        let (name, other) = (Given.value("a" as WireToken), Given.value("b" as WireToken))
        #expect(try written(table, name, other, version: ProtocolVersion(5)) == "ABC a b\r\n")
        #expect(try written(table, name, version: ProtocolVersion(4)) == "ABC a\r\n")
        let forbidden = writingError(table, name, other, version: ProtocolVersion(4))
        #expect(forbidden?.kind == .forbiddenInVersion && forbidden?.parameter == "other")
        let missing = writingError(table, name, version: ProtocolVersion(5))
        #expect(missing?.kind == .missingParameter && missing?.parameter == "other")
        let form = writingError(table, name, version: ProtocolVersion(2))
        #expect(form?.kind == .notInVersion && form?.parameter == nil)
    }

    @Test func anOptionalWordIsNeededWhereALaterOneWouldBeReadInItsPlace() throws {
        let table = form([
            .value("first", .anyWord, optional: true), .value("named", .anyWord, optional: true, prefix: "N="),
            .value("second", .anyWord, optional: true),
        ])
        let word = Given.value("a" as WireToken)
        #expect(try written(table) == "ABC\r\n")
        #expect(try written(table, word) == "ABC a\r\n")
        #expect(try written(table, word, .nothing, word) == "ABC a a\r\n")
        #expect(try written(table, word, word, word) == "ABC a N=a a\r\n")
        for error in [writingError(table, .nothing, .nothing, word), writingError(table, .nothing, word, word)] {
            #expect(error?.kind == .missingParameter && error?.parameter == "first")
        }
    }

    @Test func aLiteralWithAConditionIsWrittenWhereTheConditionHolds() throws {
        let table = form([
            .value("bits", .anyNumber), .literal("FOUR", when: .bits(4, inSlot: 0)),
            .literal("ONE", when: .words("1", inSlot: 0)), .literal("LATE", in: 9...9),
        ])
        #expect(try written(table, .value(4 as UInt32)) == "ABC 4 FOUR\r\n")
        #expect(try written(table, .value(1 as UInt32)) == "ABC 1 ONE\r\n")
        #expect(try written(table, .value(2 as UInt32)) == "ABC 2\r\n")
        #expect(try written(table, .value(2 as UInt32), version: ProtocolVersion(9)) == "ABC 2 LATE\r\n")
    }
}

/// What a writer does with a value that has no place in a line.
struct WritingPolicyTests {
    private static let table = form([
        .value("bits", .anyNumber),
        .value("old", .anyWord, in: 1...3, ignorable: true),
        .value("strict", .anyWord, in: 1...3),
        .value("more", .anyWord, when: .bits(2, inSlot: 0), ignorable: true),
    ])

    private func line(
        _ bits: UInt32, old: WireToken? = nil, strict: WireToken? = nil, more: WireToken? = nil, _ version: UInt8,
        _ policy: WritingPolicy
    ) -> Result<String, WireEncodingError> {
        Result { () throws(WireEncodingError) in
            var line = LineWriter(version: ProtocolVersion(version), policy: policy)
            try write(
                Self.table, .value(bits), .value(old), .value(strict), .value(more), to: &line)
            return String(decoding: line.bytes, as: UTF8.self)
        }
    }

    @Test func whatFitsIsWrittenByBoth() {
        for policy in [WritingPolicy.exact, .fitting] {
            #expect(line(3, old: "a", strict: "b", more: "c", 2, policy) == .success("ABC 3 a b c\r\n"))
            #expect(line(1, old: "a", strict: "b", 2, policy) == .success("ABC 1 a b\r\n"))
            #expect(line(1, 4, policy) == .success("ABC 1\r\n"))
        }
    }

    @Test func aFittingLineLeavesOutWhatMayBeLeftOut() {
        #expect(line(1, old: "a", 4, .fitting) == .success("ABC 1\r\n"))
        #expect(line(1, more: "c", 4, .fitting) == .success("ABC 1\r\n"))
        #expect(line(1, old: "a", more: "c", 4, .fitting) == .success("ABC 1\r\n"))
    }

    @Test func anExactLineRefusesIt() {
        for (result, name) in [
            (line(1, old: "a", 4, .exact), "old"), (line(1, more: "c", 4, .exact), "more"),
            (line(1, strict: "b", 4, .exact), "strict"), (line(1, strict: "b", 4, .fitting), "strict"),
        ] {
            guard case .failure(let error) = result else {
                Issue.record("\(name) is written")
                continue
            }
            #expect(error.kind == .forbiddenInVersion && error.parameter == name)
        }
    }

    @Test func whatIsMissingIsMissingForBoth() {
        for policy in [WritingPolicy.exact, .fitting] {
            guard case .failure(let error) = line(2, 4, policy) else {
                Issue.record("a line without a needed word is written")
                continue
            }
            #expect(error.kind == .missingParameter && error.parameter == "more")
        }
    }
}
