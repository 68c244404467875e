/// The part of a framer that does not depend on its table: the input that is held and the place in it.
@usableFromInline
struct FrameBuffer: Sendable {
    private var chunk: [UInt8] = []
    private var head = 0
    /// Input behind the chunk. A command that the chunk cuts gets what it lacks from here; then this is the chunk, so
    /// that large reads are not copied.
    private var rest: [UInt8] = []
    private var restHead = 0
    private var scanned = 0
    private var headOffset: UInt64 = 0
    private var discardBytes = 0
    private var discardsLine = false
    private let limits: WireLimits

    // The line at the head, once its end is there: its end, the end of its line feed, the length of its payload.
    private var lineEnd = 0
    private var next = 0
    private var payload: Int?
    /// The code of the line's first word.
    @usableFromInline private(set) var command = CommandCode.invalid
    /// Whether the line at the head is cut and waits for its payload.
    @usableFromInline private(set) var isWaiting = false

    @usableFromInline
    init(limits: WireLimits) { self.limits = limits }

    @usableFromInline var bufferedBytes: Int { chunk.count &- head &+ (rest.count &- restHead) }

    @usableFromInline
    mutating func append(_ bytes: [UInt8]) {
        if head == chunk.count {
            shift(by: head)
            chunk = bytes
        } else if restHead == rest.count, bytes.count >= 1024 {
            rest = bytes
            restHead = 0
        } else {
            bytes.withUnsafeBufferPointer { copy($0) }
        }
    }

    @usableFromInline
    mutating func append(_ bytes: Span<UInt8>) {
        if head == chunk.count {
            shift(by: head)
            chunk = []
        }
        bytes.withUnsafeBufferPointer { copy($0) }
    }

    private mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) {
        if restHead < rest.count {
            rest.append(contentsOf: bytes)
        } else {
            compact(adding: bytes.count)
            chunk.append(contentsOf: bytes)
        }
    }

    /// Moves so many bytes from the rest to the chunk.
    private mutating func pull(_ count: Int) {
        let end = min(rest.count, restHead &+ count)
        compact(adding: end &- restHead)
        chunk += rest[restHead..<end]
        restHead = end
        if restHead == rest.count { dropRest() }
    }

    private mutating func dropRest() {
        rest = []
        restHead = 0
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
        lineEnd &-= count
        next &-= count
    }

    @inline(__always)
    private mutating func advance(to index: Int) {
        headOffset &+= UInt64(truncatingIfNeeded: index &- head)
        head = index
        scanned = index
        if head == chunk.count { goOnWithRest() }
    }

    @inline(never)
    private mutating func goOnWithRest() {
        chunk = rest
        head = restHead
        scanned = restHead
        dropRest()
    }

    /// Finds the line at the head of the input and does not consume it yet; `false` when its end is not there.
    @usableFromInline
    mutating func findLine() throws(FramingError) -> Bool {
        if isSkipping {
            guard skip() else { return false }
        }
        guard let end = lineFeed() else {
            try checkUnended()
            return false
        }
        let last = end > head && chunk[end &- 1] == carriageReturn ? end &- 1 : end
        guard last > head, last &- head <= limits.line else { throw refuse(last, next: end &+ 1) }
        lineEnd = last
        next = end &+ 1
        payload = nil
        command = FrameBuffer.commandCode(chunk.span, head..<last)
        return true
    }

    /// Throws when the line whose end is not there is too long already.
    private mutating func checkUnended() throws(FramingError) {
        let held = chunk.count &- head
        guard held > limits.line else { return }
        let mayFit = held &- 1 == limits.line && chunk[chunk.count &- 1] == carriageReturn
        guard !mayFit else { return }
        let error = lineTooLong()
        discardsLine = true
        advance(to: chunk.count)
        throw error
    }

    /// Drops an empty or too long line and gives the error to throw.
    @inline(never)
    private mutating func refuse(_ end: Int, next: Int) -> FramingError {
        let error = end > head ? lineTooLong() : FramingError(kind: .emptyLine, offset: headOffset)
        advance(to: next)
        return error
    }

    /// Reads the length of the line's payload where the rule says that it has one.
    @usableFromInline
    mutating func readLength(_ rule: FramingRule) throws(FramingError) {
        let limit: Int
        let minimumWords: Int
        let mayLack: Bool
        switch rule {
        case .none: return
        case .last(let words, let most): (minimumWords, limit, mayLack) = (words, most, false)
        case .lastIfNumber(let words, let most): (minimumWords, limit, mayLack) = (words, most, true)
        }
        let last = FrameBuffer.lastWord(chunk.span, head..<lineEnd, of: minimumWords)
        if mayLack {
            guard let last, FrameBuffer.looksLikeNumber(chunk.span, last) else { return }
        }
        guard let last else { throw invalidLength(excerpt: "") }
        let length = try self.length(last)
        guard length <= min(limit, limits.payload) else { throw tooLong(length, limit: min(limit, limits.payload)) }
        payload = length
    }

    /// The frame of the line at the head; `nil`, and the line waits, while its payload is not there.
    @usableFromInline
    mutating func takeFrame() -> Frame? {
        var end = next
        if let payload {
            end &+= payload
            if end > chunk.count, restHead < rest.count {
                pull(end &- chunk.count)
                end = next &+ payload
            }
            guard chunk.count >= end else {
                isWaiting = true
                return nil
            }
            isWaiting = false
        }
        guard end <= Int(UInt32.max) else { return takeFrame(detached: head..<end) }
        let frame = Frame(
            within: chunk, line: head..<lineEnd, payload: payload == nil ? nil : next..<end, offset: headOffset,
            command: command)
        advance(to: end)
        return frame
    }

    /// The frame in a chunk of its own, for one that lies so far back that a frame cannot say where.
    @inline(never)
    private mutating func takeFrame(detached range: Range<Int>) -> Frame {
        let base = range.lowerBound
        let payload = self.payload == nil ? nil : next &- base..<range.count
        let frame = Frame(
            within: Array(chunk[range]), line: 0..<lineEnd &- base, payload: payload, offset: headOffset,
            command: command)
        advance(to: range.upperBound)
        return frame
    }

    /// Drops the line, its payload too as it comes, and gives the error to throw.
    @inline(never)
    private mutating func tooLong(_ length: Int, limit: Int) -> FramingError {
        let kind = FramingError.Kind.payloadTooLong(length: length, limit: limit)
        let error = FramingError(kind: kind, offset: headOffset, command: command.description)
        advance(to: next)
        discardBytes = length
        return error
    }

    private var isSkipping: Bool { discardBytes > 0 || discardsLine }

    /// Drops what an error left to skip; `false` when more of it is to come.
    private mutating func skip() -> Bool {
        while discardBytes > 0 {
            let dropped = min(discardBytes, chunk.count &- head)
            guard dropped > 0 else { return false }
            discardBytes &-= dropped
            advance(to: head &+ dropped)
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

    @inline(__always)
    private mutating func lineFeed() -> Int? {
        if let found = firstIndex(of: 0x0A, in: chunk.span, from: scanned) {
            scanned = found
            return found
        }
        return restHead < rest.count ? lineFeedInRest() : nothingFound()
    }

    private mutating func nothingFound() -> Int? {
        scanned = chunk.count
        return nil
    }

    @inline(never)
    private mutating func lineFeedInRest() -> Int? {
        guard let found = firstIndex(of: 0x0A, in: rest.span, from: restHead) else {
            pull(rest.count &- restHead)
            return nothingFound()
        }
        pull(found &+ 1 &- restHead)
        scanned = chunk.count &- 1
        return scanned
    }
}

private let carriageReturn: UInt8 = 0x0D

extension FrameBuffer {
    private func lineTooLong() -> FramingError {
        let start = min(head, chunk.count)
        let code = FrameBuffer.commandCode(chunk.span, start..<min(chunk.count, start &+ limits.line))
        let command = code == .invalid ? nil : code.description
        return FramingError(kind: .lineTooLong(limit: limits.line), offset: headOffset, command: command)
    }

    private mutating func invalidLength(excerpt: String) -> FramingError {
        let kind = FramingError.Kind.invalidLength(excerpt)
        let error = FramingError(kind: kind, offset: headOffset, command: command.description)
        advance(to: next)
        return error
    }

    private mutating func length(_ word: Range<Int>) throws(FramingError) -> Int {
        if let length = canonicalNumber(chunk.span, from: word.lowerBound, to: word.upperBound) { return Int(length) }
        let bytes = WireBytes(chunk: chunk, range: word)
        do throws(ValueError) {
            return Int(truncatingIfNeeded: try UInt32(wire: bytes, version: ProtocolVersion(0)))
        } catch {
            throw invalidLength(excerpt: lengthExcerpt(of: bytes))
        }
    }
}

/// At most sixteen bytes of a word that looks like a number. Of another only the length is shown: in a line of another
/// version it may be a password.
private func lengthExcerpt(of bytes: WireBytes) -> String {
    let shown = excerpt(of: bytes)
    let isNumber = shown.dropFirst(shown.hasPrefix("-") || shown.hasPrefix("+") ? 1 : 0).allSatisfy(\.isNumber)
    return isNumber ? shown : String(repeating: "?", count: shown.utf8.count)
}
