#if Network
// Shows: a `MessageCodec` reads any bytes; a command it cannot decode is one typed error, and the next one is intact.
import ArgumentParser
import MSNP
import MSNPSession
import SessionLint
import WireProtocol

/// Decodes standard input to one JSON object per command.
struct DecodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decodes raw bytes from standard input, recordings or captures to one JSON object per command.",
        discussion: """
            Raw bytes come from one end of one connection: name its --version, and --service and --sender if they are \
            not the notification server's. Recordings and captures (pcap and pcapng, read with tshark) say these \
            themselves; each object then names its connection and what is wrong, as those of 'msnp proxy --json' do.

            Commands that cannot be decoded are reported on standard error; the exit status is then 1.
            """)

    @Argument(help: "Recordings or captures; standard input if there are none.")
    var files: [String] = []

    @OptionGroup var context: OptionalContext

    @Flag(help: "Show passwords, tickets and cookies.")
    var showSecrets = false

    func validate() throws {
        guard files.isEmpty else {
            guard context.service == nil, context.sender == nil else {
                throw ValidationError("--service and --sender are for standard input; files say them themselves")
            }
            return
        }
        guard context.version != nil else {
            throw ValidationError("name the --version of standard input, such as --version MSNP8, or name a file")
        }
    }

    func run() async throws {
        var isClean = true
        for file in files { isClean = try decode(file) && isClean }
        if files.isEmpty, let version = context.version?.version {
            isClean =
                switch context.sender ?? .server {
                case .client: try decode(ClientMessage.self, version)
                case .server: try decode(ServerMessage.self, version)
                }
        }
        if !isClean { throw ExitCode.failure }
    }

    /// Decodes a recording; returns false if anything could not be decoded.
    private func decode(_ file: String) throws -> Bool {
        let text = ProxyText(showsSecrets: showSecrets)
        var (objects, problems) = ([String](), [String]())
        let recording = try RecordingSource(file).recording
        problems += recording.problems.map { "\(file):\($0.line): \($0.text)" }
        try recording.visitCommands(version: context.version?.version) { row, part, line in
            objects.append(text.json(of: part.bytes, part.line, from: row.sender, part.findings, row.connection))
            if part.line?.form == nil { problems.append("\(file):\(line): \(row.connection): not decoded") }
        }
        for object in objects { try StandardStreams.print(object) }
        for problem in problems { try StandardStreams.diagnose(problem) }
        return problems.isEmpty
    }

    /// Decodes what one end sent; returns false if anything could not be decoded.
    private func decode<Message: WireMessage>(_ message: Message.Type, _ version: ProtocolVersion) throws -> Bool {
        var decoder = StreamDecoder<Message>(
            service: context.service?.service ?? .notification, version: version, showsSecrets: showSecrets)
        var isClean = true
        func print(_ outputs: [DecodedOutput]) throws {
            for output in outputs {
                switch output {
                case .command(let json): try StandardStreams.print(json)
                case .problem(let text):
                    try StandardStreams.diagnose(text)
                    isClean = false
                }
            }
        }
        while let bytes = try StandardStreams.read() { try print(decoder.decode(bytes)) }
        try print(decoder.finish())
        return isClean
    }
}

/// What `decode` prints about a command.
enum DecodedOutput: Equatable {
    /// The command as JSON, on standard output.
    case command(String)
    /// Why a command could not be decoded, on standard error.
    case problem(String)
}

/// Decodes a stream of bytes that arrives in pieces.
struct StreamDecoder<Message: WireMessage> {
    private var codec: MessageCodec<Message>
    private let showsSecrets: Bool
    private var received: UInt64 = 0
    /// The bytes that the codec has not used yet, and before them those of the last command.
    private var held: [UInt8] = []

    init(service: Service, version: ProtocolVersion, showsSecrets: Bool = false) {
        codec = MessageCodec(service: service, version: version)
        self.showsSecrets = showsSecrets
    }

    /// The commands that these bytes complete.
    mutating func decode(_ bytes: [UInt8]) -> [DecodedOutput] {
        var outputs: [DecodedOutput] = []
        for start in stride(from: 0, to: bytes.count, by: 16384) {
            let piece = Array(bytes[start..<min(start + 16384, bytes.count)])
            received += UInt64(piece.count)
            held += piece
            codec.append(piece)
            while let arrival = codec.next() { outputs.append(output(arrival)) }
            held.removeFirst(held.count - codec.bufferedBytes)
        }
        return outputs
    }

    /// What is wrong at the end of the input.
    func finish() -> [DecodedOutput] {
        guard codec.bufferedBytes > 0 else { return [] }
        return [.problem("byte \(received - UInt64(codec.bufferedBytes)): the input ends inside a command")]
    }

    private func output(_ arrival: Arrival<Message>) -> DecodedOutput {
        switch arrival {
        case .message(let envelope, let frame):
            guard var json = CommandJSON(envelope, version: codec.version) else {
                return .problem("byte \(frame.offset): \(frame.command): unknown command")
            }
            let start = held.count - Int(received - frame.offset)
            json.keepSpelling(
                of: held[start..<(held.count - codec.bufferedBytes)], from: Message.sender, version: codec.version)
            return .command(json.text(showsSecrets: showsSecrets))
        case .unframed(let error):
            return .problem("byte \(error.offset): \(error)")
        case .undecodable(let error, let frame):
            return .problem("byte \(frame.offset + UInt64(max(0, error.offset))): \(error)")
        }
    }
}

extension CommandJSON {
    /// The JSON of a decoded message; nil if the grammar does not know the command.
    init?<Message: WireMessage>(_ envelope: Envelope<Message>, version: ProtocolVersion) {
        guard let form = envelope.message.form else { return nil }
        self.init(form, envelope.transaction, envelope.deviations, version: version)
    }

    /// The JSON of a line; nil if it could not be decoded.
    init?(_ line: SessionLine) {
        guard let form = line.form as? any WireForm else { return nil }
        self.init(form, line.transaction, line.deviations, version: line.version)
    }

    private init(
        _ form: any WireForm, _ transaction: TransactionID?, _ deviations: [Deviation], version: ProtocolVersion
    ) {
        self.transaction = transaction?.description
        self.deviations = deviations.map(\.description)
        if let reply = form as? ErrorReply {
            command = "\(reply.code.number)"
            self.form = "error"
            parameters = reply.code.name.map { [Field(name: "name", value: .text($0))] } ?? []
            payload = reply.payload?.array
        } else {
            command = "\(type(of: form).command)"
            self.form = "\(type(of: form).form)"
            parameters = form.fields(in: version)
            payload = form.payloadBytes?.array
            hasSecrets = form.fields.contains(where: \.isSensitive)
            let report = PayloadReport(form, version: version)
            self.deviations += report.deviations.map(\.description)
            (problems, insideProblems) = (report.problems, report.insideProblems)
        }
    }
}
#endif
