import TestSupport
import Testing
import WireProtocol

struct FramerTests {
    static let stream =
        Array(
            "VER 1 A\r\nPAY 5\r\nab\r\ncQ\nPAY 7 0\r\n\r\nPAY x\r\nERR 1 3\r\nxyzERR 1 word\nPAY 99\r\n".utf8)
        + [UInt8](repeating: 0x0A, count: 99) + Array(String(repeating: "L", count: 50).utf8)
        + Array("\r\nEND\r\n".utf8)

    static let limits = WireLimits(line: 20, payload: 30)

    @Test func everySplitInTwoGivesTheSameFrames() {
        let whole = outcomes([Self.stream], limits: Self.limits)
        #expect(whole.count == 11)
        #expect(whole.last == .frame(line: "END", payload: nil, offset: UInt64(Self.stream.count - 5)))
        for cut in 0...Self.stream.count {
            let pieces = [Array(Self.stream[..<cut]), Array(Self.stream[cut...])]
            #expect(outcomes(pieces, limits: Self.limits) == whole, "cut at \(cut)")
        }
    }

    @Test func singleBytesGiveTheSameFrames() {
        let whole = outcomes([Self.stream], limits: Self.limits)
        #expect(outcomes(Self.stream.map { [$0] }, limits: Self.limits) == whole)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func randomSplitsGiveTheSameFrames(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole = outcomes([Self.stream], limits: Self.limits)
        for _ in 0..<50 {
            #expect(outcomes(Self.stream.pieces(&random, upTo: 17), limits: Self.limits) == whole)
        }
    }

    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func randomBytesGiveTheSameFramesHoweverSplit(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("PAY ERR 0123456789 -\r\n\n".utf8)
        for _ in 0..<100 {
            let bytes = (0..<120).map { _ in alphabet.randomElement(using: &random) ?? 0x0A }
            #expect(outcomes(bytes.map { [$0] }, limits: Self.limits) == outcomes([bytes], limits: Self.limits))
        }
    }

    @Test(arguments: ["-1", "five", "4294967296", "007", "99999999999999999999999", "+1", "1.0"])
    func aLengthThatIsNoByteCountIsRefusedAndTheNextLineIsRead(length: String) {
        let result = outcomes([Array("PAY \(length)\r\nEND\r\n".utf8)])
        let isNumber = length.contains { $0.isNumber } && !length.contains(".")
        let excerpt = isNumber ? String(length.prefix(16)) : String(repeating: "?", count: length.count)
        #expect(
            result == [
                .error(FramingError(kind: .invalidLength(excerpt), offset: 0, command: "PAY")),
                .frame(line: "END", payload: nil, offset: UInt64(length.utf8.count + 6)),
            ])
    }

    @Test func aMissingPayloadLengthIsRefused() {
        let result = outcomes([Array("PAY\r\nEND\r\n".utf8)])
        #expect(result.first == .error(FramingError(kind: .invalidLength(""), offset: 0, command: "PAY")))
        #expect(result.last == .frame(line: "END", payload: nil, offset: 5))
    }

    @Test func aPayloadOverTheLimitIsSkippedAndTheNextFrameIsRead() {
        let result = outcomes([Array("PAY 21\r\nNOT\r\nA\r\nFRAME\r\n......END\r\n".utf8)])
        #expect(
            result == [
                .error(FramingError(kind: .payloadTooLong(length: 21, limit: 20), offset: 0, command: "PAY")),
                .frame(line: "END", payload: nil, offset: 29),
            ])
    }

    @Test func aPayloadMayBeAtTheLimitEmptyOrAllLineEndings() {
        let twenty = String(repeating: "\r\n", count: 10)
        let result = outcomes([Array("PAY 20\r\n\(twenty)PAY 0\r\nEND\n".utf8)])
        #expect(
            result == [
                .frame(line: "PAY 20", payload: twenty, offset: 0), .frame(line: "PAY 0", payload: "", offset: 28),
                .frame(line: "END", payload: nil, offset: 35),
            ])
    }

    @Test func anOptionalPayloadNeedsEnoughWordsAndANumber() {
        let result = outcomes([Array("ERR 1\r\nERR 1 word\r\nERR 1 2\r\nab".utf8)])
        #expect(
            result == [
                .frame(line: "ERR 1", payload: nil, offset: 0), .frame(line: "ERR 1 word", payload: nil, offset: 7),
                .frame(line: "ERR 1 2", payload: "ab", offset: 19),
            ])
        let negative = outcomes([Array("ERR 1 -2\r\nEND\r\n".utf8)])
        #expect(negative.first == .error(FramingError(kind: .invalidLength("-2"), offset: 0, command: "ERR")))
    }

    @Test func anEndlessLineIsReportedOnceAndHoldsOnePieceAtMost() {
        var framer = Framer(table: SampleTable())
        var errors: [Outcome] = []
        var held = 0
        for index in 0..<1000 {
            let piece = (index == 0 ? Array("USR ".utf8) : []) + [UInt8](repeating: 0x41, count: 1000)
            framer.append(piece)
            errors += drain(&framer)
            held = max(held, framer.bufferedBytes)
        }
        #expect(errors == [.error(FramingError(kind: .lineTooLong(limit: 8192), offset: 0, command: "USR"))])
        #expect(held <= 9193)
        framer.append(Array("\r\nEND\r\n".utf8))
        #expect(drain(&framer) == [.frame(line: "END", payload: nil, offset: 1_000_006)])
    }

    @Test(arguments: ["\n", "\r\n"])
    func aLineAtTheLimitIsReadAndALongerOneRefused(ending: String) {
        let fits = String(repeating: "A", count: 20)
        let result = outcomes([Array((fits + ending + fits + "A" + ending + "END" + ending).utf8)], limits: Self.limits)
        #expect(result.count == 3)
        #expect(result.first == .frame(line: fits, payload: nil, offset: 0))
        #expect(
            result[1] == .error(FramingError(kind: .lineTooLong(limit: 20), offset: UInt64(20 + ending.utf8.count))))
    }

    @Test(arguments: ["\n", "\r\n"])
    func anEmptyLineIsReportedAndTheNextLineIsRead(ending: String) {
        let result = outcomes([Array((ending + "END" + ending).utf8)])
        #expect(result.first == .error(FramingError(kind: .emptyLine, offset: 0)))
        #expect(result.last == .frame(line: "END", payload: nil, offset: UInt64(ending.utf8.count)))
    }

    @Test(arguments: [" USR 1", "TOOLONGER 1", "É 1"])
    func aLineWithoutACommandWordIsLeftToTheReader(line: String) throws {
        var framer = Framer(table: SampleTable())
        framer.append(Array((line + "\r\n").utf8).span)
        #expect(try framer.next()?.command == .invalid)
    }

    @Test(arguments: [
        "A", "A 0", "A 0 x", "A  x", "AB  x", "AB 0 x", "ABC", "ABC 1", "ABCD 1", "ABCDEFGH", "ABCDEFGH 1",
    ])
    func aCommandWordHasOneToEightBytes(line: String) throws {
        var framer = Framer(table: SampleTable())
        framer.append(Array((line + "\r\n").utf8))
        let word = line.prefix { $0 != " " }
        #expect(try framer.next()?.command == CommandCode(bytes: Array(word.utf8)))
        #expect(Frame(line: line).command.description == word)
    }

    @Test func framesStayIntactWhenMoreInputArrives() throws {
        var framer = Framer(table: SampleTable())
        framer.append(Array("PAY 3\r\nabcUSR ".utf8))
        let first = try framer.next()
        for _ in 0..<100 { framer.append(Array("x".utf8)) }
        framer.append(Array("\r\n".utf8))
        let second = try framer.next()
        #expect(first?.payloadBytes?.string == "abc")
        #expect(first?.lineBytes.string == "PAY 3")
        #expect(second?.lineBytes.count == 104)
        #expect(framer.bufferedBytes == 0)
    }

    /// SET key length [option], and the payload, and a line end; PUB subject [reply] length, the same.
    private struct OtherTable: FramingTable {
        func rule(for command: CommandCode) -> FramingRule {
            switch command {
            case CommandCode("SET"): .word(at: 2, limit: 9, trailer: PayloadTrailer("\r\n"))
            case CommandCode("PUB"): .last(minimumWords: 3, limit: 9, trailer: PayloadTrailer("\r\n"))
            default: .noPayload
            }
        }
    }

    private func read(_ pieces: [[UInt8]]) -> [Outcome] {
        var framer = Framer(table: OtherTable())
        var result: [Outcome] = []
        for piece in pieces {
            framer.append(piece)
            var isMore = true
            while isMore {
                do throws(FramingError) {
                    guard let frame = try framer.next() else {
                        isMore = false
                        continue
                    }
                    result.append(
                        .frame(
                            line: frame.lineBytes.description, payload: frame.payloadBytes?.description,
                            offset: frame.offset))
                } catch {
                    result.append(.error(error))
                }
            }
        }
        return result
    }

    @Test func aLengthInsideTheLineAndATrailerAreReadHoweverSplit() {
        let stream = Array(
            ("SET a 3\r\nabc\r\nSET  b  2 now\nx\n\r\nPUB s r 0\r\n\r\nSET c\r\nSET d 10\r\n0123456789\r\n"
                + "SET e 1\r\nxyz\r\nEND\r\n").utf8)
        let expected: [Outcome] = [
            .frame(line: "SET a 3", payload: "abc", offset: 0),
            .frame(line: "SET  b  2 now", payload: "x\n", offset: 14),
            .frame(line: "PUB s r 0", payload: "", offset: 32),
            .error(FramingError(kind: .invalidLength(""), offset: 45, command: "SET")),
            .error(FramingError(kind: .payloadTooLong(length: 10, limit: 9), offset: 52, command: "SET")),
            .error(FramingError(kind: .wrongTrailer(expected: [0x0D, 0x0A], at: 84), offset: 74, command: "SET")),
            .frame(line: "yz", payload: nil, offset: 84),
            .frame(line: "END", payload: nil, offset: 88),
        ]
        #expect(read([stream]) == expected)
        #expect(read(stream.map { [$0] }) == expected)
        for cut in 0...stream.count { #expect(read([Array(stream[..<cut]), Array(stream[cut...])]) == expected) }
        let error = FramingError(kind: .wrongTrailer(expected: [0x0D, 0x0A], at: 84), offset: 74, command: "SET")
        #expect(error.description == #"SET: payload is not followed by "\r\n" at byte 84 of the stream"#)
    }
}
