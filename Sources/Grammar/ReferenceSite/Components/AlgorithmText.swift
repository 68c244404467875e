import ProtocolGrammar

/// A step of an algorithm as one line of text.
enum AlgorithmText {
    /// Such as `answer = hexadecimal(hash)`.
    static func line(of step: Algorithm.Step, in grammar: Grammar) -> String {
        switch step.operation {
        case .exchange(let exchange): return self.exchange(exchange, grammar)
        case .forEach(let loop):
            let takes = loop.takes.map(\.name).joined(separator: ", ")
            let keeps = loop.keeps.map { "\($0.name) = \($0.start.name), then \($0.next.name)" }
            return "for each \(takes) of \(operands(step)): " + keeps.joined(separator: "; ")
        default: return "\(step.name) = \(call(step))"
        }
    }

    private static func operands(_ step: Algorithm.Step) -> String {
        step.operands.map(\.name).joined(separator: ", ")
    }

    private static func call(_ step: Algorithm.Step) -> String {
        let name = step.operation.name.rawValue
        let all = operands(step)
        switch step.operation {
        case .md5, .sha1, .base64, .fromBase64, .hexadecimal, .concatenate, .list, .decimal, .percentEncode,
            .percentDecode, .guid, .guidBytes:
            return "\(name)(\(all))"
        case .hmacSHA1(let key): return "\(name)(\(all); key \(key.name))"
        case .tripleDES(let key, let start):
            return "\(name)(\(all); key \(key.name), initialization \(start.name))"
        case .fill(let mark, let multiple):
            return "\(name)(\(all); with \"\(mark)\" to a multiple of \(multiple) bytes)"
        case .take(let first, let count): return "\(name)(\(all); \(count) bytes from byte \(first) on)"
        case .numbers(let layout): return "\(name)(\(all); \(text(layout)))"
        case .bytes(let layout): return "\(name)(\(all); \(text(layout)))"
        case .item(let index): return "\(all)[\(index)]"
        case .add(let modulo): return calculation(step, " + ", modulo)
        case .multiply(let modulo): return calculation(step, " * ", modulo)
        case .and, .xor: return step.operands.map(\.name).joined(separator: " \(name) ")
        case .replace(let old, let new): return "\(name)(\(all); \"\(old)\" by \"\(new)\")"
        case .field(let field, let separator, let quote):
            let quotes = quote.isEmpty ? "" : ", without its \(quote)"
            return "\(name)(\(all); \"\(field)\" in a list with \"\(separator)\"\(quotes))"
        case .algorithm(let other, let arguments):
            let values = arguments.map { "\($0.input.name) \($0.operand.name)" }.joined(separator: ", ")
            return "\(other.name)(\(values))"
        case .exchange, .forEach: return ""
        }
    }

    private static func calculation(_ step: Algorithm.Step, _ sign: String, _ modulo: Reference?) -> String {
        let text = step.operands.map(\.name).joined(separator: sign)
        return modulo.map { "(\(text)) mod \($0.name)" } ?? text
    }

    private static func text(_ layout: AlgorithmOperation.Layout) -> String {
        let order = layout.isBigEndian ? "big-endian" : "little-endian"
        return layout.width == 1 ? "1 byte each" : "\(layout.width) bytes each, \(order)"
    }

    private static func exchange(_ exchange: AlgorithmOperation.Exchange, _ grammar: Grammar) -> String {
        let requests = exchange.services.compactMap { grammar.httpServices[$0.name] }.map { service in
            exchange.address.map { "\(service.method) \($0.name)" } ?? service.request
        }
        let sent = exchange.sends.map { "\($0.operand.name) as \(text($0.part))" }
        let received = exchange.receives.map { "\($0.name) from \(text($0.part))" }
        return requests.joined(separator: " or ")
            + (sent.isEmpty ? "" : "; send " + sent.joined(separator: ", "))
            + (received.isEmpty ? "" : "; receive " + received.joined(separator: ", "))
    }

    private static func text(_ part: AlgorithmOperation.Part) -> String {
        switch part {
        case .header(let name): "header \(name)"
        case .places(let places): places.map(\.name).joined(separator: " or ")
        case .body: "the body"
        }
    }

    /// A value as text; the grammar's own spelling, without characters that nobody sees.
    static func value(_ value: AlgorithmValue) -> String { EscapedText.of(value.description.utf8) }
}
