// Generated from payloads/note.yaml. Edit that file instead.
import WireProtocol

extension Payload {
    /// What somebody leaves on the desk.
    ///
    /// DEMO0 to DEMO3. Borne by `SAY.heard`.
    public struct Note: MIMEPayload {
        public static var payload: StaticString { "note" }
        public static var contentType: StaticString { "text/x-note" }

        /// The header as it stands, with the fields that the grammar does not know.
        public var headers: HeaderBlock
        /// What follows the header.
        public var body: WireBytes

        private static var order: [StaticString] {
            ["Mood", "Urgent", "Title"]
        }

        /// Makes one without fields of its own.
        public init() {
            headers = MIMEMessage(contentType: "text/x-note; charset=UTF-8").headers
            body = WireBytes()
            headers.set("Mood", to: "GD")
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
            body = message.body
            try check()
        }

        /// How somebody is. Field `Mood`.
        public var mood: Mood? {
            get { headers.value("Mood", as: Mood.self) }
            set { headers.set("Mood", to: newValue, order: Self.order) }
        }

        /// Whether it cannot wait. Field `Urgent`. DEMO2 to DEMO3.
        public var urgent: Bool? {
            get { headers.value("Urgent", as: SwitchWord.self)?.isTrue }
            set { headers.set("Urgent", to: newValue.map { SwitchWord($0) }, order: Self.order) }
        }

        /// Field `Title`.
        public var title: String? {
            get { headers.text("Title") }
            set { headers.set("Title", to: newValue, order: Self.order) }
        }

        /// Throws where a field is missing or does not fit its type.
        public func check() throws(PayloadError) {
            try headers.require("Mood")
            try headers.check("Mood", as: Mood.self)
            try headers.check("Urgent", as: SwitchWord.self)
        }

        /// The bytes; throws where a field does not fit its type or would end its line.
        public func encoded() throws(PayloadError) -> [UInt8] {
            try check()
            return try MIMEMessage(headers: headers, body: body).encoded()
        }
    }
}
