/// The part of a framer that does not depend on its table: the input that is held and the place in it.
@usableFromInline
struct FrameBuffer: Sendable {
    /// A line that was cut, its payload included once its rule is known.
    @usableFromInline
    struct Line: Sendable {
        /// The line in the chunk, without its line ending.
        var range: Range<Int>
        /// The first byte after the line ending.
        var next: Int
        /// The code of the first word.
        @usableFromInline var command: CommandCode
        /// The count of payload bytes; `nil` for none.
        var payload: Int?
    }

    private var chunk: [UInt8] = []
    private var head = 0
    private var scanned = 0
    private var headOffset: UInt64 = 0
    private var discardBytes = 0
    private var discardsLine = false
    private let limits: WireLimits
    @usableFromInline private(set) var waiting: Line?

    @usableFromInline
    init(limits: WireLimits) { self.limits = limits }

    @usableFromInline var bufferedBytes: Int { chunk.count &- head }

    @usableFromInline
    mutating func append(_ bytes: [UInt8]) {
        if head == chunk.count {
            shift(by: head)
            chunk = bytes
        } else {
            compact(adding: bytes.count)
            chunk += bytes
        }
    }

    @usableFromInline
    mutating func append(_ bytes: Span<UInt8>) {
        compact(adding: bytes.count)
        chunk.reserveCapacity(chunk.count &+ bytes.count)
        for index in bytes.indices { chunk.append(bytes[index]) }
    }

    /// Drops used bytes once they are at least half of the chunk, so that each byte is moved a bounded number of times.
    private mutating func compact(adding count: Int) {
        guard head > 0, head >= chunk.count &- head else { return }
        var fresh: [UInt8] = []
        fresh.reserveCapacity(chunk.count &- head &+ count)
        fresh += chunk[head...]
        shift(by: head)
        chunk = fresh
    }

    private mutating func shift(by count: Int) {
        head &-= count
        scanned = max(0, scanned &- count)
        if let line = waiting {
            waiting = Line(
                range: line.range.lowerBound &- count..<line.range.upperBound &- count, next: line.next &- count,
                command: line.command, payload: line.payload)
        }
    }

    private mutating func advance(to index: Int) {
        headOffset &+= UInt64(truncatingIfNeeded: index &- head)
        head = index
        scanned = index
        if head == chunk.count {
            chunk = []
            head = 0
            scanned = 0
        }
    }

    /// The line at the head of the input, not yet consumed; `nil` when its end is not there.
    @usableFromInline
    mutating func nextLine() throws(FramingError) -> Line? {
        guard skip() else { return nil }
        guard let end = lineFeed() else {
            let held = chunk.count &- head
            let mayFit = held &- 1 == limits.line && chunk[chunk.count &- 1] == carriageReturn
            guard held > limits.line, !mayFit else { return nil }
            let error = lineTooLong()
            discardsLine = true
            advance(to: chunk.count)
            throw error
        }
        var last = end
        if last > head, chunk[last &- 1] == carriageReturn { last &-= 1 }
        guard last > head else {
            let error = FramingError(kind: .emptyLine, offset: headOffset)
            advance(to: end &+ 1)
            throw error
        }
        guard last &- head <= limits.line else {
            let error = lineTooLong()
            advance(to: end &+ 1)
            throw error
        }
        let range = head..<last
        let command = FrameBuffer.commandCode(chunk.span, range)
        return Line(range: range, next: end &+ 1, command: command, payload: nil)
    }

    /// Applies the rule to a line: gives its frame, or waits for the payload.
    @usableFromInline
    mutating func finish(_ line: Line, rule: FramingRule) throws(FramingError) -> Frame? {
        var line = line
        let limit: Int
        switch rule {
        case .none:
            return take(line)
        case .last(let minimumWords, let most):
            limit = most
            let (words, last) = lastWord(line.range)
            guard words >= max(2, minimumWords) else { throw invalidLength(line, excerpt: "") }
            line.payload = try length(last, of: line)
        case .lastIfNumber(let minimumWords, let most):
            limit = most
            let (words, last) = lastWord(line.range)
            guard words >= max(2, minimumWords), looksLikeNumber(last) else { return take(line) }
            line.payload = try length(last, of: line)
        }
        let length = line.payload ?? 0
        let most = min(limit, limits.payload)
        guard length <= most else {
            let kind = FramingError.Kind.payloadTooLong(length: length, limit: most)
            let error = FramingError(kind: kind, offset: headOffset, command: line.command.description)
            advance(to: line.next)
            discardBytes = length
            throw error
        }
        return take(line)
    }

    /// The frame of a line; `nil`, and the line waits, while its payload is not there.
    @usableFromInline
    mutating func take(_ line: Line) -> Frame? {
        let length = line.payload ?? 0
        guard chunk.count &- line.next >= length else {
            waiting = line
            return nil
        }
        waiting = nil
        let end = line.next &+ length
        let payload = line.payload.map { _ in line.next..<end }
        let frame = Frame(chunk: chunk, line: line.range, payload: payload, offset: headOffset, command: line.command)
        advance(to: end)
        return frame
    }

    /// Drops what an error left to skip; `false` when more of it is to come.
    private mutating func skip() -> Bool {
        if discardBytes > 0 {
            let dropped = min(discardBytes, chunk.count &- head)
            discardBytes &-= dropped
            advance(to: head &+ dropped)
            guard discardBytes == 0 else { return false }
        }
        if discardsLine {
            guard let end = lineFeed() else {
                advance(to: chunk.count)
                return false
            }
            discardsLine = false
            advance(to: end &+ 1)
        }
        return true
    }

    private mutating func lineFeed() -> Int? {
        let found = FrameBuffer.lineFeed(in: chunk.span, from: scanned)
        scanned = found ?? chunk.count
        return found
    }

    private static func lineFeed(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        let count = bytes.count
        while index < count {
            if bytes[index] == 0x0A { return index }
            index &+= 1
        }
        return nil
    }
}

private let carriageReturn: UInt8 = 0x0D

extension FrameBuffer {
    /// The code of the bytes before the first blank; `.invalid` when they are no command word.
    static func commandCode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CommandCode {
        let most = min(range.upperBound, range.lowerBound &+ 5)
        var end = range.lowerBound
        while end < most, bytes[end] != 0x20 { end &+= 1 }
        return CommandCode(bytes: bytes.extracting(range.lowerBound..<end)) ?? .invalid
    }

    private func lineTooLong() -> FramingError {
        let start = min(head, chunk.count)
        let code = FrameBuffer.commandCode(chunk.span, start..<min(chunk.count, start &+ limits.line))
        let command = code == .invalid ? nil : code.description
        return FramingError(kind: .lineTooLong(limit: limits.line), offset: headOffset, command: command)
    }

    private mutating func invalidLength(_ line: Line, excerpt: String) -> FramingError {
        let kind = FramingError.Kind.invalidLength(excerpt)
        let error = FramingError(kind: kind, offset: headOffset, command: line.command.description)
        advance(to: line.next)
        return error
    }

    /// The count of words and the last word; a run of blanks counts as one.
    private func lastWord(_ range: Range<Int>) -> (count: Int, last: Range<Int>) {
        let bytes = chunk.span
        var count = 0
        var last = range.lowerBound..<range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, bytes[index] != 0x20 { index &+= 1 }
            if index > start {
                count &+= 1
                last = start..<index
            }
            index &+= 1
        }
        return (count, last)
    }

    private func looksLikeNumber(_ word: Range<Int>) -> Bool {
        let bytes = chunk.span
        var index = word.lowerBound
        if word.count > 1, bytes[index] == UInt8(ascii: "-") { index &+= 1 }
        while index < word.upperBound {
            guard bytes[index] &- 0x30 <= 9 else { return false }
            index &+= 1
        }
        return true
    }

    private mutating func length(_ word: Range<Int>, of line: Line) throws(FramingError) -> Int {
        let bytes = WireBytes(chunk: chunk, range: word)
        do throws(ValueError) {
            return Int(truncatingIfNeeded: try UInt32(wire: bytes, version: ProtocolVersion(0)))
        } catch {
            throw invalidLength(line, excerpt: excerpt(of: bytes))
        }
    }
}

/// At most sixteen bytes of a word, with `?` for each byte that is not printable ASCII.
func excerpt(of bytes: WireBytes) -> String {
    var result = ""
    for index in 0..<min(16, bytes.count) {
        let byte = bytes[index]
        let shown = byte > 0x20 && byte < 0x7F ? byte : UInt8(ascii: "?")
        result.unicodeScalars.append(Unicode.Scalar(shown))
    }
    return result
}
