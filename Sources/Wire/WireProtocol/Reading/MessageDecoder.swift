/// The messages of one end: an enum generated from the grammar.
public protocol ProtocolMessage: Sendable {
    /// The services of the protocol.
    associatedtype MessageService: ProtocolService

    /// The tables of the protocol.
    static var protocolTable: ProtocolTable { get }
    /// The end that sends the messages.
    static var sender: Sender { get }
    /// The limits that the grammar states.
    static var limits: WireLimits { get }
    /// Creates the message of the form at an index of the tables.
    init(command: Int, form: Int, words: consuming TakenWords)
    /// A command that the grammar does not know.
    init(unknown: UnknownCommand)
    /// The known deviations of programs by which it was read; none for one that is right.
    var deviations: [Deviation] { get }
}

/// The messages of one end that this end reads.
public protocol DecodableMessage: ProtocolMessage {}

/// A service of a protocol.
public protocol ProtocolService: Sendable, Hashable {
    /// The number of the service in the tables.
    var number: Int { get }
}

/// Why a command could not be read; the next command is intact.
public enum ReadingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes could not be split into commands.
    case framing(FramingError)
    /// A complete command does not fit the grammar.
    case decoding(WireDecodingError, Frame)

    /// The error in one sentence.
    public var description: String {
        switch self {
        case .framing(let error): error.description
        case .decoding(let error, _): error.description
        }
    }
}

/// Reads the messages of one end out of a stream; the same messages and errors come however the stream was split.
///
///     var decoder = MessageDecoder<ServerMessage>(service: .notification, version: .msnp12)
///     decoder.append(bytes)
///     while let envelope = try decoder.next() { ... }
public struct MessageDecoder<Message: DecodableMessage>: Sendable {
    /// The service that the connection belongs to.
    public let service: Message.MessageService
    /// The version. After a change, buffered input is read by the tables of the new version.
    public var version: ProtocolVersion {
        didSet {
            if version != oldValue { source.change(Self.table(service, version)) }
        }
    }
    /// The limits of framing and reading.
    public let limits: WireLimits
    @usableFromInline var source: LineSource

    /// Creates a decoder without input.
    public init(
        service: Message.MessageService, version: ProtocolVersion, mode: ReadingMode = .checked,
        limits: WireLimits = .default
    ) {
        self.service = service
        self.version = version
        self.limits = limits
        source = LineSource(table: Self.table(service, version), mode: mode, limits: limits)
    }

    private static func table(_ service: Message.MessageService, _ version: ProtocolVersion) -> LineTable {
        Message.protocolTable.lines(from: Message.sender, service: service.number, version: version)
    }

    /// How much of a line is checked before it becomes a message.
    public var mode: ReadingMode { source.mode }

    /// The number of buffered bytes that no message has used yet.
    public var bufferedBytes: Int { source.frames.bufferedBytes }

    /// The line and payload of the last message, until the next call of `next()` or `forEach`.
    public var frame: Frame { source.frame }

    /// Adds input; the array is not copied if the buffer is empty.
    public mutating func append(_ bytes: [UInt8]) { source.frames.append(bytes) }

    /// Adds a copy of the input.
    public mutating func append(_ bytes: Span<UInt8>) { source.frames.append(bytes) }

    /// The next message, or `nil` if more input is needed; after an error, the next call continues after the command.
    @inlinable
    public mutating func next() throws(ReadingError) -> Envelope<Message>? {
        guard source.isReady || source.isThere() else { return nil }
        // The closure sets the result; returning it would copy it.
        var result: Envelope<Message>?
        try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ReadingRoom.size) {
            (memory) throws(ReadingError) in
            let room = ReadingRoom(memory)
            let taken = source.take(room)
            switch taken.kind {
            case .message: result = Self.message(taken, room)
            case .more: break
            case .unknown, .failed: result = try other()
            }
        }
        return result
    }

    /// Calls the body with each complete message; rethrows its errors, and throws the first error of the input.
    ///
    /// After an error, the next call continues after the command.
    @inlinable
    public mutating func forEach(_ body: (borrowing Envelope<Message>) -> Void) throws(ReadingError) {
        guard source.isReady || source.isThere() else { return }
        try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ReadingRoom.size) {
            (memory) throws(ReadingError) in
            let room = ReadingRoom(memory)
            while true {
                let taken = source.take(room)
                switch taken.kind {
                case .message: body(Self.message(taken, room))
                case .more: return
                case .unknown, .failed: body(try other())
                }
            }
        }
    }

    @inlinable @inline(__always)
    static func message(
        _ taken: consuming TakenLine, _ room: borrowing ReadingRoom
    ) -> Envelope<Message> {
        let (transaction, command, form) = (taken.transaction, Int(taken.command), Int(taken.form))
        return Envelope(
            transaction: transaction,
            message: Message(command: command, form: form, words: TakenWords(taken.chunk, room.values)))
    }

    @usableFromInline @inline(never)
    func unknown() -> Envelope<Message> {
        let frame = source.frame
        let message = Message(unknown: UnknownCommand(command: frame.command, frame: frame))
        return Envelope(transaction: nil, message: message)
    }

    @usableFromInline @inline(never)
    func other() throws(ReadingError) -> Envelope<Message> {
        if let failure = source.failure { throw failure }
        return unknown()
    }
}

extension DecodableMessage {
    /// Reads one frame of a version, to or from a service.
    public static func decode(
        _ frame: Frame, version: ProtocolVersion, service: MessageService, mode: ReadingMode = .checked,
        limits: WireLimits? = nil
    ) throws(WireDecodingError) -> Envelope<Self> {
        let table = protocolTable.lines(from: sender, service: service.number, version: version)
        if let found = try table.read(frame, mode: mode, limits: limits ?? Self.limits) {
            let message = make(found.command, found.form, found.chunk ?? ByteChunk(frame.chunk), found.slots)
            return Envelope(transaction: found.transaction, message: message)
        }
        return Envelope(
            transaction: nil, message: Self(unknown: UnknownCommand(command: frame.command, frame: frame)))
    }
}

extension ProtocolMessage {
    /// Creates a message from the names of its command and form and its values by name; throws if there is no such
    /// form, or if a value is missing, unknown or not a value of its type.
    public static func make(command: String, form: String, fields: FieldReader) throws(WireEncodingError) -> Self {
        let place = protocolTable.place(command: command, form: form, sender: sender)
        guard let (number, index, table) = place else { throw fields.error(.unknownForm) }
        var builder = try table.builder(from: fields)
        let slots = (0..<table.slotCount).map { builder.slots[$0] }
        return make(number, index, builder.takeChunk(), slots)
    }

    static func make(_ command: Int, _ form: Int, _ chunk: ByteChunk, _ slots: [Slot]) -> Self {
        var places = slots.map(\.rawValue)
        // Any form may take as many as it has.
        places += Array(repeating: 0, count: max(0, TakenWords.mostSlots - places.count))
        return places.withUnsafeBufferPointer { places in
            guard let base = places.baseAddress else { return Self(unknown: .empty) }
            return Self(command: command, form: form, words: TakenWords(chunk, base))
        }
    }
}

/// How much of a line is checked before it becomes a message.
///
/// Every mode checks control bytes, the UTF-8 of the line, numbers, enumerations and shapes.
public enum ReadingMode: Hashable, Sendable, CaseIterable {
    /// Percent-coded texts are decoded and checked on demand; see `WireText.string`.
    case fast
    /// Everything is checked at once.
    case checked
    /// Everything is checked at once, and only what the grammar calls right is accepted.
    case strict
}
