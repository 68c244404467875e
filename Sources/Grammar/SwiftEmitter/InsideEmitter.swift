import ProtocolGrammar

/// Prints the payloads that may be inside of a payload.
struct InsideEmitter {
    let grammar: Grammar

    /// The rows of all payloads that name this one as a bearer.
    func rows(of bearer: PayloadType) -> [String] {
        grammar.payloads(inside: bearer).map { row($0.payload, $0.place, in: bearer) }
    }

    private func row(_ payload: PayloadType, _ place: PayloadType.Bearer, in bearer: PayloadType) -> String {
        var arguments = ["\(SwiftName.type(payload.name)).self"]
        if case .blocks(let content) = payload.content {
            if let type = content.contentType { arguments.append("contentType: \(SwiftName.literal(type))") }
            if let line = content.blocks.first?.startLine {
                arguments.append("startLine: \(SwiftName.table(line.type))")
            }
        }
        for (index, condition) in place.conditions.enumerated() {
            let name = SwiftName.literal(wireName(condition.name, in: bearer))
            let text =
                switch condition.requirement {
                case .number(let value): ".number(\(name), \(value))"
                case .equal(let other): ".equal(\(name), \(SwiftName.literal(other)))"
                case .present: ".present(\(name))"
                case .absent: ".absent(\(name))"
                }
            arguments.append(index == 0 ? "when: " + text : text)
        }
        return "InsideRow(\(arguments.joined(separator: ", ")))"
    }

    /// Fields are found by their headers, numbers by their names.
    private func wireName(_ name: String, in bearer: PayloadType) -> String {
        let fields: [PayloadType.Field] =
            switch bearer.content {
            case .mime(let content): content.fields
            case .blocks(let content): content.fields
            case .xml, .binary: []
            }
        return fields.first { $0.name == name }?.header ?? name
    }
}
