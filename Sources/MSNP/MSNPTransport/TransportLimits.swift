/// What one TCP connection may use, chosen before any byte arrives.
public struct TransportLimits: Sendable, Equatable {
    /// Bytes taken from the socket at a time.
    public var readSize: Int
    /// Unread pieces at which reading the socket goes on.
    public var lowWatermark: Int
    /// Unread pieces at which reading the socket pauses, so that the peer feels the pressure.
    public var highWatermark: Int
    /// Connections a listener serves at a time; more are closed at once.
    public var connections: Int
    /// Connections the system may hold before they are accepted.
    public var backlog: Int32

    /// Limits fit for a sample server: at most 64 KiB of unread bytes a connection.
    public static let `default` = TransportLimits()

    /// Makes limits, each with a modest default.
    public init(
        readSize: Int = 8192, lowWatermark: Int = 2, highWatermark: Int = 8, connections: Int = 256,
        backlog: Int32 = 64
    ) {
        self.readSize = readSize
        self.lowWatermark = lowWatermark
        self.highWatermark = highWatermark
        self.connections = connections
        self.backlog = backlog
    }
}
