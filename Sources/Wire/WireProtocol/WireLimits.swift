/// The largest sizes an end accepts, in bytes unless it says otherwise; all that bounds what a peer can cost.
///
/// They are checked before memory is taken. A payload has a smaller limit still where the framing rule of its command
/// says so, and a parameter where its type does. The generated `WireLimits.grammar` has what the grammar states.
public struct WireLimits: Hashable, Sendable {
    /// The longest line without its line ending; 65535 at most.
    public var line: Int
    /// The most words after the command word; 64 at most.
    public var parameters: Int
    /// The longest payload, whatever the rule of its command allows.
    public var payload: Int
    /// How much unread input a transport lets a framer hold before it stops reading from its connection.
    public var bufferedBytes: Int
    /// What may be inside of a payload.
    public var payloads: PayloadLimits

    /// The limits of an end that sets none.
    public static let `default` = WireLimits()

    /// Creates limits; each is cut to what this module can hold.
    public init(
        line: Int = 8192, parameters: Int = 64, payload: Int = 65536, bufferedBytes: Int = 131072,
        payloads: PayloadLimits = .default
    ) {
        self.line = min(max(line, 4), 65535)
        self.parameters = min(max(parameters, 0), 64)
        self.payload = min(max(payload, 0), Int(Int32.max))
        self.bufferedBytes = max(bufferedBytes, 1)
        self.payloads = payloads
    }
}

/// Bounds on what a payload may make its reader do; they hold before anything is made of its bytes.
public struct PayloadLimits: Hashable, Sendable {
    /// Header fields in one block.
    public var headers: Int
    /// Bytes of one header block.
    public var headerBytes: Int
    /// Bytes of an XML document.
    public var documentBytes: Int
    /// Nesting of XML elements.
    public var depth: Int
    /// Elements of an XML document.
    public var elements: Int
    /// Attributes of one XML element.
    public var attributes: Int

    /// Makes limits.
    public init(
        headers: Int = 100, headerBytes: Int = 16384, documentBytes: Int = 1_048_576, depth: Int = 16,
        elements: Int = 16384, attributes: Int = 64
    ) {
        self.headers = headers
        self.headerBytes = headerBytes
        self.documentBytes = documentBytes
        self.depth = depth
        self.elements = elements
        self.attributes = attributes
    }

    /// The limits where none are given.
    public static var `default`: PayloadLimits { PayloadLimits() }
}
