import MSNP
import WireProtocol

/// What typed decoding costs a command as the input grows and as the reads shrink; flat when all is well.
enum ScalingRows {
    struct Row {
        var name: String
        var nanoseconds: Double
        var perByte: Double
    }

    static func growth(upTo most: Int) -> [Row] {
        let corpus = Corpus.made(version: 12, service: .notification, commands: 10_000)
        guard !corpus.bytes.isEmpty else { return [] }
        var rows: [Row] = []
        var size = 1 << 20
        while size <= most {
            let copies = max(1, size / corpus.bytes.count)
            rows.append(measure("input of \(size >> 20) MiB", corpus, read: 65536, copies: copies))
            size <<= 1
        }
        return rows
    }

    static var reads: [Row] {
        let corpus = Corpus.made(version: 12, service: .notification, commands: 5_000)
        return [65536, 16384, 4096, 1460, 512, 64, 16, 4, 1].map { size in
            measure("reads of \(size) bytes", corpus, read: size, copies: 1)
        }
    }

    private static func measure(_ name: String, _ corpus: Corpus, read size: Int, copies: Int) -> Row {
        let reads = corpus.reads(of: size)
        let rounds = copies > 64 ? 1 : 5
        let work = Work(name: name, commands: corpus.commands * copies) {
            DecodeWorks.decode(reads, corpus, copies: copies)
        }
        let timing = Stopwatch.measure([work], rounds: rounds, against: [])[0]
        let bytes = Double(corpus.bytes.count * copies)
        return Row(
            name: name, nanoseconds: timing.minimum,
            perByte: timing.minimum * Double(work.commands) / max(1, bytes))
    }
}
