import MSNP
import MSNPSession
import WireProtocol

extension AnonymousWords {
    /// A payload with other words, as many bytes as before.
    mutating func payload(_ payload: [UInt8], of form: (any DescribedForm)?) -> [UInt8] {
        guard let first = payload.first(where: { $0 > 0x20 }) else { return payload }
        if first == UInt8(ascii: "<") { return document(payload, ElementTable.root(of: payload)) }
        switch form.map({ type(of: $0).payloadFormat }) {
        case .text: return pseudonyms.token(payload)
        default: return blocks(payload)
        }
    }

    /// Header blocks one after another, and what follows them.
    private mutating func blocks(_ payload: [UInt8]) -> [UInt8] {
        var (result, rest) = ([UInt8](), payload[...])
        var contentType: [UInt8] = []
        var isFirst = true
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 10).map { $0 + 1 } ?? rest.endIndex
            let line = Array(rest[..<end])
            if line.allSatisfy({ $0 == 13 || $0 == 10 }) {
                result += line
                rest = rest[end...]
                if contentType.starts(with: "\(Payload.PlainText.contentType)".utf8) {
                    return result + pseudonyms.text(Array(rest))
                }
                if contentType.starts(with: "\(Payload.PeerToPeer.contentType)".utf8) {
                    return result + packet(in: payload, after: payload.count - rest.count)
                }
                if let first = rest.first, first == UInt8(ascii: "<") { return result + document(Array(rest), nil) }
                isFirst = true
                continue
            }
            if let field = HeaderLine(line) {
                if field.isNamed("content-type") { contentType = field.value.map { $0 | 0x20 } }
                result += field.head + value(of: field) + field.end
            } else if isFirst, let start = startLine(line) {
                result += start
            } else {
                // No header: a text, or bytes.
                return result
                    + (String(validating: rest, as: UTF8.self) != nil
                        ? pseudonyms.text(Array(rest)) : pseudonyms.bytes(Array(rest)))
            }
            isFirst = false
            rest = rest[end...]
        }
        return result
    }

    private mutating func value(of field: HeaderLine) -> [UInt8] {
        // What follows is read by these.
        if field.isNamed("content-type") || field.isNamed("mime-version")
            || field.isNamed("content-transfer-encoding") || field.isNamed("content-length")
        {
            return field.value
        }
        guard let type = FieldTypes.all[field.name.map { $0 | 0x20 }] else { return pseudonyms.token(field.value) }
        return word(field.value, type)
    }

    /// The first line of a request or an answer between clients, or of the blocks of relayed messages.
    private mutating func startLine(_ line: [UInt8]) -> [UInt8]? {
        let end = line.lineEnd
        let text = Array(line.dropLast(end.count))
        let type = FieldTypes.startLines.first { $0.accepts(WireBytes(text)) }
        return type.map { word(text, $0) + end }
    }

    /// The packets in the body of a message.
    private mutating func packet(in message: [UInt8], after start: Int) -> [UInt8] {
        let body = Array(message[start...])
        do throws(PayloadError) {
            let message = try Payload.PeerToPeer(MIMEMessage(reading: WireBytes(message), limits: .grammar))
            guard let packet = try message.inside() as? any BinaryPayload else { return pseudonyms.texts(in: body) }
            let new = try data(of: packet)
            return new.count == body.count ? new : pseudonyms.texts(in: body)
        } catch {
            // The numbers of its header are not known.
            return pseudonyms.texts(in: body)
        }
    }

    private mutating func data(of packet: any BinaryPayload) throws(PayloadError) -> [UInt8] {
        var packet = packet
        let data = packet.insideBytes.array
        switch try packet.inside() {
        case let inner as any BinaryPayload: packet.insideBytes = WireBytes(try self.data(of: inner))
        case is any BlocksPayload: packet.insideBytes = WireBytes(blocks(data))
        default: packet.insideBytes = WireBytes(pseudonyms.bytes(data))
        }
        return try packet.encoded()
    }
}

/// A line `Name: value`.
private struct HeaderLine {
    /// The name, the colon and the blanks behind it.
    let head: [UInt8]
    let name: ArraySlice<UInt8>
    let value: [UInt8]
    let end: [UInt8]

    init?(_ line: [UInt8]) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            line[..<colon].allSatisfy({
                $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0.isLetter || $0.isDigit
            })
        else { return nil }
        name = line[..<colon]
        let tail = line[(colon + 1)...]
        let blanks = tail.prefix { $0 == 0x20 || $0 == 0x09 }
        head = Array(line[...colon]) + blanks
        let rest = tail.dropFirst(blanks.count)
        end = rest.lineEnd
        value = Array(rest.dropLast(end.count))
    }

    func isNamed(_ other: String) -> Bool {
        String(decoding: name, as: UTF8.self).lowercased() == other
    }
}

extension BidirectionalCollection<UInt8> {
    /// The line ending.
    fileprivate var lineEnd: [UInt8] { Array(Array(reversed().prefix { $0 == 13 || $0 == 10 }).reversed()) }
}

extension ValueTable {
    /// Whether a value may be anything.
    var mayNamePeople: Bool {
        switch kind {
        case .token, .text, .guid, .composite, .rest: true
        case .integer, .digits, .boolean, .enumeration, .flags: false
        }
    }
}

/// The types of header fields by their names in lower case, as all payloads of the grammar have them.
private enum FieldTypes {
    static let all: [[UInt8]: ValueTable] = {
        var types: [[UInt8]: ValueTable] = [:]
        for row in PayloadSecrets.tables.flatMap(\.rows) {
            let name = "\(row.name)".utf8.map { $0 | 0x20 }
            // A name of several types is a text if one of them is.
            if types[name].map({ !$0.mayNamePeople }) ?? true { types[name] = row.type }
        }
        return types
    }()

    static let startLines = PayloadSecrets.tables.compactMap(\.startLine)
}
