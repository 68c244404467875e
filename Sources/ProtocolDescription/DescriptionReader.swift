extension ProtocolDescription {
    /// Reads what `text` writes.
    public init(text: String) throws(DescriptionError) {
        guard text.utf8.count <= DescriptionReader.limit else {
            throw DescriptionError(line: 1, kind: .tooLong(limit: DescriptionReader.limit))
        }
        var reader = DescriptionReader()
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            try reader.read(line)
        }
        self = try reader.finished()
    }
}

/// Puts a description together, record by record.
private struct DescriptionReader {
    /// The most bytes that are read at all.
    static let limit = 16 << 20

    private var result: ProtocolDescription?
    private var command: ProtocolDescription.Command?
    private var form: ProtocolDescription.Form?
    private var line = 0

    mutating func read(_ bytes: Substring.UTF8View) throws(DescriptionError) {
        line += 1
        if bytes.isEmpty { return }
        let fields = try RecordFields(bytes, line: line)
        switch fields.record {
        case .protocol:
            guard result == nil else { throw fields.misplaced }
            result = ProtocolDescription(name: fields[0], about: fields[1])
        case .service, .version, .choice, .bits, .parts, .value, .error, .payload:
            guard var known = result else { throw fields.misplaced }
            result = nil
            try Self.read(fields, into: &known)
            result = known
        case .command:
            guard result != nil else { throw fields.misplaced }
            closeCommand()
            command = ProtocolDescription.Command(
                name: fields[0], about: fields[1], services: fields.list(2), versions: try fields.numbers(3),
                isNamedOnly: try fields.flag(4))
        case .change:
            let change = ProtocolDescription.Command.Change(version: try fields.number(0, upTo: 127), text: fields[1])
            guard command != nil else { throw fields.misplaced }
            command?.changes.append(change)
        case .form:
            closeForm()
            guard let command else { throw fields.misplaced }
            form = try Self.form(fields, of: command.name)
        case .line, .parameter, .word, .answer, .refusal:
            guard var known = form else { throw fields.misplaced }
            form = nil
            try Self.read(fields, into: &known)
            form = known
        }
    }

    mutating func finished() throws(DescriptionError) -> ProtocolDescription {
        closeCommand()
        guard let result else { throw DescriptionError(line: line, kind: .empty) }
        return result
    }

    private mutating func closeForm() {
        if let form { command?.forms.append(form) }
        form = nil
    }

    private mutating func closeCommand() {
        closeForm()
        if let command { result?.commands.append(command) }
        command = nil
    }

    private static func read(
        _ fields: RecordFields, into result: inout ProtocolDescription
    ) throws(DescriptionError) {
        switch fields.record {
        case .service: result.services.append(.init(name: fields[0], about: fields[1]))
        case .version:
            let number = try fields.number(0, upTo: 127)
            result.versions.append(.init(number: number, name: fields[1], status: fields[2], about: fields[3]))
        case .choice: result.types.append(.init(name: fields[0], kind: .choice))
        case .bits: result.types.append(.init(name: fields[0], kind: .bits))
        case .parts: result.types.append(.init(name: fields[0], kind: .parts(fields[1])))
        case .value:
            guard let last = result.types.indices.last else { throw fields.misplaced }
            let versions = try fields.numbers(2)
            result.types[last].values.append(
                .init(name: fields[0], wire: fields[1], versions: versions, about: fields[3]))
        case .error:
            let closes = fields[4] == "unknown" ? nil : try fields.flag(4)
            result.errors.append(
                .init(
                    number: try fields.number(0, upTo: 999), name: fields[1], about: fields[2],
                    versions: try fields.numbers(3), closes: closes, hasPayload: try fields.flag(5),
                    sources: fields.list(6)))
        case .payload:
            let versions = try fields.numbers(2)
            result.payloads.append(
                .init(name: fields[0], about: fields[1], versions: versions, forms: fields.list(3)))
        default: throw fields.misplaced
        }
    }

    private static func form(
        _ fields: RecordFields, of command: String
    ) throws(DescriptionError) -> ProtocolDescription.Form {
        guard let sender = ProtocolDescription.Sender(rawValue: fields[1]) else { throw fields.invalid(fields[1]) }
        return ProtocolDescription.Form(
            command: command, name: fields[0], sender: sender, services: fields.list(2),
            versions: try fields.numbers(3), about: fields[4], notes: fields[5], payload: fields[6],
            sources: fields.list(7), confidence: fields[8])
    }

    private static func read(
        _ fields: RecordFields, into form: inout ProtocolDescription.Form
    ) throws(DescriptionError) {
        switch fields.record {
        case .line: form.lines.append(.init(versions: try fields.numbers(0), text: fields[1]))
        case .parameter:
            form.parameters.append(
                .init(
                    name: fields[0], type: fields[1], versions: try fields.numbers(2),
                    isSensitive: try fields.flag(3), about: fields[4]))
        case .word:
            form.parameters.append(.init(name: fields[0], type: nil, versions: try fields.numbers(1), about: fields[2]))
        case .answer: form.answers.append(.init(form: fields[0], count: fields[1]))
        case .refusal: form.errors.append(fields[0])
        default: throw fields.misplaced
        }
    }
}
