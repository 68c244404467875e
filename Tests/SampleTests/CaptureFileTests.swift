import Foundation
import MSNPSession
import SessionLint
import Synchronization
import Testing
import WireProtocol

@testable import SampleProxy

/// The captures that a proxy writes.
struct CaptureFileTests {
    /// Reads numbers of a capture.
    private struct Reader {
        var bytes: ArraySlice<UInt8>
        mutating func take(_ count: Int) -> [UInt8] {
            defer { bytes = bytes.dropFirst(count) }
            return Array(bytes.prefix(count))
        }
        mutating func little() -> Int { take(4).reversed().reduce(0) { $0 << 8 | Int($1) } }
    }

    private static func sum(_ bytes: [UInt8]) -> Int {
        var sum = 0
        for index in stride(from: 0, to: bytes.count, by: 2) {
            sum += Int(bytes[index]) << 8 | (index + 1 < bytes.count ? Int(bytes[index + 1]) : 0)
        }
        while sum > 0xFFFF { sum = sum >> 16 + sum & 0xFFFF }
        return sum
    }

    @Test(arguments: [("127.0.0.1", "192.0.2.9", 20), ("::1", "2001:db8::1", 40), ("127.0.0.1", "::1", 40)])
    func aCaptureHasTheBytesOfBothEndsInValidPackets(_ client: String, _ server: String, _ header: Int) throws {
        let written = Mutex<[UInt8]>([])
        let capture = CaptureFile(now: { Date(timeIntervalSince1970: 1_000_000.25) }) { bytes in
            written.withLock { $0 += bytes }
        }
        let connection = ProxiedConnection(
            name: "NS1", server: ServerAddress(host: "example.com", port: 1863), clientHost: client, serverHost: server)
        func part(_ bytes: [UInt8], _ sender: Sender) -> ProxyEvent {
            .part(connection, ProxiedPart(ReplayedPart.bytes(bytes), from: sender))
        }
        let long = (0..<3001).map { UInt8(truncatingIfNeeded: $0) }
        for event in [
            .opened(connection), part(Array("VER 1 MSNP8\r\n".utf8), .client), part(long, .server),
            part(Array("OUT\r\n".utf8), .client), .closed(connection, reason: nil),
        ] as [ProxyEvent] { capture.add(event) }

        var reader = Reader(bytes: written.withLock { $0[...] })
        #expect(reader.little() == 0xA1B2_C3D4)
        #expect(reader.take(16).count == 16)
        #expect(reader.little() == 101)
        var sent: [Sender: [UInt8]] = [:]
        var next: [Sender: Int] = [:]
        while !reader.bytes.isEmpty {
            let (seconds, microseconds) = (reader.little(), reader.little())
            #expect(seconds == 1_000_000 && microseconds == 250_000)
            let size = reader.little()
            #expect(reader.little() == size)
            let packet = reader.take(size)
            let (internet, segment) = (Array(packet.prefix(header)), Array(packet.dropFirst(header)))
            let addresses = Array(internet.suffix(header == 20 ? 8 : 32))
            if header == 20 { #expect(Self.sum(internet) == 0xFFFF) }
            #expect(
                Self.sum(addresses + [0, 6, UInt8(segment.count >> 8), UInt8(segment.count & 0xFF)] + segment) == 0xFFFF
            )
            let ports = [Int(segment[0]) << 8 | Int(segment[1]), Int(segment[2]) << 8 | Int(segment[3])]
            let sender: Sender = ports[1] == 1863 ? .client : .server
            #expect(ports.contains(1863))
            let number = segment[4..<8].reduce(0) { $0 << 8 | Int($1) }
            if let expected = next[sender] { #expect(number == expected) }
            let flags = segment[13]
            next[sender] = number + segment.count - 20 + (flags & 3 == 0 ? 0 : 1)
            sent[sender, default: []] += segment.dropFirst(20)
        }
        #expect(sent[.client] == Array("VER 1 MSNP8\r\nOUT\r\n".utf8))
        #expect(sent[.server] == long)
    }
}
