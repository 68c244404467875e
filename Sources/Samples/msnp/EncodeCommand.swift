#if Network
// Shows: `ClientMessage.make` and `ServerMessage.make` build a command from names and texts, checked by the grammar.
import ArgumentParser
import MSNP
import MSNPSession
import WireProtocol

/// Encodes JSON lines from standard input to bytes.
struct EncodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Encodes JSON lines, as 'decode' prints them, to raw bytes.",
        discussion: "Lines that cannot be encoded are reported on standard error; the exit status is then 1.")

    @OptionGroup var context: ContextOptions

    func run() async throws {
        var failures = 0
        var number = 0
        while let line = readLine() {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                let command = try CommandLineJSON(line: line)
                try StandardStreams.write(
                    command.bytes(
                        from: context.sender.sender, service: context.service.service,
                        version: context.version.version))
            } catch let error as JSONLineError {
                try StandardStreams.diagnose("line \(number): \(error)")
                failures += 1
            } catch let error as WireEncodingError {
                try StandardStreams.diagnose("line \(number): \(error)")
                failures += 1
            }
        }
        if failures > 0 { throw ExitCode.failure }
    }
}

extension CommandLineJSON {
    /// The bytes of the command in the usual spelling.
    func usualBytes(from sender: Sender, version: ProtocolVersion) throws -> [UInt8] {
        var writer = LineWriter(version: version)
        if form == "error", let number = UInt16(command) {
            guard sender == .server else { throw JSONLineError(description: "only servers send error replies") }
            let reply = ErrorReply(code: ErrorCode(number), payload: payload.map { WireBytes($0) })
            try ServerMessage.error(reply).encode(into: &writer, optionalTransaction: transaction)
            return writer.bytes
        }
        let fields = FieldReader(
            parameters, payload: payload.map { WireBytes($0) }, version: version, command: command, form: form)
        switch sender {
        case .client:
            let message = try ClientMessage.make(command: command, form: form, fields: fields)
            try message.encode(into: &writer, optionalTransaction: transaction)
        case .server:
            let message = try ServerMessage.make(command: command, form: form, fields: fields)
            try message.encode(into: &writer, optionalTransaction: transaction)
        }
        return writer.bytes
    }
}
#endif
