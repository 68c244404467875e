import MSNP
import TestSupport
import Testing
import WireProtocol

/// However a stream is cut, the same frames and the same errors come out.
struct SplitTests {
    /// All wire bytes of examples and vectors, valid or not, each in one of its contexts.
    private static let streams: [(place: String, bytes: [UInt8], table: MSNPFraming)] = {
        var result: [(place: String, bytes: [UInt8], table: MSNPFraming)] = []
        var seen: Set<[UInt8]> = []
        let examples = Examples.valid.map(\.line) + Examples.invalid.map(\.line)
        for line in examples where seen.insert(line.bytes).inserted {
            result.append((line.description, line.bytes, line.framing))
        }
        for (index, row) in VectorRow.all.enumerated() where !row.versions.isEmpty {
            // Another one of its versions for each row.
            let version = row.versions[index % row.versions.count]
            result.append((row.place, row.wire, row.line(version: version).framing))
        }
        return result
    }()

    @Test func everyVectorAndExampleMayBeCutAnywhere() {
        #expect(Self.streams.count > 900)
        for (place, bytes, table) in Self.streams {
            let whole = Event.all(of: [bytes], table)
            for cut in 1..<max(2, bytes.count) {
                let pieces = [Array(bytes[..<min(cut, bytes.count)]), Array(bytes[min(cut, bytes.count)...])]
                if Event.all(of: pieces, table) != whole { Issue.record("cut at \(cut): \(place)") }
            }
            if Event.all(of: bytes.map { [$0] }, table) != whole { Issue.record("byte by byte: \(place)") }
        }
    }

    @Test func aStreamOfAllOfAContextMayBeCutAnywhere() {
        var random = SeededGenerator(seed: 0x5350_4C54)
        let rows = VectorRow.all.flatMap { row in row.versions.map { row.line(version: $0) } }
        let contexts = Dictionary(grouping: Examples.valid.map(\.line) + rows) {
            "\($0.sender) \($0.service) \($0.version)"
        }
        #expect(contexts.count > 60)
        for (name, lines) in contexts {
            guard let table = lines.first?.framing else { continue }
            let bytes = lines.flatMap(\.bytes)
            let whole = Event.all(of: [bytes], table)
            #expect(whole.count >= lines.count / 2, "\(name)")
            for size in [2, 40, 3000] {
                var pieces: [[UInt8]] = []
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = min(rest.count, random.below(size) + (size > 2 ? 0 : 1))
                    pieces.append(Array(rest.prefix(count)))
                    rest = rest.dropFirst(count)
                }
                if Event.all(of: pieces, table) != whole { Issue.record("pieces up to \(size): \(name)") }
            }
        }
    }
}

/// Something that a framer gives, with bytes of its own.
private enum Event: Equatable {
    case frame(line: [UInt8], payload: [UInt8]?, offset: UInt64)
    case error(FramingError)

    static func all(of pieces: [[UInt8]], _ table: MSNPFraming) -> [Event] {
        var framer = Framer(table: table, limits: .grammar)
        var result: [Event] = []
        for piece in pieces {
            framer.append(piece)
            while true {
                do throws(FramingError) {
                    guard let frame = try framer.next() else { break }
                    result.append(
                        .frame(line: frame.lineBytes.array, payload: frame.payloadBytes?.array, offset: frame.offset))
                } catch {
                    result.append(.error(error))
                }
            }
        }
        return result
    }
}
