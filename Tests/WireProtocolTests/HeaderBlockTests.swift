import Testing
import WireProtocol

struct HeaderBlockTests {
    @Test func aNameIsFoundInWhateverCaseItIsSpelled() throws {
        let block = try read("mime-version: 1\r\nCONTENT-TYPE: text/plain\r\nX-A: 2\r\nx-a: 3\r\n\r\n")
        #expect(block.text("MIME-Version") == "1")
        #expect(block.text("Content-Type") == "text/plain")
        #expect(block.text("X-a") == "2")
        #expect(block.text("X-") == nil && block.text("X-AB") == nil && block.text("X_A") == nil)
    }

    @Test(arguments: ["text/plain", "image/gif", "application/x-msnmsgrp2p", "a"])
    func onlyLettersFromAToZMayDifferInCase(name: String) {
        let wanted: StaticString =
            switch name {
            case "text/plain": "text/plain"
            case "image/gif": "image/gif"
            case "a": "a"
            default: "application/x-msnmsgrp2p"
            }
        let bytes = Array(name.utf8)
        for index in bytes.indices {
            for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: ";") && byte != UInt8(ascii: " ") {
                var other = bytes
                other[index] = byte
                let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
                let isSame = (isCapital ? byte + 0x20 : byte) == bytes[index]
                #expect((wanted ~= MIMEType(WireBytes(other))) == isSame)
            }
        }
    }

    @Test(arguments: ["text/plain", "text/plain; charset=UTF-8", "text/plain  ;x", "Text/PLAIN "])
    func aContentTypeIsWhatStandsBeforeItsParameters(value: String) {
        #expect(MIMEMessage(headers: HeaderBlock(), body: WireBytes()).contentType.isEmpty)
        #expect("text/plain" ~= MIMEType(WireBytes(value)))
        #expect(MIMEType(WireBytes(value)).description == "text/plain")
    }

    @Test func equalLinesAreEqualWhateverTheyLieIn() throws {
        let text = "A: 1\r\nB:2\n\r\n"
        var position = 3
        let inside = try HeaderBlock(reading: WireBytes("xyz" + text + "body"), at: &position)
        #expect(position == 3 + text.utf8.count)
        let alone = try read(text)
        #expect(inside == alone && inside.hashValue == alone.hashValue)
        #expect(inside.fields == alone.fields)
        #expect(try read("A: 1\r\nB:2\r\n\r\n") != alone)
        #expect(try read("A: 1\r\nB:2\n\n") != alone)
        #expect(try read("A: 1\r\n\r\n") != alone)
    }

    @Test func aChangedLineLeavesTheOthersAsTheyCame() throws {
        var block = try read("A:1\nB:  2\r\nC: 3\r\n\r\n")
        block.set("b", WireBytes("two"))
        block.set("D", WireBytes("4"), order: ["D", "C"])
        block.set("A", nil)
        let bytes = try HeaderBlock.bytes(of: block, followedBy: WireBytes("body"))
        #expect(String(decoding: bytes, as: UTF8.self) == "B:  two\r\nD: 4\r\nC: 3\r\n\r\nbody")
    }

    @Test func limitsMayBeAsLargeAsANumberCan() throws {
        let limits = PayloadLimits(headers: .max, headerBytes: .max)
        let text = "xyzA: 1\r\n\r\nbody"
        for start in [0, 3, text.utf8.count] {
            var position = start
            let block = try HeaderBlock(reading: WireBytes(text), at: &position, limits: limits)
            #expect(block.fields.count == (start == text.utf8.count ? 0 : 1))
        }
    }

    private func read(_ text: String) throws(PayloadError) -> HeaderBlock {
        var position = 0
        return try HeaderBlock(reading: WireBytes(text), at: &position)
    }
}
