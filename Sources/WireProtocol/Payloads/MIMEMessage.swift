/// A header block, an empty line and a body, whose `Content-Type` says what it is.
///
/// Printed, it shows its content type and sizes alone: its fields may hold tickets and cookies.
public struct MIMEMessage: Hashable, Sendable, CustomStringConvertible {
    /// The header.
    public var headers: HeaderBlock
    /// What follows the header.
    public var body: WireBytes

    /// Makes a message with the two fields that every message has.
    public init(contentType: StaticString, body: WireBytes = WireBytes()) {
        headers = HeaderBlock()
        headers.set("MIME-Version", WireBytes("1.0"))
        headers.set("Content-Type", WireBytes("\(contentType)"))
        self.body = body
    }

    /// Makes a message from its parts.
    public init(headers: HeaderBlock, body: WireBytes) {
        self.headers = headers
        self.body = body
    }

    /// Reads a message.
    public init(reading bytes: WireBytes, limits: PayloadLimits = .default) throws(PayloadError) {
        var position = 0
        headers = try HeaderBlock(reading: bytes, at: &position, limits: limits)
        body = bytes.slice(position..<bytes.count)
    }

    /// The content type without its parameters, in lower case; empty where there is none.
    public var contentType: String {
        guard let text = headers.text("Content-Type") else { return "" }
        var type = text.prefix { $0 != ";" }
        while type.last == " " { type.removeLast() }
        return type.lowercased()
    }

    /// The bytes; throws where a field would end its line.
    public func encoded() throws(PayloadError) -> [UInt8] {
        var bytes: [UInt8] = []
        try headers.write(to: &bytes)
        return bytes + body.array
    }

    /// The content type and the sizes.
    public var description: String { "\(contentType) (\(headers.fields.count) fields, \(body.count) bytes)" }
}
