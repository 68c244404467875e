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
        let one = form([.value("number", .anyNumber), .value("word", .anyWord, optional: true)], command: "A")
        let two = form(
            [
                .value("first", .anyNumber), .value("number", .anyNumber), .value("last", .anyNumber),
            ], command: "LONGER")
        #expect(try read("A \(number)", one).value(0) == UInt32(number))
        #expect(try read("A \(number) x", one).value(0) == UInt32(number))
        let line = try read("LONGER 123 \(number) 456", two)
        #expect(line.value(0) == (123 as UInt32))
        #expect(line.value(1) == UInt32(number))
        #expect(line.value(2) == (456 as UInt32))
    }

    @Test func aByteThatIsNoDigitIsRefusedAtEachPlace() {
        for width in 1...10 {
            for place in 0..<width {
                for wrong in ["/", ":", "a", "\u{C0}", "?", "0x", "*", "+", ",", "-", ".", ";", "P", "p", "!"] {
                    var digits = Array(repeating: "1", count: width)
                    digits[place] = wrong
                    let word = digits.joined()
                    let number = FormWord.value("number", .anyNumber)
                    for (front, words) in [("A", [number]), ("A 12345678", [number, number])] {
                        let line = front + " " + word
                        #expect(readingError(line, form(words, command: "A"))?.parameter == "number")
                        let rest = Array(words.dropLast())
                        if rest.isEmpty {
                            let error = readingError(line, form(command: "A", transaction: .required))
                            #expect(error?.kind == .invalidTransactionID)
                        }
                    }
                }
            }
        }
    }

    @Test func nothingOfAnEarlierLineShowsBehindAnEmptyWord() throws {
        let empty = FormWord.value("empty", .anyWord, mayBeEmpty: true)
        let table = form(
            [
                empty, empty, .value("number", .anyNumber), .list("list", .anyWord, separator: 0x2C, mayBeEmpty: true),
                .literal("OK"), empty,
            ], command: "PRP", transaction: .required)
        var writer = LineWriter(version: ProtocolVersion(12))
        writer.append(WireBytes(String(repeating: "x", count: 100)))
        writer.clear()
        let word = Given.value(WireToken(""))
        try write(
            table, word, word, .value(UInt32(5)), .list([WireToken](), separator: 0x2C), word, to: &writer,
            transaction: TransactionID(value: 7, digits: 9))
        #expect(WireBytes(writer.bytes).description == "PRP 000000007   5  OK \r\n")
    }
}
