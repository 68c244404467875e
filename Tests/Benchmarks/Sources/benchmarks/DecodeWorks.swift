import CBaseline
import MSNP
import WireProtocol

/// The rows about reading, over one corpus. Each handles the bytes as a transport brings them: in reads of 64 KiB.
struct DecodeWorks {
    static let memchr = "memchr pass"
    static let memcpy = "memcpy"
    static let split = "C: lines and words"
    static let duplicate = "C: the same, account duplicated"
    static let duplicateTexts = "C: the same, every text duplicated"
    static let framing = "framing"
    static let decode = "typed decode"
    static let fast = "typed decode, fast mode"
    static let single = "typed decode, next()"
    static let texts = "typed decode, every text a String"
    static let headers = "typed decode, MIME headers of MSG too"
    static let smallReads = "typed decode, reads of 64 bytes"
    static let singleBytes = "typed decode, reads of 1 byte"

    /// How many bytes come in small reads.
    static let smallSize = 256 << 10

    let corpus: Corpus
    let reads: [[UInt8]]

    init(_ corpus: Corpus, read size: Int = 65536) {
        self.corpus = corpus
        reads = corpus.reads(of: size)
    }

    var all: [Work] {
        let corpus = corpus
        let reads = reads
        let bytes = corpus.bytes
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        let version = Int32(corpus.version.number)
        return [
            Work(name: Self.memcpy, commands: corpus.commands) {
                bytes.withUnsafeBytes { copy.copyMemory(from: $0) }
                return UInt64(copy.last ?? 0)
            },
            Work(name: Self.memchr, commands: corpus.commands) { baseline_memchr_pass(bytes, bytes.count) },
            Work(name: Self.framing, commands: corpus.commands) { Self.frame(reads, corpus) },
            Work(name: Self.split, commands: corpus.commands) {
                baseline_split(bytes, bytes.count, version, DUPLICATES_NOTHING)
            },
            Work(name: Self.decode, commands: corpus.commands) { Self.decode(reads, corpus) },
            Work(name: Self.fast, commands: corpus.commands) { Self.decode(reads, corpus, mode: .fast) },
            Work(name: Self.single, commands: corpus.commands) { Self.decodeSingly(reads, corpus) },
            Work(name: Self.duplicate, commands: corpus.commands) {
                baseline_split(bytes, bytes.count, version, DUPLICATES_ACCOUNT)
            },
            Work(name: Self.texts, commands: corpus.commands) { Self.decodeTexts(reads, corpus) },
            Work(name: Self.duplicateTexts, commands: corpus.commands) {
                baseline_split(bytes, bytes.count, version, DUPLICATES_TEXTS)
            },
        ] + inSmallReads
    }

    /// Reading what comes in small pieces: less of the corpus, because it takes longer.
    private var inSmallReads: [Work] {
        let part = corpus.beginning(of: Self.smallSize)
        return [(Self.smallReads, 64), (Self.singleBytes, 1)].map { name, size in
            let reads = part.reads(of: size)
            return Work(name: name, commands: part.commands) { Self.decode(reads, part) }
        }
    }

    /// Reading with and without the header of payloads.
    var withHeaders: [Work] {
        let corpus = corpus
        let reads = reads
        return [
            Work(name: Self.decode, commands: corpus.commands) { Self.decode(reads, corpus) },
            Work(name: Self.headers, commands: corpus.commands) { Self.decodeHeaders(reads, corpus) },
        ]
    }

    /// Cuts all commands out of the stream.
    @inline(never)
    static func frame(_ reads: [[UInt8]], _ corpus: Corpus) -> UInt64 {
        var framer = Framer(table: corpus.framing, limits: .grammar)
        var sum: UInt64 = 0
        for read in reads {
            framer.append(read)
            while true {
                do throws(FramingError) {
                    guard let frame = try framer.next() else { break }
                    sum &+= UInt64(frame.line.count)
                } catch {
                    sum &+= 1
                }
            }
        }
        return sum
    }

    /// Decodes all commands, takes no text out.
    @inline(never)
    static func decode(
        _ reads: [[UInt8]], _ corpus: Corpus, copies: Int = 1, mode: ReadingMode = .checked
    ) -> UInt64 {
        each(reads, corpus, copies: copies, mode: mode) { found in UInt64(found.transaction?.value ?? 0) }
    }

    /// Decodes all commands, one call each.
    @inline(never)
    static func decodeSingly(_ reads: [[UInt8]], _ corpus: Corpus) -> UInt64 {
        var decoder = MessageDecoder<ServerMessage>(
            service: corpus.service, version: corpus.version, limits: .grammar)
        var sum: UInt64 = 0
        for read in reads {
            decoder.append(read)
            while true {
                do throws(ReadingError) {
                    guard let found = try decoder.next() else { break }
                    sum &+= take(found)
                } catch {
                    sum &+= 1
                }
            }
        }
        return sum
    }

    /// Decodes all commands, and the payload of each MSG to its content type; takes no text out.
    @inline(never)
    static func decodeHeaders(_ reads: [[UInt8]], _ corpus: Corpus) -> UInt64 {
        each(reads, corpus) { found in
            guard case .msg(.delivered(let form)) = found.message else { return 0 }
            do throws(PayloadError) {
                return take(try Payload.Message(reading: form.payload))
            } catch {
                return 1
            }
        }
    }

    @inline(never)
    private static func take(_ message: borrowing Payload.Message) -> UInt64 { 1 }

    @inline(never)
    private static func take(_ found: borrowing Envelope<ServerMessage>) -> UInt64 {
        UInt64(found.transaction?.value ?? 0)
    }

    /// Decodes all commands and reads every text.
    @inline(never)
    static func decodeTexts(_ reads: [[UInt8]], _ corpus: Corpus) -> UInt64 {
        each(reads, corpus) { found in
            var sum: UInt64 = 0
            MessageTexts.read(found.message) { sum &+= UInt64($0.utf8.count) }
            return sum
        }
    }

    @inline(__always)
    private static func each(
        _ reads: [[UInt8]], _ corpus: Corpus, copies: Int = 1, mode: ReadingMode = .checked,
        _ body: (borrowing Envelope<ServerMessage>) -> UInt64
    ) -> UInt64 {
        var decoder = MessageDecoder<ServerMessage>(
            service: corpus.service, version: corpus.version, mode: mode, limits: .grammar)
        var sum: UInt64 = 0
        for _ in 0..<copies {
            for read in reads {
                decoder.append(read)
                while true {
                    do throws(ReadingError) {
                        try decoder.forEach { sum &+= body($0) }
                        break
                    } catch {
                        sum &+= 1
                    }
                }
            }
        }
        return sum
    }
}
