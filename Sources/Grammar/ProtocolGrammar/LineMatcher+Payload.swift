/// The words of a line that concern its payload, and what is left of a line.
extension LineMatcher {
    func readLength(
        _ words: [[UInt8]], form: Form, cursor: inout Int, payloadCount: Int?
    ) throws(MatchFailure) {
        guard let payload = form.payload else { return }
        func failure(_ kind: MatchFailure.Kind, _ reason: String) -> MatchFailure {
            MatchFailure(kind, form: form.name, parameter: "payload length", reason: reason)
        }
        guard cursor < words.count else { throw failure(.missingParameter, "is missing") }
        let length = ValueParser.integer(words[cursor])
        cursor += 1
        // Without a payload, the length of the line may still announce zero bytes.
        let count = payloadCount ?? (cursor == words.count || payload.lengthBefore != nil ? 0 : nil)
        guard let length, length == count, payload.length == nil || payload.length == length else {
            throw failure(.wrongPayloadLength, "does not match the payload")
        }
        let limit = payload.limit ?? grammar.limits.payload
        if length > limit { throw failure(.invalidValue, "is more than \(limit)") }
    }

    /// The header is a part of the payload.
    func checkHeaderLength(of line: MatchedLine, payloadCount: Int) throws(MatchFailure) {
        guard let name = line.form.payload?.headerLength?.name,
            case .one(let readings) = line.values.first(where: { $0.name == name })?.value,
            let length = readings.first.flatMap({ Int($0) }), length > payloadCount
        else { return }
        throw MatchFailure(
            .invalidValue, form: line.form.name, parameter: name,
            reason: "is more than \(payloadCount), the bytes of the payload")
    }

    /// What is left of a line behind some words, without the spaces at its ends.
    static func rest(of line: [UInt8], behind count: Int) -> [UInt8] {
        var rest = line[...]
        for _ in 0..<count { rest = rest.drop { $0 == 0x20 }.drop { $0 != 0x20 } }
        rest = rest.drop { $0 == 0x20 }
        while rest.last == 0x20 { rest.removeLast() }
        return Array(rest)
    }
}

extension Grammar {
    /// Whether a value of the command may be all that is left of its line, whatever number of words that has.
    public func hasRest(_ command: Command) -> Bool {
        command.forms.contains { $0.parameters.contains { $0.isRest(in: self) } }
    }
}
