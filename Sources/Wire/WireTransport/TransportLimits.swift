#if Network
/// The limits of a TCP connection, set before any byte arrives.
public struct TransportLimits: Sendable, Equatable {
    /// The size of one read, in bytes.
    public var readSize: Int
    /// The number of unread pieces at which reading resumes.
    public var lowWatermark: Int
    /// The number of unread pieces at which reading pauses, so that the peer gets back-pressure.
    public var highWatermark: Int
    /// The most connections that a listener serves at a time; further ones are closed immediately.
    public var connections: Int
    /// The most connections that the system queues before they are accepted; it may have a lower limit of its own.
    public var backlog: Int32
    /// How long opening a connection may take.
    public var connectTime: Duration
    /// Whether each end may finish its own direction alone: the other one stays open, and `LinkWriter.finish` works.
    public var allowsHalfClosure: Bool
    /// The bytes that the system keeps for a peer that does not read; nil for as many as the system likes.
    public var sendBuffer: Int32?
    /// The bytes that the system keeps until they are read; nil for as many as the system likes.
    public var receiveBuffer: Int32?

    /// Limits for a sample server: at most 64 KiB of unread bytes per connection.
    public static let `default` = TransportLimits()

    /// Creates limits with modest defaults.
    public init(
        readSize: Int = 8192, lowWatermark: Int = 2, highWatermark: Int = 8, connections: Int = 256,
        backlog: Int32 = 1024, connectTime: Duration = .seconds(10), allowsHalfClosure: Bool = false,
        sendBuffer: Int32? = nil, receiveBuffer: Int32? = nil
    ) {
        self.readSize = readSize
        self.lowWatermark = lowWatermark
        self.highWatermark = highWatermark
        self.connections = connections
        self.backlog = backlog
        self.connectTime = connectTime
        self.allowsHalfClosure = allowsHalfClosure
        self.sendBuffer = sendBuffer
        self.receiveBuffer = receiveBuffer
    }
}
#endif
