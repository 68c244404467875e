import TestSupport
import Testing
@testable import WireProtocol

/// The quick writer writes nothing that the plain one would not write byte for byte, and refuses nothing.
struct QuickWriterTests {
    private static let versions = (1...9 as ClosedRange<UInt8>).map { ProtocolVersion($0) }

    /// The line that a writer makes, behind one that stood there already.
    private func written(
        _ version: ProtocolVersion, _ policy: WritingPolicy,
        _ write: (inout LineWriter) throws(WireEncodingError) -> Void
    ) -> Result<[UInt8], WireEncodingError> {
        var writer = LineWriter(version: version, policy: policy, buffer: Array("OUT\r\n".utf8))
        do throws(WireEncodingError) {
            try write(&writer)
        } catch {
            return writer.bytes == Array("OUT\r\n".utf8) ? .failure(error) : .success(writer.bytes)
        }
        return .success(writer.bytes)
    }

    /// Whether both write the same in all versions; gives in how many a line was written.
    private func compare(_ table: FormTable, _ chunk: ByteChunk, _ slots: [Slot], _ id: TransactionID?) -> Int {
        var count = 0
        for version in Self.versions {
            for policy in [WritingPolicy.exact, .fitting] {
                let (both, plain) = slots.withUnsafeBufferPointer { slots in
                    (
                        written(version, policy) { writer throws(WireEncodingError) in
                            try writer.write(table, chunk, slots, id)
                        },
                        written(version, policy) { writer throws(WireEncodingError) in
                            try writer.writePlainly(table, chunk, slots, id)
                        }
                    )
                }
                if case .success = plain { count += 1 }
                guard both == plain else {
                    Issue.record("\(table.command).\(table.name) in \(version): \(both), and plainly \(plain)")
                    return count
                }
            }
        }
        return count
    }

    @Test func bothWritersAgreeOnLinesThatWereRead() throws {
        var maker = LineMaker(seed: 0x3217)
        var count = 0
        for round in 0..<1500 {
            maker.version = Self.versions[round % 9]
            let lines = Samples.table.lines(from: .server, service: 0, version: maker.version)
            var framer = Framer(table: lines)
            framer.append(maker.stream(3, spoiling: 0))
            while let frame = try? framer.next() {
                guard let found = try? lines.read(frame, mode: .checked, limits: .default),
                    found.command < Samples.table.commands.count
                else { continue }
                let table = Samples.table.commands[found.command].serverForms[found.form]
                count += compare(table, ByteChunk(frame.chunk), found.slots, found.transaction)
            }
        }
        #expect(count > 20_000)
    }

    @Test func bothWritersAgreeWhateverTheSlotsHold() {
        var random = SeededGenerator(seed: 0x5107)
        let pieces = [
            "a", "UP", "DN", "7", "42", "4294967296", "%20", "%", "é", " ", "\r\n", "x:1;y", "Y", "0", "=", "",
        ]
        var count = 0
        for command in Samples.table.commands {
            for table in command.serverForms {
                for _ in 0..<60 {
                    var bytes: [UInt8] = [0x20]
                    var slots: [Slot] = []
                    for _ in 0..<table.slotCount {
                        let start = bytes.count
                        for _ in 0...Int.random(in: 0...2, using: &random) {
                            bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
                        }
                        slots.append(Int.random(in: 0..<5, using: &random) == 0 ? .none : Slot(start, bytes.count))
                    }
                    if Bool.random(using: &random) { bytes += [UInt8](repeating: 0x20, count: 16) }
                    let id: TransactionID? =
                        switch Int.random(in: 0..<4, using: &random) {
                        case 0: nil
                        case 1: TransactionID(value: 7, digits: 3)
                        case 2: TransactionID(.random(in: 0...(.max), using: &random))
                        default: .zero
                        }
                    count += compare(table, ByteChunk(bytes), slots, id)
                }
            }
        }
        #expect(count > 500, "\(count) lines were written")
    }

    @Test(arguments: [
        "SET 1 key L 3 now\r\nabc\r\n", "SET 1 key L 0\r\n\r\n", "PUB subject 2\r\n\r\nEND",
        "PUB subject reply 5\r\nhelloEND",
    ])
    func aLengthInsideTheLineAndATrailerAreWrittenBack(line: String) throws {
        let lines = Samples.table.lines(from: .server, service: 0, version: ProtocolVersion(8))
        var framer = Framer(table: lines)
        framer.append(Array(line.utf8))
        let frame = try #require(try framer.next())
        #expect(framer.bufferedBytes == 0)
        let found = try #require(try lines.read(frame, mode: .checked, limits: .default))
        let table = Samples.table.commands[found.command].serverForms[found.form]
        var writer = LineWriter(version: ProtocolVersion(8))
        try found.slots.withUnsafeBufferPointer { slots in
            try writer.write(table, ByteChunk(frame.chunk), slots, found.transaction)
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == line)
    }
}
