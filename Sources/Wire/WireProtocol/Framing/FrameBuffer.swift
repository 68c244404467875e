/// Splits the input into lines with their payloads; it defines what a framing rule means.
@usableFromInline
struct FrameBuffer: Sendable {
    var input = InputBuffer()
    let limits: WireLimits
    private var discardBytes = 0
    private var discardsLine = false

    // The line at the head, once it is complete: its end, the end of its line feed, the length of its payload.
    private var lineEnd = 0
    private var next = 0
    private var payload: Int?
    private var trailer = PayloadTrailer.none
    /// The code of the line's first word.
    @usableFromInline private(set) var command = CommandCode.invalid
    /// Whether the line at the head is complete and waits for its payload.
    @usableFromInline private(set) var isWaiting = false

    @usableFromInline
    init(limits: WireLimits) { self.limits = limits }

    @usableFromInline var bufferedBytes: Int { input.count }

    @usableFromInline
    mutating func append(_ bytes: [UInt8]) { input.append(bytes) }

    @usableFromInline
    mutating func append(_ bytes: Span<UInt8>) { input.append(bytes) }

    /// Whether there is something to skip after an error.
    var isSkipping: Bool { discardBytes > 0 || discardsLine }

    /// The next frame; `nil` if more input is needed.
    mutating func next(_ table: some FramingTable) throws(FramingError) -> Frame? {
        if !isWaiting {
            guard try findLine() else { return nil }
            try readLength(table.rule(for: command))
        }
        return try takeFrame()
    }

    /// Finds the line at the head of the input without consuming it; `false` if it is not complete.
    @usableFromInline
    mutating func findLine() throws(FramingError) -> Bool {
        if isSkipping {
            guard skip() else { return false }
        }
        guard let end = input.lineFeed() else {
            try checkUnended()
            return false
        }
        let head = input.head
        let view = input.chunk.view
        let bytes = view.span
        let last = end > head && bytes[end &- 1] == carriageReturn ? end &- 1 : end
        guard last > head, last &- head <= limits.line else { throw refuse(last, next: end &+ 1) }
        lineEnd = last
        next = end &+ 1
        payload = nil
        command = FrameBuffer.commandCode(bytes, head..<last)
        return true
    }

    /// Throws if the incomplete line is already too long.
    private mutating func checkUnended() throws(FramingError) {
        guard input.count > limits.line, input.makeContiguous(input.count) else { return }
        let bytes = input.chunk.bytes
        let mayFit = input.count &- 1 == limits.line && bytes[bytes.count &- 1] == carriageReturn
        guard !mayFit else { return }
        let error = lineTooLong()
        discardsLine = true
        input.advance(to: bytes.count)
        throw error
    }

    /// Drops an empty or overlong line and returns the error to throw.
    @inline(never)
    private mutating func refuse(_ end: Int, next: Int) -> FramingError {
        let error = end > input.head ? lineTooLong() : FramingError(kind: .emptyLine, offset: input.offset)
        input.advance(to: next)
        return error
    }

    /// Reads the length of the line's payload, if the rule says that there is one.
    @usableFromInline
    mutating func readLength(_ rule: FramingRule) throws(FramingError) {
        let view = input.chunk.view
        let word: Range<Int>?
        switch rule.place {
        case .absent: return
        case .last: word = FrameBuffer.lastWord(view.span, input.head..<lineEnd, of: rule.minimumWords)
        case .word(let index): word = FrameBuffer.word(index, of: view.span, input.head..<lineEnd)
        }
        if rule.mayLack {
            guard let word, isSignedDigits(view.span.extracting(word)) else { return }
        }
        guard let word else { throw invalidLength(excerpt: "") }
        let length = try self.length(word)
        let limit = min(rule.limit, limits.payload)
        guard length <= limit else { throw tooLong(length, rule.trailer, limit: limit) }
        payload = length
        trailer = rule.trailer
    }

    /// The frame of the line at the head; `nil`, and the line waits, until its payload is complete.
    @usableFromInline
    mutating func takeFrame() throws(FramingError) -> Frame? {
        let head = input.head
        let size = next &- head &+ (payload ?? 0)
        let behind = payload == nil ? 0 : trailer.count
        let lineSize = lineEnd &- head
        let lineStep = next &- head
        guard input.makeContiguous(size &+ behind) else {
            isWaiting = true
            return nil
        }
        isWaiting = false
        // The line may be in another chunk now.
        let start = input.head
        lineEnd = start &+ lineSize
        next = start &+ lineStep
        let end = start &+ size
        if behind > 0 { try checkTrailer(at: end) }
        guard end <= Int(UInt32.max) else { return takeFrame(detached: start..<end, trailer: behind) }
        let frame = Frame(
            within: input.chunk.bytes, line: start..<lineEnd, payload: payload == nil ? nil : next..<end,
            offset: input.offset)
        input.advance(to: end &+ behind)
        return frame
    }

    /// Throws, and skips the line and its payload, if the trailer is missing.
    private mutating func checkTrailer(at end: Int) throws(FramingError) {
        let bytes = input.chunk.view[end..<end &+ trailer.count]
        guard !bytes.elementsEqual(trailer.array) else { return }
        let place = input.offset &+ UInt64(truncatingIfNeeded: end &- input.head)
        let error = FramingError(
            kind: .wrongTrailer(expected: trailer.array, at: place), offset: input.offset,
            command: command.description)
        input.advance(to: end)
        throw error
    }

    /// The frame in its own chunk, for a position that a frame cannot express.
    @inline(never)
    private mutating func takeFrame(detached range: Range<Int>, trailer: Int) -> Frame {
        let base = range.lowerBound
        let payload = self.payload == nil ? nil : next &- base..<range.count
        let frame = Frame(
            within: Array(input.chunk.bytes[range]), line: 0..<lineEnd &- base, payload: payload, offset: input.offset)
        input.advance(to: range.upperBound &+ trailer)
        return frame
    }

    /// Drops the line, and its payload as it arrives, and returns the error to throw.
    @inline(never)
    private mutating func tooLong(_ length: Int, _ trailer: PayloadTrailer, limit: Int) -> FramingError {
        let kind = FramingError.Kind.payloadTooLong(length: length, limit: limit)
        let error = FramingError(kind: kind, offset: input.offset, command: command.description)
        input.advance(to: next)
        discardBytes = length &+ trailer.count
        return error
    }

    /// Drops what remains to be skipped after an error; `false` if more of it is to come.
    private mutating func skip() -> Bool {
        if discardBytes > 0 {
            discardBytes &-= input.drop(discardBytes)
            guard discardBytes == 0 else { return false }
        }
        if discardsLine {
            guard let end = input.lineFeed() else {
                _ = input.drop(input.count)
                return false
            }
            discardsLine = false
            input.advance(to: end &+ 1)
        }
        return true
    }
}

private let carriageReturn: UInt8 = 0x0D

extension FrameBuffer {
    private func lineTooLong() -> FramingError {
        let bytes = input.chunk.bytes
        let start = min(input.head, bytes.count)
        let code = FrameBuffer.commandCode(bytes.span, start..<min(bytes.count, start &+ limits.line))
        let command = code == .invalid ? nil : code.description
        return FramingError(kind: .lineTooLong(limit: limits.line), offset: input.offset, command: command)
    }

    private mutating func invalidLength(excerpt: String) -> FramingError {
        let kind = FramingError.Kind.invalidLength(excerpt)
        let error = FramingError(kind: kind, offset: input.offset, command: command.description)
        input.advance(to: next)
        return error
    }

    private mutating func length(_ word: Range<Int>) throws(FramingError) -> Int {
        if let length = canonicalNumber(input.chunk.view.span, from: word.lowerBound, to: word.upperBound) {
            return Int(length)
        }
        throw invalidLength(excerpt: lengthExcerpt(of: WireBytes(chunk: input.chunk.bytes, range: word)))
    }
}

/// At most sixteen bytes of a word that looks like a number. Of any other word only the length is shown, because in
/// another version it may be a password.
private func lengthExcerpt(of bytes: WireBytes) -> String {
    let shown = excerpt(of: bytes)
    let isNumber = shown.dropFirst(shown.hasPrefix("-") || shown.hasPrefix("+") ? 1 : 0).allSatisfy(\.isNumber)
    return isNumber ? shown : String(repeating: "?", count: shown.utf8.count)
}
