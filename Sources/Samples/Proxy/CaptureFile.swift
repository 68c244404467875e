#if Network
import Foundation
import MSNPSession
import Synchronization
import WireProtocol

/// Writes connections as a capture for Wireshark (pcap), as the client and the server themselves saw them.
///
/// A proxy has no packets: it makes some, one connection of TCP for each of its own, with the ports of the servers.
public final class CaptureFile: Sendable {
    private struct Conversation {
        var client: CapturedEnd
        var server: CapturedEnd
    }

    private struct State {
        var conversations: [String: Conversation] = [:]
        var clientPort: UInt16 = 49151
    }

    private let state = Mutex(State())
    private let write: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Date

    /// Creates a capture and writes its heading.
    public init(now: @escaping @Sendable () -> Date = { Date() }, write: @escaping @Sendable ([UInt8]) -> Void) {
        (self.now, self.write) = (now, write)
        // Version 2.4, and packets that begin with an IP header.
        write(
            little(UInt32(0xA1B2_C3D4)) + little(UInt16(2)) + little(UInt16(4)) + little(UInt32(0))
                + little(UInt32(0)) + little(UInt32(262_144)) + little(UInt32(101)))
    }

    /// Adds what happened.
    public func add(_ event: ProxyEvent) {
        let time = now()
        state.withLock { state in
            switch event {
            case .opened(let connection): open(connection, &state, time)
            case .part(let connection, let part):
                guard var conversation = state.conversations[connection.name] else { return }
                for start in stride(from: 0, to: part.bytes.count, by: 1400) {
                    let piece = Array(part.bytes[start..<min(start + 1400, part.bytes.count)])
                    if part.sender == .client {
                        put(conversation.client.segment(to: &conversation.server, piece, [.acknowledge, .push]), time)
                    } else {
                        put(conversation.server.segment(to: &conversation.client, piece, [.acknowledge, .push]), time)
                    }
                }
                state.conversations[connection.name] = conversation
            case .closed(let connection, _):
                guard var conversation = state.conversations.removeValue(forKey: connection.name) else { return }
                put(conversation.server.segment(to: &conversation.client, [], [.finish, .acknowledge]), time)
                put(conversation.client.segment(to: &conversation.server, [], [.finish, .acknowledge]), time)
                put(conversation.server.segment(to: &conversation.client, [], [.acknowledge]), time)
            }
        }
    }

    private func open(_ connection: ProxiedConnection, _ state: inout State, _ time: Date) {
        let addresses = IPAddress.pair(connection.clientHost, connection.serverHost ?? "")
        state.clientPort = state.clientPort == .max ? 49152 : state.clientPort + 1
        var client = CapturedEnd(address: addresses.0, port: state.clientPort)
        var server = CapturedEnd(address: addresses.1, port: UInt16(clamping: connection.server.port))
        put(client.segment(to: &server, [], [.synchronize]), time)
        put(server.segment(to: &client, [], [.synchronize, .acknowledge]), time)
        put(client.segment(to: &server, [], [.acknowledge]), time)
        state.conversations[connection.name] = Conversation(client: client, server: server)
    }

    private func put(_ packet: [UInt8], _ time: Date) {
        let seconds = time.timeIntervalSince1970.rounded(.down)
        let rest = (time.timeIntervalSince1970 - seconds) * 1e6
        write(
            little(UInt32(clamping: Int64(seconds))) + little(UInt32(clamping: Int64(rest)))
                + little(UInt32(clamping: packet.count)) + little(UInt32(clamping: packet.count)) + packet)
    }
}

private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

private func big<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
}

/// An IP address as its bytes, 4 or 16 of them.
private enum IPAddress {
    /// Both addresses in the same family; unknown ones are those of documentation.
    static func pair(_ first: String, _ second: String) -> ([UInt8], [UInt8]) {
        let (left, right) = (bytes(of: first) ?? [192, 0, 2, 1], bytes(of: second) ?? [192, 0, 2, 2])
        return left.count == right.count ? (left, right) : (mapped(left), mapped(right))
    }

    private static func mapped(_ address: [UInt8]) -> [UInt8] {
        address.count == 16 ? address : [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + address
    }

    private static func bytes(of text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}

/// One end of a connection in a capture.
private struct CapturedEnd {
    struct Flags: OptionSet {
        let rawValue: UInt8
        static let finish = Flags(rawValue: 1)
        static let synchronize = Flags(rawValue: 2)
        static let push = Flags(rawValue: 8)
        static let acknowledge = Flags(rawValue: 16)
    }

    let address: [UInt8]
    let port: UInt16
    /// The number of the next byte that it sends, and that it expects.
    var (next, expected): (UInt32, UInt32) = (1000, 0)

    init(address: [UInt8], port: UInt16) {
        (self.address, self.port) = (address, port)
    }

    /// A packet to the other end.
    mutating func segment(to peer: inout CapturedEnd, _ data: [UInt8], _ flags: Flags) -> [UInt8] {
        let acknowledged = flags.contains(.acknowledge) ? expected : 0
        var header = big(port) + big(peer.port) + big(next) + big(acknowledged) + [0x50, flags.rawValue]
        header += big(UInt16.max) + [0, 0, 0, 0]
        let length = UInt16(clamping: header.count + data.count)
        let pseudo = address + peer.address + [0, 6] + big(length)
        let sum = Self.checksum(pseudo + header + data)
        header.replaceSubrange(16..<18, with: big(sum))
        next &+= UInt32(clamping: data.count) &+ (flags.isDisjoint(with: [.synchronize, .finish]) ? 0 : 1)
        peer.expected = next
        return internetHeader(to: peer, length) + header + data
    }

    private func internetHeader(to peer: CapturedEnd, _ length: UInt16) -> [UInt8] {
        if address.count == 16 { return [0x60, 0, 0, 0] + big(length) + [6, 64] + address + peer.address }
        var header: [UInt8] = [0x45, 0] + big(length &+ 20) + [0, 0, 0x40, 0, 64, 6, 0, 0] + address + peer.address
        header.replaceSubrange(10..<12, with: big(Self.checksum(header)))
        return header
    }

    /// The checksum of IP and TCP.
    private static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var sum: UInt64 = 0
        for index in stride(from: 0, to: bytes.count, by: 2) {
            sum &+= UInt64(bytes[index]) << 8 | (index + 1 < bytes.count ? UInt64(bytes[index + 1]) : 0)
        }
        while sum > 0xFFFF { sum = sum >> 16 &+ sum & 0xFFFF }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}
#endif
