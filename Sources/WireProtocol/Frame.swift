/// One line of the stream with its payload, as ranges of one shared chunk.
public struct Frame: Hashable, Sendable {
    /// The bytes that hold the line and the payload.
    public let chunk: [UInt8]
    /// The line in the chunk, without its line ending.
    public let line: Range<Int>
    /// The payload in the chunk; `nil` when the command has none.
    public let payload: Range<Int>?
    /// The place of the line's first byte in the stream.
    public let offset: UInt64
    /// The code of the first word.
    public let command: CommandCode

    /// Creates a frame; ranges are cut to the chunk.
    public init(chunk: [UInt8], line: Range<Int>, payload: Range<Int>?, offset: UInt64, command: CommandCode) {
        let whole = 0..<chunk.count
        self.chunk = chunk
        self.line = line.clamped(to: whole)
        self.payload = payload.map { $0.clamped(to: whole) }
        self.offset = offset
        self.command = command
    }

    /// Creates a frame of ranges that lie in the chunk.
    init(within chunk: [UInt8], line: Range<Int>, payload: Range<Int>?, offset: UInt64, command: CommandCode) {
        self.chunk = chunk
        self.line = line
        self.payload = payload
        self.offset = offset
        self.command = command
    }

    /// Creates the frame of a line without its line ending and of a payload.
    public init(line: String, payload: [UInt8]? = nil) {
        var chunk = Array(line.utf8)
        let length = chunk.count
        let command = FrameBuffer.commandCode(chunk.span, 0..<length)
        if let payload { chunk += payload }
        let range = payload.map { _ in length..<chunk.count }
        self.init(chunk: chunk, line: 0..<length, payload: range, offset: 0, command: command)
    }

    /// The bytes of the line, without its line ending and without a copy.
    public var lineBytes: WireBytes { WireBytes(chunk: chunk, range: line) }

    /// The bytes of the payload, without a copy.
    public var payloadBytes: WireBytes? { payload.map { WireBytes(chunk: chunk, range: $0) } }

    /// Whether command, line and payload are the same bytes; the chunk and the place in the stream do not count.
    public static func == (left: Frame, right: Frame) -> Bool {
        left.command == right.command && left.lineBytes == right.lineBytes && left.payloadBytes == right.payloadBytes
    }

    /// Feeds the line and the payload to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(lineBytes)
        hasher.combine(payloadBytes)
    }
}

/// A command that no table knows, kept as it came.
public struct UnknownCommand: Hashable, Sendable {
    /// The code of the first word; `.invalid` when it cannot be a command.
    public var command: CommandCode
    /// The line and its payload.
    public var frame: Frame

    /// Creates an unknown command.
    public init(command: CommandCode, frame: Frame) {
        self.command = command
        self.frame = frame
    }
}

/// A message with the transaction number it came with.
public struct Envelope<Message: Sendable>: Sendable {
    /// The transaction number; `nil` when the form has none.
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
