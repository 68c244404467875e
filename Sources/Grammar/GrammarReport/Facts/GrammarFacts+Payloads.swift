import ProtocolGrammar

extension GrammarFacts {
    mutating func add(_ payload: PayloadType) {
        guard has(payload.versions) else { return }
        let bearers = payload.bearers.map { bearer in
            bearer.payload.name + bearer.conditions.map { " \($0.name) \($0.requirement)" }.joined()
        }
        var words: [String?] = []
        switch payload.content {
        case .mime(let content): words = ["MIME message", content.contentType, content.charset]
        case .blocks(let content):
            words = [
                "blocks", content.contentType, content.bodyLength.map { "\($0.name) counts the body" },
                content.body.isEmpty ? nil : "a body of \(content.body.count) bytes",
            ]
        case .xml(let content):
            words = [
                "document with the root \(content.root)", content.namespace,
                content.prefixes.isEmpty ? nil : list(content.prefixes.map { "\($0.name): \($0.namespace)" }),
                content.includes.isEmpty ? nil : "with elements of \(list(content.includes.map(\.name)))",
            ]
        case .binary(let content):
            words = [
                "binary", content.headerLength.map { "\($0) counts the header" },
                content.dataLength.map { "\($0) counts the data" }, content.entryType.map { "entries of \($0.name)" },
            ]
        }
        words += [
            payload.commands.isEmpty ? nil : "in \(list(payload.commands.map(\.name)))",
            bearers.isEmpty ? nil : "inside \(list(bearers))",
            payload.serviceRequest.map { "for \($0.service.name), answered by \($0.answer.name)" },
        ]
        add(.payload, payload.name, payload.versions, words + [payload.about])
        switch payload.content {
        case .mime(let content): for field in content.fields { add(field, of: payload.name) }
        case .blocks(let content):
            for block in content.blocks {
                let line = block.startLine.map { "starts with \($0.name): \($0.type)" }
                add(.block, "\(payload.name).\(block.name)", nil, [line, block.about])
                for field in block.fields { add(field, of: "\(payload.name).\(block.name)") }
            }
        case .xml(let content): add(content.elements, of: payload.name)
        case .binary(let content):
            for (place, numbers) in [("header", content.numbers), ("footer", content.footer)] {
                for number in numbers {
                    let order = number.isBigEndian ? "big-endian" : "little-endian"
                    add(
                        .number, "\(payload.name).\(number.name)", nil,
                        ["\(number.width) bytes in the \(place), \(order)", number.type, number.about])
                }
            }
        }
        for entry in payload.deviations {
            add(
                .deviation, "\(payload.name) \(list(entry.deviation.programs.map(\.name)))", nil,
                [entry.deviation.about, entry.fault.rawValue, list(entry.elements.map(\.name))])
        }
    }

    private mutating func add(_ field: PayloadType.Field, of owner: String) {
        add(
            .field, "\(owner).\(field.name)", field.versions,
            [
                field.header, field.type, field.isRequired ? "required" : nil, field.initial.map { "initially \($0)" },
                field.about,
            ])
    }

    mutating func add(_ elements: [PayloadType.Element], of owner: String) {
        for element in elements {
            let name = "\(owner).\(element.name)"
            add(
                .element, name, nil,
                [
                    element.element, element.namespace, element.text.map { "text is \($0)" },
                    element.minimum > 0 ? "at least \(element.minimum) children" : nil,
                    element.unless.map { "unless \($0)" }, element.about,
                ])
            for attribute in element.attributes {
                add(
                    .attribute, "\(name).\(attribute.name)", nil,
                    [
                        attribute.attribute, attribute.type, attribute.isRequired ? "required" : nil,
                        attribute.minimum.map { "at least \($0)" }, attribute.maximum.map { "at most \($0)" },
                        attribute.about,
                    ])
            }
            for child in element.children {
                add(
                    .child, "\(name).\(child.name)", nil,
                    [
                        (child.within + [child.element]).joined(separator: "/"), child.type,
                        child.isRepeated ? "repeated" : nil, child.minimum > 0 ? "at least \(child.minimum)" : nil,
                        child.about,
                    ])
            }
        }
    }
}
