import ProtocolGrammar

/// What the model says of payloads.
struct PayloadModel {
    let writer: ModelWriter

    func row(_ payload: PayloadType) -> JSONValue {
        .record(
            content(payload.content) + [
                ("about", .ifAny(payload.about)), ("versions", writer.versions(payload.versions)),
                ("commands", .ifAny(payload.commands.map(\.name))),
                ("contents", .ifAny(writer.grammar.payloads(inside: payload).map { row($0.payload, $0.place) })),
                (
                    "serviceRequest",
                    payload.serviceRequest.map {
                        .record([("service", .text($0.service.name)), ("answer", .text($0.answer.name))])
                    }
                ),
                (
                    "examples",
                    .ifAny(
                        payload.examples.map { example in
                            let bytes = JSONValue.bytes(example.bytes)
                            return .record([("title", .ifAny(example.title)), (bytes.key, bytes.value)])
                        })
                ),
            ] + writer.evidence(payload.confidence, payload.sources, notes: payload.notes) + [
                ("deviations", .ifAny(payload.deviations.map(row)))
            ])
    }

    func row(_ set: ElementSet) -> JSONValue {
        .record([
            ("about", .ifAny(set.about)), ("namespace", set.namespace.map { .text($0) }),
            ("prefixes", prefixes(set.prefixes)), ("elements", elements(set.elements)),
        ])
    }

    private func content(_ content: PayloadType.Content) -> [(String, JSONValue?)] {
        switch content {
        case .mime(let content):
            [
                ("kind", .text("mime")), ("contentType", .text(content.contentType)),
                ("charset", content.charset.map { .text($0) }), ("fieldsInBody", .ifSet(content.fieldsInBody)),
                ("fields", .ifAny(content.fields.map { row($0) })),
            ]
        case .blocks(let content):
            [
                ("kind", .text("blocks")), ("contentType", content.contentType.map { .text($0) }),
                ("blocks", .list(content.blocks.map(row))),
                ("bodyLength", content.bodyLength.map { .text($0.name) }),
            ]
        case .binary(let content):
            [
                ("kind", .text("binary")), ("numbers", .list(content.numbers.map(row))),
                ("headerLength", content.headerLength.map { .text($0) }),
                ("dataLength", content.dataLength.map { .text($0) }), ("footer", .ifAny(content.footer.map(row))),
                ("entryType", content.entryType.map { .text($0.name) }),
            ]
        case .xml(let content):
            [
                ("kind", .text("xml")), ("root", .text(content.root)),
                ("namespace", content.namespace.map { .text($0) }), ("prefixes", prefixes(content.prefixes)),
                ("includes", .ifAny(content.includes.map(\.name))), ("elements", elements(content.elements)),
            ]
        }
    }

    private func row(_ payload: PayloadType, _ place: PayloadType.Bearer) -> JSONValue {
        let conditions = place.conditions.map { condition -> JSONValue in
            var requirement: (String, JSONValue)
            switch condition.requirement {
            // JSON is read with doubles by many; no number of a header that decides has more bits.
            case .number(let value): requirement = ("number", .number(Int(clamping: value)))
            case .equal(let other): requirement = ("equals", .text(other))
            case .present: requirement = ("isPresent", .flag(true))
            case .absent: requirement = ("isPresent", .flag(false))
            }
            return .record([("name", .text(condition.name)), (requirement.0, requirement.1)])
        }
        return .record([("payload", .text(payload.name)), ("when", .ifAny(conditions))])
    }

    private func row(_ block: PayloadType.HeaderBlock) -> JSONValue {
        .record([
            ("name", .text(block.name)), ("about", .ifAny(block.about)),
            (
                "startLine",
                block.startLine.map {
                    .record([("name", .text($0.name)), ("type", .text($0.type)), ("about", .ifAny($0.about))])
                }
            ),
            ("fields", .ifAny(block.fields.map { row($0) })),
        ])
    }

    private func row(_ field: PayloadType.Field) -> JSONValue {
        .record([
            ("name", .text(field.name)), ("header", .text(field.header)), ("type", .text(field.type)),
            ("versions", writer.versions(field.versions)), ("required", .ifSet(field.isRequired)),
            ("initial", field.initial.map { .text($0) }), ("about", .ifAny(field.about)),
        ])
    }

    private func row(_ number: PayloadType.BinaryContent.Number) -> JSONValue {
        .record([
            ("name", .text(number.name)), ("width", .number(number.width)), ("type", number.type.map { .text($0) }),
            ("bigEndian", .ifSet(number.isBigEndian)), ("about", .ifAny(number.about)),
        ])
    }

    private func row(_ deviation: DocumentDeviation) -> JSONValue {
        .record(
            [
                ("document", .text(deviation.fault.rawValue)),
                ("elements", .texts(deviation.elements.map(\.name))),
            ] + writer.deviation(deviation.deviation) + [("example", .text(deviation.example))])
    }

    // MARK: - Documents

    private func prefixes(_ prefixes: [ElementSet.Prefix]) -> JSONValue? {
        prefixes.isEmpty ? nil : .members(prefixes.map { ($0.name, .text($0.namespace)) })
    }

    private func elements(_ elements: [PayloadType.Element]) -> JSONValue {
        .members(elements.map { ($0.name, row($0)) })
    }

    private func row(_ element: PayloadType.Element) -> JSONValue {
        .record([
            ("element", .text(element.element)), ("namespace", element.namespace.map { .text($0) }),
            ("about", .ifAny(element.about)), ("attributes", .ifAny(element.attributes.map(row))),
            ("children", .ifAny(element.children.map(row))),
            ("atLeast", element.minimum > 0 ? .number(element.minimum) : nil),
            ("unless", element.unless.map { .text($0) }), ("text", element.text.map { .text($0) }),
        ])
    }

    private func row(_ attribute: PayloadType.Element.Attribute) -> JSONValue {
        .record([
            ("name", .text(attribute.name)), ("attribute", .text(attribute.attribute)),
            ("type", .text(attribute.type)), ("required", .ifSet(attribute.isRequired)),
            ("minimum", attribute.minimum.map { .number($0) }), ("maximum", attribute.maximum.map { .number($0) }),
            ("about", .ifAny(attribute.about)),
        ])
    }

    private func row(_ child: PayloadType.Element.Child) -> JSONValue {
        .record([
            ("name", .text(child.name)), ("element", .text(child.element)), ("within", .ifAny(child.within)),
            ("type", child.type.map { .text($0) }), ("repeated", .ifSet(child.isRepeated)),
            ("atLeast", child.minimum > 0 ? .number(child.minimum) : nil), ("about", .ifAny(child.about)),
        ])
    }
}
