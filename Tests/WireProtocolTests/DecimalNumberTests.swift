import Testing
import WireProtocol

/// Numbers are read and written eight digits at a time: all widths, and a wrong byte at each place.
struct DecimalNumberTests {
    private static let numbers: [UInt64] = [
        0, 1, 9, 10, 99, 100, 9999, 10_000, 9_999_999, 10_000_000, 99_999_999, 100_000_000, 100_000_001,
        1_234_567_890, 4_294_967_295,
    ]

    @Test(arguments: numbers + [4_294_967_296, 10_000_000_000_000_000, .max])
    func aNumberIsWrittenInDecimal(number: UInt64) {
        var writer = LineWriter(version: ProtocolVersion(12))
        writer.append(decimal: number)
        #expect(writer.bytes == Array(String(number).utf8))
    }

    @Test(arguments: numbers)
    func aNumberIsReadWhereverItStands(number: UInt64) throws {
        for line in ["A \(number)", "ABC \(number) x", "LONGER 123 \(number) 456"] {
            var reader = try LineReader(Frame(line: line), version: ProtocolVersion(12))
            if line.hasPrefix("L") { _ = try reader.read("first") as UInt32 }
            #expect(try reader.read("number") as UInt32 == UInt32(number))
        }
    }

    @Test func aByteThatIsNoDigitIsRefusedAtEachPlace() throws {
        for width in 1...10 {
            for place in 0..<width {
                for wrong in ["/", ":", "a", "\u{C0}", "?", "0x"] {
                    var digits = Array(repeating: "1", count: width)
                    digits[place] = wrong
                    for front in ["A ", "LONG 12345678 "] {
                        let line = Frame(line: front + digits.joined())
                        var reader = try LineReader(line, version: ProtocolVersion(12))
                        if front.utf8.count > 2 { _ = try reader.read("first") as UInt32 }
                        #expect(throws: DecodingError.self) { try reader.read("number") as UInt32 }
                        let words = try LineReader(line, version: ProtocolVersion(12))
                        #expect(!words.isTransactionID(at: front.utf8.count > 2 ? 1 : 0))
                    }
                }
            }
        }
    }

    @Test func nothingOfAnEarlierLineShowsBehindAnEmptyWord() throws {
        var writer = LineWriter(version: ProtocolVersion(12))
        writer.append(WireBytes(String(repeating: "x", count: 100)))
        writer.clear()
        try writer.begin(command: "PRP", form: "test", rule: .required, transaction: TransactionID(value: 7, digits: 9))
        try writer.write(WireToken(""), "empty", emptyAllowed: true)
        try writer.write(WireToken(""), "empty", emptyAllowed: true)
        try writer.write(UInt32(5), "number")
        try writer.writeList([WireToken](), "list", separator: 0x2C, emptyAllowed: true)
        writer.literal("OK")
        try writer.write(WireToken(""), "empty", emptyAllowed: true)
        try writer.end()
        #expect(WireBytes(writer.bytes).description == "PRP 000000007   5  OK \r\n")
    }
}
