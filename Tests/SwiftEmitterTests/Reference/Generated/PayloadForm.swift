// Generated from payloads/form.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// Fields in the body.
    ///
    /// DEMO0 to DEMO3.
    public struct Form: MIMEPayload {
        public static var payload: StaticString { "form" }
        public static var contentType: StaticString { "text/x-form" }

        /// The header as it stands, with the fields that the grammar does not know.
        public var headers: HeaderBlock
        /// The fields in the body, as they stand.
        public var fields: HeaderBlock
        /// What follows the fields in the body.
        public var rest: WireBytes

        /// Makes one without fields of its own.
        public init() {
            headers = MIMEMessage(contentType: "text/x-form").headers
            fields = HeaderBlock()
            fields.endsWithEmptyLine = false
            rest = WireBytes()
        }

        /// Reads one; throws where it has another content type or a field does not fit its type.
        public init(_ message: MIMEMessage, limits: PayloadLimits = .grammar) throws(PayloadError) {
            guard Self.contentType ~= message.type else {
                throw PayloadError(.otherContentType)
            }
            try self.init(known: message, limits: limits)
        }

        /// Reads one whose content type is known to be this one.
        init(known message: MIMEMessage, limits: PayloadLimits) throws(PayloadError) {
            headers = message.headers
            var position = 0
            fields = try HeaderBlock(reading: message.body, at: &position, limits: limits)
            rest = message.body.slice(position..<message.body.count)
            try check()
        }

        /// Field `Port`.
        public var port: UInt32? {
            get { fields.value("Port", as: UInt32.self) }
            set { fields.set("Port", to: newValue) }
        }

        /// Throws where a field is missing or does not fit its type.
        public func check() throws(PayloadError) {
            try fields.check("Port", in: 1...65535)
        }

        /// The bytes; throws where a field does not fit its type or would end its line.
        public func encoded() throws(PayloadError) -> [UInt8] {
            try check()
            let body = WireBytes(try HeaderBlock.bytes(of: fields, followedBy: rest))
            return try MIMEMessage(headers: headers, body: body).encoded()
        }
    }
}
