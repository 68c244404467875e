import Testing
import WireProtocol

@Suite("LineWriter")
struct LineWriterTests {
    static let injections = ["a b", "a\tb", "a\r\nOUT", "a\0b", "a\u{7F}", " ", "\n"]

    @Test("refuses a token that would be more than a word", arguments: injections)
    func tokenInjection(text: String) throws {
        var line = try writer()
        let error = #expect(throws: EncodingError.self) { try line.write(WireToken(text), "name") }
        #expect(error?.parameter == "name")
        #expect(error?.form == "initial")
        #expect(line.bytes.isEmpty)
    }

    @Test("escapes a text that would be more than a word", arguments: injections)
    func textInjection(text: String) throws {
        var line = try writer()
        try line.write(WireText(text), "name")
        try line.end()
        #expect(line.bytes.dropLast(2).allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(line.bytes.filter { $0 == 0x20 }.count == 2)
        var back = try reader(String(decoding: line.bytes.dropLast(2), as: UTF8.self))
        _ = try back.readTransaction(.required)
        let read: WireText = try back.read("name")
        #expect(read.string == text)
    }

    @Test("refuses an empty word unless it is allowed")
    func emptyWord() throws {
        var line = try writer()
        #expect(throws: EncodingError.self) { try line.write(WireToken(""), "name") }
        line = try writer()
        try line.write(WireToken(""), "name", emptyAllowed: true)
        try line.write(5 as UInt32, "number", prefix: "N=")
        try line.end()
        #expect(String(decoding: line.bytes, as: UTF8.self) == "USR 1  N=5\r\n")
    }

    @Test("refuses a list value that holds the separator")
    func separatorInjection() throws {
        var line = try writer()
        #expect(throws: EncodingError.self) {
            try line.writeList([WireToken("a,b")], "list", separator: UInt8(ascii: ","))
        }
        line = try writer()
        try line.writeList([1, 2] as [UInt32], "list", separator: UInt8(ascii: ","))
        try line.writeRepeated([-3, 4] as [Int64], "rest", minimum: 2)
        try line.end()
        #expect(String(decoding: line.bytes, as: UTF8.self) == "USR 1 1,2 -3 4\r\n")
    }

    @Test("takes back only the failed line")
    func truncation() throws {
        var line = try writer()
        try line.end()
        try line.begin(command: "ABC", form: "plain", rule: .none, transaction: nil)
        line.literal("word")
        let error = line.fail(.forbiddenInVersion, "name")
        #expect(error.description.contains("ABC"))
        #expect(String(decoding: line.bytes, as: UTF8.self) == "USR 1\r\n")
    }

    @Test("refuses a value over its limit", arguments: [(3, true), (4, false)])
    func limit(count: Int, fits: Bool) throws {
        var line = try writer()
        let token = WireToken(String(repeating: "a", count: count))
        if fits {
            try line.write(token, "name", limit: 3)
        } else {
            let error = #expect(throws: EncodingError.self) { try line.write(token, "name", limit: 3) }
            #expect(error?.kind == .invalidValue(.tooLong(limit: 3)))
        }
    }

    @Test("writes a payload behind its byte count and checks its length")
    func payload() throws {
        var line = try writer()
        try line.end(payload: WireBytes("a\r\nb"), limit: 4)
        #expect(String(decoding: line.bytes, as: UTF8.self) == "USR 1 4\r\na\r\nb")
        line = try writer()
        #expect(throws: EncodingError.self) { try line.end(payload: WireBytes("abc"), limit: 2) }
        line = try writer()
        #expect(throws: EncodingError.self) { try line.end(payload: WireBytes("abc"), limit: 9, length: 4) }
        #expect(line.bytes.isEmpty)
    }

    @Test("applies the transaction rules")
    func transactionRules() {
        func text(_ rule: TransactionRule, _ number: TransactionID?) -> String? {
            var line = LineWriter(version: version)
            do throws(EncodingError) {
                try line.begin(command: "ABC", form: "plain", rule: rule, transaction: number)
                return String(decoding: line.bytes, as: UTF8.self)
            } catch {
                return nil
            }
        }
        #expect(text(.required, 5) == "ABC 5")
        #expect(text(.required, nil) == nil)
        #expect(text(.none, nil) == "ABC")
        #expect(text(.none, 5) == nil)
        #expect(text(.zero, nil) == "ABC 0")
        #expect(text(.zero, 5) == nil)
        #expect(text(.optional, nil) == "ABC")
        #expect(text(.optional, 5) == "ABC 5")
    }
}
