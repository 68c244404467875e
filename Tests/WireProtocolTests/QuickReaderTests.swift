import TestSupport
import Testing
@testable import WireProtocol

/// The quick reader takes nothing that the plain one refuses, and gives the same: messages, errors, frames, places.
struct QuickReaderTests {
    private func expectSame(
        _ stream: [UInt8], _ settings: StreamSettings = StreamSettings(), pieces: [[UInt8]]? = nil,
        plain: [Arrival]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let plain = plain ?? readPlainly(stream, settings)
        let quick = readQuickly(pieces ?? [stream], settings)
        guard plain != quick else { return }
        let difference = zip(plain, quick).first { $0 != $1 }
        Issue.record(
            """
            \(plain.count) and \(quick.count) arrivals of \(String(decoding: stream, as: UTF8.self).debugDescription)
            plain: \(difference.map { "\($0.0)" } ?? "")
            quick: \(difference.map { "\($0.1)" } ?? "")
            """, sourceLocation: sourceLocation)
    }

    @Test(arguments: 1...9 as ClosedRange<UInt8>)
    func bothReadersAgreeOnLinesOfEveryForm(number: UInt8) {
        var maker = LineMaker(seed: 0x51 + UInt64(number))
        maker.version = ProtocolVersion(number)
        var read = 0
        var refused = 0
        for service in [SampleService.desk, .hall] {
            for mode in ReadingMode.allCases {
                let settings = StreamSettings(service: service, version: maker.version, mode: mode)
                for _ in 0..<60 {
                    let stream = maker.stream(8, spoiling: 0)
                    let arrivals = readPlainly(stream, settings)
                    read += arrivals.count { $0.message != nil }
                    refused += arrivals.count { $0.error != nil }
                    expectSame(stream, settings)
                }
            }
        }
        #expect(read > refused, "\(read) read, \(refused) refused")
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func bothReadersAgreeOnSpoiledLines(seed: UInt64) {
        var maker = LineMaker(seed: 0xA0 + seed)
        maker.version = ProtocolVersion(UInt8(seed))
        for mode in ReadingMode.allCases {
            let settings = StreamSettings(version: maker.version, mode: mode)
            for _ in 0..<250 { expectSame(maker.stream(4, spoiling: 0.6), settings) }
        }
    }

    @Test func bothReadersAgreeWhereverALineLies() {
        var maker = LineMaker(seed: 0xA11)
        for _ in 0..<15 {
            let stream = maker.stream(2, spoiling: 0.3)
            for before in 0..<64 {
                expectSame(Array("LNG \(String(repeating: "x", count: before + 1))\n".utf8) + stream)
            }
        }
    }

    @Test func bothReadersAgreeOnEverySplitInTwoAndOnSingleBytes() {
        var maker = LineMaker(seed: 0x5417)
        for _ in 0..<40 {
            let stream = maker.stream(4, spoiling: 0.3)
            let plain = readPlainly(stream)
            for cut in stream.indices {
                expectSame(stream, pieces: [Array(stream[..<cut]), Array(stream[cut...])], plain: plain)
            }
            expectSame(stream, pieces: stream.map { [$0] }, plain: plain)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func bothReadersAgreeOnRandomSplits(seed: UInt64) {
        var maker = LineMaker(seed: 0xBEEF + seed)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let stream = maker.stream(10, spoiling: 0.2)
            expectSame(stream, pieces: stream.pieces(&random, upTo: 90))
            expectSame(stream, pieces: stream.pieces(&random, upTo: 9))
        }
    }

    @Test func bothReadersAgreeWithinSmallLimits() {
        var maker = LineMaker(seed: 0x711)
        var random = SeededGenerator(seed: 0x712)
        for limits in [
            WireLimits(line: 30, parameters: 3, payload: 20), WireLimits(line: 64, parameters: 64, payload: 5),
            WireLimits(line: 65, parameters: 2), WireLimits(line: 128, parameters: 0, payload: 0), WireLimits(line: 4),
        ] {
            let settings = StreamSettings(limits: limits)
            for _ in 0..<100 {
                let stream = maker.stream(6, spoiling: 0.2)
                expectSame(stream, settings)
                expectSame(stream, settings, pieces: stream.pieces(&random))
            }
        }
    }

    @Test func bothReadersAgreeOnRandomBytes() {
        var random = SeededGenerator(seed: 0xF00)
        let alphabet = Array("WRDMSGPAY 0123456789 ,%\r\n\n".utf8) + [0x00, 0x7F, 0xC3, 0xA9]
        for _ in 0..<500 {
            let stream = (0..<150).map { _ in alphabet.randomElement(using: &random) ?? 0x0A }
            expectSame(stream)
            expectSame(stream, pieces: stream.pieces(&random))
        }
    }

    /// A line, with the transaction ID and what is asked of it.
    struct Sample: CustomTestStringConvertible, Sendable {
        var lines: [String]
        var isRead: Bool
        var testDescription: String { lines.first ?? "" }

        init(_ isRead: Bool, _ lines: String...) {
            self.lines = lines
            self.isRead = isRead
        }
    }

    @Test(arguments: [
        Sample(true, "WRD 1  a  b\r\n", "WRD 1 a b \r\n", "WRD  1 a b   \n", "WRD 1 a b\n", "WRD 0001 é b\r\n"),
        Sample(false, "WRD 1 a\r\n", "WRD 1 a b c\r\n", "WRD\r\n", "WRD \r\n", "\r\n", "\n", " WRD 1 a b\r\n"),
        Sample(false, "WRD 1 a\rb c\r\n", "WRD 1 a b\r\r\n", "WRD 1 a\0 b\r\n", "WRD 1 a\u{7F} b\r\n"),
        Sample(false, "WRD 1 a abcdefghijklm\r\n", "WRD x a b\r\n", "WRD 12,45 a b\r\n", "WRD 1234/6789 a b\r\n"),
        Sample(true, "WRD 1 a abcdefghijkl\r\n", "WRD 4294967295 a b\n"), Sample(false, "WRD 4294967296 a b\n"),
        Sample(
            true, "OPT 1 a c v\r\n", "OPT 1 a N=5 c v\r\n", "OPT 1 a N=5 b c v\r\n", "OPT 1 a b c v\r\n",
            "OPT 1 a N=5 b MID c v\r\n", "OPT 1 a b MID c v\r\n"),
        Sample(
            false, "OPT 1 a c\r\n", "OPT 1 a N=x c v\r\n", "OPT 1 a b MIDDLE c v\r\n", "OPT 1 a N= b MID c v\r\n"),
        Sample(
            true, "PRE 1 Ax AB5 ABCDEFGx\r\n", "PRE 1 Ax AB5 ABCDx ABCDEFGx ABCDEFGHx\r\n",
            "PRE 1 Ax AB5 ABCx ABCDx ABCDEx ABCDEFx ABCDEFGx\n"),
        Sample(false, "PRE 1 Ax ABx ABCDEFGx\r\n", "PRE 1 A AB5 ABCDEFGx\r\n", "PRE 1 Ax AB5 ABCDEFG\r\n"),
        Sample(true, "PR9 1 ABCDEFGHIx ABCDEFGHIJx ABCDEFGHIJKLx\r\n"),
        Sample(
            false, "PR9 1 ABCDEFGHI ABCDEFGHIJx ABCDEFGHIJKLx\r\n", "PR9 1 ABCDEFGHXx ABCDEFGHIJx ABCDEFGHIJKLx\n"),
        Sample(true, "LIT 1 OK EIGHTCHR a\r\n", "LI9 1 LONGERTHANEIGHT a\r\n"),
        Sample(false, "LIT 1 OK EIGHTCH a\r\n", "LIT 1 OK EIGHTCHRS a\r\n", "LI9 1 LONGERTHANEIGHX a\r\n"),
        Sample(true, "LST 1 1,2,3 a;%20b\r\n", "LST 1 0 a P=x,y\r\n"),
        Sample(
            false, "LST 1 1,,3 a\r\n", "LST 1 ,1 a\r\n", "LST 1 1, a\r\n", "LST 1 1,2 a;%zz\r\n", "LST 1 1 a P=\r\n"
        ),
        Sample(true, "RST 1 a b\r\n", "RST 1 a b c d\r\n"), Sample(false, "RST 1 a\r\n", "RST 1\r\n"),
        Sample(true, "CND 1 4 x DN\r\n".replacing("DN", with: "UP 5"), "CND 1 0 UP 5\r\n", "CND 1 5 x NEW 5 y\r\n"),
        Sample(false, "CND 1 4 UP 5\r\n", "CND 1 0 x UP 5\r\n", "CND 1 0 UP\r\n", "CND 1 4 x UP 5 y\r\n"),
        Sample(true, "CNL 1 4 FOUR a\r\n", "CNL 1 0 a\r\n"),
        Sample(false, "CNL 1 4 a\r\n", "CNL 1 0 FOUR a\r\n", "CNL 1 4 FIVE a\r\n"),
        Sample(
            true, "NON 5\r\n", "ZER 0 a\r\n", "ZER 000 a\r\n", "TRO a\r\n", "TRO 5 a\r\n", "A\n", "A 5\n", "A x\n"),
        Sample(false, "NON x\r\n", "NON 1 2\r\n", "ZER 1 a\r\n", "ZER x a\r\n", "TRO 5\r\n", "TRO a b\r\n"),
        Sample(
            true,
            "GUI 1 44bfd5a4-7450-4bda-ba3a-c51b3031126d {44BFD5A4-7450-4bda-ba3a-c51b3031126d}\r\n"),
        Sample(
            false,
            "GUI 1 {44bfd5a4-7450-4bda-ba3a-c51b3031126d} {44BFD5A4-7450-4bda-ba3a-c51b3031126d}\r\n",
            "GUI 1 44bfd5a4-7450-4bda-ba3a-c51b3031126d 44BFD5A4-7450-4bda-ba3a-c51b3031126d\r\n",
            "GUI 1 44bfd5a4-7450-4bda-ba3a-c51b3031126g {44BFD5A4-7450-4bda-ba3a-c51b3031126d}\r\n",
            "GUI 1 44bfd5a4-7450-4bda-ba3a-c51b3031126 {44BFD5A4-7450-4bda-ba3a-c51b3031126d}\r\n",
            "GUI 1 44bfd5a4-7450-4bda-ba3aac51b3031126d {44BFD5A4-7450-4bda-ba3a-c51b3031126d}\r\n"),
        Sample(true, "CMP 1 host:80 http\r\n", "CMP 1 host:80;a;b http://80\r\n", "CMP 1 h:0 http://80#UP a=b\r\n"),
        Sample(true, "CMP 1 h:1 a#UP =\r\n", "CMP 1 h:1 a a=-a-long-mark-\r\n", "CMP 1 h:1 a -a-long-mark-x\r\n"),
        Sample(
            false, "CMP 1 host a\r\n", "CMP 1 host: a\r\n", "CMP 1 :80 a\r\n", "CMP 1 host:80; a\r\n",
            "CMP 1 host:x a\r\n", "CMP 1 abcdefghijklm:80 a\r\n", "CMP 1 h:1 a://\r\n", "CMP 1 h:1 a://100\r\n",
            "CMP 1 h:1 a#\r\n", "CMP 1 h:1 a#XX\r\n", "CMP 1 h:1 a#UP://5\r\n", "CMP 1 h:1,2345 a\r\n"),
        Sample(true, "ENU 1 UP EXTRAORDINARY any Y switched-on V5\r\n", "ENU 1 NEW EIGHTCHR UP N off CVR0\r\n"),
        Sample(
            false, "ENU 1 DN UP UP Y off V5\r\n", "ENU 1 UP EXTRAORDINARX UP Y off V5\r\n",
            "ENU 1 UP ANTEDILUVIAN UP Y off V5\r\n", "ENU 1 UP UP UP X off V5\r\n", "ENU 1 UP UP UP Y on V5\r\n",
            "ENU 1 UP UP UP Y switched-off V5\r\n", "ENU 1 UP UP UP Y off W5\r\n", "ENU 1 up UP UP Y off V5\r\n"),
        Sample(
            true, "NUM 0 0 0 0 10 0\r\n".replacing("NUM 0", with: "NUM 1"),
            "NUM 1 4294967295 99 -5 1000 -9223372036854775808\r\n"),
        Sample(
            false, "NUM 1 00 0 0 10 0\r\n", "NUM 1 0 100 0 10 0\r\n", "NUM 1 0 0 6 10 0\r\n", "NUM 1 0 0 0 9 0\r\n",
            "NUM 1 0 0 0 1001 0\r\n", "NUM 1 0 0 -0 10 0\r\n", "NUM 1 1,2345 0 0 10 0\r\n",
            "NUM 1 12345678- 0 0 10 0\r\n", "NUM 1 4294967296 0 0 10 0\r\n"),
        Sample(true, "MSG a 3\r\n\r\na", "MSG a 0\r\n", "MSG a 5\nWRD 1", "PAY 1 L 20\n12345678901234567890"),
        Sample(
            true, "PAY 1 S 10\r\n1234567890", "PAY 1 x\r\n", "FIX 1 4\r\nabcd", "RPL 1 2\r\nab", "RPL 1 a b 0\r\n"),
        Sample(
            false, "MSG a 81\r\n" + String(repeating: "x", count: 81), "MSG a 03\r\nabc", "MSG a\r\n",
            "MSG a b 1\r\nx",
            "PAY 1 S 11\r\n12345678901", "PAY 1 L\r\n", "FIX 1 3\r\nabc", "MSG a -1\r\n", "MSG 1\r\nx"),
        Sample(true, "EMP    P=\r\n", "EMP a b 1,2 P=x\r\n", "EMP  %20  P=\r\n"),
        Sample(
            false, "EMP   P=\r\n", "EMP a b  P= \r\n", "EMP a b , P=\r\n", "EMP a %2 1 P=\r\n", "EMP a b 1 x\r\n"),
        Sample(
            true, "CHO 1 44bfd5a4-7450-4bda-ba3a-c51b3031126d a\r\n", "CHO 1 -5\r\n", "CHO 1 X:a b\r\n",
            "CHO 1 a b c\r\n"),
        Sample(
            false, "CHO 1 44bfd5a4-7450-4bda-ba3a-c51b3031126d\r\n", "CHO 1 -6\r\n", "CHO 1 X:a\r\n",
            "CHO 1 a b\r\n",
            "CHO\r\n"),
        Sample(
            true, "EIGHTCHR 1 a\r\n", "ZZZ x\r\n", "NAM x\r\n", "911\r\n", "911 5\r\n", "911 5 3\r\nabc",
            "911 5 0\n"),
        Sample(
            false, "OLD 1 a\r\n", "HAL 1 a\r\n", "GON 1\r\n", "EIGHTCHRS\r\n", "911 x\r\n", "911 5 x\r\n",
            "911 5 6 x\r\n"),
    ])
    func validLinesAreReadAndInvalidOnesRefused(_ sample: Sample) {
        for line in sample.lines {
            let stream = Array(line.utf8)
            let arrivals = readPlainly(stream)
            #expect(arrivals.count == 1, "\(line)")
            #expect((arrivals.first?.message != nil) == sample.isRead, "\(line): \(arrivals)")
            expectSame(stream)
            expectSame(Array("WRD 1 a b\r\n".utf8) + stream + Array("WRD 1 a b\r\n".utf8))
            for cut in stream.indices {
                expectSame(stream, pieces: [Array(stream[..<cut]), Array(stream[cut...])], plain: arrivals)
            }
        }
    }

    @Test(arguments: [
        "WRD 1 a b\r\n", "WRD 1 a b \r\n", "WRD 12345678 a é\n", "OPT 1 a N=5 b MID c v\r\n",
        "PRE 1 Ax AB5 ABCDEFGx\r\n",
        "LIT 1 OK EIGHTCHR a\r\n", "LST 1 1,2,3 a;%20b\r\n", "CND 1 5 x NEW 5 y\r\n", "NON 5\r\n", "ZER 0 a\r\n",
        "TRO a\r\n", "TRO 5 a\r\n",
        "GUI 1 44bfd5a4-7450-4bda-ba3a-c51b3031126d {44bfd5a4-7450-4bda-ba3a-c51b3031126d}\n",
        "CMP 1 host:80;a;b http\r\n", "ENU 1 UP EXTRAORDINARY any Y switched-on V5\r\n", "TXT 1 %C3%A9 %20\r\n",
        "NUM 1 4294967295 99 -5 1000 -1\r\n", "MSG a 3\r\nabc", "MSG a 0\r\n", "PAY 1 S 10\r\n1234567890",
        "PAY 1 x\r\n", "CHO 1 -5\r\n", "EIGHTCHR 1 a\r\n", "A x\n", "VER 1 x 3\r\nabc",
    ])
    func ordinaryLinesAreReadInOnePass(line: String) {
        let table = Samples.table.lines(from: .server, service: 0, version: ProtocolVersion(8))
        let chunk = ByteChunk(Array(line.utf8))
        let taken = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ReadingRoom.size) { memory in
            withExtendedLifetime(chunk) {
                QuickReader(
                    chunk.base, chunk.count, table, checksText: true, QuickLimits(.default), ReadingRoom(memory)
                ).read(from: 0)
            }
        }
        #expect(taken.kind == .message)
        #expect(taken.end == line.utf8.count)
    }

    @Test(arguments: ["\n", "\r\n"])
    func aLineMayEndAnywhereAroundAWindowOfSixtyFourBytes(ending: String) {
        for length in Array(1...200) + [8186, 8187, 8188, 8189, 65536] {
            for blank in [0, length / 2, length - 2] where blank > 0 {
                var word = [UInt8](repeating: UInt8(ascii: "w"), count: length)
                word[blank] = 0x20
                let line = Array("ALL ".utf8) + word + Array(ending.utf8)
                expectSame(line)
                expectSame(Array("A\n".utf8) + line + Array("A\n".utf8))
            }
            for last: UInt8 in [0x20, 0x7F, 0x00, 0xC3, 0x0D] {
                let word = [UInt8](repeating: UInt8(ascii: "w"), count: length - 1) + [last]
                expectSame(Array("LNG ".utf8) + word + Array(ending.utf8))
                expectSame(Array("LNG ".utf8) + word + Array(ending.utf8) + Array("A 5\n".utf8))
            }
        }
    }

    @Test(arguments: [63, 64, 65, 127, 128, 129, 8192])
    func aLineAtTheLimitIsReadAndALongerOneRefused(limit: Int) {
        let settings = StreamSettings(limits: WireLimits(line: limit))
        for (length, fits) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
            for ending in ["\n", "\r\n"] {
                let line = Array(("LNG " + String(repeating: "x", count: length - 4) + ending).utf8)
                let arrivals = readPlainly(line, settings)
                #expect(arrivals.count == 1 && (arrivals.first?.message != nil) == fits)
                expectSame(line, settings)
                expectSame(Array("A\n".utf8) + line + Array("A\n".utf8), settings)
                expectSame(line, settings, pieces: line.map { [$0] })
            }
        }
    }

    @Test(arguments: 60...68)
    func upToSixtyFourWordsAreRead(count: Int) {
        for word in ["a", "bc"] {
            for end in ["", " ", "  "] {
                let line = Array(("ALL" + String(repeating: " " + word, count: count) + end + "\r\n").utf8)
                let arrivals = readPlainly(line)
                #expect(arrivals.count == 1 && (arrivals.first?.message != nil) == (count <= 64))
                expectSame(line)
            }
        }
    }

    @Test func aPayloadIsAwaitedHoweverItIsSplit() {
        let stream =
            Array("MSG a 9\r\n0123\r\n89\nMSG b 0\r\nPAY 1 L 3\nabcMSG c 81\r\n".utf8)
            + [UInt8](repeating: 0x0A, count: 81) + Array("A 5\r\n".utf8)
        let plain = readPlainly(stream)
        #expect(plain.count == 5)
        #expect(plain.map { $0.payload?.count } == [9, 0, 3, nil, nil])
        for first in stream.indices {
            for second in stride(from: first, to: stream.count, by: 3) {
                let pieces = [Array(stream[..<first]), Array(stream[first..<second]), Array(stream[second...])]
                if readQuickly(pieces) != plain { Issue.record("cut at \(first) and \(second)") }
            }
        }
    }

    @Test(arguments: [false, true])
    func bothReadersAgreeOnPercentCodesAtEveryPlace(isLast: Bool) {
        let codes = [
            "%20", "%C3%A9", "%E2%82%AC", "%F0%9F%98%80", "%", "%2", "%zz", "%2g", "%FF", "%C3", "%C3%", "%C3%A",
            "%C3%20",
            "%ED%A0%80", "%C0%80", "%E2%82", "%F4%90%80%80", "%80", "%7F", "%00", "%c3%a9%c3%a9", "%C3é", "é%C3",
        ]
        for code in codes {
            for before in 0..<36 {
                for after in [0, 1, 15, 16] {
                    let text = String(repeating: "b", count: before) + code + String(repeating: "e", count: after)
                    let line = Array(("TXT 1 " + (isLast ? "x \(text)" : "\(text) x") + "\r\n").utf8)
                    for mode in ReadingMode.allCases { expectSame(line, StreamSettings(mode: mode)) }
                }
            }
        }
    }

    @Test func theVersionMayChangeBetweenTwoCommandsOfOneBuffer() {
        let stream = Array("VER 1 5\r\nVER 1 x 3\r\nabcWRD 1 a b\r\nENU 1 DN UP UP Y off V5\nVER 1 y 3\r\nxyz".utf8)
        var random = SeededGenerator(seed: 0xC0)
        for after in 1...5 {
            for (old, new) in [(4, 5), (5, 4), (4, 4), (3, 9)] as [(UInt8, UInt8)] {
                let settings = StreamSettings(
                    version: ProtocolVersion(old), change: (after: after, to: ProtocolVersion(new)))
                expectSame(stream, settings)
                for _ in 0..<20 { expectSame(stream, settings, pieces: stream.pieces(&random)) }
            }
        }
        let settings = StreamSettings(version: ProtocolVersion(4), change: (after: 1, to: ProtocolVersion(5)))
        #expect(readQuickly([stream], settings).map { $0.payload?.count } == [nil, 3, nil, nil, 3])
        #expect(readQuickly([stream], settings).map { $0.error == nil } == [true, true, true, false, true])
    }

    @Test func bothReadersAgreeWhenRandomStreamsChangeTheirVersion() {
        var maker = LineMaker(seed: 0xC1)
        var random = SeededGenerator(seed: 0xC2)
        for round in 0..<300 {
            maker.version = ProtocolVersion(round % 2 == 0 ? 4 : 5)
            var stream = maker.stream(3, spoiling: 0.1)
            maker.version = ProtocolVersion(round % 2 == 0 ? 5 : 4)
            stream += maker.stream(3, spoiling: 0.1)
            let settings = StreamSettings(
                version: ProtocolVersion(round % 2 == 0 ? 4 : 5), change: (after: 3, to: maker.version))
            expectSame(stream, settings)
            expectSame(stream, settings, pieces: stream.pieces(&random))
        }
    }

    @Test func forEachGivesWhatNextGives() {
        var maker = LineMaker(seed: 0xFE)
        for _ in 0..<100 {
            let stream = maker.stream(8, spoiling: 0.15)
            let plain = readPlainly(stream)
            var decoder = MessageDecoder<SampleMessage>(service: .desk, version: ProtocolVersion(8))
            decoder.append(stream.span)
            var messages: [SampleMessage?] = []
            var isMore = true
            while isMore {
                do throws(ReadingError) {
                    try decoder.forEach { messages.append($0.message) }
                    isMore = false
                } catch {
                    messages.append(nil)
                }
            }
            #expect(messages == plain.map(\.message))
        }
    }

    @Test func messagesStayIntactWhenMoreInputArrives() throws {
        var decoder = MessageDecoder<SampleMessage>(service: .desk, version: ProtocolVersion(8))
        decoder.append(Array("MSG first 3\r\nabcMSG seco".utf8))
        let first = try decoder.next()
        #expect(try decoder.next() == nil)
        #expect(decoder.bufferedBytes == 8)
        decoder.append(Array("nd 3\r\nd".utf8))
        #expect(try decoder.next() == nil)
        decoder.append(Array("ef".utf8))
        let second = try decoder.next()
        #expect(decoder.frame.offset == 16)
        #expect(decoder.bufferedBytes == 0)
        func values(_ message: SampleMessage?) -> [WireBytes?] {
            if case .form(_, _, let values) = message { values } else { [] }
        }
        #expect(values(first?.message) == [WireBytes("first"), WireBytes("abc")])
        #expect(values(second?.message) == [WireBytes("second"), WireBytes("def")])
    }
}
