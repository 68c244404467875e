extension ProtocolDescription {
    /// The whole description as text: a record a line, fields between tabs, each record behind its owner.
    public var text: String {
        var writer = DescriptionWriter()
        writer.add(.protocol, name, about)
        for service in services { writer.add(.service, service.name, service.about) }
        for version in versions {
            writer.add(.version, String(version.number), version.name, version.status, version.about)
        }
        for type in types { writer.add(type) }
        for error in errors {
            writer.add(
                .error, String(error.number), error.name, error.about, DescriptionWriter.ranges(error.versions),
                error.closes.map(DescriptionWriter.flag) ?? "unknown", DescriptionWriter.flag(error.hasPayload),
                DescriptionWriter.list(error.sources))
        }
        for payload in payloads {
            writer.add(
                .payload, payload.name, payload.about, DescriptionWriter.ranges(payload.versions),
                DescriptionWriter.list(payload.forms))
        }
        for command in commands { writer.add(command) }
        return writer.text
    }
}

/// The kinds of records in the text of a description.
enum DescriptionRecord: String {
    case `protocol`, service, version, choice, bits, parts, value, error, payload, command, change, form, line,
        parameter, word, answer, refusal

    /// The number of its fields.
    var count: Int {
        switch self {
        case .choice, .bits, .refusal: 1
        case .protocol, .service, .parts, .change, .line, .answer: 2
        case .word: 3
        case .version, .value, .payload: 4
        case .parameter, .command: 5
        case .error: 7
        case .form: 9
        }
    }
}

/// Collects the records of a description.
struct DescriptionWriter {
    private(set) var text = ""

    mutating func add(_ record: DescriptionRecord, _ fields: String...) {
        text += ([record.rawValue] + fields.map(Self.escaped)).joined(separator: "\t") + "\n"
    }

    mutating func add(_ type: ProtocolDescription.ValueType) {
        switch type.kind {
        case .choice: add(.choice, type.name)
        case .bits: add(.bits, type.name)
        case .parts(let notation): add(.parts, type.name, notation)
        }
        for value in type.values { add(.value, value.name, value.wire, Self.ranges(value.versions), value.about) }
    }

    mutating func add(_ command: ProtocolDescription.Command) {
        add(
            .command, command.name, command.about, Self.list(command.services), Self.ranges(command.versions),
            Self.flag(command.isNamedOnly))
        for change in command.changes { add(.change, String(change.version), change.text) }
        for form in command.forms {
            add(
                .form, form.name, form.sender.rawValue, Self.list(form.services), Self.ranges(form.versions),
                form.about, form.notes, form.payload, Self.list(form.sources), form.confidence)
            for line in form.lines { add(.line, Self.ranges(line.versions), line.text) }
            for parameter in form.parameters {
                let versions = Self.ranges(parameter.versions)
                if let type = parameter.type {
                    add(.parameter, parameter.name, type, versions, Self.flag(parameter.isSensitive), parameter.about)
                } else {
                    add(.word, parameter.name, versions, parameter.about)
                }
            }
            for answer in form.answers { add(.answer, answer.form, answer.count) }
            for error in form.errors { add(.refusal, error) }
        }
    }

    static func flag(_ flag: Bool) -> String { flag ? "yes" : "no" }

    static func list(_ items: [String]) -> String { items.joined(separator: ",") }

    /// Rising numbers as `2-7,10`.
    static func ranges(_ numbers: [Int]) -> String {
        var runs: [(first: Int, last: Int)] = []
        for number in numbers {
            if let last = runs.indices.last, runs[last].last < Int.max, runs[last].last + 1 == number {
                runs[last].last = number
            } else {
                runs.append((number, number))
            }
        }
        return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
    }

    private static func escaped(_ field: String) -> String {
        var result = ""
        for scalar in field.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
