/// What the next command was found to be.
@usableFromInline
struct TakenLine {
    @usableFromInline enum Kind: UInt8 { case message, more, unknown, failed }

    @usableFromInline let kind: Kind
    /// How many digits the transaction ID has; 0 for none.
    @usableFromInline var digits: UInt8 = 0
    @usableFromInline var command: UInt16 = 0
    @usableFromInline var form: UInt16 = 0
    /// The transaction ID.
    @usableFromInline var number: UInt32 = 0
    /// The bytes that the values point into.
    @usableFromInline let chunk: ByteChunk

    init(_ kind: Kind) {
        self.kind = kind
        chunk = .empty
    }

    @inline(__always)
    init(_ line: QuickLine, _ chunk: ByteChunk) {
        kind = .message
        self.chunk = chunk
        digits = line.digits
        command = line.command
        form = line.form
        number = line.number
    }

    init(_ found: FoundForm, _ chunk: ByteChunk) {
        kind = .message
        self.chunk = chunk
        digits = found.transaction?.digits ?? 0
        number = found.transaction?.value ?? 0
        command = UInt16(truncatingIfNeeded: found.command)
        form = UInt16(truncatingIfNeeded: found.form)
    }

    @inlinable @inline(__always)
    var transaction: TransactionID? { digits == 0 ? nil : TransactionID(value: number, spelledWith: digits) }
}

/// Input, and the reading of commands straight out of it: framing, the choice of the form and all checks in one look.
///
/// What the quick reader finds odd is cut out as a frame and read by the tables, which say what is wrong with it.
@usableFromInline
struct LineSource: Sendable {
    @usableFromInline var frames: FrameBuffer
    let mode: ReadingMode
    private let checksText: Bool
    private let limits: QuickLimits
    private(set) var table: LineTable
    /// Bytes that the command at the head needs, as far as that is known.
    private var needed = 0
    /// Whether a whole line stands at the head of the chunk, as far as is known.
    @usableFromInline private(set) var isReady = false
    /// Whether the command at the head is left to the frame buffer.
    private var isLeft = false
    /// What was wrong with the command that was read last.
    @usableFromInline private(set) var failure: ReadingError?

    // The command that was read last: its line, and where it ends.
    private var start = 0
    private var lineEnd = 0
    private var end = 0
    private var hasPayload = false
    /// Whether that command was cut out as a frame, or none could be.
    private var isCut = false
    /// That frame.
    private var cutFrame: Frame?
    /// Its bytes, where they are not those of the input.
    private var ownChunk: ByteChunk?

    @usableFromInline
    init(table: LineTable, mode: ReadingMode, limits: WireLimits) {
        frames = FrameBuffer(limits: limits)
        self.table = table
        self.mode = mode
        checksText = mode != .fast
        self.limits = QuickLimits(limits)
    }

    /// Goes on with other tables; a payload whose length was read already is still awaited.
    @usableFromInline
    mutating func change(_ table: LineTable) {
        self.table = table
        needed = 0
        isReady = false
    }

    /// The frame of the command that was read last.
    @usableFromInline
    var frame: Frame {
        if let cutFrame { return cutFrame }
        let bytes = frames.input.chunk.bytes
        let next = lineEnd < bytes.count && bytes[lineEnd] == 0x0D ? lineEnd &+ 2 : lineEnd &+ 1
        return Frame(
            within: bytes, line: start..<lineEnd, payload: hasPayload ? next..<end : nil,
            offset: frames.input.offset &- UInt64(truncatingIfNeeded: frames.input.head &- start))
    }

    /// Reads the next command; its values lie in the room then.
    @usableFromInline
    mutating func take(_ room: borrowing ReadingRoom) -> TakenLine {
        while true {
            if !isReady {
                guard isThere() else { return TakenLine(.more) }
                guard isReady else { return takePlainly(room) }
            }
            let from = frames.input.head
            let reader = QuickReader(
                frames.input.chunk.base, frames.input.chunk.count, table, checksText: checksText, limits, room)
            let found = reader.read(from: from)
            switch found.kind {
            case .message:
                start = from
                lineEnd = found.lineEnd
                end = found.end
                hasPayload = found.hasPayload
                if isCut { forgetFrame() }
                frames.input.advance(to: found.end)
                isReady = !frames.input.isAtEnd
                return TakenLine(found, frames.input.chunk)
            case .cut:
                needed = found.end > 0 ? found.end &- from : 0
                isReady = false
            case .odd: return takePlainly(room)
            }
        }
    }

    @inline(never)
    private mutating func forgetFrame() {
        isCut = false
        cutFrame = nil
        ownChunk = nil
        failure = nil
    }

    /// Whether there is enough for `take` to have something to say, so that nobody makes room for nothing.
    @usableFromInline
    mutating func isThere() -> Bool {
        if isReady || isLeft || frames.isSkipping { return true }
        guard makeReady() else { return isTooLong }
        // Places beyond that do not fit into a slot.
        isReady = frames.input.chunk.count <= Int(UInt32.max)
        return true
    }

    /// Whether a line without an end is longer than any may be.
    private var isTooLong: Bool { needed == 0 && frames.input.count > frames.limits.line }

    @inline(__always)
    private mutating func makeReady() -> Bool {
        if needed > 0 {
            guard frames.input.makeContiguous(needed) else { return false }
            needed = 0
        } else {
            guard frames.input.lineFeed() != nil else { return false }
        }
        return true
    }

    /// Reads the command at the head by way of a frame.
    @inline(never)
    private mutating func takePlainly(_ room: borrowing ReadingRoom) -> TakenLine {
        forgetFrame()
        isReady = false
        needed = 0
        isLeft = true
        do throws(FramingError) {
            guard let frame = try frames.next(table) else { return TakenLine(.more) }
            isLeft = false
            isCut = true
            cutFrame = frame
            ownChunk = frame.chunk.count == frames.input.chunk.count ? nil : ByteChunk(frame.chunk)
            return read(frame, room)
        } catch {
            isLeft = false
            isCut = true
            failure = .framing(error)
            return TakenLine(.failed)
        }
    }

    private mutating func read(_ frame: Frame, _ room: borrowing ReadingRoom) -> TakenLine {
        do throws(WireDecodingError) {
            guard let found = try table.read(frame, mode: mode, limits: frames.limits) else {
                return TakenLine(.unknown)
            }
            // More values than the quick reader takes reach into the places of words, which nobody needs any more.
            for (index, slot) in found.slots.enumerated() where index < TakenWords.mostSlots {
                room.places[index] = slot.rawValue
            }
            return TakenLine(found, found.chunk ?? ownChunk ?? frames.input.chunk)
        } catch {
            failure = .decoding(error, frame)
            return TakenLine(.failed)
        }
    }
}
