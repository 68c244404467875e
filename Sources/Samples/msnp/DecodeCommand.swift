// Shows: a `MessageCodec` reads any bytes; a command it cannot decode is one typed error, and the next one is intact.
import ArgumentParser
import MSNP
import MSNPSession
import WireProtocol

/// Decodes bytes from standard input to one JSON object per command.
struct DecodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decodes raw bytes from standard input, one JSON object a command.",
        discussion: "A command that cannot be decoded is one line on standard error; the exit status is then 1.")

    @OptionGroup var context: ContextOptions

    @Flag(help: "Show passwords, tickets and cookies.")
    var showSecrets = false

    func run() async throws {
        let failures =
            switch context.sender {
            case .client: try decode(ClientMessage.self)
            case .server: try decode(ServerMessage.self)
            }
        if failures > 0 { throw ExitCode(1) }
    }

    /// Decodes what one end sent; returns the number of undecodable commands.
    private func decode<Message: WireMessage>(_ message: Message.Type) throws -> Int {
        var codec = MessageCodec<Message>(service: context.service.service, version: context.version.version)
        var failures = 0
        var end: UInt64 = 0
        while let bytes = try StandardStreams.read() {
            end += UInt64(bytes.count)
            for start in stride(from: 0, to: bytes.count, by: 16384) {
                codec.append(Array(bytes[start..<min(start + 16384, bytes.count)]))
                while let arrival = codec.next() {
                    if try !report(arrival) { failures += 1 }
                }
            }
        }
        if codec.bufferedBytes > 0 {
            let offset = end - UInt64(codec.bufferedBytes)
            try StandardStreams.diagnose("byte \(offset): the input ends inside a command")
            failures += 1
        }
        return failures
    }

    /// Prints a command, or why it does not decode; true if it does.
    private func report<Message: WireMessage>(_ arrival: Arrival<Message>) throws -> Bool {
        switch arrival {
        case .message(let envelope, let frame):
            guard let json = CommandJSON(envelope, version: context.version.version) else {
                try StandardStreams.diagnose("byte \(frame.offset): \(frame.command): unknown command")
                return false
            }
            try StandardStreams.print(json.text(showsSecrets: showSecrets))
            return true
        case .unframed(let error):
            try StandardStreams.diagnose("byte \(error.offset): \(error)")
        case .undecodable(let error, let frame):
            try StandardStreams.diagnose("byte \(frame.offset + UInt64(max(0, error.offset))): \(error)")
        }
        return false
    }
}

extension CommandJSON {
    /// The JSON of a decoded message; nil if the grammar does not know the command.
    init?<Message: WireMessage>(_ envelope: Envelope<Message>, version: ProtocolVersion) {
        if let server = envelope.message as? ServerMessage, case .error(let reply) = server {
            command = "\(reply.code.number)"
            form = "error"
            parameters = reply.code.name.map { [Field(name: "name", value: .text($0))] } ?? []
            payload = reply.payload?.array
        } else if let form = envelope.message.form {
            command = "\(type(of: form).command)"
            self.form = "\(type(of: form).form)"
            parameters = form.fields(in: version)
            payload = form.payloadBytes?.array
        } else {
            return nil
        }
        transaction = envelope.transaction?.description
    }
}
