import Foundation
import MSNP
import ProtocolGrammar
import Testing
import WireProtocol
import YAMLTree

/// A generator with a fixed seed.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number from 0 to one less than the count.
    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    /// One of the elements.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

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

/// The grammar that the generated code comes from.
enum Source {
    static let folder = URL(filePath: #filePath).appending(path: "../../../Grammar").standardizedFileURL

    static let grammar: Grammar = {
        let (grammar, diagnostics) = GrammarReader.read(files())
        precondition(!diagnostics.hasErrors)
        return grammar
    }()

    private static func files() -> [SourceFile] {
        var paths = ["protocol.yaml", "versions.yaml", "errors.yaml"].map { folder.appending(path: $0).path }
        for name in ["types", "commands", "payloads", "sessions"] {
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
            paths += (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map {
                folder.appending(path: "\(name)/\($0)").path
            }
        }
        return paths.map { SourceFile(path: $0, bytes: Array(FileManager.default.contents(atPath: $0) ?? Data())) }
    }

    /// Each valid example line in each of its versions, with the form it claims to be.
    static let examples: [(line: WireLine, form: String)] = {
        var result: [(line: WireLine, form: String)] = []
        for command in grammar.commands {
            for example in command.examples {
                for line in example.lines {
                    let name = String(line.text.prefix { $0 != " " })
                    let form = grammar.command(named: name)?.forms.first {
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
    static let invalidExamples: [(line: WireLine, example: InvalidExample)] = {
        var result: [(line: WireLine, example: InvalidExample)] = []
        for example in grammar.commands.flatMap(\.invalidExamples) {
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

/// A line of a vector file.
struct VectorRow {
    var place: String
    var versions: [Int]
    var service: MSNP.Service
    var isClient: Bool
    var isValid: Bool
    var wire: [UInt8]
    var source: String

    var command: String { String(decoding: wire.prefix { $0 > 0x20 }, as: UTF8.self) }

    /// Whether the grammar has the command for this sender and service, in whatever version.
    var isDescribed: Bool {
        Source.grammar.command(named: command)?.forms.contains {
            ($0.sender == .client) == isClient && $0.services.contains(service.rawValue)
        } ?? false
    }

    /// All rows; the data blocks of file transfers are no lines and nothing describes them here.
    static let all: [VectorRow] = {
        let folder = Source.folder.appending(path: "vectors")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let exceptions = Set(rows("exceptions.tsv").map { $0.split(separator: "\t").dropLast() })
        return names.filter { $0.hasSuffix(".tsv") && $0 != "exceptions.tsv" }.sorted().flatMap { name in
            rows(name).enumerated().compactMap { index, row in
                let columns = [name[...]] + row.split(separator: "\t").dropLast()
                return exceptions.contains(columns[...]) ? nil : VectorRow(row, place: "\(name):\(index + 1)")
            }
        }
    }()

    private static func rows(_ name: String) -> [Substring] {
        let data = FileManager.default.contents(atPath: Source.folder.appending(path: "vectors/\(name)").path) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }

    init?(_ text: Substring, place: String) {
        let columns = text.split(separator: "\t", omittingEmptySubsequences: false)
        let services: [Substring: MSNP.Service] = [
            "DS": .dispatch, "NS": .notification, "SB": .switchboard, "FT": .fileTransfer,
        ]
        guard columns.count == 6, let service = services[columns[1]] else { return nil }
        self.place = place
        self.service = service
        versions = columns[0].split(separator: ",").flatMap { part -> [Int] in
            let names = part.filter { $0 != " " }.split(separator: "-")
            let ends = names.compactMap { $0 == "CVR0" ? 0 : Int($0) }
            guard let first = ends.first, let last = ends.last else { return [] }
            return Array(first...last)
        }
        .filter { number in ProtocolVersion.known.contains { Int($0.number) == number } }
        isClient = columns[2] == "C>S"
        isValid = columns[3] == "valid" || columns[5].contains("state:")
        wire = Self.unescaped(columns[4])
        source = String(columns[5])
    }

    private static func unescaped(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch letter {
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "x"):
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            default: bytes.append(letter)
            }
        }
        return bytes
    }

    /// The row in one version; the payload is what follows the first line end.
    func line(version: Int) -> WireLine {
        let end = wire.indices.first { wire[$0] == 13 && $0 + 1 < wire.count && wire[$0 + 1] == 10 } ?? wire.count
        let rest = Array(wire[min(end + 2, wire.count)...])
        return WireLine(
            text: Array(wire[..<end]), payload: rest.isEmpty ? nil : rest, isClient: isClient, service: service,
            version: version)
    }
}
