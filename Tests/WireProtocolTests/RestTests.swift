import Testing
@testable import WireProtocol

/// A value that is all that is left of a line.
struct RestTests {
    private static let rest = ValueTable("Rest", .rest, limit: 40)
    private static let saying = form(
        [.value("who", .anyWord), .value("text", rest, optional: true)], command: "+SAY!")

    @Test(arguments: [
        ("+SAY! a", nil), ("+SAY! a b", "b"), ("+SAY! a  b  c ", "b  c"),
        ("+SAY! a {\"x\": [1, 2]}", "{\"x\": [1, 2]}"),
        ("+SAY! a \u{E9}t\u{E9} \u{1F600}", "\u{E9}t\u{E9} \u{1F600}"), ("+SAY! a   ", nil),
    ])
    func blanksInsideBelongToTheValueAndThoseAtItsEndsDoNot(_ line: String, _ text: String?) throws {
        let found = try read(line, Self.saying)
        #expect(found.values.map { $0.map(\.description) } == ["a", text])
    }

    @Test func itsWordsAreNotCounted() throws {
        let limits = WireLimits(line: 200, parameters: 3)
        let text = Array(repeating: "x", count: 15).joined(separator: " ")
        #expect(try read("+SAY! a " + text, Self.saying, limits: limits).values[1]?.description == text)
        let most = Array(repeating: "x", count: 90).joined(separator: " ")
        let long = form([.value("text", ValueTable("Rest", .rest))], command: "+SAY!")
        #expect(try read("+SAY! " + most, long, limits: limits).values[0]?.description == most)
        #expect(try written(long, .value(WireToken(most)), limits: limits) == "+SAY! \(most)\r\n")
        let plain = form([.value("a", .anyWord)])
        #expect(readingError("ABC a a a a", plain, limits: limits)?.kind == .tooManyParameters)
    }

    @Test(arguments: [
        ("+SAY!", WireDecodingError.Kind.missingParameter, 5),
        ("+SAY! a " + String(repeating: "b ", count: 20) + "b", .invalidValue(.tooLong(limit: 40)), 48),
        ("+SAY! a b\tc", .forbiddenByte(9), 9),
    ])
    func whatItCannotBeIsRefused(_ line: String, _ kind: WireDecodingError.Kind, _ offset: Int) {
        let error = readingError(line, Self.saying)
        #expect(error?.kind == kind && error?.offset == offset, "\(String(describing: error))")
    }

    @Test func invalidUTF8InItIsRefused() {
        #expect(readingError(Array("+SAY! a b ".utf8) + [0xC3, 0x28], Self.saying)?.kind == .invalidUTF8)
    }

    @Test(arguments: ["b", "b  c", "{\"x\": \"\u{E9}\"}"]) func whatIsWrittenIsReadAgain(_ text: String) throws {
        let line = try written(Self.saying, .value(WireToken("a")), .value(WireToken(text)))
        #expect(line == "+SAY! a \(text)\r\n")
        #expect(try read(String(line.dropLast(1)), Self.saying).values[1]?.description == text)
    }

    @Test(arguments: [" b", "b ", "b\r\nQUIT", "b\u{0}c", "b\u{7F}", "", String(repeating: "b", count: 41)])
    func whatWouldBeReadOtherwiseIsNotWritten(_ text: String) {
        let error = writingError(Self.saying, .value(WireToken("a")), .value(WireToken(text)))
        #expect(error?.parameter == "text", "\(String(describing: error))")
    }
}

/// A number that counts the header of a payload.
struct HeaderLengthTests {
    private static let headed = form(
        [.value("key", .anyWord), .value("size", .anyNumber, optional: false)], command: "HPUB",
        payload: PayloadTable(.bytes, limit: 20, headerLengthInSlot: 1, trailer: PayloadTrailer("\r\n")))

    private static func outcome(_ stream: String) -> String {
        var source = LineSource(table: lines(headed), mode: .checked, limits: .default)
        source.frames.append(Array(stream.utf8))
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ReadingRoom.size) { memory in
            let taken = source.take(ReadingRoom(memory))
            guard taken.kind != .message else { return source.frame.payloadBytes?.description ?? "" }
            return source.failure?.description ?? "\(taken.kind)"
        }
    }

    @Test(arguments: [
        ("HPUB a 0 3\r\nabc\r\n", "abc"), ("HPUB a 3 3\r\nabc\r\n", "abc"), ("HPUB a 0 0\r\n\r\n", ""),
        (
            "HPUB a 4 3\r\nabc\r\n",
            "HPUB: parameter 'size' is not in 0...3, the bytes of the payload (form 'plain', version 8) at byte 7"
        ),
        (
            "HPUB a 3 3\r\nabcX\n",
            #"HPUB: payload is not followed by "\r\n" at byte 15 of the stream"#
        ),
    ])
    func theHeaderEndsWithinThePayload(_ stream: String, _ expected: String) {
        #expect(Self.outcome(stream) == expected)
    }

    @Test(arguments: ["HPUB a 0 3\r\nabc\r\n", "HPUB a 0 0\r\n\r\n", "ABC\r\n"])
    func aFrameIsWrittenWithTheTrailerOfItsProtocol(_ stream: String) throws {
        let trailer = PayloadTrailer("\r\n")
        var framer = Framer(table: lines(Self.headed))
        framer.append(Array(stream.utf8))
        var line = LineWriter(version: version)
        line.append(try #require(try framer.next()), trailer: trailer)
        #expect(line.bytes == Array(stream.utf8))
    }

    @Test func aLongerHeaderIsNotWritten() throws {
        #expect(
            try written(Self.headed, .value(WireToken("a")), .value(UInt32(2)), .payload("abc"))
                == "HPUB a 2 3\r\nabc\r\n")
        let error = writingError(Self.headed, .value(WireToken("a")), .value(UInt32(4)), .payload("abc"))
        #expect(error?.parameter == "size")
        #expect(error?.kind == .invalidValue(.outOfRange("0...3, the bytes of the payload")))
    }
}
