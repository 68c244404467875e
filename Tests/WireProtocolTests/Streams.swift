import TestSupport
@testable import WireProtocol

/// What came of one command of a stream: the message or the error, and the frame with its place.
struct Arrival: Equatable, CustomStringConvertible {
    var message: SampleMessage?
    var transaction: String?
    var error: ReadingError?
    var line: String?
    var payload: WireBytes?
    var offset: UInt64?

    init(_ envelope: Envelope<SampleMessage>, _ frame: Frame) {
        message = envelope.message
        transaction = envelope.transaction?.description
        take(frame)
    }

    init(_ error: ReadingError) {
        self.error = error
        if case .decoding(_, let frame) = error { take(frame) }
    }

    private mutating func take(_ frame: Frame) {
        line = frame.lineBytes.description
        payload = frame.payloadBytes
        offset = frame.offset
    }

    var description: String {
        let what = error.map { "\($0)" } ?? message.map { "\($0)" } ?? ""
        return "\(what) TrID \(transaction ?? "-") of '\(line ?? "")' + \(payload?.count ?? -1) at \(offset ?? 0)"
    }
}

/// How a stream is read.
struct StreamSettings {
    var service = SampleService.desk
    var version = ProtocolVersion(8)
    var mode = ReadingMode.checked
    var limits = WireLimits.default
    /// The version that is gone on with after so many arrivals.
    var change: (after: Int, to: ProtocolVersion)?
}

/// What a stream says by the plain reader: frames are cut and then each read by itself.
func readPlainly(_ stream: [UInt8], _ settings: StreamSettings = StreamSettings()) -> [Arrival] {
    var version = settings.version
    func table() -> LineTable {
        Samples.table.lines(from: .server, service: settings.service.number, version: version)
    }
    var framer = Framer(table: table(), limits: settings.limits)
    framer.append(stream)
    var result: [Arrival] = []
    while true {
        do throws(FramingError) {
            guard let frame = try framer.next() else { return result }
            do throws(WireDecodingError) {
                let envelope = try SampleMessage.decode(
                    frame, version: version, service: settings.service, mode: settings.mode, limits: settings.limits)
                result.append(Arrival(envelope, frame))
            } catch {
                result.append(Arrival(.decoding(error, frame)))
            }
        } catch {
            result.append(Arrival(.framing(error)))
        }
        if let change = settings.change, result.count == change.after {
            version = change.to
            framer.table = table()
        }
    }
}

/// What a stream that comes in pieces says by the decoder of messages.
func readQuickly(_ pieces: [[UInt8]], _ settings: StreamSettings = StreamSettings()) -> [Arrival] {
    var decoder = MessageDecoder<SampleMessage>(
        service: settings.service, version: settings.version, mode: settings.mode, limits: settings.limits)
    var result: [Arrival] = []
    for piece in pieces {
        decoder.append(piece)
        var isMore = true
        while isMore {
            do throws(ReadingError) {
                if let envelope = try decoder.next() {
                    result.append(Arrival(envelope, decoder.frame))
                } else {
                    isMore = false
                }
            } catch {
                result.append(Arrival(error))
            }
            if isMore, let change = settings.change, result.count == change.after { decoder.version = change.to }
        }
    }
    return result
}

/// Makes lines of the made-up protocol, and spoils them.
struct LineMaker {
    var random: SeededGenerator
    var version = ProtocolVersion(8)

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func isTrue(_ chance: Double) -> Bool { Double.random(in: 0..<1, using: &random) < chance }
    private mutating func one<Element>(of elements: [Element], or other: Element) -> Element {
        elements.randomElement(using: &random) ?? other
    }

    /// A command with its payload: a right one most of the time.
    mutating func command() -> [UInt8] {
        let commands = Samples.table.commands
        guard !isTrue(0.08) else { return errorReply() }
        let command = one(of: commands, or: commands[0])
        let forms = command.serverForms.filter { $0.versions.contains(version) || isTrue(0.1) }
        guard let form = forms.randomElement(using: &random) else {
            return Array("\(command.name) \(number(0...99)) a\r\n".utf8)
        }
        return line(form)
    }

    private mutating func errorReply() -> [UInt8] {
        let payload = [UInt8](repeating: 0x0A, count: number(0...45))
        let words = ["911", "9", "\(payload.count)", "x"]
        let count = one(of: [1, 2, 3, 3, 3, 4], or: 1)
        let line = words.prefix(count).joined(separator: " ") + (isTrue(0.5) ? "\r\n" : "\n")
        return Array(line.utf8) + (count == 3 && version.number > 4 ? payload : [])
    }

    /// A line of a form.
    mutating func line(_ form: FormTable) -> [UInt8] {
        var words = ["\(form.command)"]
        switch form.transaction {
        case .required: words.append(isTrue(0.1) ? "00\(number(0...99))" : "\(number(0...1_000_000))")
        case .zero: words.append(isTrue(0.9) ? "0" : "00")
        case .optional: if isTrue(0.5) { words.append("\(number(0...4_294_967_295))") }
        case .absent: break
        }
        var lengthPlace: Int?
        for (index, word) in form.words.enumerated() where word.versions.contains(version) || isTrue(0.05) {
            if form.payload?.lengthPlace == index { lengthPlace = words.count }
            if word.isOptional, isTrue(0.4) { continue }
            if word.condition != nil, isTrue(0.5) { continue }
            switch word.repetition {
            case .words(let minimum): for _ in 0..<number(minimum...minimum + 5) { words.append(text(word)) }
            case .once, .separated: words.append(text(word))
            }
        }
        var payload: [UInt8] = []
        if let table = form.payload {
            let most = isTrue(0.9) ? table.limit : table.limit + 3
            payload = (0..<(table.length ?? number(0...most))).map { _ in UInt8.random(in: 0...255, using: &random) }
            words.insert("\(payload.count)", at: lengthPlace ?? words.count)
            payload += isTrue(0.95) ? table.trailer.array : [0x21]
        }
        return Array(words.joined(separator: " ").utf8) + (isTrue(0.7) ? [0x0D, 0x0A] : [0x0A]) + payload
    }

    private mutating func text(_ word: FormWord) -> String {
        if let literal = word.literal { return "\(literal)" }
        if word.mayBeEmpty, isTrue(0.3) { return "\(word.prefix)" }
        guard case .separated(let separator) = word.repetition else {
            return "\(word.prefix)" + text(word.type, word.range)
        }
        let texts = (0..<number(1...4)).map { _ in text(word.type, word.range) }
        return "\(word.prefix)" + texts.joined(separator: String(Unicode.Scalar(separator)))
    }

    private mutating func text(_ type: ValueTable, _ range: ClosedRange<Int64>? = nil) -> String {
        switch type.kind {
        case .token(let shapes):
            if type === Samples.versionedShape { return one(of: ["12", "a@b", "@", "ab"], or: "") }
            guard shapes.isEmpty else { return one(of: ["V1", "V123", "CVR0"], or: "") }
            return word(number(1...(isTrue(0.95) ? min(type.limit, 90) : 90)))
        case .text: return codedText()
        case .integer(let bounds): return integer(range ?? bounds)
        case .digits(let count): return (0..<count).map { _ in String(number(0...9)) }.joined()
        case .boolean(let falseWord, let trueWord): return isTrue(0.5) ? "\(falseWord)" : "\(trueWord)"
        case .guid(let braces):
            let digits = Array("0123456789abcdefABCDEF")
            let groups = [8, 4, 4, 4, 12].map { length in
                String((0..<length).map { _ in digits.randomElement(using: &random) ?? "0" })
            }
            let text = groups.joined(separator: "-")
            return braces ? "{\(text)}" : text
        case .enumeration(let words, let isOpen):
            return isOpen && isTrue(0.5) ? word(number(1...15)) : "\(one(of: words, or: words[0]).word)"
        case .flags: return "\(number(0...9))"
        case .rest: return (0..<number(1...9)).map { _ in word(number(0...9)) }.joined(separator: " ")
        case .composite(let parts, _):
            let parts = parts.filter { $0.versions.contains(version) || isTrue(0.1) }
            return parts.map { part in
                part.isOptional && isTrue(0.5) ? "" : "\(part.mark)" + text(part.type) + "\(part.endMark)"
            }.joined()
        }
    }

    private mutating func integer(_ range: ClosedRange<Int64>) -> String {
        let wide = max(range.lowerBound, -1)...min(range.upperBound, 4_294_967_296)
        if isTrue(0.05) { return "\(Int64.random(in: -9...4_294_967_299, using: &random))" }
        if isTrue(0.3) { return "\(isTrue(0.5) ? range.lowerBound : range.upperBound)" }
        return "\(max(wide.lowerBound, Int64.random(in: wide, using: &random) >> Int64(number(0...31))))"
    }

    private mutating func word(_ length: Int) -> String {
        if isTrue(0.05) {
            return one(of: ["é", "héé", "\u{1F600}", "\u{FEFF}a", "UP", "12", "12-45", "1,2345"], or: "")
        }
        return String(
            decoding: (0..<length).map { _ in UInt8.random(in: 0x21...0x7E, using: &random) }, as: UTF8.self)
    }

    /// A text whose codes come to stand at all places.
    private mutating func codedText() -> String {
        let parts = [
            "%20", "%41", "%7e", "%c3%A9", "%E2%82%AC", "%F0%9F%98%80", "é", "a", "bc", "def", "ghijk", "%00", "%25",
        ]
        var text = ""
        for _ in 0..<number(1...9) { text += one(of: parts, or: "a") }
        if isTrue(0.06) {
            let bad = [
                "%", "%2", "%zz", "%FF", "%C3", "%C3x", "%ED%A0%80", "%80", "%F8%80", "%e2%82", "%C3%zz", "%C3%",
            ]
            text += one(of: bad, or: "%") + (isTrue(0.5) ? "" : "abcdef")
        }
        return text
    }

    /// Spoils one to three bytes.
    mutating func spoil(_ bytes: [UInt8]) -> [UInt8] {
        let odd = Array(" \r\n%,;:-=*/+.0123456789{}NY".utf8) + [0x00, 0x09, 0x1F, 0x7F, 0x80, 0xC3, 0xFF]
        var bytes = bytes
        for _ in 0..<number(1...3) {
            let place = number(0...max(0, bytes.count - 1))
            switch number(0...7) {
            case 0 where place < bytes.count: bytes.remove(at: place)
            case 1 where place < bytes.count: bytes[place] = one(of: odd, or: 0)
            case 2: bytes.insert(contentsOf: Array(" ".utf8), at: place)
            case 3:
                // In front of the line's end.
                let end = bytes.firstIndex { $0 == 0x0D || $0 == 0x0A } ?? bytes.count
                bytes.insert(
                    contentsOf: Array([" ", "  ", " x", " 5", "\r", "\0", " -1"][number(0...6)].utf8), at: end)
            case 4 where place < bytes.count: bytes.insert(bytes[place], at: place)
            case 5:
                let blanks = bytes.indices.filter { bytes[$0] == 0x20 }
                if let blank = blanks.randomElement(using: &random) { bytes.insert(0x20, at: blank) }
            case 6:
                let blanks = bytes.indices.filter { bytes[$0] == 0x20 }
                if let blank = blanks.randomElement(using: &random) { bytes.remove(at: blank) }
            default: bytes.insert(one(of: odd, or: 0), at: place)
            }
        }
        return bytes
    }

    /// Some commands, one in so many of them spoiled.
    mutating func stream(_ count: Int, spoiling chance: Double) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<count {
            let command = command()
            bytes += isTrue(chance) ? spoil(command) : command
        }
        return bytes
    }
}
