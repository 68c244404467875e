import SessionLint
import TestSupport
import Testing
@testable import msnp

/// Segments of TCP become the bytes that both ends sent, whatever a network and a capture did to them.
struct CaptureStreamTests {
    private static let client = "10.0.0.1 1024"
    private static let server = "10.0.0.2 1863"

    private static func streams(_ segments: [CapturedSegment]) -> CaptureStreams {
        var streams = CaptureStreams()
        for segment in segments { streams.add(segment) }
        streams.finish()
        return streams
    }

    private static func segment(
        _ packet: Int, _ sequence: Int, _ text: String, from source: String = client, stream: Int = 0
    ) -> CapturedSegment {
        CapturedSegment(
            packet: packet, stream: stream, source: source, sequence: sequence, bytes: Array(text.utf8))
    }

    private static func rows(_ streams: CaptureStreams) -> [String] {
        streams.recording.rows.map { "\($0.line) \($0.row)" }
    }

    @Test func aLineOfColumnsIsASegment() {
        let line = "7\t0\t10.0.0.1\t\t1024\t1\t56:45520d0a"
        #expect(CapturedSegment(line[...]) == Self.segment(7, 1, "VER\r\n"))
        for wrong in [
            "", "7\t0\t10.0.0.1\t\t1024\t1\t5", "x\t0\ta\t\t1\t1\t56", "7\t0\ta\t\t1\t1\t", "7\t0\ta\t1\t1\t56",
        ] {
            #expect(CapturedSegment(wrong[...]) == nil)
        }
    }

    @Test func segmentsThatAreRepeatedCutOrOutOfOrderAreDeliveredOnce() {
        let streams = Self.streams([
            Self.segment(1, 1, "VER 1 MS"), Self.segment(2, 14, "VR0\r\n"), Self.segment(3, 1, "VER 1 MS"),
            Self.segment(4, 7, "MSNP8 C"), Self.segment(5, 1, "VER 1 MSNP8\r\n", from: Self.server),
        ])
        #expect(
            Self.rows(streams) == [
                "1 NS1\tC>S\tVER 1 MS", "4 NS1\tC>S\tNP8 C", #"2 NS1\tC>S\tVR0\r\n"#.replacing(#"\t"#, with: "\t"),
                #"5 NS1\tS>C\tVER 1 MSNP8\r\n"#.replacing(#"\t"#, with: "\t"),
            ])
        #expect(streams.recording.problems.isEmpty && streams.others == 0)
    }

    @Test func whatTheCaptureLacksIsSaid() {
        let streams = Self.streams([Self.segment(1, 1, "VER 1 MSNP8 CVR0\r\n"), Self.segment(2, 29, "PNG\r\n")])
        #expect(streams.recording.problems.map(\.text) == ["NS1: the capture lacks 10 bytes before this packet"])
        #expect(streams.recording.problems.map(\.line) == [2])
        #expect(streams.recording.rows.count == 2)
    }

    @Test func otherConnectionsAreLeftOutAndCounted() {
        let streams = Self.streams([
            Self.segment(1, 1, "GET / HTTP/1.1\r\n", stream: 1), Self.segment(2, 1, "half a li", stream: 2),
            Self.segment(3, 1, "USR 1 alice@example.com 123.456\r\n", stream: 3),
            Self.segment(4, 1, "VER MSNFTP\r\n", stream: 4),
        ])
        #expect(streams.others == 2)
        #expect(streams.recording.rows.map(\.row.connection) == ["SB1", "FT1"])
    }

    /// A capture that never has the next byte costs a bounded amount of memory.
    @Test func aGapThatIsNotFilledIsSkipped() {
        var streams = CaptureStreams()
        streams.add(Self.segment(1, 1, "VER 1 MSNP8 CVR0\r\n"))
        let line = String(repeating: "x", count: 1 << 16)
        for number in 0..<20 { streams.add(Self.segment(2 + number, 100 + number << 16, line)) }
        #expect(streams.recording.problems.count == 1)
        streams.finish()
        #expect(streams.recording.rows.reduce(0) { $0 + $1.row.wire.count } == 18 + 20 << 16)
    }

    @Test(
        arguments: [
            ([0xA1, 0xB2, 0xC3, 0xD4], true), ([0xD4, 0xC3, 0xB2, 0xA1, 1], true), ([0x0A, 0x0D, 0x0D, 0x0A], true),
            ([0x0A, 0x0D], false), (Array("connection".utf8), false), ([], false),
        ] as [([UInt8], Bool)])
    func aCaptureIsKnownByItsFirstBytes(_ bytes: [UInt8], _ isCapture: Bool) {
        #expect(CaptureReader.isCapture(bytes) == isCapture)
    }
}
