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
        guard let value = headers.value("Content-Type") else { return "" }
        if let type = value.plainType { return type }
        guard let text = value.string else { return "" }
        var type = text.prefix { $0 != ";" }
        while type.last == " " { type.removeLast() }
        return type.lowercased()
    }

    /// The bytes; throws where a field would end its line.
    public func encoded() throws(PayloadError) -> [UInt8] {
        try HeaderBlock.bytes(of: headers, followedBy: body)
    }

    /// The content type and the sizes.
    public var description: String { "\(contentType) (\(headers.fields.count) fields, \(body.count) bytes)" }
}

extension WireBytes {
    /// What stands before a semicolon, without blanks behind it, in lower case; `nil` unless all bytes are ASCII.
    fileprivate var plainType: String? {
        withSpan { bytes in
            guard bytes.indices.allSatisfy({ bytes[$0] < 0x80 }) else { return nil }
            var end = firstIndex(of: 0x3B, from: 0, to: count) ?? count
            while end > 0, bytes[end &- 1] == 0x20 { end &-= 1 }
            return String(unsafeUninitializedCapacity: end) { result in
                for index in 0..<end {
                    let byte = bytes[index]
                    result[index] = byte &- 0x41 <= 25 ? byte | 0x20 : byte
                }
                return end
            }
        }
    }
}
