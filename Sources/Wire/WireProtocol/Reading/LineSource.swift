/// What the reader found the next command to be.
@usableFromInline
struct TakenLine {
    @usableFromInline enum Kind: UInt8 { case message, more, unknown, failed }

    @usableFromInline let kind: Kind
    /// The number of digits of the transaction ID; 0 if there is none.
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

/// Input, and the commands read straight out of it: framing, choice of the form and all checks in one pass.
///
/// A line that the quick reader cannot take is cut out as a frame and read by the tables, which say what is wrong.
@usableFromInline
struct LineSource: Sendable {
    @usableFromInline var frames: FrameBuffer
    let mode: ReadingMode
    private let checksText: Bool
    private let limits: QuickLimits
    private(set) var table: LineTable
    /// The number of bytes that the command at the head needs, if known.
    private var needed = 0
    /// Whether a complete line is known to be at the head of the chunk.
    @usableFromInline private(set) var isReady = false
    /// Whether the command at the head is left to the frame buffer.
    private var isLeft = false
    /// What was wrong with the last command.
    @usableFromInline private(set) var failure: ReadingError?

    // The last command: its line and its end.
    private var start = 0
    private var lineEnd = 0
    private var end = 0
    private var hasPayload = false
    /// Whether the last command was cut out as a frame, or could not be.
    private var isCut = false
    /// That frame.
    private var cutFrame: Frame?
    /// Its bytes, if they are not part of the input.
    private var ownChunk: ByteChunk?

    @usableFromInline
    init(table: LineTable, mode: ReadingMode, limits: WireLimits) {
        frames = FrameBuffer(limits: limits)
        self.table = table
        self.mode = mode
        checksText = mode != .fast
        self.limits = QuickLimits(limits)
    }

    /// Continues with other tables; a payload whose length has been read is still awaited.
    @usableFromInline
    mutating func change(_ table: LineTable) {
        self.table = table
        needed = 0
        isReady = false
    }

    /// The frame of the last command.
    @usableFromInline
    var frame: Frame {
        if let cutFrame { return cutFrame }
        let bytes = frames.input.chunk.bytes
        let next = lineEnd < bytes.count && bytes[lineEnd] == 0x0D ? lineEnd &+ 2 : lineEnd &+ 1
        return Frame(
            within: bytes, line: start..<lineEnd, payload: hasPayload ? next..<end : nil,
            offset: frames.input.offset &- UInt64(truncatingIfNeeded: frames.input.head &- start))
    }

    /// Reads the next command and puts its values into the room.
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

    /// Whether `take` would return something, so that no room is prepared in vain.
    @usableFromInline
    mutating func isThere() -> Bool {
        if isReady || isLeft || frames.isSkipping { return true }
        guard makeReady() else { return isTooLong }
        // Positions beyond that do not fit into a slot.
        isReady = frames.input.chunk.count <= Int(UInt32.max)
        return true
    }

    /// Whether an incomplete line is already longer than the limit.
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

    /// Reads the command at the head as a frame.
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
            // Values beyond those of the quick reader overwrite the positions of words, which are no longer needed.
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
