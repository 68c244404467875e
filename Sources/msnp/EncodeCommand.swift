// Shows: `ClientMessage.make` and `ServerMessage.make` build a command from names and texts, checked by the grammar.
import ArgumentParser
import MSNP
import MSNPSession
import WireProtocol

/// JSON lines from standard input to raw bytes.
struct EncodeCommand: AsyncParsableCommand {
    /// Name and summary.
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Encodes JSON lines, as printed by decode, to raw bytes.",
        discussion: "A line that cannot be encoded is one line on standard error; the exit status is then 1.")

    /// How the bytes will be read.
    @OptionGroup var context: ContextOptions

    /// Reads to the end of the input.
    func run() async throws {
        var failures = 0
        var number = 0
        while let line = readLine() {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                try StandardStreams.write(encode(CommandLineJSON(line: line)))
            } catch let error as JSONLineError {
                try StandardStreams.diagnose("line \(number): \(error)")
                failures += 1
            } catch let error as EncodingError {
                try StandardStreams.diagnose("line \(number): \(error)")
                failures += 1
            }
        }
        if failures > 0 { throw ExitCode(1) }
    }

    /// The bytes of one command.
    private func encode(_ json: CommandLineJSON) throws -> [UInt8] {
        let version = context.version.version
        var writer = LineWriter(version: version)
        if json.form == "error", let number = UInt16(json.command) {
            guard context.sender == .server else {
                throw JSONLineError(description: "clients send no error replies")
            }
            let reply = ErrorReply(code: ErrorCode(number), payload: json.payload.map { WireBytes($0) })
            try ServerMessage.error(reply).encode(into: &writer, transaction: json.transaction)
            return writer.bytes
        }
        let fields = FieldReader(
            json.parameters, payload: json.payload.map { WireBytes($0) }, version: version, command: json.command,
            form: json.form)
        switch context.sender {
        case .client:
            let message = try ClientMessage.make(
                command: json.command, form: json.form, fields: fields)
            try message.encode(into: &writer, transaction: json.transaction)
        case .server:
            let message = try ServerMessage.make(
                command: json.command, form: json.form, fields: fields)
            try message.encode(into: &writer, transaction: json.transaction)
        }
        return writer.bytes
    }
}
