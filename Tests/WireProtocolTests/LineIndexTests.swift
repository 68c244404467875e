import Testing
import WireProtocol

/// The quick look at a line against one that takes a byte after the other, wherever the line lies in its chunk.
struct LineIndexTests {
    @Test(arguments: [false, true])
    func wordsAreThoseOfASplitByteByByte(keepsEmpty: Bool) throws {
        var random = SplitMix(state: 0x1DE)
        for _ in 0..<6000 {
            let length = 4 + Int.random(in: 0..<300, using: &random)
            var line = (0..<length).map { _ in
                Int.random(in: 0..<7, using: &random) == 0 ? 0x20 : UInt8(0x21 + Int.random(in: 0..<94, using: &random))
            }
            line[0] = UInt8(ascii: "A")
            let frame = frame(of: line, &random)
            let words = line.split(separator: 0x20, omittingEmptySubsequences: !keepsEmpty).dropFirst().map(Array.init)
            guard words.count <= 64 else {
                let error = #expect(throws: DecodingError.self) {
                    try LineReader(frame, version: ProtocolVersion(1), keepsEmpty: keepsEmpty)
                }
                #expect(error?.kind == .tooManyParameters)
                continue
            }
            let reader = try LineReader(frame, version: ProtocolVersion(1), keepsEmpty: keepsEmpty)
            #expect(reader.wordCount == words.count + 1)
            #expect((0..<words.count).map { reader.word(at: $0)?.array } == words)
            #expect(reader.word(at: words.count) == nil)
        }
    }

    @Test func aByteThatNoLineMayHaveIsFoundAtEachPlace() {
        var random = SplitMix(state: 0xBAD)
        for length in 1...150 {
            for place in 0..<length {
                var line = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                line[place] = [0x00, 0x09, 0x1F, 0x7F][Int.random(in: 0..<4, using: &random)]
                let frame = frame(of: line, &random)
                let error = #expect(throws: DecodingError.self) { try LineReader(frame, version: ProtocolVersion(1)) }
                #expect(error?.kind == .forbiddenByte(line[place]) && error?.offset == place)
            }
        }
    }

    @Test func aByteThatIsNoUTF8IsFoundAtEachPlace() {
        var random = SplitMix(state: 0xF8)
        for length in 1...150 {
            let place = Int.random(in: 0..<length, using: &random)
            var line = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            line[place] = 0xFF
            let frame = frame(of: line, &random)
            let error = #expect(throws: DecodingError.self) { try LineReader(frame, version: ProtocolVersion(1)) }
            #expect(error?.kind == .invalidUTF8 && error?.offset == place)
        }
    }

    @Test func whatStandsAroundALineDoesNotCount() throws {
        for length in 1...80 {
            let line = [UInt8](repeating: UInt8(ascii: "a"), count: length)
            for around: UInt8 in [0x00, 0x20, 0x25, 0x7F, 0xFF] {
                let chunk = [around] + line + [UInt8](repeating: around, count: 20)
                let frame = Frame(chunk: chunk, line: 1..<length + 1, payload: nil, offset: 0, command: .invalid)
                let reader = try LineReader(frame, version: ProtocolVersion(1))
                #expect(reader.wordCount == 1 && reader.command.array == line)
            }
        }
    }

    /// The line somewhere in a chunk whose other bytes are random.
    private func frame(of line: [UInt8], _ random: inout SplitMix) -> Frame {
        let front = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
            UInt8(Int.random(in: 0..<256, using: &random))
        }
        let back = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
            UInt8(Int.random(in: 0..<256, using: &random))
        }
        return Frame(
            chunk: front + line + back, line: front.count..<front.count + line.count, payload: nil, offset: 0,
            command: .invalid)
    }
}
