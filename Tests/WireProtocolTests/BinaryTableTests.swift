import Testing
import WireProtocol

/// Tables of binary headers.
struct BinaryTableTests {
    private let bytes: [UInt8] =
        [16, 3, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2, 7, 1, 9, 0] + Array("ab".utf8) + [0, 1, 0] + Array("rest".utf8)

    @Test func numbersAreReadAndWritten() throws {
        let packet = try Packet(reading: WireBytes(bytes))
        #expect(packet.bits == Bits(rawValue: 3) && packet.total == 258 && packet.sum == 256)
        #expect(packet.data.string == "ab" && packet.packet.rest.string == "rest")
        #expect(packet.packet.options.array == [7, 1, 9, 0])
        #expect(try packet.encoded() == bytes)
        var other = Packet()
        #expect(other != packet)
        other.bits = packet.bits
        other.total = packet.total
        other.sum = packet.sum
        other.data = packet.data
        other.packet.options = packet.packet.options
        other.packet.rest = packet.packet.rest
        #expect(other == packet)
    }

    @Test func everyCutSaysWhereTheBytesEnd() {
        let fields = [
            (0, "headerSize"), (1, "bits"), (2, "size"), (4, "total"), (12, "options"), (16, "data"), (18, "sum"),
        ]
        for count in 0..<21 {
            let (offset, field) = fields.last { $0.0 <= count } ?? (0, "")
            #expect(throws: PayloadError(.tooShort, field: field, offset: offset)) {
                try Packet(reading: WireBytes(Array(bytes.prefix(count))))
            }
        }
    }

    @Test func aLengthFitsItsNumber() throws {
        var bytes = bytes
        bytes[0] = 11
        #expect(throws: PayloadError(.wrongLength, field: "headerSize")) { try Packet(reading: WireBytes(bytes)) }
        // The value of the entry has more bytes than are left.
        bytes[0] = 14
        let error = #expect(throws: PayloadError.self) { try Packet(reading: WireBytes(bytes)) }
        #expect(error?.kind == .tooShort && error?.field == "value")
        var packet = Packet()
        packet.data = WireBytes(Array(repeating: 0, count: 65535))
        #expect(try packet.encoded().count == 12 + 65535 + 3)
        packet.data = WireBytes(Array(repeating: 0, count: 65536))
        #expect(throws: PayloadError(.wrongLength, field: "size")) { try packet.encoded() }
        packet.data = WireBytes()
        packet.packet.options = WireBytes(Array(repeating: 0, count: 244))
        #expect(throws: PayloadError(.wrongLength, field: "headerSize")) { try packet.encoded() }
        packet.packet.options = WireBytes([1, 2, 0])
        #expect(throws: PayloadError(.tooShort, field: "value", offset: 2)) { try packet.encoded() }
    }

    @Test func whatHasNoRoomIsCutOff() throws {
        var packet = Packet()
        packet.sum = 0x0102_0304
        packet.bits = Bits(rawValue: 0x1FF)
        let bytes = try packet.encoded()
        #expect(bytes.suffix(3) == [2, 3, 4] && bytes[1] == 0xFF)
    }

    @Test func withoutALengthTheDataGoesToTheFooter() throws {
        let tail = try Tail(reading: WireBytes([1, 8, 9, 2, 0]))
        #expect(tail.data.array == [8, 9] && tail.packet.rest.isEmpty)
        #expect(tail.packet.number("sum", in: Tail.table) == UInt16(2))
        #expect(tail.packet.number("none", in: Tail.table) == UInt16(0))
        #expect(try tail.encoded() == [1, 8, 9, 2, 0])
        #expect(throws: PayloadError(.tooShort, field: "data", offset: 1)) { try Tail(reading: WireBytes([1, 2])) }
    }
}
