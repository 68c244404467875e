#if Network
import MSNP
import MSNPSession
import WireProtocol

// The parameters of a line do not say all: blanks, the line ending, escapes, and words that only a deviation has.
// `decode` shows the line itself where `encode` would write another, and `encode` writes it back.

extension CommandJSON {
    /// Keeps the line that these bytes begin with, unless encoding the other members gives the same bytes.
    mutating func keepSpelling(of bytes: ArraySlice<UInt8>, from sender: Sender, version: ProtocolVersion) {
        let usual = try? CommandLineJSON(line: text(showsSecrets: true)).usualBytes(from: sender, version: version)
        if let usual, bytes.elementsEqual(usual) { return }
        spelling = String(validating: bytes.dropLast(payload?.count ?? 0), as: UTF8.self)
    }
}

extension CommandLineJSON {
    /// The bytes of the command: as it was spelled, or in the usual spelling if it was changed since.
    func bytes(from sender: Sender, service: Service, version: ProtocolVersion) throws -> [UInt8] {
        if let spelling {
            let bytes = Array(spelling.utf8) + (payload ?? [])
            let spelled =
                switch sender {
                case .client: Self.command(in: bytes, ClientMessage.self, service, version)
                case .server: Self.command(in: bytes, ServerMessage.self, service, version)
                }
            if let spelled, saysTheSame(as: spelled) { return bytes }
        }
        return try usualBytes(from: sender, version: version)
    }

    /// What the bytes say; nil unless they are exactly one command.
    private static func command<Message: WireMessage>(
        in bytes: [UInt8], _ message: Message.Type, _ service: Service, _ version: ProtocolVersion
    ) -> CommandLineJSON? {
        var codec = MessageCodec<Message>(service: service, version: version)
        codec.append(bytes)
        guard case .message(let envelope, _) = codec.next(), codec.bufferedBytes == 0,
            let json = CommandJSON(envelope, version: version)
        else { return nil }
        return try? CommandLineJSON(line: json.text(showsSecrets: true))
    }

    private func saysTheSame(as other: CommandLineJSON) -> Bool {
        command == other.command && form == other.form && transaction?.description == other.transaction?.description
            && parameters == other.parameters && payload == other.payload
    }
}
#endif
