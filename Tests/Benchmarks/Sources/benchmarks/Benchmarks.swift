import CBaseline
import MSNP
import WireProtocol

@main
enum Benchmarks {
    static func main() throws {
        let options: Options
        do throws(Options.Wrong) {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch {
            print("benchmarks: \(error)\n\(Options.usage)")
            return
        }
        if let once = options.once {
            try runOnce(once, options)
            return
        }
        let report = Report(markdown: options.markdown)
        if let path = options.file {
            let corpus = try Corpus.file(path, version: options.version, service: options.service)
            decode([corpus], options, report)
            return
        }
        if options.parts.contains(.decode) { decode(corpora, options, report) }
        if options.parts.contains(.headers) { headers(options, report) }
        if options.parts.contains(.encode) { encode(options, report) }
        if options.parts.contains(.memory) { memory(report) }
        if options.parts.contains(.scaling) { scaling(options, report) }
    }

    private static var corpora: [Corpus] {
        let count = 30_000
        let notification = [2, 8, 12, 18].map {
            Corpus.made(version: $0, service: .notification, commands: count)
        }
        let switchboard = [8, 12, 18].map { Corpus.made(version: $0, service: .switchboard, commands: count) }
        let large = Corpus.made(version: 12, service: .switchboard, commands: count / 4, largePayloads: true)
        return notification + switchboard + [large]
    }

    private static func decode(_ corpora: [Corpus], _ options: Options, _ report: Report) {
        let references = [DecodeWorks.memchr, DecodeWorks.memcpy, DecodeWorks.split, DecodeWorks.duplicate]
        if report.markdown {
            summary(corpora, options, report)
            return
        }
        for corpus in corpora {
            report.heading("Reading, \(corpus.name)")
            guard corpus.commands > 0 else {
                report.remark("The grammar has no command of this mix yet.")
                continue
            }
            let refused = corpus.refused.values.reduce(0, +)
            report.remark(
                "\(corpus.commands) commands, \(corpus.bytes.count) bytes, \(corpus.unknown) unknown, \(refused) refused"
            )
            let timings = Stopwatch.measure(DecodeWorks(corpus).all, rounds: options.rounds, against: references)
            report.timings(timings, against: references)
            for error in corpus.refused.keys.sorted().prefix(5) { report.remark("refused: \(error)") }
        }
    }

    /// One line a corpus: what a document has room for.
    private static func summary(_ corpora: [Corpus], _ options: Options, _ report: Report) {
        let references = [DecodeWorks.memchr, DecodeWorks.duplicate, DecodeWorks.duplicateTexts]
        var times: [[String]] = []
        var ratios: [[String]] = []
        for corpus in corpora where corpus.commands > 0 {
            let timings = Stopwatch.measure(DecodeWorks(corpus).all, rounds: options.rounds, against: references)
            let named = Dictionary(timings.map { ($0.name, $0) }) { first, _ in first }
            times.append([corpus.name, String(corpus.bytes.count / corpus.commands)] + absolute(named))
            ratios.append([corpus.name] + relative(named, corpus))
        }
        report.heading("Reading: nanoseconds a command, and how many times a memchr pass over the same bytes")
        report.table(
            [
                "corpus", "bytes", "memchr", "C split", "C split, strdup", "framing", "typed decode", "fast mode",
                "by next()", "and texts", "allocations of decode",
            ], times)
        report.heading("Reading: how many times C, how many allocations a command, and small reads")
        report.table(
            [
                "corpus", "typed decode, x C split, strdup", "and texts, x C split, strdup",
                "and texts, x C, every text strdup", "allocations of decode", "of decode and texts",
                "ns a byte, reads of 64", "ns a byte, reads of 1",
            ], ratios)
    }

    private static func absolute(_ timings: [String: Timing]) -> [String] {
        let names = [
            DecodeWorks.memchr, DecodeWorks.split, DecodeWorks.duplicate, DecodeWorks.framing, DecodeWorks.decode,
            DecodeWorks.fast, DecodeWorks.single, DecodeWorks.texts,
        ]
        let cells = names.map { name in
            guard let timing = timings[name] else { return "" }
            let time = Report.decimal(timing.median, 0)
            let ratio = Report.decimal(timing.ratios[DecodeWorks.memchr] ?? 0, 1)
            return name == DecodeWorks.memchr ? time : "\(time) (\(ratio) x)"
        }
        return cells + [Report.decimal(timings[DecodeWorks.decode]?.allocations ?? 0, 2)]
    }

    private static func relative(_ timings: [String: Timing], _ corpus: Corpus) -> [String] {
        let pairs = [
            (DecodeWorks.decode, DecodeWorks.duplicate), (DecodeWorks.texts, DecodeWorks.duplicate),
            (DecodeWorks.texts, DecodeWorks.duplicateTexts),
        ]
        let ratios = pairs.map { Report.decimal(timings[$0]?.ratios[$1] ?? 0, 2) }
        let allocations = [DecodeWorks.decode, DecodeWorks.texts].map {
            Report.decimal(timings[$0]?.allocations ?? 0, 3)
        }
        let part = corpus.beginning(of: DecodeWorks.smallSize)
        let bytes = Double(part.bytes.count) / Double(max(1, part.commands))
        let reads = [DecodeWorks.smallReads, DecodeWorks.singleBytes].map {
            Report.decimal((timings[$0]?.median ?? 0) / bytes, 2)
        }
        return ratios + allocations + reads
    }

    private static func headers(_ options: Options, _ report: Report) {
        for version: UInt8 in [8, 18] {
            let corpus = Corpus.made(version: version, service: .switchboard, commands: 10_000)
            report.heading("Headers of payloads, \(corpus.name)")
            let timings = Stopwatch.measure(
                DecodeWorks(corpus).withHeaders, rounds: options.rounds, against: [DecodeWorks.decode])
            report.timings(timings, against: [DecodeWorks.decode])
        }
    }

    private static func encode(_ options: Options, _ report: Report) {
        let references = [EncodeWorks.print, EncodeWorks.printMessage, EncodeWorks.copy]
        report.heading("Writing into a reused buffer")
        let timings = Stopwatch.measure(EncodeWorks.all, rounds: options.rounds, against: references)
        report.timings(timings, against: references)
    }

    private static func memory(_ report: Report) {
        report.heading("Memory of one connection's decoder")
        guard counts_allocations() != 0 else {
            report.remark("Memory is not counted on this platform.")
            return
        }
        report.table(["", "bytes"], MemoryRows.all.map { [$0.name, String($0.bytes)] })
    }

    private static func scaling(_ options: Options, _ report: Report) {
        report.heading("Typed decode as input grows and reads shrink, MSNP12 notification")
        let rows = ScalingRows.growth(upTo: options.largest << 20) + ScalingRows.reads
        report.table(
            ["", "ns a command", "ns a byte"],
            rows.map { [$0.name, Report.decimal($0.nanoseconds, 1), Report.decimal($0.perByte, 3)] })
    }

    /// One pass of one thing. `nothing` makes the corpus only: what it costs is to be taken off the others.
    private static func runOnce(_ name: String, _ options: Options) throws {
        let writing = [
            "encode": EncodeWorks.encode, "encode-payload": EncodeWorks.encodePayload, "print": EncodeWorks.print,
            "print-payload": EncodeWorks.printMessage, "write-nothing": "",
        ]
        if let row = writing[name] {
            let work = EncodeWorks.all.first { $0.name == row }
            for _ in 0..<options.repeats { keep(work?.run()) }
            return
        }
        let corpus =
            if let path = options.file {
                try Corpus.file(path, version: options.version, service: options.service)
            } else {
                Corpus.made(version: options.version.number, service: options.service, commands: 10_000)
            }
        let works = DecodeWorks(corpus).all + DecodeWorks(corpus).withHeaders
        let names = [
            "headers": DecodeWorks.headers, "framing": DecodeWorks.framing, "decode": DecodeWorks.decode,
            "fast": DecodeWorks.fast, "next": DecodeWorks.single,
            "texts": DecodeWorks.texts, "memchr": DecodeWorks.memchr, "split": DecodeWorks.split,
            "duplicate": DecodeWorks.duplicate, "duplicate-texts": DecodeWorks.duplicateTexts,
            "reads64": DecodeWorks.smallReads, "reads1": DecodeWorks.singleBytes,
        ]
        for _ in 0..<options.repeats { keep(works.first { $0.name == names[name] }?.run()) }
    }
}
