import Testing
import WireProtocol

@Suite("LineReader")
struct LineReaderTests {
    @Test("refuses a byte that cannot stand in a line", arguments: [0, 9, 13, 27, 127] as [UInt8])
    func forbiddenByte(byte: UInt8) {
        let chunk = Array("USR 1 a".utf8) + [byte, 0x62]
        let frame = Frame(chunk: chunk, line: 0..<9, payload: nil, offset: 0, command: CommandCode("USR"))
        let expected = DecodingError(
            kind: .forbiddenByte(byte), command: "USR", version: version, offset: 7, line: "USR (9 bytes)")
        #expect(throws: expected) { try LineReader(frame, version: version) }
    }

    @Test(
        "refuses invalid UTF-8",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let chunk = Array("USR 1 ".utf8) + bytes
        let frame = Frame(chunk: chunk, line: 0..<chunk.count, payload: nil, offset: 0, command: CommandCode("USR"))
        let error = #expect(throws: DecodingError.self) { try LineReader(frame, version: version) }
        #expect(error?.kind == .invalidUTF8)
        #expect(error?.offset == 6)
    }

    @Test("refuses more words than the limit", arguments: [0, 1, 5, 64])
    func tooManyParameters(limit: Int) throws {
        let limits = WireLimits(parameters: limit)
        let fits = "USR" + String(repeating: " a", count: limit)
        #expect(try reader(fits, limits: limits).remaining == limit)
        let error = #expect(throws: DecodingError.self) { try reader(fits + " a", limits: limits) }
        #expect(error?.kind == .tooManyParameters)
    }

    @Test(
        "refuses a text with a bad percent escape",
        arguments: [("a%", 1), ("a%2", 1), ("%zz", 0), ("ab%2g", 2), ("%%20", 0)])
    func badEscape(word: String, offset: Int) throws {
        var line = try reader("USR " + word)
        line.begin(form: "initial")
        let error = #expect(throws: DecodingError.self) { let _: WireText = try line.read("name") }
        #expect(error?.kind == .invalidValue(.badPercentEscape))
        #expect(error?.offset == 4 + offset)
    }

    @Test("refuses a text that does not decode to UTF-8", arguments: [("ab%FF", 2), ("%20%C3x", 3), ("%ED%A0%80", 0)])
    func badDecodedText(word: String, offset: Int) throws {
        var line = try reader("USR " + word)
        let error = #expect(throws: DecodingError.self) { let _: WireText = try line.read("name") }
        #expect(error?.kind == .invalidValue(.invalidUTF8))
        #expect(error?.offset == 4 + offset)
    }

    @Test("names the parameter, form, version and byte where a word is missing")
    func missing() throws {
        var line = try reader("USR 1 somebody")
        line.begin(form: "authenticated")
        #expect(try line.readTransaction(.required) == 1)
        let _: WireToken = try line.read("userHandle")
        let error = #expect(throws: DecodingError.self) { let _: WireText = try line.read("friendlyName") }
        #expect(
            error?.description
                == "USR: parameter 'friendlyName' is missing (form 'authenticated', version 8) at byte 14")
    }

    @Test("refuses words after the last parameter and does not show them")
    func extra() throws {
        var line = try reader("USR 1 hidden hidden")
        _ = try line.readTransaction(.required)
        let error = #expect(throws: DecodingError.self) { try line.end() }
        #expect(error?.kind == .extraParameter("2 words"))
        #expect(error?.description.contains("hidden") == false)
        #expect(error?.line.contains("hidden") == false)
    }

    @Test("keeps the spelling of a transaction number", arguments: ["7", "007", "0", "4294967295", "0000000001"])
    func transactionSpelling(digits: String) throws {
        var line = try reader("USR " + digits)
        let number = try #require(try line.readTransaction(.required))
        #expect(number.description == digits)
        var answer = LineWriter(version: version)
        try answer.begin(command: "USR", form: "initial", rule: .required, transaction: number)
        try answer.end()
        #expect(String(decoding: answer.bytes, as: UTF8.self) == "USR \(digits)\r\n")
    }

    @Test("refuses what is no transaction number", arguments: ["x", "-1", "1x", "4294967296", "00000000001"])
    func badTransaction(word: String) throws {
        var line = try reader("USR " + word)
        let error = #expect(throws: DecodingError.self) { try line.readTransaction(.required) }
        #expect(error?.kind == .invalidTransactionID)
        #expect(try line.readTransaction(.optional) == nil)
        #expect(line.remaining == 1)
    }

    @Test("applies the transaction rules")
    func transactionRules() throws {
        var zero = try reader("ABC 0")
        #expect(try zero.readTransaction(.zero) == 0)
        var one = try reader("ABC 1")
        #expect(throws: DecodingError.self) { try one.readTransaction(.zero) }
        #expect(try one.readTransaction(.none) == nil)
        var bare = try reader("ABC")
        let error = #expect(throws: DecodingError.self) { try bare.readTransaction(.required) }
        #expect(error?.kind == .missingTransactionID)
    }

    @Test("counts runs of blanks as one unless empty words are kept")
    func blanks() throws {
        #expect(try reader("ABC  a   b  ").wordCount == 3)
        var kept = try reader("ABC  a ", keepsEmpty: true)
        #expect(kept.remaining == 3)
        let first: WireToken = try kept.readEmptyable("first")
        let second: WireToken = try kept.read("second")
        #expect(first == "")
        #expect(second == "a")
        let error = #expect(throws: DecodingError.self) { let _: WireToken = try kept.read("third") }
        #expect(error?.kind == .invalidValue(.empty))
    }

    @Test("reads prefixes, lists and repeated words")
    func shapes() throws {
        var line = try reader("ABC N=x 1,2,3 4 5")
        #expect(line.nextHasPrefix("N="))
        try line.prefix("N=", "name")
        let name: WireToken = try line.read("name")
        #expect(name == "x")
        let list: [UInt32] = try line.readList("list", separator: UInt8(ascii: ","))
        #expect(list == [1, 2, 3])
        let rest: [UInt32] = try line.readRepeated("rest", minimum: 2)
        #expect(rest == [4, 5])
        try line.end()
    }

    @Test("refuses a number that is not canonical", arguments: ["01", "+1", "-1", "1x", "4294967296", "00"])
    func badNumber(word: String) throws {
        var line = try reader("ABC " + word)
        #expect(throws: DecodingError.self) { let _: UInt32 = try line.read("number") }
        #expect(line.remaining == 1)
    }

    @Test("checks the payload against its byte count", arguments: [(5, true), (4, false), (6, false)])
    func payload(announced: Int, fits: Bool) throws {
        let frame = Frame(line: "MSG a \(announced)", payload: Array("hello".utf8))
        var line = try LineReader(frame, version: version)
        let words: [WireToken] = try line.readRepeated("words")
        #expect(words == ["a"])
        if fits {
            #expect(try line.payload(limit: 5, length: 5).string == "hello")
            try line.end()
        } else {
            let error = #expect(throws: DecodingError.self) { try line.payload() }
            #expect(error?.kind == .wrongPayloadLength)
        }
    }

    @Test("answers the guards of a dispatcher")
    func guards() throws {
        let line = try reader("ABC 12 N=a {C1BDF6E7-9A4E-4E39-B8A0-0D5B2D0D7B11} -3")
        #expect(line.isTransactionID(at: 0))
        #expect(!line.isTransactionID(at: 1))
        #expect(line.word(at: 0, is: "12"))
        #expect(!line.word(at: 9, is: "12"))
        #expect(line.word(at: 1, hasPrefix: "N="))
        #expect(line.wordIsGUID(at: 2))
        #expect(!line.wordIsGUID(at: 1))
        #expect(line.wordIsNumber(at: 3))
        #expect(line.wordCount == 5)
        #expect(line.notInVersion().kind == .notInVersion)
        #expect(line.noMatchingForm(expected: "x or y").kind == .noMatchingForm(expected: "x or y"))
    }
}
