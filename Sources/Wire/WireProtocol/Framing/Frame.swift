/// One line of the stream and its payload, as ranges of one shared chunk.
///
/// It fills four machine words, so that it is passed in registers.
public struct Frame: Hashable, Sendable {
    /// The bytes that hold the line and the payload.
    public let chunk: [UInt8]
    @usableFromInline let lineStart: UInt32
    /// The length of the line in the lower 24 bits; above, the gap between line and payload, 255 for no payload.
    @usableFromInline let lineLengthAndGap: UInt32
    @usableFromInline let payloadLength: UInt32
    /// The offset of the line's first byte in the stream.
    public let offset: UInt64

    /// The line in the chunk, without its line ending.
    @inlinable public var line: Range<Int> {
        let start = Int(lineStart)
        return start..<start &+ Int(lineLengthAndGap & Frame.longestLine)
    }

    /// The payload in the chunk; `nil` if the command has none.
    @inlinable public var payload: Range<Int>? {
        let gap = lineLengthAndGap &>> 24
        guard gap != Frame.noPayload else { return nil }
        let start = line.upperBound &+ Int(gap)
        return start..<start &+ Int(payloadLength)
    }

    /// The code of the first word; `.invalid` if it is not a command word.
    public var command: CommandCode { FrameBuffer.commandCode(chunk.span, line) }

    @usableFromInline static var longestLine: UInt32 { 0xFF_FFFF }
    @usableFromInline static var noPayload: UInt32 { 255 }

    /// Creates a frame; ranges are clamped to the chunk and to 2 GiB, the line to 16 MiB.
    ///
    /// The chunk is shared if the payload begins at most 254 bytes after the line, and copied otherwise.
    public init(chunk: [UInt8], line: Range<Int>, payload: Range<Int>?, offset: UInt64) {
        let whole = 0..<chunk.count
        var line = line.clamped(to: whole)
        line = line.lowerBound..<min(line.upperBound, line.lowerBound &+ Int(Frame.longestLine))
        var payload = payload.map { $0.clamped(to: whole) }
        payload = payload.map { $0.lowerBound..<min($0.upperBound, $0.lowerBound &+ Int(Int32.max)) }
        let gap = (payload?.lowerBound ?? line.upperBound) &- line.upperBound
        let last = payload?.upperBound ?? line.upperBound
        if gap >= 0, gap < Int(Frame.noPayload), last <= Int(UInt32.max) {
            self.init(within: chunk, line: line, payload: payload, offset: offset)
        } else {
            let own = chunk[line] + (payload.map { chunk[$0] } ?? [])
            self.init(
                within: Array(own), line: 0..<line.count, payload: payload.map { _ in line.count..<own.count },
                offset: offset)
        }
    }

    /// Creates a frame of ranges within the chunk that are close together, the line in its first 4 GiB.
    @inline(__always)
    init(within chunk: [UInt8], line: Range<Int>, payload: Range<Int>?, offset: UInt64) {
        self.chunk = chunk
        lineStart = UInt32(truncatingIfNeeded: line.lowerBound)
        let length = UInt32(truncatingIfNeeded: line.upperBound &- line.lowerBound)
        if let payload {
            let gap = UInt32(truncatingIfNeeded: payload.lowerBound &- line.upperBound)
            lineLengthAndGap = length | gap &<< 24
            payloadLength = UInt32(truncatingIfNeeded: payload.upperBound &- payload.lowerBound)
        } else {
            lineLengthAndGap = length | Frame.noPayload &<< 24
            payloadLength = 0
        }
        self.offset = offset
    }

    /// Creates the frame of a line, given without its line ending, and of a payload.
    public init(line: String, payload: [UInt8]? = nil) {
        var chunk = Array(line.utf8)
        let length = chunk.count
        if let payload { chunk += payload }
        let range = payload.map { _ in length..<chunk.count }
        self.init(chunk: chunk, line: 0..<length, payload: range, offset: 0)
    }

    /// The bytes of the line without its line ending, not copied.
    public var lineBytes: WireBytes { WireBytes(chunk: chunk, range: line) }

    /// The bytes of the payload, not copied.
    public var payloadBytes: WireBytes? { payload.map { WireBytes(chunk: chunk, range: $0) } }

    /// Whether line and payload have the same bytes; the chunk and the offset do not count.
    public static func == (left: Frame, right: Frame) -> Bool {
        left.lineBytes == right.lineBytes && left.payloadBytes == right.payloadBytes
    }

    /// Feeds the line and the payload to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(lineBytes)
        hasher.combine(payloadBytes)
    }
}

/// A command that the grammar does not know, kept as it arrived.
public struct UnknownCommand: Hashable, Sendable {
    /// The code of the first word; `.invalid` if it cannot be a command.
    public var command: CommandCode
    /// The line and its payload.
    public var frame: Frame

    /// No command.
    public static var empty: UnknownCommand { UnknownCommand(command: .invalid, frame: Frame(line: "")) }

    /// Creates an unknown command.
    public init(command: CommandCode, frame: Frame) {
        self.command = command
        self.frame = frame
    }
}

/// A message and the transaction ID it arrived with.
public struct Envelope<Message: Sendable>: Sendable {
    /// The transaction ID; `nil` if the form has none.
    public var transaction: TransactionID?
    /// The message.
    public var message: Message

    /// Creates an envelope.
    @inlinable
    public init(transaction: TransactionID?, message: Message) {
        self.transaction = transaction
        self.message = message
    }
}

extension Envelope: Equatable where Message: Equatable {}
extension Envelope: Hashable where Message: Hashable {}
