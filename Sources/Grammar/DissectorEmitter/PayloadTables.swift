import ProtocolGrammar

/// The tables of what payloads contain.
struct PayloadTables {
    let writer: TableWriter

    func emit() -> LuaValue {
        .sections(writer.grammar.sortedPayloads.map { ($0.name, row($0)) })
    }

    private func row(_ payload: PayloadType) -> LuaValue {
        var fields: [(key: String, value: LuaValue?)] = [
            ("about", .ifAny(payload.about)), ("versions", writer.versions(payload.versions)),
        ]
        switch payload.content {
        case .mime(let content):
            fields += [
                ("kind", .text("mime")), ("type", .text(content.contentType)), ("inBody", .ifSet(content.fieldsInBody)),
                ("fields", .list(content.fields.map(row))),
            ]
        case .blocks(let content):
            fields += [
                ("kind", .text("blocks")), ("blocks", .list(content.blocks.map(row))),
                ("contentType", content.contentType.map { .text($0) }),
                ("bodyLength", content.bodyLength.map { .text($0.name) }),
            ]
        case .binary(let content):
            fields += [
                ("kind", .text("binary")), ("numbers", .list(content.numbers.map(row))),
                ("headerLength", content.headerLength.map { .text($0) }),
                ("dataLength", content.dataLength.map { .text($0) }),
                ("footer", .ifAny(content.footer.map(row))), ("entries", content.entryType.map { .text($0.name) }),
            ]
        case .xml(let content):
            let root = content.all.first { $0.name == content.root }?.element ?? content.root
            // Others are asked for over HTTP.
            let elements = payload.commands.isEmpty ? [] : content.all.map(row)
            fields += [
                ("kind", .text("xml")), ("root", .text(root)), ("rootElement", .text(content.root)),
                ("elements", .ifAny(elements)),
            ]
        }
        fields.append(("faults", .ifAny(payload.deviations.map(row))))
        fields.append(("inside", .ifAny(writer.grammar.payloads(inside: payload).map { row($0.payload, $0.place) })))
        return .record(fields)
    }

    private func row(_ payload: PayloadType, _ place: PayloadType.Bearer) -> LuaValue {
        let conditions = place.conditions.map { condition -> LuaValue in
            switch condition.requirement {
            // A number that Lua cannot hold exactly is none that a packet has.
            case .number(let value): .list([.text("number"), .text(condition.name), .number(Int(clamping: value))])
            case .equal(let other): .list([.text("equal"), .text(condition.name), .text(other)])
            case .present: .list([.text("present"), .text(condition.name)])
            case .absent: .list([.text("absent"), .text(condition.name)])
            }
        }
        return .record([("payload", .text(payload.name)), ("when", .ifAny(conditions))])
    }

    private func row(_ block: PayloadType.HeaderBlock) -> LuaValue {
        .record([
            ("name", .text(block.name)), ("about", .ifAny(block.about)), ("fields", .list(block.fields.map(row))),
            (
                "startLine",
                block.startLine.map {
                    .record([("name", .text($0.name)), ("type", .text($0.type)), ("about", .ifAny($0.about))])
                }
            ),
        ])
    }

    private func row(_ field: PayloadType.Field) -> LuaValue {
        .record([
            ("name", .text(field.name)), ("header", .text(field.header)), ("type", .text(field.type)),
            ("required", .ifSet(field.isRequired)), ("about", .ifAny(field.about)),
        ])
    }

    private func row(_ number: PayloadType.BinaryContent.Number) -> LuaValue {
        .record([
            ("name", .text(number.name)), ("width", .number(number.width)), ("type", number.type.map { .text($0) }),
            ("big", .ifSet(number.isBigEndian)), ("about", .ifAny(number.about)),
        ])
    }

    private func row(_ element: PayloadType.Element) -> LuaValue {
        let attributes = element.attributes.map { attribute in
            LuaValue.record([
                ("name", .text(attribute.name)), ("attribute", .text(attribute.attribute)),
                ("type", .text(attribute.type)), ("required", .ifSet(attribute.isRequired)),
                ("minimum", attribute.minimum.map { .number($0) }),
                ("maximum", attribute.maximum.map { .number($0) }), ("about", .ifAny(attribute.about)),
            ])
        }
        let children = element.children.map { child in
            LuaValue.record([
                ("name", .text(child.name)), ("element", .text(child.element)),
                ("within", .ifAny(child.within.map { .text($0) })), ("type", child.type.map { .text($0) }),
                ("least", child.minimum > 0 ? .number(child.minimum) : nil), ("about", .ifAny(child.about)),
            ])
        }
        return .record([
            ("name", .text(element.name)), ("element", .text(element.element)), ("attributes", .ifAny(attributes)),
            ("children", .ifAny(children)), ("least", element.minimum > 0 ? .number(element.minimum) : nil),
            ("unless", element.attributes.first { $0.name == element.unless }.map { .text($0.attribute) }),
        ])
    }

    private func row(_ deviation: DocumentDeviation) -> LuaValue {
        .record([
            ("fault", .text(deviation.fault.rawValue)), ("elements", .list(deviation.elements.map { .text($0.name) })),
            ("about", .text(deviation.deviation.about)), ("programs", writer.programs(deviation.deviation)),
        ])
    }
}
