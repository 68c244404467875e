import Testing
import WireProtocol

/// A value of a header never becomes another field, and a body never becomes a header.
struct HeaderInjectionTests {
    static let values = [
        "", " ", "a", " a", "\ta", "a ", "a\r\nX: y", "a\nX: y", "a\rX: y", "\r\n", "\r\n\r\nbody", "a\u{0}b", "a:b",
        ": a", "é",
        "%0D%0A", "\u{85}", "\u{2028}", "a\u{B}b", "=?utf-8?Q?=0D=0A?=",
    ]

    @Test(arguments: values)
    func aValueIsRefusedOrReadBackAsItWasGiven(_ text: String) {
        var headers = HeaderBlock()
        headers.set("First", to: "1")
        headers.set("Value", to: text)
        headers.set("Last", to: "2")
        let message = MIMEMessage(headers: headers, body: WireBytes("X: body\r\n"))
        do throws(PayloadError) {
            let read = try MIMEMessage(reading: WireBytes(try message.encoded()))
            #expect(read.headers.fields.map(\.name.description) == ["First", "Value", "Last"])
            #expect(read.headers.text("Value") == text)
            #expect(read.body == message.body)
        } catch {
            guard case .forbiddenByte = error.kind else {
                Issue.record(error)
                return
            }
            #expect(error.field == "Value")
            // A reader drops the blanks in front of a value.
            #expect(Self.endsLine(text) || text.hasPrefix(" ") || text.hasPrefix("\t"))
        }
    }

    /// Whether a text has a byte that a reader takes for the end of a line, or refuses.
    private static func endsLine(_ text: String) -> Bool { text.utf8.contains { [0, 10, 13].contains($0) } }

    @Test(arguments: values.filter(endsLine))
    func aValueWithAByteThatEndsALineIsRefused(_ text: String) throws {
        var message = MIMEMessage(contentType: "text/plain")
        message.headers.set("Value", to: text)
        let byte = try #require(text.utf8.first { [0, 10, 13].contains($0) })
        #expect(throws: PayloadError(.forbiddenByte(byte), field: "Value")) { try message.encoded() }
    }

    @Test(arguments: ["A: b", "A: b\r\n", "A: b\n", "A:", ""])
    func aBodyDoesNotRunIntoAHeaderThatCameWithoutAnEnd(_ text: String) throws {
        var message = try MIMEMessage(reading: WireBytes(text))
        #expect(try message.encoded() == Array(text.utf8))
        message.body = WireBytes("X: y\r\n")
        let read = try MIMEMessage(reading: WireBytes(try message.encoded()))
        #expect(read.body == message.body)
        #expect(read.headers.fields.map(\.name) == message.headers.fields.map(\.name))
    }

    @Test func aBlockDoesNotRunIntoTheOneBeforeIt() throws {
        var position = 0
        let first = try HeaderBlock(reading: WireBytes("A: b"), at: &position)
        var second = HeaderBlock()
        second.set("C", to: "d")
        let bytes = WireBytes(try HeaderBlock.bytes(of: first, second, followedBy: WireBytes()))
        position = 0
        #expect(try HeaderBlock(reading: bytes, at: &position).fields.count == 1)
        #expect(try HeaderBlock(reading: bytes, at: &position).text("C") == "d")
        #expect(position == bytes.count)
    }

    @Test func anEndlessHeaderBlockStopsAtItsLimits() {
        let limits = PayloadLimits(headers: 10, headerBytes: 200)
        let cases: [(String, PayloadError.Kind)] = [
            (String(repeating: "A: b\r\n", count: 100_000), .tooManyHeaders(limit: 10)),
            ("A: " + String(repeating: "b", count: 100_000), .headersTooLong(limit: 200)),
            (String(repeating: "A: bbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n", count: 9), .headersTooLong(limit: 200)),
            (String(repeating: "b", count: 100_000), .headersTooLong(limit: 200)),
        ]
        for (text, kind) in cases {
            do throws(PayloadError) {
                _ = try MIMEMessage(reading: WireBytes(text), limits: limits)
                Issue.record("accepted")
            } catch {
                #expect(error.kind == kind)
            }
        }
    }
}
