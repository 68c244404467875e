import ProtocolGrammar

/// What the model says of types.
struct TypeModel {
    let writer: ModelWriter

    func row(_ type: ValueType) -> JSONValue {
        .record(
            content(type.kind) + [
                ("sensitive", .ifSet(type.isSensitive)), ("about", .ifAny(type.about)),
                ("deviations", .ifAny(type.deviations.map(row))),
            ])
    }

    private func content(_ kind: ValueType.Kind) -> [(String, JSONValue?)] {
        switch kind {
        case .token(let limit, let shapes):
            [("kind", .text("token")), ("limit", .number(limit)), ("shapes", .ifAny(shapes.map(row)))]
        case .text(let limit): [("kind", .text("text")), ("limit", .number(limit))]
        case .integer(let minimum, let maximum):
            [("kind", .text("integer")), ("minimum", .number(minimum)), ("maximum", .number(maximum))]
        case .boolean(let falseWord, let trueWord):
            [("kind", .text("boolean")), ("false", .text(falseWord)), ("true", .text(trueWord))]
        case .guid(let braces): [("kind", .text("guid")), ("braces", .ifSet(braces))]
        case .enumeration(let values, let isOpen):
            [
                ("kind", .text("enumeration")), ("open", .ifSet(isOpen)),
                ("values", .list(values.map { row($0, value: .text($0.wire)) })),
            ]
        case .flags(let values, let fields):
            [
                ("kind", .text("flags")),
                ("values", .list(values.map { row($0, value: .number(Int($0.wire) ?? 0)) })),
                ("fields", .ifAny(fields.map(row))),
            ]
        case .composite(let parts): [("kind", .text("composite")), ("parts", .list(parts.map(row)))]
        case .rest(let limit): [("kind", .text("rest")), ("limit", .number(limit))]
        }
    }

    private func row(_ shape: TokenShape) -> JSONValue {
        .record([
            ("literal", shape.literal.map { .text($0) }), ("prefix", .ifAny(shape.prefix)),
            ("characters", shape.characters == .any ? nil : .text(shape.characters.rawValue)),
            ("length", shape.length > 0 ? .number(shape.length) : nil), ("contains", .ifAny(shape.infix)),
            ("suffix", .ifAny(shape.suffix)), ("versions", writer.versions(shape.versions)),
        ])
    }

    private func row(_ value: NamedValue, value wire: JSONValue) -> JSONValue {
        .record([
            ("name", .text(value.name)), ("value", wire), ("versions", writer.versions(value.versions)),
            ("about", .ifAny(value.about)),
        ])
    }

    private func row(_ field: BitField) -> JSONValue {
        .record([
            ("name", .text(field.name)), ("first", .number(field.bits.lowerBound)),
            ("last", .number(field.bits.upperBound)), ("type", .text(field.type)),
            ("versions", writer.versions(field.versions)), ("about", .ifAny(field.about)),
        ])
    }

    private func row(_ part: CompositePart) -> JSONValue {
        .record([
            ("name", .text(part.name)), ("type", .text(part.type)), ("after", .ifAny(part.after)),
            ("before", .ifAny(part.before)), ("optional", .ifSet(part.isOptional)),
            ("versions", writer.versions(part.versions)), ("ignorable", .ifSet(part.isIgnorable)),
            ("about", .ifAny(part.about)),
        ])
    }

    private func row(_ deviation: SpellingDeviation) -> JSONValue {
        .record(
            [("spelling", .text(deviation.spelling.rawValue)), ("versions", writer.versions(deviation.versions))]
                + writer.deviation(deviation.deviation) + [("example", .text(deviation.example))])
    }
}
