// Generated from the files in payloads. Edit those instead.
import WireProtocol

/// The payloads of commands, by content.
public enum Payload {
    /// All kinds of content that the grammar describes.
    public static var contents: [any PayloadContent.Type] {
        [Demo.self, Form.self, Note.self, Packet.self, Parcel.self]
    }
}

extension Payload {
    /// A MIME message by its content type.
    public enum Message: PayloadConvertible, Equatable {
        /// `text/x-form`: Fields in the body.
        case form(Form)
        /// `text/x-note`: What somebody leaves on the desk.
        case note(Note)
        /// A content type that the grammar does not know.
        case other(MIMEMessage)

        /// Reads a message; throws where a field does not fit its type.
        public init(reading bytes: WireBytes, limits: PayloadLimits = .grammar) throws(PayloadError) {
            try self.init(MIMEMessage(reading: bytes, limits: limits), limits: limits)
        }

        /// Takes a message for what its type says; throws where a field does not fit its type.
        public init(_ message: MIMEMessage, limits: PayloadLimits = .grammar) throws(PayloadError) {
            switch message.type {
            case "text/x-form":
                self = .form(try Form(message, limits: limits))
            case "text/x-note":
                self = .note(try Note(message, limits: limits))
            default: self = .other(message)
            }
        }

        /// The bytes; throws where a field does not fit its type or would end its line.
        public func encoded() throws(PayloadError) -> [UInt8] {
            switch self {
            case .form(let message): try message.encoded()
            case .note(let message): try message.encoded()
            case .other(let message): try message.encoded()
            }
        }
        /// The encoded bytes; throws where `encoded()` does.
        public func payloadBytes() throws(PayloadError) -> WireBytes { WireBytes(try encoded()) }
    }

    /// What each form bears.
    static let bearers = BearerTable(
        contents,
        [
            BearerRow("SAY", "heard", .message),
            BearerRow("SAY", "document", .document, Demo.self),
        ])

    /// Throws if the payload of a form is not what the grammar describes; an empty one always is.
    ///
    /// It looks into MIME messages and header blocks. A document is for the other function.
    public static func validate(
        _ bytes: WireBytes, command: String, form: String, version: ProtocolVersion,
        limits: PayloadLimits = .grammar
    ) throws(PayloadError) {
        try bearers.validate(bytes, command: command, form: form, version: version, limits: limits)
    }

    /// Throws if a document is not one that the grammar describes for the payload of a form.
    ///
    /// A form that is not said to bear documents may have any.
    public static func validate(
        _ element: XMLElement, command: String, form: String, version: ProtocolVersion
    ) throws(PayloadError) {
        try bearers.validate(element, command: command, form: form, version: version)
    }
}
