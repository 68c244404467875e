/// The largest sizes an end accepts, in bytes unless it says otherwise.
public struct WireLimits: Hashable, Sendable {
    /// The longest line without its line ending; 65535 at most.
    public var line: Int
    /// The most words after the command word; 64 at most.
    public var parameters: Int
    /// The longest payload, whatever the rule of its command allows.
    public var payload: Int
    /// How much unread input a transport lets a framer hold before it stops reading from its connection.
    public var bufferedBytes: Int

    /// The limits of an end that sets none.
    public static let `default` = WireLimits()

    /// Creates limits; each is cut to what this module can hold.
    public init(line: Int = 8192, parameters: Int = 64, payload: Int = 65536, bufferedBytes: Int = 131072) {
        self.line = min(max(line, 4), 65535)
        self.parameters = min(max(parameters, 0), 64)
        self.payload = min(max(payload, 0), Int(Int32.max))
        self.bufferedBytes = max(bufferedBytes, 1)
    }
}
