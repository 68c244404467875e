import Testing
import WireProtocol

/// What a peer sends to make its reader hold or do more than it should.
struct HostileStreamTests {
    static let limits = WireLimits(line: 100, payload: 1000)

    /// Feeds pieces and tells how many frames and errors came, and the most bytes that were held between pieces.
    private func run(
        _ count: Int, _ limits: WireLimits = limits, first: String = "", _ piece: (Int) -> [UInt8]
    ) -> (frames: Int, errors: [FramingError], held: Int) {
        var framer = Framer(table: SampleTable(), limits: limits)
        framer.append(Array(first.utf8))
        var (frames, errors, held) = (0, [FramingError](), 0)
        for index in 0..<count {
            framer.append(piece(index))
            for outcome in drain(&framer) {
                switch outcome {
                case .frame: frames += 1
                case .error(let error): errors.append(error)
                }
            }
            held = max(held, framer.bufferedBytes)
        }
        return (frames, errors, held)
    }

    @Test(arguments: [1, 7, 64, 4096])
    func anEndlessLineIsOneErrorAndHoldsNoMoreThanItsLimit(size: Int) {
        let piece = [UInt8](repeating: 0x41, count: size)
        let result = run(200_000 / size) { _ in piece }
        #expect(result.errors.map(\.kind) == [.lineTooLong(limit: 100)])
        #expect(result.held <= 101)
    }

    @Test func aMillionEmptyLinesHoldNothingAndHideNoCommand() {
        var framer = Framer(table: SampleTable())
        let piece = [UInt8](repeating: 0x0A, count: 10_000)
        var count = 0
        for _ in 0..<100 {
            framer.append(piece)
            while true {
                do throws(FramingError) {
                    #expect(try framer.next() == nil)
                    break
                } catch {
                    if error.kind == .emptyLine { count += 1 }
                }
            }
            #expect(framer.bufferedBytes == 0)
        }
        #expect(count == 1_000_000)
        framer.append(Array("END\r\n".utf8))
        #expect(drain(&framer) == [.frame(line: "END", payload: nil, offset: 1_000_000)])
    }

    @Test(arguments: ["4294967296", "-1", "9223372036854775808"])
    func aLengthThatIsNoByteCountTakesNoMemory(length: String) {
        let piece = Array("PAY \(length)\r\n".utf8)
        let result = run(1000) { _ in piece }
        #expect(result.errors.count == 1000 && result.frames == 0)
        #expect(result.held == 0)
    }

    @Test(arguments: ["4294967295", "1001", "21"])
    func aLengthOverTheLimitTakesNoMemoryAndItsPayloadIsDropped(length: String) {
        let result = run(100, first: "PAY \(length)\r\n") { _ in [UInt8](repeating: 0x42, count: 10) }
        #expect(result.errors.first?.kind == .payloadTooLong(length: Int(length) ?? 0, limit: 20))
        #expect(result.held <= 101)
        // Where the whole payload has come, what follows is an endless line.
        #expect(result.frames == 0 && result.errors.count <= 2)
    }

    @Test func aPayloadThatNeverEndsHoldsOnlyWhatArrived() {
        let result = run(19, first: "PAY 20\r\n") { _ in [0x42] }
        #expect(result.frames == 0 && result.errors.isEmpty)
        #expect(result.held == "PAY 20\r\n".utf8.count + 19)
    }

    @Test func theSmallerLimitOfCommandAndReaderCounts() {
        let small = run(1, WireLimits(payload: 10), first: "PAY 11\r\n") { _ in [0x42] }
        #expect(small.errors.map(\.kind) == [.payloadTooLong(length: 11, limit: 10)])
        let large = run(1, WireLimits(payload: 1_000_000), first: "PAY 21\r\n") { _ in [0x42] }
        #expect(large.errors.map(\.kind) == [.payloadTooLong(length: 21, limit: 20)])
    }

    @Test func aLineWithTooManyWordsIsRefused() throws {
        let table = form([.words("words", .anyWord)], command: "USR")
        let words = String(repeating: " a", count: 64)
        #expect(try read("USR" + words, table).values.first??.count == 127)
        for limits in [WireLimits.default, WireLimits(parameters: 1000)] {
            let error = readingError("USR" + words + " a", table, limits: limits)
            #expect(error?.kind == .tooManyParameters)
        }
    }

    @Test func limitsAreClampedToWhatCanBeHeld() {
        let limits = WireLimits(line: .max, parameters: .max, payload: .max, bufferedBytes: .min)
        #expect(limits.line == 65535 && limits.parameters == 64 && limits.payload == Int(Int32.max))
        #expect(limits.bufferedBytes == 1)
        let least = WireLimits(line: .min, parameters: .min, payload: .min)
        #expect(least.line == 4 && least.parameters == 0 && least.payload == 0)
    }
}

/// What is never written, because no reader would take it.
struct LargeLineTests {
    private static let words = form([.words("word", .anyWord)], command: "USR", transaction: .required)
    private static let word = form([.value("word", .anyWord)], command: "USR", transaction: .required)

    @Test(arguments: [8192, 100, 20])
    func aLineAtTheLimitIsWrittenAndALongerOneTakenBack(limit: Int) {
        // `USR 1` and a blank stand before the word.
        for (count, fits) in [(limit - 6, true), (limit - 5, false)] {
            let token = Given.value(WireToken(String(repeating: "a", count: count)))
            let error = failure { () throws(WireEncodingError) in
                _ = try written(Self.word, token, transaction: 1, limits: WireLimits(line: limit))
            }
            #expect(error?.kind == (fits ? nil : .lineTooLong(limit: limit)))
        }
    }

    @Test(arguments: [64, 10, 3])
    func aLineWithTheMostWordsIsWrittenAndALongerOneTakenBack(limit: Int) {
        for (count, fits) in [(limit - 1, true), (limit, false)] {
            let list = Given.list([WireToken](repeating: "a", count: count))
            let error = failure { () throws(WireEncodingError) in
                _ = try written(Self.words, list, transaction: 1, limits: WireLimits(parameters: limit))
            }
            #expect(error?.kind == (fits ? nil : .tooManyParameters(limit: limit)))
        }
    }

    @Test func emptyWordsCountAsWords() {
        let empty = FormWord.value("empty", .anyWord, mayBeEmpty: true)
        for (count, fits) in [(4, true), (5, false)] {
            let table = form([FormWord](repeating: empty, count: count))
            var line = LineWriter(version: version, limits: WireLimits(parameters: 4))
            let error = failure { () throws(WireEncodingError) in
                try write(table, [Given](repeating: .value(WireToken("")), count: count), to: &line)
            }
            #expect(error?.kind == (fits ? nil : .tooManyParameters(limit: 4)))
        }
    }

    @Test func theLengthOfThePayloadCountsAsAWord() {
        let table = form(
            [.words("word", .anyWord)], command: "USR", transaction: .required,
            payload: PayloadTable(.bytes, limit: 9))
        let list = Given.list([WireToken](repeating: "a", count: 63))
        let error = writingError(table, list, .payload("abc"), transaction: 1)
        #expect(error?.kind == .tooManyParameters(limit: 64))
    }
}
