import WireProtocol

extension Payload.Headed {
    /// Creates a message with a header; throws if a value is none of its type.
    public init(messageID: String, text: String) throws(ValueError) {
        self.init()
        header.version = try HeaderVersion("NATS/1.0")
        header.messageID = try MessageID(messageID)
        body = WireBytes(text)
    }
}

extension HPUB.Publication {
    /// Creates a publication whose lengths are those of a message; throws if the message cannot be written.
    public init(_ message: Payload.Headed, subject: Subject, replyTo: Subject? = nil) throws(PayloadError) {
        let bytes = WireBytes(try message.encoded())
        self.init(
            subject: subject, replyTo: replyTo, headerLength: UInt32(bytes.count - message.body.count), payload: bytes)
    }
}
