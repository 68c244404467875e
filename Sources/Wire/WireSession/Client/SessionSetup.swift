import WireProtocol

/// The settings of a client session.
public struct SessionSetup<Message: SessionMessage>: Sendable {
    /// The service at the other end.
    public var service: Message.MessageService
    /// The version to use until both ends agree on one.
    public var version: ProtocolVersion
    /// Whether the known deviations of programs are accepted, and how much of a line is checked at once.
    public var mode: ReadingMode
    /// The limits of framing and decoding.
    public var limits: WireLimits
    /// How long to wait for an answer.
    public var timeout: Duration
    /// The silence that ends an answer without an end mark, such as the presence after the first `CHG`.
    public var quiet: Duration
    /// How many messages to keep for a caller that does not take them; one more ends the session.
    public var unreadMessages: Int
    /// How many bytes to keep for a peer that does not read; a command beyond that is refused, as if never sent.
    public var unsentBytes: Int
    /// The clock for all timeouts.
    public var clock: any Clock<Duration>
    /// Receives every line of both ends, if there is one.
    public var observer: (@Sendable (SessionLine<Message.MessageService>) -> Void)?

    /// Creates settings; the default times and limits suit interactive use.
    public init(
        service: Message.MessageService, version: ProtocolVersion, mode: ReadingMode = .checked,
        limits: WireLimits = Message.limits,
        timeout: Duration = .seconds(30), quiet: Duration = .seconds(2), unreadMessages: Int = 10_000,
        unsentBytes: Int = 1 << 20,
        clock: any Clock<Duration> = ContinuousClock(),
        observer: (@Sendable (SessionLine<Message.MessageService>) -> Void)? = nil
    ) {
        self.service = service
        self.version = version
        self.mode = mode
        self.limits = limits
        self.timeout = timeout
        self.quiet = quiet
        self.unreadMessages = unreadMessages
        self.unsentBytes = unsentBytes
        self.clock = clock
        self.observer = observer
    }
}
