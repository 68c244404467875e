import WireProtocol

/// A command as it arrived, or what is wrong with it. After any of these the next command is intact.
public enum Arrival<Message: DecodableMessage>: Sendable {
    /// A decoded command.
    case message(Envelope<Message>, Frame)
    /// Bytes that no command could be cut from.
    case unframed(FramingError)
    /// A complete command that does not fit the grammar.
    case undecodable(WireDecodingError, Frame)
}

extension Frame {
    /// The transaction ID after the command word, if there is one.
    var secondNumber: TransactionID? {
        let words = lineBytes.array.split(separator: 0x20, maxSplits: 2)
        return words.count > 1 ? TransactionID(wire: WireBytes(Array(words[1]))) : nil
    }

    /// The line, its line ending, and the payload.
    @usableFromInline var wire: [UInt8] { lineBytes.array + [13, 10] + (payloadBytes?.array ?? []) }
}
