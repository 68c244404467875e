#if Network
import MSNP
import MSNPSession
import SessionLint
import WireProtocol

/// A segment of TCP, as Wireshark tells it.
struct CapturedSegment: Equatable {
    /// The number of the packet.
    var packet: Int
    /// The number of the connection.
    var stream: Int
    /// The address and port that it comes from.
    var source: String
    /// The place of its first byte in what this end sends, from 1.
    var sequence: Int
    var bytes: [UInt8]

    /// The names of the fields that the columns hold.
    static let fields = ["frame.number", "tcp.stream", "ip.src", "ipv6.src", "tcp.srcport", "tcp.seq", "tcp.payload"]

    /// Reads a line of columns; nil if it is none.
    init?(_ line: Substring) {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == Self.fields.count, let packet = Int(columns[0]), let stream = Int(columns[1]),
            let sequence = Int(columns[5]), let bytes = Self.bytes(columns[6])
        else { return nil }
        self.init(
            packet: packet, stream: stream, source: "\(columns[2])\(columns[3]) \(columns[4])", sequence: sequence,
            bytes: bytes)
    }

    init(packet: Int, stream: Int, source: String, sequence: Int, bytes: [UInt8]) {
        (self.packet, self.stream, self.source) = (packet, stream, source)
        (self.sequence, self.bytes) = (sequence, bytes)
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        var (bytes, high) = ([UInt8](), UInt8?.none)
        bytes.reserveCapacity(text.utf8.count / 2)
        for character in text where character != ":" {
            guard let digit = character.hexDigitValue else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        return high == nil && !bytes.isEmpty ? bytes : nil
    }
}

/// Puts the connections of a capture together and keeps those of the protocol.
struct CaptureStreams {
    /// What one end sends.
    private struct End {
        /// The place of the next byte.
        var next = 1
        /// Segments that came too early.
        var early: [CapturedSegment] = []
        /// Their bytes.
        var waiting = 0
    }

    private enum Kind {
        /// Too few bytes came to tell.
        case unknown([CapturedSegment])
        case connection(name: String, client: String)
        case other
    }

    private var ends: [Int: [String: End]] = [:]
    private var kinds: [Int: Kind] = [:]
    /// The bytes of each end of a connection that nobody could tell yet.
    private var openings: [Int: [String: Int]] = [:]
    private let names = ConnectionNames()
    private(set) var recording = Recording()

    /// The connections that are not of the protocol, or whose beginning is not in the capture.
    var others: Int { kinds.values.count { if case .connection = $0 { false } else { true } } }

    /// The most bytes of a connection that wait for an earlier segment, or for the end of the first line.
    private static let mostWaiting = 1 << 20

    mutating func add(_ segment: CapturedSegment) {
        if case .other = kinds[segment.stream] { return }
        var end = ends[segment.stream]?[segment.source] ?? End()
        // A segment from before the capture, or sent again.
        guard segment.sequence + segment.bytes.count > end.next, segment.sequence - end.next < 1 << 30 else { return }
        end.early.append(segment)
        end.waiting += segment.bytes.count
        if segment.sequence <= end.next { deliver(&end) }
        if end.waiting > Self.mostWaiting { skipGap(&end) }
        ends[segment.stream, default: [:]][segment.source] = end
    }

    /// Delivers what waits for segments that the capture lacks.
    mutating func finish() {
        for stream in ends.keys.sorted() {
            for source in (ends[stream] ?? [:]).keys.sorted() {
                guard var end = ends[stream]?[source] else { continue }
                while !end.early.isEmpty { skipGap(&end) }
                ends[stream]?[source] = end
            }
        }
    }

    /// Delivers the segments that follow each other.
    private mutating func deliver(_ end: inout End) {
        var late: [CapturedSegment] = []
        // Of two segments with the same place, the one that came first counts.
        for (_, var segment) in end.early.enumerated().sorted(by: {
            ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset)
        }) {
            guard segment.sequence <= end.next else {
                late.append(segment)
                continue
            }
            let known = end.next - segment.sequence
            guard known < segment.bytes.count else { continue }
            segment.bytes.removeFirst(known)
            segment.sequence = end.next
            end.next += segment.bytes.count
            take(segment)
        }
        end.early = late
        end.waiting = late.reduce(0) { $0 + $1.bytes.count }
    }

    private mutating func skipGap(_ end: inout End) {
        guard let first = end.early.min(by: { $0.sequence < $1.sequence }) else { return }
        if case .connection(let name, _) = kinds[first.stream] {
            let count = first.sequence - end.next
            recording.problems.append(
                (first.packet, "\(name): the capture lacks \(count) bytes before this packet"))
        }
        end.next = first.sequence
        deliver(&end)
    }

    /// Takes the next bytes of an end.
    private mutating func take(_ segment: CapturedSegment) {
        switch kinds[segment.stream] ?? .unknown([]) {
        case .other: return
        case .connection(let name, let client): add(segment, name, client)
        case .unknown(var waiting):
            waiting.append(segment)
            kinds[segment.stream] = .unknown(waiting)
            let bytes = segment.bytes.count + (openings[segment.stream]?[segment.source] ?? 0)
            openings[segment.stream, default: [:]][segment.source] = bytes
            guard segment.bytes.contains(10) || bytes > Self.mostWaiting else { return }
            openings[segment.stream] = nil
            let sent = waiting.filter { $0.source == segment.source }.flatMap(\.bytes)
            if let service = Service(openedBy: sent) {
                let name = names.next(service)
                kinds[segment.stream] = .connection(name: name, client: segment.source)
                for waited in waiting { add(waited, name, segment.source) }
            } else {
                kinds[segment.stream] = .other
            }
        }
    }

    private mutating func add(_ segment: CapturedSegment, _ name: String, _ client: String) {
        let sender: Sender = segment.source == client ? .client : .server
        // The names are those of services.
        guard let row = try? RecordingRow(connection: name, sender: sender, wire: segment.bytes) else { return }
        recording.rows.append((row, segment.packet))
    }
}
#endif
