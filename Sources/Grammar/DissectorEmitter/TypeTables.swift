import ProtocolGrammar

/// The tables of the types.
struct TypeTables {
    let writer: TableWriter

    func emit() -> LuaValue {
        .sections(writer.grammar.sortedTypes.map { ($0.name, row($0)) })
    }

    private func row(_ type: ValueType) -> LuaValue {
        var fields: [(key: String, value: LuaValue?)] = []
        switch type.kind {
        case .token(let limit, let shapes):
            fields = [
                ("kind", .text("token")), ("limit", .number(limit)), ("shapes", .ifAny(shapes.map(row))),
            ]
        case .text(let limit): fields = [("kind", .text("text")), ("limit", .number(limit))]
        case .integer(let minimum, let maximum):
            fields = [("kind", .text("integer")), ("minimum", .number(minimum)), ("maximum", .number(maximum))]
        case .boolean(let falseWord, let trueWord):
            fields = [("kind", .text("boolean")), ("no", .text(falseWord)), ("yes", .text(trueWord))]
        case .guid(let braces): fields = [("kind", .text("guid")), ("braces", .ifSet(braces))]
        case .enumeration(let values, let isOpen):
            fields = [
                ("kind", .text("enumeration")), ("open", .ifSet(isOpen)),
                ("values", .list(values.map { row($0, wire: .text($0.wire)) })),
            ]
        case .flags(let values, let bits):
            fields = [
                ("kind", .text("flags")),
                ("values", .list(values.map { row($0, wire: .number(Int($0.wire) ?? 0)) })),
                ("fields", .ifAny(bits.map(row))),
            ]
        case .rest(let limit): fields = [("kind", .text("rest")), ("limit", .number(limit))]
        case .composite(let parts): fields = [("kind", .text("composite")), ("parts", .list(parts.map(row)))]
        }
        fields.append(("hidden", .ifSet(type.isSensitive)))
        fields.append(("deviations", .ifAny(type.deviations.map(row))))
        return .record(fields)
    }

    private func row(_ shape: TokenShape) -> LuaValue {
        .record([
            ("literal", shape.literal.map { .text($0) }), ("prefix", .ifAny(shape.prefix)),
            ("characters", shape.characters == .any ? nil : .text(shape.characters.rawValue)),
            ("length", shape.length > 0 ? .number(shape.length) : nil), ("suffix", .ifAny(shape.suffix)),
            ("infix", .ifAny(shape.infix)), ("versions", writer.versions(shape.versions)),
        ])
    }

    private func row(_ value: NamedValue, wire: LuaValue) -> LuaValue {
        .record([
            ("name", .text(value.name)), ("wire", wire), ("versions", writer.versions(value.versions)),
            ("about", .ifAny(value.about)),
        ])
    }

    private func row(_ field: BitField) -> LuaValue {
        .record([
            ("name", .text(field.name)), ("first", .number(field.bits.lowerBound)),
            ("last", .number(field.bits.upperBound)), ("type", .text(field.type)),
            ("versions", writer.versions(field.versions)),
        ])
    }

    private func row(_ part: CompositePart) -> LuaValue {
        .record([
            ("name", .text(part.name)), ("type", .text(part.type)), ("after", .ifAny(part.after)),
            ("before", .ifAny(part.before)), ("optional", .ifSet(part.isOptional)),
            ("versions", writer.versions(part.versions)),
        ])
    }

    private func row(_ deviation: SpellingDeviation) -> LuaValue {
        .record([
            ("spelling", .text(deviation.spelling.rawValue)), ("versions", writer.versions(deviation.versions)),
            ("about", .text(deviation.deviation.about)), ("programs", writer.programs(deviation.deviation)),
        ])
    }
}
