/// A header block, an empty line and a body; the `Content-Type` field identifies the content.
///
/// Its description shows only the content type and sizes, because fields may hold tickets and cookies.
public struct MIMEMessage: PayloadConvertible, Hashable, CustomStringConvertible {
    /// The header.
    public var headers: HeaderBlock
    /// What follows the header.
    public var body: WireBytes

    /// Creates a message with the two fields that every message has.
    public init(contentType: StaticString, body: WireBytes = WireBytes()) {
        headers = HeaderBlock()
        headers.set("MIME-Version", WireBytes("1.0"))
        headers.set("Content-Type", WireBytes("\(contentType)"))
        self.body = body
    }

    /// Creates a message from its parts.
    public init(headers: HeaderBlock, body: WireBytes) {
        self.headers = headers
        self.body = body
    }

    /// Reads a message.
    public init(reading bytes: WireBytes, limits: PayloadLimits = .default) throws(PayloadError) {
        try self.init(reading: bytes, limits: limits, isLenient: false)
    }

    /// Reads a message; a lenient reader keeps header lines that are no fields.
    init(reading bytes: WireBytes, limits: PayloadLimits, isLenient: Bool) throws(PayloadError) {
        var position = 0
        headers = try HeaderBlock(reading: bytes, at: &position, limits: limits, isLenient: isLenient)
        body = bytes.slice(position..<bytes.count)
    }

    /// The content type without its parameters; empty if there is none.
    public var type: MIMEType { MIMEType(headers.value("Content-Type") ?? WireBytes()) }

    /// The content type without its parameters, in lower case; empty if there is none or it is not UTF-8.
    public var contentType: String { type.description }

    /// The encoded bytes; throws if a field would end its line.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try HeaderBlock.bytes(of: headers, followedBy: body)
    }

    /// The encoded bytes; throws if a field would end its line.
    public func payloadBytes() throws(PayloadError) -> WireBytes { WireBytes(try encoded()) }

    /// The content type and the sizes.
    public var description: String { "\(contentType) (\(headers.fields.count) fields, \(body.count) bytes)" }
}

/// A content type such as `text/plain`; case-insensitive.
public struct MIMEType: Sendable, CustomStringConvertible {
    /// The type as spelled, without parameters.
    public let wire: WireBytes

    /// Creates a type from the value of a field; blanks before a semicolon and everything after it are ignored.
    public init(_ value: WireBytes) {
        var end = value.firstIndex(of: 0x3B, from: 0, to: value.count) ?? value.count
        while end > 0, value[end &- 1] == 0x20 { end &-= 1 }
        wire = value.slice(0..<end)
    }

    /// Whether the type has a name.
    @inlinable
    public static func ~= (name: StaticString, type: MIMEType) -> Bool {
        name.utf8CodeUnitCount == type.wire.count && type.hasName(name)
    }

    @usableFromInline
    func hasName(_ name: StaticString) -> Bool { wire.isSame(from: 0, to: wire.count, name) }

    /// The name in lower case; empty if it is not UTF-8.
    public var description: String { wire.string?.lowercased() ?? "" }
}
