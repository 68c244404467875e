import TestSupport
import Testing
@testable import WireProtocol

/// The words that a reader finds against those of a split byte by byte, wherever the line lies in its chunk.
struct LineWordsTests {
    private static let words = lines(form([.words("words", .anyWord)], command: "A"))

    private func found(_ frame: Frame, keepsEmpty: Bool) throws(WireDecodingError) -> [[UInt8]] {
        let words = LineWords(frame, keepsEmpty: keepsEmpty)
        if let failure = LineCheck.failure(
            in: frame.chunk.span.extracting(frame.line), keepsEmpty: keepsEmpty,
            limits: LineLimits(line: 8192, parameters: 64))
        {
            throw words.error(failure.kind, version: version, offset: failure.offset)
        }
        return words.places.map { Array(frame.chunk[$0]) }
    }

    @Test(arguments: [false, true])
    func wordsAreThoseOfASplitByteByByte(keepsEmpty: Bool) throws {
        var random = SeededGenerator(seed: 0x1DE)
        for _ in 0..<6000 {
            let length = 4 + Int.random(in: 0..<300, using: &random)
            var line = (0..<length).map { _ in
                Int.random(in: 0..<7, using: &random) == 0 ? 0x20 : UInt8(0x21 + Int.random(in: 0..<94, using: &random))
            }
            line[0] = UInt8(ascii: "A")
            let frame = frame(of: line, &random)
            let words = line.split(separator: 0x20, omittingEmptySubsequences: !keepsEmpty).dropFirst().map(Array.init)
            guard words.count <= 64 else {
                let error = #expect(throws: WireDecodingError.self) { try found(frame, keepsEmpty: keepsEmpty) }
                #expect(error?.kind == .tooManyParameters)
                continue
            }
            #expect(try found(frame, keepsEmpty: keepsEmpty) == words)
            let command = LineWords(frame, keepsEmpty: keepsEmpty).commandEnd - frame.line.lowerBound
            #expect(command == line.firstIndex(of: 0x20) ?? line.count)
        }
    }

    @Test func wordsOfAReadLineAreThoseOfASplit() throws {
        var random = SeededGenerator(seed: 0x2DE)
        let table = form([.words("words", .anyWord)], command: "A")
        for _ in 0..<500 {
            let words = (0..<Int.random(in: 0...64, using: &random)).map { _ in
                (0..<Int.random(in: 1...9, using: &random)).map { _ in UInt8.random(in: 0x21...0x7E, using: &random) }
            }
            let line = try read(Array((["A".utf8.map { $0 }] + words).joined(separator: [0x20])), table)
            #expect((line.list(0, separator: 0x20) as [WireToken]?)?.map(\.wire.array) == words)
        }
    }

    @Test func aByteThatNoLineMayHaveIsFoundAtEachPlace() {
        var random = SeededGenerator(seed: 0xBAD)
        for length in 1...150 {
            for place in 0..<length {
                var line = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                line[place] = [0x00, 0x09, 0x1F, 0x7F][Int.random(in: 0..<4, using: &random)]
                let frame = frame(of: line, &random)
                let error = #expect(throws: WireDecodingError.self) {
                    try Self.words.read(frame, mode: .checked, limits: .default)
                }
                #expect(error?.kind == .forbiddenByte(line[place]) && error?.offset == place)
            }
        }
    }

    @Test func aByteThatIsNoUTF8IsFoundAtEachPlace() {
        var random = SeededGenerator(seed: 0xF8)
        for length in 1...150 {
            let place = Int.random(in: 0..<length, using: &random)
            var line = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            line[place] = 0xFF
            let frame = frame(of: line, &random)
            let error = #expect(throws: WireDecodingError.self) {
                try Self.words.read(frame, mode: .checked, limits: .default)
            }
            #expect(error?.kind == .invalidUTF8 && error?.offset == place)
        }
    }

    @Test func whatStandsAroundALineDoesNotCount() throws {
        for length in 1...80 {
            let line = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            for around: UInt8 in [0x00, 0x20, 0x25, 0x7F, 0xFF] {
                let chunk = [around] + line + [UInt8](repeating: around, count: 20)
                let frame = Frame(chunk: chunk, line: 1..<length + 1, payload: nil, offset: 0)
                #expect(try found(frame, keepsEmpty: false).isEmpty)
                #expect(frame.command == CommandCode(bytes: line) ?? .invalid)
                #expect(frame.lineBytes.array == line)
            }
        }
    }

    /// The line somewhere in a chunk whose other bytes are random.
    private func frame(of line: [UInt8], _ random: inout SeededGenerator) -> Frame {
        let front = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
            UInt8(Int.random(in: 0..<256, using: &random))
        }
        let back = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
            UInt8(Int.random(in: 0..<256, using: &random))
        }
        return Frame(
            chunk: front + line + back, line: front.count..<front.count + line.count, payload: nil, offset: 0)
    }
}
