import MSNP
import MSNPSession
import ProtocolDescription
import WireProtocol

/// A line that somebody typed, with the payload behind its line break if there is one.
struct GivenLine {
    /// The line without its line end.
    let line: String
    /// The payload; nil if none was typed.
    private let payload: [UInt8]?

    /// Splits what was typed at its first line break.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        let isBroken = end < bytes.endIndex
        let line = bytes[..<end]
        self.line = String(decoding: isBroken && line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        payload = isBroken ? Array(bytes[(end + 1)...]) : nil
    }

    /// Reads it in a context by the typed API.
    func read(in context: LineExplainer.Context) -> LineExplainer.Reading {
        guard let service = Service(rawValue: context.service), let number = UInt8(exactly: context.version)
        else { return .absent }
        let version = ProtocolVersion(number)
        return switch context.sender {
        case .client: read(ClientMessage.self, service, version)
        case .server: read(ServerMessage.self, service, version)
        }
    }

    private func read<Message: WireMessage>(
        _ message: Message.Type, _ service: Service, _ version: ProtocolVersion
    ) -> LineExplainer.Reading {
        var half = WireHalf<Message>(service: service, version: version)
        half.append(Array(line.utf8) + [0x0D, 0x0A] + (payload ?? []))
        var arrival = half.next()
        if arrival == nil, payload == nil, let count = line.split(separator: " ").last.flatMap({ Int($0) }),
            (0...half.limits.payload).contains(count)
        {
            // The line announces a payload; blanks stand in for it.
            half.append(Array(repeating: 0x20, count: count))
            arrival = half.next()
        }
        switch arrival {
        case nil: return .refused(reason: "the payload is shorter than the line says")
        case .unframed(let error): return .refused(reason: error.reason)
        case .undecodable(let error, _):
            if error.kind == .notInVersion, error.form == nil { return .absent }
            return .refused(reason: (error.form.map { "not the form '\($0)': " } ?? "") + error.reason)
        case .message(let envelope, _):
            guard let form = envelope.message.form else { return .absent }
            if half.bufferedBytes > 0 { return .refused(reason: "the payload is longer than the line says") }
            return .decoded(
                DecodedLine(
                    form: "\(type(of: form).command).\(type(of: form).form)",
                    transaction: envelope.transaction?.description,
                    values: form.fields.filter { $0.name != "payload" }.map(DecodedLine.Value.init)))
        }
    }
}

extension DecodedLine.Value {
    /// The value of a decoded field.
    init(_ field: Field) {
        let words =
            switch field.value {
            case .text(let text): [text]
            case .list(let texts): texts
            }
        self.init(name: field.name, words: words, isSensitive: field.isSensitive)
    }
}
