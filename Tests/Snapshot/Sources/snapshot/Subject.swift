import MSNP
import WireProtocol

// All that is used of the code that is looked at.

/// Gives inputs to the code and writes down what it makes of them.
struct Subject {
    /// Whether each command of a stream is written down whole, instead of as a checksum.
    var isFull = false

    /// Adds what comes out of an input to an array: messages, or errors of the framer or the decoder.
    func write(_ input: Input, to json: inout JSONWriter) {
        let context = WireContext(input)
        switch input.content {
        case .line(let text, let payload):
            write(Frame(line: String(decoding: text, as: UTF8.self), payload: payload), context, to: &json)
        case .stream(let bytes, let pieces):
            var framer = Framer(table: context.framing, limits: context.limits)
            var start = 0
            for count in pieces.isEmpty ? [bytes.count] : pieces {
                let end = min(bytes.count, start + count)
                framer.append(Array(bytes[start..<end]))
                start = end
                drain(&framer, context, isShort: !pieces.isEmpty && !isFull, to: &json)
            }
        }
    }

    private func drain(
        _ framer: inout Framer<MSNPFraming>, _ context: WireContext, isShort: Bool, to json: inout JSONWriter
    ) {
        while true {
            do throws(FramingError) {
                guard let frame = try framer.next() else { return }
                if isShort { writeShort(frame, context, to: &json) } else { write(frame, context, to: &json) }
            } catch {
                json.object { json in
                    json.object("unframed") { json in
                        json.field("kind", "\(error.kind)")
                        json.field("offset", Int(error.offset))
                        json.field("command", error.command)
                        json.field("description", error.description)
                    }
                }
            }
        }
    }

    private func writeShort(_ frame: Frame, _ context: WireContext, to json: inout JSONWriter) {
        var whole = JSONWriter()
        write(frame, context, to: &whole)
        let payload = frame.payloadBytes?.array
        json.object { json in
            json.array("frame") { json in
                json.add(Int(frame.offset))
                json.add(frame.lineBytes.count)
                json.add(payload?.count ?? -1)
            }
            json.field("bytes", Checksum.text(frame.lineBytes.array + (payload ?? [])))
            json.field("result", Checksum.text(whole.bytes))
        }
    }

    private func write(_ frame: Frame, _ context: WireContext, to json: inout JSONWriter) {
        let (offset, line, payload) = (frame.offset, frame.lineBytes.array, frame.payloadBytes?.array)
        json.object { json in
            json.array("frame") { json in
                json.add(Int(offset))
                json.add(line.count)
                json.add(payload?.count ?? -1)
            }
            let wire = line + [13, 10] + (payload ?? [])
            do throws(WireDecodingError) {
                if context.sender == .client {
                    write(try decodeClient(frame, context), wire, context, to: &json)
                } else {
                    write(try decodeServer(frame, context), wire, context, to: &json)
                }
            } catch {
                json.object("refused") { write(error, to: &$0) }
            }
        }
    }

    private func decodeClient(_ frame: Frame, _ context: WireContext) throws(WireDecodingError) -> Decoded {
        let found = try ClientMessage.decode(
            frame, version: context.version, service: context.service, limits: context.limits)
        var result = Decoded(transaction: found.transaction) { writer throws(WireEncodingError) in
            try found.message.encode(into: &writer, optionalTransaction: found.transaction)
        }
        if let form = found.message.form {
            result.facts = Facts(
                command: type(of: form).command.description, form: type(of: form).form.description,
                fields: form.fields, payload: form.payloadBytes)
        }
        result.remake = { command, form, fields, writer throws(WireEncodingError) in
            let made = try ClientMessage.make(command: command, form: form, fields: fields)
            try made.encode(into: &writer, optionalTransaction: found.transaction)
        }
        return result
    }

    private func decodeServer(_ frame: Frame, _ context: WireContext) throws(WireDecodingError) -> Decoded {
        let found = try ServerMessage.decode(
            frame, version: context.version, service: context.service, limits: context.limits)
        var result = Decoded(transaction: found.transaction) { writer throws(WireEncodingError) in
            try found.message.encode(into: &writer, optionalTransaction: found.transaction)
        }
        if let form = found.message.form {
            result.facts = Facts(
                command: type(of: form).command.description, form: type(of: form).form.description,
                fields: form.fields, payload: form.payloadBytes)
        }
        result.remake = { command, form, fields, writer throws(WireEncodingError) in
            let made = try ServerMessage.make(command: command, form: form, fields: fields)
            try made.encode(into: &writer, optionalTransaction: found.transaction)
        }
        return result
    }
}

extension Subject {
    private func write(_ found: Decoded, _ wire: [UInt8], _ context: WireContext, to json: inout JSONWriter) {
        json.object("decoded") { json in
            json.field("transaction", found.transaction?.description)
            if let facts = found.facts {
                write(facts, to: &json)
            } else {
                json.field("command", nil)
            }
            let number = context.version.number
            let older = ProtocolVersion(number: number &- 1)
            let newer = ProtocolVersion(number: number &+ 1)
            write("again", wire, context.version, to: &json, found.encode)
            write("older", wire, older, to: &json, found.encode)
            write("newer", wire, newer, to: &json, found.encode)
            guard let facts = found.facts, let remake = found.remake else { return }
            var named: [String: FieldValue] = [:]
            for field in facts.fields { named[field.name] = field.value }
            let reader = FieldReader(
                named, payload: facts.payload, version: context.version, command: facts.command, form: facts.form)
            write("remade", wire, context.version, to: &json) { writer throws(WireEncodingError) in
                try remake(facts.command, facts.form, reader, &writer)
            }
        }
    }

    private func write(_ facts: Facts, to json: inout JSONWriter) {
        json.field("command", facts.command)
        json.field("form", facts.form)
        json.array("fields") { json in
            for field in facts.fields {
                json.array { json in
                    json.add(field.name)
                    switch field.value {
                    case .text(let text): json.add(text)
                    case .list(let texts): json.array { json in for text in texts { json.add(text) } }
                    }
                    json.add(field.isSensitive)
                }
            }
        }
        guard let payload = facts.payload?.array else { return }
        json.array("payload") { json in
            json.add(payload.count)
            json.add(Checksum.text(payload))
        }
    }

    /// Writes what the code writes: `true` for the bytes that were read.
    private func write(
        _ name: StaticString, _ wire: [UInt8], _ version: ProtocolVersion, to json: inout JSONWriter,
        _ encode: (inout LineWriter) throws(WireEncodingError) -> Void
    ) {
        var writer = LineWriter(version: version)
        do throws(WireEncodingError) {
            try encode(&writer)
            let bytes = writer.takeBytes()
            if bytes == wire { json.field(name, true) } else { json.field(name, bytes: bytes) }
        } catch {
            let left = writer.takeBytes()
            json.object(name) { json in
                json.field("kind", "\(error.kind)")
                json.field("command", error.command)
                json.field("form", error.form)
                json.field("parameter", error.parameter)
                json.field("version", Int(error.version.number))
                json.field("description", error.description)
                if !left.isEmpty { json.field("left", bytes: left) }
            }
        }
    }

    private func write(_ error: WireDecodingError, to json: inout JSONWriter) {
        json.field("kind", "\(error.kind)")
        json.field("command", error.command)
        json.field("form", error.form)
        json.field("parameter", error.parameter)
        json.field("version", Int(error.version.number))
        json.field("offset", error.offset)
        json.field("line", error.line)
        json.field("description", error.description)
    }
}

/// A message of either side, and how it is written.
private struct Decoded {
    var transaction: TransactionID?
    /// What is known of its form; nil for a command that the grammar does not have.
    var facts: Facts?
    var encode: (inout LineWriter) throws(WireEncodingError) -> Void
    var remake: ((String, String, FieldReader, inout LineWriter) throws(WireEncodingError) -> Void)?

    init(transaction: TransactionID?, encode: @escaping (inout LineWriter) throws(WireEncodingError) -> Void) {
        self.transaction = transaction
        self.encode = encode
    }
}

private struct Facts {
    var command: String
    var form: String
    var fields: [Field]
    var payload: WireBytes?
}

/// The context of an input in types of the code.
private struct WireContext {
    var sender: Sender
    var service: Service
    var version: ProtocolVersion
    var limits: WireLimits

    var framing: MSNPFraming { MSNPFraming(sender: sender, service: service, version: version) }

    init(_ input: Input) {
        sender = input.context.isClient ? .client : .server
        service = Service(rawValue: input.context.service) ?? .notification
        version = ProtocolVersion(number: input.context.version)
        limits = input.hasSmallLimits ? WireLimits(line: 60, parameters: 5, payload: 20) : .grammar
    }
}
