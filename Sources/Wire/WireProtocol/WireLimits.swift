/// The sizes that an end accepts, in bytes unless stated otherwise. They bound what a peer can cost.
///
/// They are checked before memory is allocated. The framing rule of a command may set a smaller limit for its payload,
/// and a type for its parameters. The generated `WireLimits.grammar` has the limits of the grammar.
public struct WireLimits: Hashable, Sendable {
    /// The maximum length of a line without its line ending; at most 65535.
    public var line: Int
    /// The maximum number of words after the command word; at most 64.
    public var parameters: Int
    /// The maximum length of a payload, whatever the rule of its command allows.
    public var payload: Int
    /// How much unread input a transport lets a framer buffer before it stops reading from the connection.
    public var bufferedBytes: Int
    /// The limits of what a payload may contain.
    public var payloads: PayloadLimits

    /// The default limits.
    public static let `default` = WireLimits()

    /// Creates limits; each is clamped to what this module can hold.
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

/// Bounds on what a payload may make its reader do; they are checked before its bytes are interpreted.
public struct PayloadLimits: Hashable, Sendable {
    /// The number of header fields in one block.
    public var headers: Int
    /// The number of bytes of one header block.
    public var headerBytes: Int
    /// The number of bytes of an XML document.
    public var documentBytes: Int
    /// The nesting depth of XML elements.
    public var depth: Int
    /// The number of elements of an XML document.
    public var elements: Int
    /// The number of attributes of one XML element.
    public var attributes: Int

    /// Creates limits.
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

    /// The default limits.
    public static var `default`: PayloadLimits { PayloadLimits() }
}
