import MSNP
import WireProtocol

/// What a client session needs to know before it begins.
public struct SessionSetup: Sendable {
    /// The service asked.
    public var service: Service
    /// The version of the lines until another one is agreed.
    public var version: ProtocolVersion
    /// The limits of framing and decoding.
    public var limits: WireLimits
    /// How long an answer may take.
    public var timeout: Duration
    /// The silence that ends an answer whose end no line marks, such as the presence after the first `CHG`.
    public var quiet: Duration
    /// Messages kept for a caller that does not take them; more end the session.
    public var unreadMessages: Int
    /// Bytes kept for a peer that does not read; more are refused.
    public var unsentBytes: Int
    /// What the time is measured with.
    public var clock: any Clock<Duration>
    /// Whoever watches the lines of both ends.
    public var observer: @Sendable (SessionLine) -> Void

    /// A setup with times and limits that suit people.
    public init(
        service: Service, version: ProtocolVersion, limits: WireLimits = .default, timeout: Duration = .seconds(30),
        quiet: Duration = .seconds(2), unreadMessages: Int = 10_000, unsentBytes: Int = 1 << 20,
        clock: any Clock<Duration> = ContinuousClock(),
        observer: @escaping @Sendable (SessionLine) -> Void = { _ in }
    ) {
        self.service = service
        self.version = version
        self.limits = limits
        self.timeout = timeout
        self.quiet = quiet
        self.unreadMessages = unreadMessages
        self.unsentBytes = unsentBytes
        self.clock = clock
        self.observer = observer
    }
}
