import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// One command on the wire, and the context it is sent in.
struct WireLine: CustomStringConvertible {
    var text: [UInt8]
    var payload: [UInt8]?
    var isClient: Bool
    var service: MSNP.Service
    var version: Int

    var sender: WireProtocol.Sender { isClient ? .client : .server }
    var wireVersion: ProtocolVersion { ProtocolVersion(number: UInt8(version)) }
    var framing: MSNPFraming { MSNPFraming(sender: sender, service: service, version: wireVersion) }
    var bytes: [UInt8] { text + [13, 10] + (payload ?? []) }
    var description: String {
        "\(sender.rawValue) \(service.rawValue) \(version): \(String(decoding: text, as: UTF8.self).debugDescription)"
    }

    /// The line as a frame, without a framer, so that it may hold any byte.
    var frame: Frame {
        let range = payload.map { _ in text.count..<bytes.count - 2 }
        return Frame(chunk: text + (payload ?? []), line: 0..<text.count, payload: range, offset: 0)
    }

    /// Reads the line with the generated code.
    func decoded(mode: ReadingMode = .checked) throws(WireDecodingError) -> Decoded { try decoded(frame, mode: mode) }

    /// Reads a frame in the context of this line.
    func decoded(_ frame: Frame, mode: ReadingMode = .checked) throws(WireDecodingError) -> Decoded {
        if isClient {
            let envelope = try ClientMessage.decode(frame, version: wireVersion, service: service, mode: mode)
            return Decoded(version: wireVersion, form: envelope.message.form) { writer throws(WireEncodingError) in
                try envelope.message.encode(into: &writer, optionalTransaction: envelope.transaction)
            }
        }
        let envelope = try ServerMessage.decode(frame, version: wireVersion, service: service, mode: mode)
        return Decoded(version: wireVersion, form: envelope.message.form) { writer throws(WireEncodingError) in
            try envelope.message.encode(into: &writer, optionalTransaction: envelope.transaction)
        }
    }
}

extension WireLine {
    /// What a decoder finds first in the line as it comes in a stream, and whether that is all.
    func streamed(mode: ReadingMode = .checked) -> (found: Result<String, ReadingError>, isWhole: Bool)? {
        isClient ? streamed(ClientMessage.self, mode) : streamed(ServerMessage.self, mode)
    }

    private func streamed<Message: DecodableMessage>(
        _ type: Message.Type, _ mode: ReadingMode
    ) -> (found: Result<String, ReadingError>, isWhole: Bool)? where Message.MessageService == MSNP.Service {
        var decoder = MessageDecoder<Message>(
            service: service, version: wireVersion, mode: mode, limits: Message.limits)
        decoder.append(bytes)
        do throws(ReadingError) {
            guard let envelope = try decoder.next() else { return nil }
            let text = "\(String(describing: envelope.transaction)) \(String(reflecting: envelope.message))"
            return (.success(text), decoder.bufferedBytes == 0)
        } catch {
            return (.failure(error), decoder.bufferedBytes == 0)
        }
    }

    /// What `decoded()` finds, in the same words.
    func described() throws(WireDecodingError) -> String {
        if isClient {
            let envelope = try ClientMessage.decode(frame, version: wireVersion, service: service)
            return "\(String(describing: envelope.transaction)) \(String(reflecting: envelope.message))"
        }
        let envelope = try ServerMessage.decode(frame, version: wireVersion, service: service)
        return "\(String(describing: envelope.transaction)) \(String(reflecting: envelope.message))"
    }
}

/// A message of either side.
struct Decoded {
    var version: ProtocolVersion
    var form: (any WireForm)?
    var encode: (inout LineWriter) throws(WireEncodingError) -> Void

    /// The name of the form; nil for a command that the grammar does not have.
    /// What programs are known for by which it was read.
    var deviations: [String] { form?.deviations.map(\.about) ?? [] }

    var formName: String? { form.map { type(of: $0).form.description } }

    /// The bytes that the encoder gives.
    func encoded() throws(WireEncodingError) -> [UInt8] {
        var writer = LineWriter(version: version)
        try encode(&writer)
        return writer.takeBytes()
    }
}

/// Everything a framer gives for pieces of input.
func frames(_ pieces: [[UInt8]], _ table: MSNPFraming) throws(FramingError) -> [Frame] {
    var framer = Framer(table: table)
    var result: [Frame] = []
    for piece in pieces {
        framer.append(piece)
        while let frame = try framer.next() { result.append(frame) }
    }
    return result
}

/// The example lines of the grammar.
enum Examples {
    /// Each valid example line in each of its versions, with the form it claims to be.
    static let valid: [(line: WireLine, form: String)] = {
        var result: [(line: WireLine, form: String)] = []
        for command in Repository.grammar.commands {
            for example in command.examples {
                for line in example.lines {
                    let name = String(line.text.prefix { $0 != " " })
                    let form = Repository.grammar.command(named: name)?.forms.first {
                        $0.name == line.form && $0.sender == line.sender
                    }
                    let versions = form.map { $0.versions.intersection(example.versions) } ?? example.versions
                    result += lines(
                        line.text, line.payload, isClient: line.sender == .client, example.service, versions.numbers
                    ).map { ($0, line.form) }
                }
            }
        }
        return result
    }()

    /// Each invalid example line in each of its versions.
    static let invalid: [(line: WireLine, example: InvalidExample)] = {
        var result: [(line: WireLine, example: InvalidExample)] = []
        for example in Repository.grammar.commands.flatMap(\.invalidExamples) {
            result += lines(
                example.text, example.payload, isClient: example.sender == .client, example.service,
                example.versions.numbers
            ).map { ($0, example) }
        }
        return result
    }()

    private static func lines(
        _ text: String, _ payload: String?, isClient: Bool, _ service: String, _ versions: [Int]
    ) -> [WireLine] {
        versions.map {
            WireLine(
                text: Array(text.utf8), payload: payload.map { Array($0.utf8) }, isClient: isClient,
                service: MSNP.Service(rawValue: service) ?? .notification, version: $0)
        }
    }
}

extension VectorRow {
    var command: String { String(decoding: wire.prefix { $0 > 0x20 }, as: UTF8.self) }

    /// Whether the grammar has the command for this sender and service, in whatever version.
    ///
    /// It has none for the data blocks of file transfers, which are no lines.
    var isDescribed: Bool {
        Repository.grammar.command(named: command)?.forms.contains {
            ($0.sender == .client) == (sender == .client) && $0.services.contains(service.rawValue)
        } ?? false
    }

    /// The row in one version; the payload is what follows the first line end.
    func line(version: Int) -> WireLine {
        let end = wire.indices.first { wire[$0] == 13 && $0 + 1 < wire.count && wire[$0 + 1] == 10 } ?? wire.count
        let rest = Array(wire[min(end + 2, wire.count)...])
        return WireLine(
            text: Array(wire[..<end]), payload: rest.isEmpty ? nil : rest, isClient: sender == .client,
            service: service, version: version)
    }
}

extension WireDecodingError {
    /// The name of the kind, without what it carries.
    var kindName: String { String("\(kind)".prefix { $0 != "(" }) }
}
